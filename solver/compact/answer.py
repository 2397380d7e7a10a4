"""What a compact formulation says of a frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ..result import Status

Proof = Literal["", "tolerance", "exact"]
"""What a proof rests on; see `CompactAnswer`."""


@dataclass
class CompactAnswer:
    """A plan of a frame and what is proved about it.

    Attributes
    ----------
    status : Status
    parts : tuple of tuple of int
        Members of each part, indices in the instance, by first member; empty without a plan.
    score_nano : int or None
        Score of the plan in nano-points, by the scorer.
    bound_nano : int or None
        No plan scores more; None where nothing is known, or there is no plan.
    proof : str
        'exact' when score and bound meet, in whole numbers. 'tolerance' when they are so near that the
        rounding of scores and the tolerance of the engine explain the rest: a plan that is better by a few
        nano-points might exist. Empty when it is not optimal.
    rows, columns : int
        Size of the programme, with all rows that were added.
    rounds : int
        Programmes that were solved.
    stages : dict of str to float
        Seconds: 'build', 'solve' and, for the last nano-points, 'close'.
    """

    status: Status
    parts: tuple[tuple[int, ...], ...] = ()
    score_nano: int | None = None
    bound_nano: int | None = None
    proof: Proof = ""
    rows: int = 0
    columns: int = 0
    rounds: int = 0
    stages: dict[str, float] = field(default_factory=dict)

    @property
    def gap(self) -> float | None:
        """Part of the score by which bound and score differ; None where one is missing."""
        if self.score_nano is None or self.bound_nano is None:
            return None
        return (self.bound_nano - self.score_nano) / max(abs(self.score_nano), 1)

    @property
    def seconds(self) -> float:
        """Seconds of all stages."""
        return sum(self.stages.values())
