"""Two plans side by side."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .answers import MergerData, TermData
from .base import Said, Text
from .changes import ChangesData

Groups = list[list[Annotated[int, Field(ge=0)]]]


class OtherGroups(Said):
    """A plan by its groups, municipalities by index: the answer before, an alternative, a file."""

    kind: Literal["groups"]
    groups: Groups


class OtherStep(Said):
    """What a state of the history shows: the plan that is drawn, or the best one of its scenario."""

    kind: Literal["step"]
    step: Annotated[int, Field(ge=0)]


class OtherWork(Said):
    """What another work shows."""

    kind: Literal["work"]
    id: Annotated[str, Field(max_length=80)]


class KnownPlan(Said):
    """A plan of the instance, by its key in what is given."""

    kind: Literal["known"]
    key: Annotated[str, Field(max_length=80)]


class ComparisonRequest(Said):
    """Which plan is put beside the one that the page shows.

    `shown` are the groups of that one, where the page knows them: then it need not be found again.
    """

    other: Annotated[OtherGroups | OtherStep | OtherWork | KnownPlan, Field(discriminator="kind")]
    shown: Groups | None = None


class PlanData(Said):
    """One of the two, scored under the present scenario, in the regions that both have.

    Attributes
    ----------
    broken : list of Text
        Rules that it breaks.
    """

    mergers: list[MergerData]
    score_nano: int
    terms: list[TermData]
    broken: list[Text]


class ComparisonData(Said):
    """What differs between the plan that the page shows and another one.

    Attributes
    ----------
    regions : list of str
        Those that both hold in full; nothing is said of others.
    plans : list of PlanData
        The one that is shown, and the other.
    changes : ChangesData
        From the one that is shown to the other.
    alike : float
        Share of the pairs of inhabitants that both place alike (Rand index).
    adjusted : float
        The same, set to 0 for what chance alone would give.
    words : Text or None
        What the other plan scores less, or more, as something that people can picture.
    notes : list of Text
    """

    regions: list[str]
    plans: list[PlanData]
    changes: ChangesData
    alike: float
    adjusted: float
    words: Text | None
    notes: list[Text]
