"""Answering a state: the best plan region by region, with proof, or why there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from ....instances.common.problems import InputError
from ....instances.instance import Instance
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ....solver import Incumbent, Merger, Plan, RegionResult, Result, points_in_words, verify
from ....solver.progress import Step
from ....solver.results.counts import count_parts
from ..contract.answers import AnswerData, Decision, Decisions, RegionData
from ..contract.saying import refused, said
from ..contract.scenarios import scenario_of
from .clashing import contradicted, tell_clashes
from .drawing import Drawn, judge
from .parts import parts_data, terms_data
from .room import Room


def answer(
    room: Room,
    scenario: dict[str, Any],
    drawn: Drawn | None = None,
    decided: bool = True,
    seconds: float | None = None,
) -> None:
    """Answer a scenario: tell each region when it is proved, then the whole; else why there is no answer.

    What a plan that is drawn by hand is worth is told at once, and again when the best plan is known. What
    is not proved in so many seconds is the best that is known by then, with its bound.
    """
    asked = scenario_of(scenario)
    if drawn is not None:
        judge(room, asked, drawn, None)
    instance = room.instance

    def tell(step: Step) -> None:
        room.say("region", region_data(instance, asked, step.answer))

    def tell_so_far(incumbent: Incumbent) -> None:
        if incumbent.mergers and (data := incumbent_data(instance, asked, incumbent)) is not None:
            room.say("incumbent", data)

    try:
        limits = replace(room.limits, seconds=seconds)
        result = room.resolver.solve(asked, limits=limits, progress=tell, live=tell_so_far)
    except InputError as error:
        room.say("refused", refused(error))
        tell_clashes(room, asked, contradicted(instance, asked))
        return
    if drawn is not None:
        judge(room, asked, drawn, result)
    for region in result.by_region:  # those that came to more in a second turn are told once
        if region.status in ("feasible", "no plan within limit"):
            room.say("region", region_data(instance, asked, region))
    room.say("answer", answer_data(result))
    without = [region.name for region in result.by_region if region.status == "infeasible"]
    tell_clashes(room, asked, without)
    if decided:
        decide(room, result)


def decide(room: Room, result: Result) -> None:
    """Tell how decided each part of a plan is, region by region."""

    def tell(step: Step) -> None:
        region: RegionResult = step.answer
        levels: tuple[tuple[Literal["mergers", "zones"], tuple[Merger, ...]], ...]
        levels = (("mergers", region.mergers), ("zones", region.zones))
        parts = [
            _decision(result.instance, result.scenario, region.name, level, part)
            for level, some in levels
            for part in some
        ]
        room.say("decisions", Decisions(region=region.name, parts=parts))

    room.resolver.decide(result, progress=tell)


def incumbent_data(instance: Instance, scenario: Scenario, incumbent: Incumbent) -> RegionData | None:
    """Give the best plan so far of a region as the page takes it; None where it fails verification."""
    if len(scenario.levels) > 1:
        return None
    instance = framed(instance, scenario)
    plan = Plan.of(instance, scenario, incumbent.mergers)
    if verify(instance, scenario, plan, regions=[incumbent.name]):
        return None
    return RegionData(
        name=incumbent.name,
        status="feasible",
        mergers=parts_data(instance, scenario, plan.mergers),
        zones=[],
        score_nano=plan.score_nano,
        bound_nano=incumbent.bound_nano,
        gap=incumbent.gap,
        reason=None,
        seconds=incumbent.seconds,
    )


def region_data(instance: Instance, scenario: Scenario, region: RegionResult) -> RegionData:
    """Give the answer for a region as the page takes it."""
    levels = scenario.levels
    return RegionData(
        name=region.name,
        status=region.status,
        mergers=parts_data(instance, levels[0], region.mergers),
        zones=parts_data(instance, levels[-1], region.zones),
        score_nano=region.score_nano,
        bound_nano=region.bound_nano,
        gap=region.gap,
        reason=said(region.reason) if region.reason else None,
        seconds=region.seconds,
    )


def answer_data(result: Result) -> AnswerData:
    """Give the answer for all regions as the page takes it."""
    plan = result.plan
    counts = count_parts(result.mergers)
    return AnswerData(
        status=result.status,
        score_nano=result.score_nano,
        bound_nano=result.bound_nano,
        gap=result.gap,
        terms=[] if plan is None else terms_data(plan.terms),
        counts={
            "municipalities": result.municipalities,
            "mergers": counts.mergers,
            "unchanged": counts.unchanged,
            "zones": len(result.zones),
        },
        seconds=result.seconds,
        lines=[],
    )


def _decision(
    instance: Instance, scenario: Scenario, region: str, level: Literal["mergers", "zones"], part: Merger
) -> Decision:
    """Say how decided a part of a plan is."""
    words = points_in_words(instance, scenario, [region], part.decided.price_nano)
    return Decision(
        level=level,
        members=list(part.members),
        status=part.decided.status,
        price_nano=part.decided.price_nano,
        words=said(words) if words else None,
    )
