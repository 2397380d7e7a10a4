"""What a plan does, as the page takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from ....instances.common.problems import InputError
from ....models.indicators import Indicator
from ....models.scenario.framing import framed
from ....solver import evaluate_drawn
from ....solver.results.plan import Plan
from ....solver.review.cooperation_changes import BodyChange, cooperation_changes
from ....solver.review.effects import Effects, GroupEffects, effects_of
from ...dutch import LANGUAGES, labels
from ...dutch.indicators import indicator_label, indicator_sources, indicator_unit
from ..contract.base import Text
from ..contract.effects import (
    BodyData,
    EffectsData,
    EffectsGroup,
    IndicatorData,
    MissingData,
)
from ..contract.saying import refused
from ..contract.scenarios import scenario_of
from .room import Room


def measure_plan(room: Room, scenario: dict[str, Any], groups: Sequence[Sequence[int]]) -> None:
    """Tell what a plan does, under a scenario: its rule gives the seats."""
    asked = scenario_of(scenario).levels[0]
    instance = framed(room.instance, asked)
    drawn = evaluate_drawn(instance, asked, groups)
    plan = Plan(drawn.mergers, (), instance, asked)
    room.say("effects", effects_data(effects_of(instance, asked, plan)))


def effects_data(effects: Effects) -> EffectsData:
    """Give what a plan does as the page takes it."""
    english, dutch = labels("en")["families"], labels("nl")["families"]
    changed = {merger.members: found for merger, found in cooperation_changes(effects.instance, effects.plan)}
    return EffectsData(
        families={key: Text(en=english[key], nl=dutch[key]) for key in english},
        indicators=[_indicator(effects, one.indicator) for one in effects.measured],
        groups=[
            *(_group(one) for one in (*effects.wholes, *effects.by("region"))),
            *(_merger(effects, one, changed) for one in effects.by("merger")),
        ],
        missing=_missing(effects),
    )


def _indicator(effects: Effects, indicator: Indicator) -> IndicatorData:
    unit = _both(partial(indicator_unit, indicator))
    sources = zip(*(indicator_sources(effects.instance, indicator, one) for one in LANGUAGES), strict=True)
    return IndicatorData(
        name=indicator.name,
        family=indicator.family,
        label=_both(partial(indicator_label, indicator.name)),
        unit=unit if unit.en or unit.nl else None,
        digits=indicator.digits,
        better=indicator.better,
        sources=[Text(en=english, nl=dutch) for english, dutch in sources],
    )


def _both(told: Callable[..., str]) -> Text:
    english, dutch = (told(language=language) for language in LANGUAGES)
    return Text(en=english, nl=dutch)


def _group(group: GroupEffects, members: Sequence[int] = (), bodies: Sequence[BodyData] = ()) -> EffectsGroup:
    return EffectsGroup(
        level=group.level,
        name="" if members else group.name,
        members=list(members),
        before=[effect.before for effect in group.effects],
        after=[effect.after for effect in group.effects],
        bodies=list(bodies),
    )


def _merger(
    effects: Effects, group: GroupEffects, changed: Mapping[tuple[int, ...], Sequence[BodyChange]]
) -> EffectsGroup:
    members = effects.municipalities(group.places)
    bodies = [
        BodyData(
            kind=one.kind,
            layer=one.layer,
            body=one.body,
            outside=list(one.outside),
            before=one.before,
            after=one.after,
        )
        for one in changed[members]
    ]
    return _group(group, members, bodies)


def _missing(effects: Effects) -> list[MissingData]:
    """Put together the indicators that lack the same."""
    lacking: dict[str, tuple[list[str], InputError]] = {}
    for name, error in effects.missing:
        lacking.setdefault(str(error), ([], error))[0].append(name)
    return [
        MissingData(labels=_labels(names), faults=refused(error).faults) for names, error in lacking.values()
    ]


def _labels(names: Sequence[str]) -> list[Text]:
    """Label indicators; those of the same label once."""
    labelled = [_both(partial(indicator_label, name)) for name in names]
    return list({one.en: one for one in labelled}.values())
