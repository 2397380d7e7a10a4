"""Plans drawn by hand: what they are worth, and how they are completed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ....solver import DrawnPlan, Merger, Result, complete_drawn, evaluate_drawn
from ....solver.results.plan import Plan
from ..contract.answers import TermData
from ..contract.drawing import Broken, CompletionData, DrawnRegionData, EvaluationData, Kept, Unkept
from ..contract.saying import said
from ..contract.scenarios import plain_scenario, scenario_of
from ..contract.wishes import why_not_data
from .parts import parts_data, terms_data
from .room import Room

Drawn = Sequence[Sequence[str]]


def judge(room: Room, asked: Scenario, drawn: Drawn, best: Result | None) -> None:
    """Tell what a drawn plan is worth, as far as the best plan is known."""
    instance = framed(room.instance, asked)
    groups = [[instance.find(code) for code in group] for group in drawn]
    room.say("evaluation", evaluation_data(evaluate_drawn(instance, asked, groups, optimum=best), best))


def evaluation_data(plan: DrawnPlan, best: Result | None) -> EvaluationData:
    """Give what there is to say of a drawn plan as the page takes it."""
    terms, best_terms = _terms(plan, best)
    return EvaluationData(
        mergers=parts_data(plan.instance, plan.scenario, plan.mergers),
        broken=[
            Broken(
                kind=rule.kind,
                text=said(rule.text),
                merger=list(rule.merger),
                municipalities=list(rule.municipalities),
                is_open=rule.is_open,
            )
            for rule in plan.broken
        ],
        regions=[
            DrawnRegionData(
                name=region.name,
                unassigned=list(region.unassigned),
                score_nano=region.score_nano,
                best_nano=region.best_nano,
                loss_nano=region.loss_nano,
                gap=region.gap,
                is_sound=region.is_sound,
                is_complete=region.is_complete,
            )
            for region in plan.regions
        ],
        score_nano=plan.score_nano,
        loss_nano=plan.loss_nano,
        gap=plan.gap,
        words=said(plan.loss_in_words) if plan.loss_in_words else None,
        terms=terms,
        best_terms=best_terms,
    )


def _terms(plan: DrawnPlan, best: Result | None) -> tuple[list[TermData], list[TermData]]:
    """Values of a finished plan, and of the best one of the same regions."""
    if best is None or not plan.is_complete or plan.loss_nano is None:
        return [], []
    names = {region.name for region in plan.regions}
    mergers: Iterable[Merger] = (
        m for region in best.by_region if region.name in names for m in region.mergers
    )
    there = tuple(sorted(mergers, key=lambda merger: merger.members))
    pair = [Plan(parts, (), plan.instance, plan.scenario) for parts in (plan.mergers, there)]
    return terms_data(pair[0].terms), terms_data(pair[1].terms)


def complete(room: Room, scenario: dict[str, Any], drawn: list[list[str]], exactly: bool) -> None:
    """Tell which scenario has what is drawn among its locks, and what of it no plan can keep."""
    asked = scenario_of(scenario)
    instance = framed(room.instance, asked)
    groups = [tuple(sorted(instance.find(code) for code in group)) for group in drawn]
    broken = {rule.merger for rule in evaluate_drawn(instance, asked, groups).broken}
    done = [group for group in groups if exactly and group not in broken]
    begun = [group for group in groups if group not in done]
    found = complete_drawn(room.instance, asked, done, begun, workers=1, limits=room.limits)
    room.say(
        "completion",
        CompletionData(
            scenario=plain_scenario(found.scenario),
            status=found.result.status,
            score_nano=found.result.score_nano,
            kept=[
                Kept(members=list(lock.municipalities), exactly=lock.kind == "existing")
                for lock in found.locks
            ],
            unkept=[
                Unkept(members=list(one.members), exactly=one.is_finished, reason=why_not_data(one.reason))
                for one in found.unkept
            ],
        ),
    )
