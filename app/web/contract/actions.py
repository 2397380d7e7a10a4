"""Actions: what may be done to a work."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from .base import Code, Group, Level, Revision, Said, Text


class LockAction(Said):
    """Add a lock: municipalities together, apart, alone, a merger exactly as it is, a seat.

    `level` is 'zones' for the zones of a nested scenario, here and in other actions.
    """

    kind: Literal["lock"]
    lock: Literal["together", "apart", "alone", "keep", "seat"]
    municipalities: Group
    level: Level = ""


class UnlockAction(Said):
    """Remove a lock that has exactly these municipalities, or all locks of its kind where none is named.

    'all' are all locks of all kinds, at both levels.
    """

    kind: Literal["unlock"]
    lock: Literal["together", "apart", "alone", "keep", "seat", "all"]
    municipalities: list[Code] = Field(default_factory=list)
    level: Level = ""


class SetAction(Said):
    """Set one key of the scenario, such as ``population.min``; None takes it back to what is usual.

    `more` are keys that are set in the same step, where one makes no sense without the other. `moving` says
    that a slider is being moved: the next one of the same key takes the place of this state.
    """

    kind: Literal["set"]
    key: Annotated[str, Field(min_length=1, max_length=200)]
    value: Any = None
    more: dict[Annotated[str, Field(min_length=1, max_length=200)], Any] = Field(default_factory=dict)
    moving: bool = False


class PresetAction(Said):
    """Take the weights, bounds and rules of a preset; the locks stay."""

    kind: Literal["preset"]
    name: Annotated[str, Field(max_length=80)]


class JoinAction(Said):
    """Take a facility municipality out of the rule that it stands alone, or put it back."""

    kind: Literal["join"]
    municipality: Code
    joined: bool
    level: Level = ""


class BorderAction(Said):
    """Make two municipalities neighbours, or not, or what the data say."""

    kind: Literal["border"]
    change: Literal["add", "remove", "restore"]
    pair: Annotated[list[Code], Field(min_length=2, max_length=2)]
    level: Level = ""


class DrawAction(Said):
    """Draw by hand: replace the plan that is drawn by these groups; None stops drawing.

    `said` is what was done, such as 'move': see the texts of the page.
    """

    kind: Literal["draw"]
    groups: list[Group] | None
    said: Annotated[str, Field(max_length=40)] = "draw"
    municipalities: list[Code] = Field(default_factory=list)
    text: Text | None = None


class ReplaceAction(Said):
    """Take another scenario as a whole: a remedy, an alternative, a file.

    `stop` ends drawing by hand, in the same step: what was drawn is among the locks of the scenario.
    """

    kind: Literal["replace"]
    scenario: dict[str, Any]
    said: Annotated[str, Field(max_length=40)] = "replace"
    text: Text | None = None
    stop: bool = False


class StepAction(Said):
    """Undo, redo, or go to a state by its number."""

    kind: Literal["undo", "redo", "go"]
    to: int | None = None


Action = Annotated[
    LockAction
    | UnlockAction
    | SetAction
    | PresetAction
    | JoinAction
    | BorderAction
    | DrawAction
    | ReplaceAction
    | StepAction,
    Field(discriminator="kind"),
]


class ActionRequest(Said):
    """An action on a work, as a tab sees it."""

    base: Revision
    action: Action
