"""What a proof of the best partition tries, in which steps, and why so much."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SiftingParams:
    """Steps of the linear relaxation.

    Attributes
    ----------
    batch : int
        Columns that enter the restricted master problem a round: measured best between 30 and 300 on the
        Flemish regions.
    batch_by_row : int
        Or so many times its rows, where that is more: measured on Flanders as one component.
    pool : int
        Candidates priced in most rounds; all of them only when none of these is left to add.
    """

    batch: int = 100
    batch_by_row: int = 2
    pool: int = 50_000


@dataclass(frozen=True)
class SubsetRowParams:
    """How long subset-row cuts are added to the relaxation.

    Attributes
    ----------
    violation : float
        Least amount by which a row is violated to be worth adding.
    a_round : int
        Rows added a round.
    rounds : int
    gain : float
        Share of the gap that the last rounds must have closed to go on.
    patience : int
        Number of these rounds.
    """

    violation: float = 0.05
    a_round: int = 60
    rounds: int = 60
    gain: float = 0.01
    patience: int = 5


@dataclass(frozen=True)
class PartitionParams:
    """Steps of a proof by reduced-cost fixing. They change how long it takes, and no answer that is proved.

    Attributes
    ----------
    first : int
        Candidates that the first integer programme may choose from, at least.
    widening : int
        Factor by which the allowed reduced cost grows while they hold no partition. With 8 the second
        programme of one region was twenty times as large as needed, and took a thousand times as long.
    cuts_above : int
        Candidates that could be in a better plan above which cuts are worth their while.
    searchable : int
        Candidates up to which the exact cover search is tried before CP-SAT.
    nodes : int
        Branches of that search.
    looked_at_first, searched_first, nodes_first : int
        Candidates that a search before any integer programme begins with, up to which it goes on, and its
        branches.
    nearest : int
        Candidates of least reduced cost that answer questions about other partitions, as a rule.
    sifting : SiftingParams
    cuts : SubsetRowParams
    """

    first: int = 300
    widening: int = 2
    cuts_above: int = 1_500
    searchable: int = 6_000
    nodes: int = 100_000
    looked_at_first: int = 60
    searched_first: int = 600
    nodes_first: int = 3_000
    nearest: int = 5_000
    sifting: SiftingParams = SiftingParams()
    cuts: SubsetRowParams = SubsetRowParams()


@dataclass(frozen=True)
class RepeatParams:
    """What is kept where a problem is solved again under other scores. None of it changes an answer.

    Attributes
    ----------
    most_searched : int
        Candidates up to which a search from a known plan is faster than an integer programme.
    search_nodes : int
        Nodes at which that search is given up.
    most_columns : int
        Columns of the restricted programme before it is begun afresh: measured best between 300 and 3,000.
    most_plans : int
        Known plans of which the score is looked up under new scores.
    partition : PartitionParams
        Of the proof where no known plan is near enough.
    """

    most_searched: int = 1_000
    search_nodes: int = 20_000
    most_columns: int = 1_500
    most_plans: int = 500
    partition: PartitionParams = PartitionParams()
