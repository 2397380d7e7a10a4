"""The record of what a plan does: what `refzones effects --out` writes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import BaseModel

from ...instances.common.problems import InputError
from ...instances.instance import Instance
from ...models.indicators.asked import data_columns
from ...models.scenario.scenario import Scenario
from ..results.record import InstanceReference, reference_of
from .effects import Effect, Effects, GroupEffects, Measured


class FigureSource(BaseModel):
    """A column of the instance that was read, and where its figures come from; empty where nobody says."""

    column: str
    title: str = ""
    publisher: str = ""
    year: str = ""


class IndicatorRecord(BaseModel):
    """What was measured.

    Attributes
    ----------
    name, key, argument : str
        Such as ``executives(first)``.
    family : str
    unit : str
    digits : int
        Decimals with which a value is told.
    better : int
        +1 when more is better, -1 when less is, 0 where that is a matter of opinion.
    sources : list of str
        Laws and publications, beside those of the figures.
    figures : list of FigureSource
        Columns of the instance.
    remarks : list of str
        What a reader of the values must know.
    """

    name: str
    key: str
    argument: str
    family: str
    unit: str
    digits: int
    better: int
    sources: list[str]
    figures: list[FigureSource]
    remarks: list[str] = []


class EffectRecord(BaseModel):
    """A value before and after; None where it is not known."""

    indicator: str
    before: float | None
    after: float | None
    change: float | None


class GroupRecord(BaseModel):
    """Effects on some mergers together.

    Attributes
    ----------
    level : str
        ``all``, ``plan``, ``outside`` (of the plan), ``region``, ``class``, ``merger``, or a layer.
    name : str
    members : list of str
        Codes of the municipalities.
    effects : list of EffectRecord
    """

    level: str
    name: str
    members: list[str]
    effects: list[EffectRecord]


class MissingRecord(BaseModel):
    """An indicator that the instance lacks something for: what that is, and how to add it."""

    indicator: str
    problems: list[str]


class EffectsRecord(BaseModel):
    """Everything that a plan does.

    Attributes
    ----------
    plan : str
        The file or folder, as it was named.
    plan_digest : str
        Of a run, as its `plan.json` has it; empty for other plans.
    instance : InstanceReference
    scenario : Scenario
    scenario_digest : str
        SHA-256 of the scenario as it stands here, with sorted keys and without blanks.
    indicators : list of IndicatorRecord
    groups : list of GroupRecord
        Of the plan, all municipalities, each region, degree of equipment and merger, and what else was asked.
    missing : list of MissingRecord
    """

    schema_version: Literal[1] = 1
    plan: str
    plan_digest: str = ""
    instance: InstanceReference
    scenario: Scenario
    scenario_digest: str
    indicators: list[IndicatorRecord]
    groups: list[GroupRecord]
    missing: list[MissingRecord]


def effects_record(
    effects: Effects, plan: str, levels: Iterable[str] = (), *, plan_digest: str = ""
) -> EffectsRecord:
    """Write down what a plan does.

    Parameters
    ----------
    effects : Effects
    plan : str
        What the user called the plan.
    levels : iterable of str
        What mergers are grouped by besides regions, degrees of equipment and mergers: layers.
    plan_digest : str
        Of a run.
    """
    scenario = effects.scenario.model_dump(mode="json")
    text = json.dumps(scenario, sort_keys=True, separators=(",", ":"))
    return EffectsRecord(
        plan=plan,
        plan_digest=plan_digest,
        instance=_reference(effects),
        scenario=effects.scenario,
        scenario_digest=hashlib.sha256(text.encode()).hexdigest(),
        indicators=[indicator_record(effects.instance, one) for one in effects.measured],
        groups=[group_record(effects, one) for one in all_groups(effects, levels)],
        missing=[missing_record(name, error) for name, error in effects.missing],
    )


def _reference(effects: Effects) -> InstanceReference:
    """Say which data the values rest on: the hash covers all columns that were read."""
    instance, scenario = effects.instance, effects.scenario
    read = {column.partition(".")[2] for one in effects.measured for column in one.indicator.columns}
    reference = reference_of(instance, scenario)
    columns = sorted({*data_columns(instance, scenario), *read})
    return reference.model_copy(update={"hash": instance.hash_with(columns)})


def all_groups(effects: Effects, levels: Iterable[str] = ()) -> Iterator[GroupEffects]:
    """List the wholes, regions, degrees of equipment, the zones of some layers, and mergers."""
    yield from effects.wholes
    usual = ("region", "class", "merger")
    for level in (*usual[:2], *(one for one in levels if one not in usual), usual[2]):
        yield from effects.by(level)


def indicator_record(instance: Instance, measured: Measured) -> IndicatorRecord:
    """Write down what an indicator measures, and from which sources."""
    indicator = measured.indicator
    return IndicatorRecord(
        name=indicator.name,
        key=indicator.key,
        argument=indicator.argument,
        family=indicator.family,
        unit=indicator.unit,
        digits=indicator.digits,
        better=indicator.better,
        sources=list(indicator.sources),
        figures=[figure_source(instance, column) for column in indicator.columns],
        remarks=list(measured.remarks),
    )


def figure_source(instance: Instance, column: str) -> FigureSource:
    """Say where the figures of a column come from."""
    known = instance.columns.get(column)
    source = None if known is None else instance.sources.get(known.source)
    if source is None:
        return FigureSource(column=column)
    return FigureSource(column=column, title=source.title, publisher=source.publisher, year=source.year)


def group_record(effects: Effects, group: GroupEffects) -> GroupRecord:
    """Write down the effects on some mergers together."""
    return GroupRecord(
        level=group.level,
        name=group.name,
        members=[effects.instance.codes[i] for i in effects.municipalities(group.places)],
        effects=[effect_record(one) for one in group.effects],
    )


def effect_record(effect: Effect) -> EffectRecord:
    """Write down a value before and after."""
    return EffectRecord(
        indicator=effect.indicator.name, before=effect.before, after=effect.after, change=effect.change
    )


def missing_record(name: str, error: InputError) -> MissingRecord:
    """Write down what an indicator lacks."""
    return MissingRecord(indicator=name, problems=list(error.told))
