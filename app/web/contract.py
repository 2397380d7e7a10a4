"""What the page and its server say to each other: the models of the API."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(min_length=1, max_length=80)]
"""A municipality as scenarios name it: its NIS code."""

Group = Annotated[list[Code], Field(min_length=1, max_length=2000)]
Revision = Annotated[int, Field(ge=0)]


class Said(BaseModel):
    """Base of all that is said: no key that nobody knows."""

    model_config = ConfigDict(extra="forbid")


class Text(Said):
    """A sentence in the languages of the page; None where it is not known in one."""

    en: str
    nl: str | None = None


class Fault(Said):
    """One thing that is wrong with what was sent."""

    text: Text
    what: Text
    remedy: Text
    file: str = ""
    row: int = 0
    column: str = ""
    value: str = ""


class Refusal(Said):
    """Why a request was not carried out.

    Attributes
    ----------
    kind : str
        'input': what was sent cannot be used; 'stale': another tab has changed the work meanwhile;
        'unknown': there is no such thing; 'forbidden': token, host or origin; 'large': too many bytes;
        'storage': the folder cannot be written; 'defect': an error of the program.
    """

    kind: Literal["input", "stale", "unknown", "forbidden", "large", "storage", "defect"]
    text: Text
    faults: list[Fault] = []


# what may be done


class LockAction(Said):
    """Add a lock: municipalities together, apart, alone, a merger exactly as it is, a seat."""

    kind: Literal["lock"]
    lock: Literal["together", "apart", "alone", "keep", "seat"]
    municipalities: Group


class UnlockAction(Said):
    """Remove a lock that has exactly these municipalities, or all locks of its kind where none is named."""

    kind: Literal["unlock"]
    lock: Literal["together", "apart", "alone", "keep", "seat", "all"]
    municipalities: list[Code] = []


class SetAction(Said):
    """Set one key of the scenario, such as ``population.min``; None takes it back to what is usual."""

    kind: Literal["set"]
    key: Annotated[str, Field(min_length=1, max_length=200)]
    value: Any = None


class PresetAction(Said):
    """Take the weights, bounds and rules of a preset; the locks stay."""

    kind: Literal["preset"]
    name: Annotated[str, Field(max_length=80)]


class JoinAction(Said):
    """Take a facility municipality out of the rule that it stands alone, or put it back."""

    kind: Literal["join"]
    municipality: Code
    joined: bool


class BorderAction(Said):
    """Make two municipalities neighbours, or not, or what the data say."""

    kind: Literal["border"]
    change: Literal["add", "remove", "restore"]
    pair: Annotated[list[Code], Field(min_length=2, max_length=2)]


class DrawAction(Said):
    """Draw by hand: replace the plan that is drawn by these groups; None stops drawing.

    `said` is what was done, such as 'move': see the texts of the page.
    """

    kind: Literal["draw"]
    groups: list[Group] | None
    said: Annotated[str, Field(max_length=40)] = "draw"
    municipalities: list[Code] = []


class ReplaceAction(Said):
    """Take another scenario as a whole: a remedy, an alternative, a file."""

    kind: Literal["replace"]
    scenario: dict[str, Any]
    said: Annotated[str, Field(max_length=40)] = "replace"
    text: Text | None = None


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


# works


class Locks(Said):
    """The locks of a scenario by indices of municipalities."""

    together: list[list[int]]
    apart: list[list[int]]
    alone: list[int]
    seat: list[int]
    kept: list[list[int]]
    joined: list[int]
    added: list[list[int]]
    removed: list[list[int]]


class Step(Said):
    """One state in the history of a work, by the action that made it."""

    said: str
    lock: str = ""
    key: str = ""
    value: Any = None
    municipalities: list[str] = []
    text: Text | None = None


class Work(Said):
    """A piece of work: where it stands, and all the states that it had.

    Attributes
    ----------
    revision : int
        Raised by every action, undo included.
    position : int
        Number of the present state in `steps`, from 0.
    scenario : dict
        The present scenario, every key of it.
    groups : list of lists of int, or None
        The plan that is drawn by hand.
    """

    id: str
    title: str
    instance: str
    revision: int
    position: int
    steps: list[Step]
    digest: str
    scenario: dict[str, Any]
    locks: Locks
    groups: list[list[int]] | None
    changed: str


class WorkLine(Said):
    """A work in a list."""

    id: str
    title: str
    changed: str
    steps: int


class WorkList(Said):
    """All works of the folder, the last one first."""

    works: list[WorkLine]


class NewWork(Said):
    """Begin a work: from a preset, a scenario, or another work."""

    title: Annotated[str, Field(max_length=200)] = ""
    scenario: str | dict[str, Any] | None = None
    copy_of: str | None = None


class Rename(Said):
    """Give a work another title."""

    title: Annotated[str, Field(min_length=1, max_length=200)]


# the instance


class Municipality(Said):
    """A municipality; `zones` by layer, empty where it is in none."""

    code: str
    name: str
    inhabitants: int
    area: float
    region: int
    equipment: str
    facility: bool
    merged_in: int
    functions: list[str]
    zones: dict[str, str]


class TermMeta(Said):
    """A term that can be weighed.

    Attributes
    ----------
    better : {'more', 'less'}
    weights : dict of str to float
        Its weight in each preset.
    """

    name: str
    label: Text
    unit: Text
    better: Literal["more", "less"]
    divided_by: str
    weights: dict[str, float]


class Named(Said):
    """A key with its label."""

    key: str
    label: Text
    about: Text | None = None


class InstanceData(Said):
    """What is given: municipalities, borders, regions, layers, functions, and what can be asked."""

    name: str
    title: str
    vintage: str
    program: str
    inhabitants: int
    regions: list[str]
    municipalities: list[Municipality]
    borders: list[tuple[int, int, float]]
    layers: list[Named]
    functions: list[Named]
    classes: list[Named]
    terms: list[TermMeta]
    presets: list[Named]
    plans: list[Named]
    sources: list[str]


# answers


class MergerData(Said):
    """A merger or a zone of an answer."""

    members: list[int]
    seat: int
    standalone: str
    inhabitants: int
    score_nano: int
    values: dict[str, float]


class Decision(Said):
    """How decided a merger is."""

    members: list[int]
    status: Literal["proved", "no plan", "rule", "not known"]
    price_nano: int | None
    words: Text | None


class RegionData(Said):
    """The answer for a region."""

    name: str
    status: str
    mergers: list[MergerData]
    zones: list[MergerData]
    score_nano: int | None
    bound_nano: int | None
    gap: float | None
    reason: Text | None
    seconds: float


class TermData(Said):
    """The value of a plan in a term; at the nested level ``zones.NAME`` are those of the zones."""

    name: str
    value: float
    unit: str
    better: str
    weight: float
    points: float
    divided_by: str


class AnswerData(Said):
    """The answer for all regions."""

    status: str
    score_nano: int | None
    bound_nano: int | None
    gap: float | None
    terms: list[TermData]
    counts: dict[str, int]
    seconds: float
    lines: list[Text]


class Remedy(Said):
    """A single change that is enough; `scenario` is the one with it."""

    text: Text
    scenario: dict[str, Any]


class Clash(Said):
    """Why a region has no plan: rules that cannot hold together, and what is enough by itself."""

    region: str
    rules: list[Text]
    irreducible: bool
    municipalities: list[int]
    remedies: list[Remedy]
    others: list[Text]
