"""What a sweep may take, and why so much."""

from __future__ import annotations

from dataclasses import dataclass

from ...partition.params import RepeatParams


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
    most_searched, search_nodes, most_columns, most_plans : int
        See `RepeatParams`.
    """

    chunk: int = 40
    most_candidates: int = 1_000_000
    kept_candidates: int = 2_000_000
    most_searched: int = RepeatParams.most_searched
    search_nodes: int = RepeatParams.search_nodes
    most_columns: int = RepeatParams.most_columns
    most_plans: int = RepeatParams.most_plans

    @property
    def repeating(self) -> RepeatParams:
        """Those of one component."""
        return RepeatParams(self.most_searched, self.search_nodes, self.most_columns, self.most_plans)
