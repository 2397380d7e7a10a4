"""What was gathered, put down in the record of the dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....instances.instance import Instance
from ....models.scenario.scenario import Scenario
from ....solver.results.mergers import Merger
from ....solver.results.record import PlanRecord
from ....solver.results.result import Result
from ....solver.results.status import points
from ....solver.results.terms import TermRecord
from ....solver.review.effects import Effects
from ....solver.review.lock_prices import LockPrice
from ....solver.review.who_moves import moves_between
from ....solver.review.without import PlanWithout
from .cards import merger_figures
from .effects import indicator_figures, merger_effects, others_effects, rate_figures, region_effects
from .known import RegionFacts
from .others import alternatives_figures, settled_figures
from .record import DossierRecord, LockFigures, MergerFigures, RegionFigures, Without
from .sizes import sizes_before, sizes_of
from .weights import weight_figures


def written(
    instance: Instance,
    record: PlanRecord,
    result: Result,
    regions: Mapping[str, RegionFacts],
    locks: Sequence[LockPrice],
    effects: Effects | None = None,
) -> DossierRecord:
    """Write the record of a dossier."""
    asked = result.scenario.levels[0]
    parts = [part for one in regions.values() for part in one.result.mergers]
    everybody = [i for part in parts for i in part.members]
    return DossierRecord(
        plan=record,
        before=sizes_before(instance, asked, everybody),
        after=sizes_of(instance, asked, parts),
        regions={
            name: _region_figures(instance, result.scenario, facts, record, effects)
            for name, facts in regions.items()
        },
        locks=[_lock_figures(instance, price) for price in locks],
        weights={
            f"{prefix}.{name}" if prefix else name: weight
            for prefix, level in result.scenario.levels_by_prefix.items()
            for name, weight in weight_figures(instance, level).items()
        },
        indicators={} if effects is None else indicator_figures(effects),
    )


def _region_figures(
    instance: Instance, scenario: Scenario, facts: RegionFacts, record: PlanRecord, effects: Effects | None
) -> RegionFigures:
    region = facts.result
    members = instance.members(instance.regions.index(region.name)).tolist()
    inner, *around = scenario.levels
    of_plan = next(one for one in record.regions if one.name == region.name)
    zone_of = {i: zone.name(instance) for zone in region.zones for i in zone.members}
    others = facts.others
    return RegionFigures(
        before=sizes_before(instance, inner, members),
        after=sizes_of(instance, inner, region.mergers) if region.mergers else None,
        points=_shares(of_plan.terms | {f"zones.{key}": one for key, one in of_plan.zone_terms.items()}),
        mergers=[
            _part(instance, inner, facts, part, "mergers", zone_of.get(part.seat, ""))
            for part in region.mergers
        ],
        zones=[_part(instance, around[0], facts, part, "zones") for part in region.zones],
        alternatives=None if others is None else alternatives_figures(instance, others),
        settled=None if others is None else settled_figures(instance, others),
        effects=region_effects(effects, region.mergers) if effects and region.mergers else {},
        merger_effects=merger_effects(effects, region.mergers) if effects and region.mergers else [],
        others_effects=others_effects(effects, region.mergers) if effects and region.mergers else {},
        rates=rate_figures(effects, region.mergers) if effects and region.mergers else [],
    )


def _part(
    instance: Instance, asked: Scenario, facts: RegionFacts, part: Merger, level: str, zone: str = ""
) -> MergerFigures:
    known = next((one for one in facts.without if one.level == level and one.part == part), None)
    return merger_figures(instance, asked, part, _without(instance, facts, part, known), zone)


def _without(instance: Instance, facts: RegionFacts, part: Merger, known: PlanWithout | None) -> Without:
    decided = part.decided if known is None else known.decided
    plan = None if known is None else known.plan
    moves = None if plan is None else moves_between(instance, facts.result.mergers, plan.mergers)
    parts = () if plan is None else plan.mergers
    return Without(
        status=decided.status,
        price_nano=decided.price_nano,
        price=points(decided.price_nano),
        mergers=[[instance.codes[i] for i in one.members] for one in parts if len(one.members) > 1],
        inhabitants=None if moves is None else moves.inhabitants,
    )


def _lock_figures(instance: Instance, price: LockPrice) -> LockFigures:
    return LockFigures(
        key=price.lock.key,
        municipalities=[instance.codes[i] for i in price.lock.municipalities],
        regions=list(price.regions),
        status=price.status,
        cost_nano=price.cost_nano,
        cost=points(price.cost_nano),
        proved=price.proved,
    )


def _shares(terms: dict[str, TermRecord]) -> dict[str, float]:
    """Give the share of each term in all points, whatever their sign."""
    everything = sum(abs(term.points) for term in terms.values())
    return {name: abs(term.points) / everything if everything else 0.0 for name, term in terms.items()}
