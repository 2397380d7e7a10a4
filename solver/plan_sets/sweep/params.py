"""What a sweep may take, and why so much."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SweepParams:
    """Limits of a sweep; none of them changes an answer, unless a time limit ends it.

    Attributes
    ----------
    chunk : int
        Answers that are found and stored together: a few seconds of work in the largest region of Flanders.
    most_candidates : int
        Candidates of a component beyond which `solve` answers each setting by itself.
    kept_candidates : int
        Candidates of all regions that a worker keeps for the next chunk.
    most_searched : int
        Candidates up to which a search from a known plan is faster than an integer programme.
    search_nodes : int
        Nodes at which that search is given up.
    most_columns : int
        Columns of the restricted programme before it is begun afresh: measured best between 300 and 3,000.
    most_plans : int
        Known plans of which the score is looked up under new weights.
    """

    chunk: int = 40
    most_candidates: int = 1_000_000
    kept_candidates: int = 2_000_000
    most_searched: int = 1_000
    search_nodes: int = 20_000
    most_columns: int = 1_500
    most_plans: int = 500
