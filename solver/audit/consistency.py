"""Whether all that a plan file says follows from the mergers and zones in it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from ...instances.instance import Instance
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import Scorer
from ..results.also_price import price_of
from ..results.budgets import budget_records
from ..results.mergers import Merger
from ..results.plan import Plan
from ..results.record import PLAN_FILE, MergerRecord, PlanRecord, RegionRecord, part_record
from ..results.region_result import bound_of_all
from ..results.status import Status, points, relative_gap, status_of, worst
from ..results.terms import TermRecord, zones_of
from ..verification.values import counts_of, values_of

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
    instance = framed(instance, scenario)
    facts = _facts_of_whole(record)
    facts += _facts_of_answered(record, plan.mergers, plan.zones, instance, scenario)
    for region in record.regions:
        own, zones = (
            [part for part in parts if instance.regions[instance.region[part.seat]] == region.name]
            for parts in (plan.mergers, plan.zones)
        )
        facts += _facts_of_region(region, own, zones, instance, scenario)
    facts += _facts_of_also_price(record)
    facts += _facts_of_budgets(record, plan, instance)
    facts += _facts_of_parts(record.mergers, plan.mergers, instance, scenario)
    facts += _facts_of_parts(record.zones, plan.zones, instance, zones_of(scenario))
    return [
        f"{PLAN_FILE}: {what} is {stated}; it should be {right}"
        for what, stated, right in facts
        if not _same(stated, right)
    ]


def _facts_of_whole(record: PlanRecord) -> list[_Fact]:
    scores = [region.score_nano for region in record.regions]
    # without a region nothing is answered
    status = worst(region.status for region in record.regions) if record.regions else ""
    return [
        ("inhabitants", record.inhabitants, sum(part.population for part in record.mergers)),
        ("status", record.status, status),
        ("score_nano", record.score_nano, _sum(scores)),
        ("score", record.score, points(record.score_nano)),
        ("bound_nano", record.bound_nano, bound_of_all(record.regions)),
        ("bound", record.bound, points(record.bound_nano)),
        ("gap", record.gap, relative_gap(record.score_nano, record.bound_nano)),
    ]


def _facts_of_budgets(record: PlanRecord, plan: Plan, instance: Instance) -> list[_Fact]:
    """What the plan takes of each budget; the verifier adds budgets up by other means."""
    right = budget_records(instance, record.scenario, plan.mergers, plan.zones)
    return [("budgets", record.budgets, right)]


def _facts_of_also_price(record: PlanRecord) -> list[_Fact]:
    """What follows from the scores and bounds of both plans; those without columns are proved again."""
    price = record.also_price
    if price is None or [region.name for region in price.regions] != record.region_names:
        return []  # told as a claim that cannot be
    right = price_of(price.columns, record.regions, price.regions)
    facts: list[_Fact] = [
        (f"also_price.{key}", getattr(price, key), getattr(right, key))
        for key in ("cost_nano", "cost", "proved")
    ]
    for stated, true in zip(price.regions, right.regions, strict=True):
        facts += [
            (f"also_price: {stated.name}: {key}", value, getattr(true, key))
            for key, value in stated.model_dump().items()
        ]
    return facts


def _facts_of_answered(
    record: PlanRecord | RegionRecord,
    mergers: Sequence[Merger],
    zones: Sequence[Merger],
    instance: Instance,
    scenario: Scenario,
) -> list[_Fact]:
    """What is said of terms and counts, of the whole or of a region, against a reading of their own."""
    by_rule = sum(len(part.members) == 1 and part.standalone != "" for part in mergers)
    counts = counts_of([part.members for part in mergers], by_rule)
    facts: list[_Fact] = [
        (f"counts.{key}", getattr(record.counts, key), number) for key, number in counts.items()
    ]
    for key, stated, asked, parts in (
        ("terms", record.terms, scenario, mergers),
        ("zone_terms", record.zone_terms, zones_of(scenario), zones),
    ):
        facts += _facts_of_terms(key, stated, instance, asked, [part.members for part in parts])
    return facts


def _facts_of_terms(
    key: str,
    stated: Mapping[str, TermRecord],
    instance: Instance,
    scenario: Scenario,
    parts: Sequence[tuple[int, ...]],
) -> list[_Fact]:
    units = {term.name: term.unit for term in Scorer(instance, scenario).terms} if parts else {}
    right = values_of(instance, scenario, parts)
    facts: list[_Fact] = [(key, sorted(stated), sorted(right))]
    facts += [
        (f"{key}.{name}.{field}", getattr(stated.get(name), field, None), value)
        for name, fields in right.items()
        for field, value in (fields | {"unit": units[name]}).items()
    ]
    return facts


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
    members = [i for i, r in enumerate(instance.region.tolist()) if instance.regions[r] == region.name]
    score = None if region.score_nano is None else sum(part.score_nano for part in (*own, *zones))
    facts: list[_Fact] = [
        ("municipalities", region.municipalities, len(members)),
        ("inhabitants", region.inhabitants, sum(int(instance.population[i]) for i in members)),
        ("zones", region.zones, len(zones)),
        ("score_nano", region.score_nano, score),
        ("score", region.score, points(region.score_nano)),
        ("bound", region.bound, points(region.bound_nano)),
        ("gap", region.gap, relative_gap(region.score_nano, region.bound_nano)),
    ]
    facts += _facts_of_answered(region, own, zones, instance, scenario)
    right = "one that score and bound allow" if contradicts(region) else _status(region)
    facts.append(("status", region.status, right))
    return [(f"{region.name}: {what}", stated, right) for what, stated, right in facts]


def contradicts(region: RegionRecord) -> bool:
    """Whether no answer could say all of this: a plan above its bound, or where there is none."""
    try:
        _status(region)
    except RuntimeError:
        return True
    return region.status == "infeasible" and region.bound_nano is not None


def _status(region: RegionRecord) -> Status:
    """Say what follows from score and bound; a proof that there is no plan leaves no trace in them."""
    infeasible = region.status == "infeasible"
    return status_of(region.score_nano, region.bound_nano, infeasible=infeasible)


def _same(stated: object, right: object) -> bool:
    """Equal; of decimal numbers, up to the order in which they were added."""
    if isinstance(stated, float) and isinstance(right, float):
        return math.isclose(stated, right, rel_tol=1e-12, abs_tol=1e-12)
    return stated == right


def _sum(parts: Sequence[int | None]) -> int | None:
    return None if None in parts else sum(part for part in parts if part is not None)
