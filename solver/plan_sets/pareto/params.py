"""What the search for trade-offs may take, and why so much."""

from __future__ import annotations

from dataclasses import dataclass

from ...diagrams.diagram import MOST_ARCS


@dataclass(frozen=True)
class ParetoParams:
    """Limits and step sizes of the search for fronts.

    Attributes
    ----------
    most_arcs : int
        Arcs of a decision diagram at which the work on a front is ended.
    most_labels : int
        Labels held at once at which it is ended likewise; this many take about 1 GB.
    label_batch : int
        Labels that are made together, some 200 MB: more would not be faster.
    largest_weight : int
        Of the weights under which two points of two terms are compared. Points that are nearer to each other
        than one part in this many are divided by the graph between them instead.
    widening : int
        Factor by which a budget grows until it suffices: a graph takes several times as long as the one
        before, so that few of them are wanted.
    weight_steps : int
        With three terms: weights are whole multiples of one over this. More directions bound search regions
        tighter, and each costs a relaxation and a best plan; there are 66 at 10.
    ranked : int
        With three terms: plans of a graph that are looked at one by one, the best first, before all are
        followed at the same time.
    most_begun : int
        With three terms: partial plans that are then held at once.
    """

    most_arcs: int = MOST_ARCS
    most_labels: int = 20_000_000
    label_batch: int = 4_000_000
    largest_weight: int = 1 << 20
    widening: int = 3
    weight_steps: int = 10
    ranked: int = 300
    most_begun: int = 3_000_000
