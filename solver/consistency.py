"""Whether all that a plan file says follows from the mergers and zones in it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from ..instances.instance import Instance
from ..models.scenario import Scenario
from .record import (
    PLAN_FILE,
    MergerRecord,
    PlanRecord,
    RegionRecord,
    TermRecord,
    part_record,
    points,
    term_records,
    zones_of,
)
from .result import SEVERITY, Merger, relative_gap

_Fact = tuple[str, object, object]  # what, as the file states it, as it should be


def inconsistencies(record: PlanRecord, instance: Instance) -> list[str]:
    """Compare what a file says of the whole, of regions and of mergers with the mergers themselves.

    Verification looks at members, seats, rules, term values and scores of mergers; this looks at all that
    follows from them. To be called on a plan that is clean otherwise.

    Returns
    -------
    list of str
        Differences in words; empty when all agree.
    """
    plan, scenario = record.plan(instance), record.scenario
    facts = _facts_of_whole(record)
    facts += _facts_of_terms("terms", record.terms, instance, scenario, plan.mergers)
    facts += _facts_of_terms("zone_terms", record.zone_terms, instance, zones_of(scenario), plan.zones)
    for region in record.regions:
        own, zones = (
            [part for part in parts if instance.regions[instance.region[part.seat]] == region.name]
            for parts in (plan.mergers, plan.zones)
        )
        facts += _facts_of_region(region, own, zones, instance, scenario)
    facts += _facts_of_parts(record.mergers, plan.mergers, instance, scenario)
    facts += _facts_of_parts(record.zones, plan.zones, instance, zones_of(scenario))
    return [
        f"{PLAN_FILE}: {what} is {stated}; it should be {right}"
        for what, stated, right in facts
        if not _same(stated, right)
    ]


def _facts_of_whole(record: PlanRecord) -> list[_Fact]:
    scores = [region.score_nano for region in record.regions]
    bounds = [region.bound_nano for region in record.regions]
    worst = max((region.status for region in record.regions), key=SEVERITY.index, default="")
    return [
        ("status", record.status, worst),
        ("score_nano", record.score_nano, _sum(scores)),
        ("score", record.score, points(record.score_nano)),
        ("bound_nano", record.bound_nano, _sum(bounds)),
        ("bound", record.bound, points(record.bound_nano)),
        ("gap", record.gap, relative_gap(record.score_nano, record.bound_nano)),
    ]


def _facts_of_terms(
    key: str,
    stated: Mapping[str, TermRecord],
    instance: Instance,
    scenario: Scenario,
    parts: Sequence[Merger],
) -> list[_Fact]:
    return [
        (f"{key}.{name}.{field}", getattr(stated.get(name), field, None), value)
        for name, term in term_records(instance, scenario, parts).items()
        for field, value in term.model_dump().items()
    ]


def _facts_of_parts(
    records: Sequence[MergerRecord], parts: Sequence[Merger], instance: Instance, scenario: Scenario
) -> list[_Fact]:
    return [
        (f"{record.name}: {key}", getattr(record, key), value)
        for record, part in zip(records, parts, strict=True)
        for key, value in part_record(instance, scenario, part).model_dump().items()
        if key != "terms"
    ]


def _facts_of_region(
    region: RegionRecord,
    own: Sequence[Merger],
    zones: Sequence[Merger],
    instance: Instance,
    scenario: Scenario,
) -> list[_Fact]:
    known = [instance.regions[r] for r in instance.region]
    score = None if region.score_nano is None else sum(part.score_nano for part in (*own, *zones))
    facts: list[_Fact] = [
        ("municipalities", region.municipalities, known.count(region.name)),
        ("mergers", region.mergers, len(own)),
        ("zones", region.zones, len(zones)),
        ("score_nano", region.score_nano, score),
        ("score", region.score, points(region.score_nano)),
        ("bound", region.bound, points(region.bound_nano)),
        ("gap", region.gap, relative_gap(region.score_nano, region.bound_nano)),
    ]
    for key, stated, asked, parts in (
        ("terms", region.terms, scenario, own),
        ("zone_terms", region.zone_terms, zones_of(scenario), zones),
    ):
        values = term_records(instance, asked, parts)
        facts += [(f"{key}.{name}", stated.get(name), term.value) for name, term in values.items()]
    if region.status == "optimal":
        facts.append(("bound_nano of an optimal plan", region.bound_nano, region.score_nano))
    return [(f"{region.name}: {what}", stated, right) for what, stated, right in facts]


def _same(stated: object, right: object) -> bool:
    """Equal; of decimal numbers, up to the order in which they were added."""
    if isinstance(stated, float) and isinstance(right, float):
        return math.isclose(stated, right, rel_tol=1e-12, abs_tol=1e-12)
    return stated == right


def _sum(parts: Sequence[int | None]) -> int | None:
    return None if None in parts else sum(part for part in parts if part is not None)
