"""Drawing by hand: what is changed, what speaks against it, and what the drawn plan is worth."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from .answers import MergerData, TermData
from .base import Code, Group, Revision, Said, Text
from .wishes import WhyNot
from .works import Work


class DrawRequest(Said):
    """Change the plan that is drawn by hand.

    Attributes
    ----------
    base : int
        Revision that the tab saw.
    change : {'move', 'merge', 'split'}
        Move municipalities to the merger of `to`, or each to stand alone where it is None; merge the mergers
        of municipalities; split them off their merger.
    best : bool
        Split as well as can be, wherever the municipalities are in their merger.
    anyway : bool
        Do it although something speaks against it.
    """

    base: Revision
    change: Literal["move", "merge", "split"]
    municipalities: Group
    to: Code | None = None
    best: bool = False
    anyway: bool = False


class Drawing(Said):
    """What came of a change.

    Attributes
    ----------
    work : Work or None
        None where it was not made.
    reason : WhyNot or None
        What speaks against it.
    possible : bool
        Whether it can be made anyway.
    """

    work: Work | None
    reason: WhyNot | None
    possible: bool


class Choice(Said):
    """Something that can be done with what is selected, and what speaks against it."""

    change: Literal["move", "merge", "split", "best", "alone"]
    to: int | None
    members: list[int]
    reason: WhyNot | None
    possible: bool


class Choices(Said):
    """All that can be done with what is selected."""

    choices: list[Choice]


class Broken(Said):
    """A rule that a drawn plan breaks; see `refzones.solver.BrokenRule`."""

    kind: str
    text: Text
    merger: list[int]
    municipalities: list[int]
    is_open: bool


class DrawnRegionData(Said):
    """A region of a drawn plan; see `refzones.solver.DrawnRegion`."""

    name: str
    unassigned: list[int]
    score_nano: int
    best_nano: int | None
    loss_nano: int | None
    gap: float | None
    is_sound: bool
    is_complete: bool


class EvaluationData(Said):
    """What a drawn plan is worth, in the regions that it touches.

    Attributes
    ----------
    mergers : list of MergerData
        What is drawn, and whoever stands alone by rule.
    loss_nano, gap
        To the best plan; None while it is unfinished, or the best plan is not known yet.
    words : Text or None
        The loss as something that people can picture.
    terms, best_terms : list of TermData
        Of what is drawn, and of the best plan of the same regions; empty while they cannot be compared.
    """

    mergers: list[MergerData]
    broken: list[Broken]
    regions: list[DrawnRegionData]
    score_nano: int
    loss_nano: int | None
    gap: float | None
    words: Text | None
    terms: list[TermData]
    best_terms: list[TermData]


class Kept(Said):
    """A drawn merger in the completed plan: exactly, or its members together."""

    members: list[int]
    exactly: bool


class Unkept(Said):
    """A drawn merger that no plan can keep, and why."""

    members: list[int]
    exactly: bool
    reason: WhyNot


class CompletionData(Said):
    """What was drawn, as locks, with the best plan that has them.

    Attributes
    ----------
    scenario : dict
        With these locks.
    status : str
        Of the plan.
    score_nano : int or None
    """

    scenario: dict[str, Any]
    status: str
    score_nano: int | None
    kept: list[Kept]
    unkept: list[Unkept]


class CompleteRequest(Said):
    """How what is drawn is completed.

    Attributes
    ----------
    exactly : bool
        Mergers that break no rule are kept as they are, others may grow; False: all of them may grow.
    """

    exactly: bool = Field(default=True)
