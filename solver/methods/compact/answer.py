"""What a compact formulation says of a frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ...results.status import Status, relative_gap, status_of

Proof = Literal["", "tolerance", "exact"]
"""What a proof rests on; see `CompactAnswer`."""


@dataclass
class CompactAnswer:
    """A plan of a frame and what is proved about it.

    Attributes
    ----------
    parts : tuple of tuple of int
        Members of each part, indices in the instance, by first member; empty without a plan.
    score_nano : int or None
        Score of the plan in nano-points, by the scorer.
    bound_nano : int or None
        No plan scores more; None where nothing is known, or there is no plan.
    infeasible : bool
        Whether an engine proved that there is no plan.
    within_tolerance : bool
        Whether score and bound are so near that the rounding of scores and the tolerance of the engine
        explain the rest: a plan that is better by a few nano-points might exist.
    rows, columns : int
        Size of the programme, with all rows that were added.
    rounds : int
        Programmes that were solved.
    stages : dict of str to float
        Seconds: 'build', 'solve' and, for the last nano-points, 'close'.
    """

    parts: tuple[tuple[int, ...], ...] = ()
    score_nano: int | None = None
    bound_nano: int | None = None
    infeasible: bool = False
    within_tolerance: bool = False
    rows: int = 0
    columns: int = 0
    rounds: int = 0
    stages: dict[str, float] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """What follows from score and bound, and from the proof that there is no plan."""
        return status_of(self.score_nano, self.bound_nano, infeasible=self.infeasible)

    @property
    def proof(self) -> Proof:
        """What a proof rests on: 'exact' when score and bound meet, in whole numbers; empty without one."""
        if self.status == "optimal":
            return "exact"
        return "tolerance" if self.status == "feasible" and self.within_tolerance else ""

    @property
    def gap(self) -> float | None:
        """Part of the score by which bound and score differ; None where one is missing."""
        return relative_gap(self.score_nano, self.bound_nano)

    @property
    def seconds(self) -> float:
        """Seconds of all stages."""
        return sum(self.stages.values())
