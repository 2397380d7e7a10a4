"""Two plans side by side: who moves, terms of both, how alike they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ....instances.common.problems import reject
from ....instances.instance import Instance
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ....solver import Comparison, Moves, compare, evaluate_drawn, moves_between
from ....solver.results.plan import Plan
from ....solver.review.comparison_text import score_words
from ..contract.changes import changes_data
from ..contract.comparing import ComparisonData, PlanData
from ..contract.saying import said
from ..contract.scenarios import scenario_of
from .parts import parts_data, terms_data
from .room import Room

Group = tuple[int, ...]
Named = Mapping[str, Any]
"""A plan as a task is given it: `groups` of indices, or the `scenario` that it is the best plan of."""


def compare_plans(room: Room, scenario: dict[str, Any], first: Named, other: Named) -> None:
    """Tell what differs between two plans, under a scenario."""
    asked = scenario_of(scenario).levels[0]
    instance = framed(room.instance, asked)
    notes: list[str] = []
    pair = [_mergers(room, instance, asked, plan, notes) for plan in (first, other)]
    names = [name for name in instance.regions if all(_holds(instance, groups, name) for groups in pair)]
    if not names:
        reject("the two plans have no region in common", "choose a plan of the same regions")
    wanted = set(instance.region_indices(names))
    plans = [
        Plan.of(instance, asked, [group for group in groups if int(instance.region[group[0]]) in wanted])
        for groups in pair
    ]
    comparison = compare(instance, asked, {"this": plans[0], "other": plans[1]})
    room.say("comparison", comparison_data(comparison, moves_between(instance, *plans), notes))


def _mergers(room: Room, instance: Instance, asked: Scenario, plan: Named, notes: list[str]) -> list[Group]:
    """Give the groups of a plan, with whoever it leaves out of a region for itself, which is noted."""
    if "scenario" in plan:
        result = room.resolver.solve(scenario_of(plan["scenario"]), limits=room.limits)
        lacking = [region.name for region in result.by_region if region.score_nano is None]
        if lacking:
            notes.append(f"there is no plan in {', '.join(lacking)}")
        return [merger.members for merger in result.mergers]
    drawn = evaluate_drawn(instance, asked, plan["groups"])
    if drawn.unassigned:
        number = len(drawn.unassigned)
        notes.append(f"{number} municipalities that have no place in a plan stand alone in this comparison")
    return [*(merger.members for merger in drawn.mergers), *((i,) for i in drawn.unassigned)]


def _holds(instance: Instance, groups: Sequence[Group], region: str) -> bool:
    (index,) = instance.region_indices([region])
    held = {i for group in groups for i in group}
    return all(i in held for i in instance.members(index).tolist())


def comparison_data(comparison: Comparison, moves: Moves, notes: Sequence[str]) -> ComparisonData:
    """Give a comparison of two plans as the page takes it."""
    instance, asked = comparison.instance, comparison.scenario
    alike = comparison.levels[0].similarity[0][1]
    words = score_words(comparison, 1)
    return ComparisonData(
        regions=list(comparison.regions),
        plans=[
            PlanData(
                mergers=parts_data(instance, asked, one.plan.mergers),
                score_nano=one.plan.score_nano,
                terms=terms_data(one.terms),
                broken=[said(str(rule)) for rule in one.violations],
            )
            for one in comparison.plans
        ],
        changes=changes_data(moves),
        alike=alike.rand,
        adjusted=alike.adjusted_rand,
        words=said(words) if words else None,
        notes=[said(note) for note in notes],
    )
