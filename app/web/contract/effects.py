"""What a plan does: indicators before and after, for all, by region and by merger."""

from __future__ import annotations

from typing import Literal

from .base import Fault, Said, Text
from .comparing import Groups


class EffectsRequest(Said):
    """The plan that the page shows: municipalities of each merger, by index."""

    shown: Groups


class IndicatorData(Said):
    """What is measured.

    Attributes
    ----------
    family : str
        Key of its family of parameters.
    unit : Text or None
        None where the label says it.
    digits : int
        Decimals with which a value is told.
    better : int
        +1 when more is better, -1 when less is, 0 where that is a matter of opinion.
    sources : list of Text
    """

    name: str
    family: str
    label: Text
    unit: Text | None
    digits: int
    better: int
    sources: list[Text]


class BodyData(Said):
    """What a merger does to a body of cooperation.

    Attributes
    ----------
    kind : {'superfluous', 'simplified', 'divided'}
    layer, body : str
        Key of the layer, and name of the zone.
    outside : list of int
        Members of the merger that do not belong to the body.
    before, after : int
        Municipalities of the body now, and under the whole plan.
    """

    kind: Literal["superfluous", "simplified", "divided"]
    layer: str
    body: str
    outside: list[int]
    before: int
    after: int


class EffectsGroup(Said):
    """Values of some mergers together, in the order of the indicators; None where they are not known.

    Attributes
    ----------
    level : {'all', 'plan', 'outside', 'region', 'merger'}
        All municipalities of the instance, or those that the plan says something of, or nothing.
    name : str
        Of the region; empty for a merger, which is known by its members, and for all.
    members : list of int
        Municipalities of a merger; empty for the others.
    before, after : list of float or None
    bodies : list of BodyData
        Of a merger.
    """

    level: str
    name: str
    members: list[int]
    before: list[float | None]
    after: list[float | None]
    bodies: list[BodyData]


class MissingData(Said):
    """Indicators that are not known, and what is lacking for them."""

    labels: list[Text]
    faults: list[Fault]


class EffectsData(Said):
    """What a plan does.

    Attributes
    ----------
    families : dict of str to Text
        By key, in the order in which they are shown.
    indicators : list of IndicatorData
        By family.
    groups : list of EffectsGroup
    missing : list of MissingData
    """

    families: dict[str, Text]
    indicators: list[IndicatorData]
    groups: list[EffectsGroup]
    missing: list[MissingData]
