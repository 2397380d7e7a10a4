"""What is known of a component: one shape for the answers of all methods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from ..candidates.sets import Part
from ..deadline import Deadline
from ..results.decided import Decided
from ..results.status import Status, status_of
from ..results.ways import Way


@dataclass(frozen=True)
class BestWithout:
    """The best plan of a component without one of its parts.

    Attributes
    ----------
    decided : Decided
        What it lacks, and whether there is one.
    mergers, zones : tuple of tuple of int
        As `ComponentAnswer` has them; empty where no such plan is known.
    """

    decided: Decided
    mergers: tuple[Part, ...] = ()
    zones: tuple[Part, ...] = ()


class Decisions(Protocol):
    """Says of the parts of a plan that is proved how decided they are."""

    def holds(self, part: Part) -> bool:
        """Whether a part of the plan lies in the component."""

    def of(self, level: int, part: Part, deadline: Deadline) -> Decided:
        """Price a part of the plan of a component: the best plan without it is found and proved.

        Parameters
        ----------
        level : int
            0 for a merger; the last level is that of zones.
        part : tuple of int
            Not settled by a rule.
        deadline : Deadline

        Raises
        ------
        EngineError, TimeUpError, TooManyCandidatesError
        """

    def best_without(self, level: int, part: Part, deadline: Deadline) -> BestWithout:
        """Give the best plan of the component without a part, with what `of` says of it."""


@dataclass
class ComponentAnswer:
    """A plan of a component, and what is proved of all its plans.

    Attributes
    ----------
    mergers : tuple of tuple of int
        The plan at its innermost level, by instance indices, each ascending; empty without a plan.
    score, bound : int or None
        Score of the plan, and what no plan exceeds, in nano-points.
    infeasible : bool
        Whether it is proved that there is no plan.
    zones : tuple of tuple of int
        Zones that the mergers are nested in; empty for a plan of one level.
    reason : str
        Why a plan is not proved, or why there is none, in words; empty where nothing is to be said.
    candidates, kept : int
        Candidates that were listed, and those that could be in an optimum when the proof was closed.
    proof : str
        What closed the proof where candidates were listed: 'relaxation', 'search' or 'cpsat'.
    within_tolerance : bool
        Whether score and bound are so near that the rounding of scores and the tolerance of the engine
        explain the rest: a plan that is better by a few nano-points might exist.
    is_final : bool
        Whether other methods are not to be tried: an engine broke down.
    stages : dict of str to float
        Seconds by stage.
    figures : dict of str to int
        What a method counted, by name, such as 'rows', 'columns' and 'rounds'.
    history : list of (float, float)
        Value of a restricted programme and bound on all plans, in points, round by round.
    pool : mapping of tuple of int to int
        Promising sets that a method came upon, with their scores in nano-points.
    prices : mapping of str to float
        What a unit of each sum that is bounded, such as a budget, seems to be worth, in points.
    decisions : Decisions or None
        Of a plan that is proved by listing candidates.
    ways : tuple of Way
        The ways that were tried, as far as the method tells several.
    """

    mergers: tuple[Part, ...] = ()
    score: int | None = None
    bound: int | None = None
    infeasible: bool = False
    zones: tuple[Part, ...] = ()
    reason: str = ""
    candidates: int = 0
    kept: int = 0
    proof: str = ""
    within_tolerance: bool = False
    is_final: bool = False
    stages: dict[str, float] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    history: list[tuple[float, float]] = field(default_factory=list)
    pool: Mapping[Part, int] = field(default_factory=dict)
    prices: Mapping[str, float] = field(default_factory=dict)
    decisions: Decisions | None = field(default=None, compare=False, repr=False)
    ways: tuple[Way, ...] = ()

    @property
    def status(self) -> Status:
        """What follows from score and bound, and from the proof that there is no plan."""
        return status_of(self.score, self.bound, infeasible=self.infeasible)

    @property
    def is_proved(self) -> bool:
        """Whether nothing is left open."""
        return self.status in ("optimal", "infeasible")

    @property
    def is_proved_to_tolerance(self) -> bool:
        """Whether a plan is optimal as far as engines can tell, and not to the last nano-point."""
        return self.status == "feasible" and self.within_tolerance

    def add(self, figure: str, count: int = 1) -> None:
        """Add to a figure."""
        self.figures[figure] = self.figures.get(figure, 0) + count


def best_answer(one: ComponentAnswer, other: ComponentAnswer) -> ComponentAnswer:
    """Take the better plan of two answers, of equals the first, and the lower bound.

    Each bound holds for all plans, so the least of them does.
    """
    if one.is_proved:
        return one
    known = [answer for answer in (one, other) if answer.score is not None]
    best = max(known, key=lambda answer: answer.score or 0, default=other)
    return replace(best, bound=lower(one.bound, other.bound))


def lower(one: int | None, other: int | None) -> int | None:
    """Give the lower of two bounds, of which any may be missing."""
    return min((bound for bound in (one, other) if bound is not None), default=None)
