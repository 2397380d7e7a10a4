"""Other good plans: those that differ most, and what all of them agree on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ....instances.instance import Instance
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ....solver import Alternative, Limits, Loss, agreement, describe_alternatives, diverse_plans
from ....solver.plan_sets.alternatives import RegionPairs
from ..contract.alternatives import AlternativeData, RegionAgreement, RegionAlternatives
from ..contract.changes import changes_data
from ..contract.saying import said
from ..contract.scenarios import scenario_of
from .parts import parts_data
from .room import Room

SECONDS = 10.0
"""For one region: where that is not enough, the best plans are taken, and it is said."""


def tell_alternatives(room: Room, scenario: dict[str, Any], region: str, loss: str, number: int) -> None:
    """Tell the plans of a region that differ most; of each region where none is named."""
    asked, within = scenario_of(scenario), Loss.read(loss)
    for name in _regions(room.instance, asked, region):
        found = diverse_plans(room.instance, asked, number, within, regions=[name], limits=_limits(room))
        ranked = found.of(name)
        room.say(
            "alternatives",
            RegionAlternatives(
                region=name,
                plans=[_plan_data(found.instance, asked, one) for one in describe_alternatives(found, name)],
                is_all=ranked.is_all,
                note=said(ranked.note) if ranked.note else None,
            ),
        )


def tell_agreement(room: Room, scenario: dict[str, Any], region: str, loss: str) -> None:
    """Tell of the neighbours in a region how many good plans merge them; in each where none is named."""
    asked, within = scenario_of(scenario), Loss.read(loss)
    for name in _regions(room.instance, asked, region):
        found = agreement(room.instance, asked, within, regions=[name], limits=_limits(room))
        for pairs in found.by_region:
            room.say("agreement", _pairs_data(pairs))


def _regions(instance: Instance, asked: Scenario, region: str) -> tuple[str, ...]:
    """List the regions that are meant; one that there is not is refused where it is asked about."""
    return (region,) if region else tuple(framed(instance, asked).regions)


def _limits(room: Room) -> Limits:
    return replace(room.limits, seconds=SECONDS)


def _plan_data(instance: Instance, asked: Scenario, one: Alternative) -> AlternativeData:
    return AlternativeData(
        rank=one.ranked.rank,
        score_nano=one.ranked.score_nano,
        loss_nano=one.loss_nano,
        distance=one.ranked.distance,
        words=said(one.words) if one.words else None,
        changes=changes_data(one.moves),
        mergers=parts_data(instance, asked, one.plan.mergers),
    )


def _pairs_data(found: RegionPairs) -> RegionAgreement:
    return RegionAgreement(
        region=found.region,
        plans=found.plans,
        is_exact=found.is_exact,
        loss_nano=found.loss_nano,
        pairs=[
            (a, b, share) for (a, b), share in zip(found.pairs.tolist(), found.share.tolist(), strict=True)
        ],
    )
