"""All plans of a region, by brute force: best first, ties by rule."""

from __future__ import annotations

from collections.abc import Callable

from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario

from .admissible import Rules
from .brute import admissible_parts, members_of, partitions

Plan = tuple[tuple[int, ...], ...]


def all_plans(instance: Instance, scenario: Scenario, region: int = 0) -> list[tuple[int, Plan]]:
    """List the plans of a region: score, and parts by first member."""
    rules = Rules(instance, scenario)
    members = [int(i) for i in instance.members(region)]
    parts = {} if rules.refused() else admissible_parts(rules, members)
    scored = []
    for plan in partitions(sum(1 << i for i in members), parts):
        if rules.number_is_right(region, sum(parts[part][1] for part in plan)):
            score = sum(parts[part][0] for part in plan)
            scored.append((score, tuple(sorted(members_of(part) for part in plan))))
    return sorted(scored, key=lambda one: (-one[0], one[1]))


def non_dominated(
    instance: Instance, scenario: Scenario, value: Callable[[Plan], tuple[int, ...]], region: int = 0
) -> list[tuple[int, ...]]:
    """List the non-dominated values of the plans of a region, ascending; more is better."""
    points = {value(plan) for _, plan in all_plans(instance, scenario, region)}
    return sorted(p for p in points if not any(dominates(q, p) for q in points))


def dominates(first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """Tell whether the first dominates the second: as good in all, and better in one."""
    return first != second and all(a >= b for a, b in zip(first, second, strict=True))
