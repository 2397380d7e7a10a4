"""The answer for one reference region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from .certificate import Certified
from .mergers import Merger
from .status import Status, points, relative_gap, status_of
from .ways import Way

TAKEN_OVER = "taken over"
"""Stage of a region whose answer is that of another question: nothing was listed for it."""


class Answered(Protocol):
    """What says how good the plan of a region is, and how good it can be."""

    @property
    def score_nano(self) -> int | None:
        """Score of the plan."""

    @property
    def bound_nano(self) -> int | None:
        """Proved upper bound."""

    @property
    def together(self) -> bool:
        """Whether the region is bound to others."""


@dataclass(frozen=True)
class RegionResult:
    """The answer for one reference region.

    Attributes
    ----------
    name : str
    municipalities : int
    mergers : tuple of Merger
        Empty when there is no plan.
    score_nano, bound_nano : int or None
        Score of the plan and proved upper bound, in nano-points; None where there is none.
    seconds : float
        Processor-independent wall time spent on the region.
    candidates, kept : int
        Mergers that satisfy the rules, and those that could still be in an optimum after fixing.
    reason : str
        Why there is no plan, or none that is proved, in words; empty otherwise.
    stages : mapping of str to float
        Seconds by stage.
    zones : tuple of Merger
        Zones that the mergers are nested in; empty where a plan has one level.
    infeasible : bool
        Whether it is proved that there is no plan.
    together : bool
        Whether a budget over the whole plan binds the region to others: score and bound then are about its
        share in a plan of all of them, and candidates are those of all.
    ways : tuple of Way
        The ways that were tried for each connected part of it, in turn, and which of them answered.
    proof : str
        Whether what is proved is written down in a certificate; empty where none was asked for.
    """

    name: str
    municipalities: int
    mergers: tuple[Merger, ...]
    score_nano: int | None
    bound_nano: int | None
    seconds: float
    candidates: int = 0
    kept: int = 0
    reason: str = ""
    stages: Mapping[str, float] = field(default_factory=dict)
    zones: tuple[Merger, ...] = ()
    infeasible: bool = False
    together: bool = False
    ways: tuple[Way, ...] = field(default=(), compare=False)
    proof: Certified = ""

    def __post_init__(self) -> None:
        """Make sure that what is known does not contradict itself."""
        assert self.status

    @property
    def status(self) -> Status:
        """What follows from score and bound, and from the proof that there is no plan."""
        return status_of(self.score_nano, self.bound_nano, infeasible=self.infeasible)

    @property
    def gap(self) -> float | None:
        """Relative gap between bound and score; None where one of them is missing."""
        return relative_gap(self.score_nano, self.bound_nano)

    @property
    def score(self) -> float | None:
        """Score in points."""
        return points(self.score_nano)

    @property
    def bound(self) -> float | None:
        """Proved upper bound in points."""
        return points(self.bound_nano)

    def __repr__(self) -> str:
        score = "" if self.score is None else f", {self.score:,.4f} points"
        return f"<RegionResult {self.name}: {self.status}, {self.municipalities} municipalities{score}>"


def bound_of_all(regions: Sequence[Answered]) -> int | None:
    """Give the proved upper bound on what a plan of all regions scores; None where there is none.

    Regions that are answered together have one bound, of which each has what the scores of the others leave.
    """
    bounds = [region.bound_nano for region in regions]
    known = [bound for bound in bounds if bound is not None]
    if len(known) < len(bounds):
        return None
    bound_together = [region for region in regions if region.together]
    lacking = [(region.bound_nano or 0) - (region.score_nano or 0) for region in bound_together]
    return sum(known) - sum(lacking) + max(lacking, default=0)
