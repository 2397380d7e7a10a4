"""All plans of a region, by brute force, in the order of the house: best first, ties by rule."""

from __future__ import annotations

from collections.abc import Callable

from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario

from .admissible import Rules
from .brute import admissible_parts, members_of, partitions

Plan = tuple[tuple[int, ...], ...]


def all_plans(instance: Instance, scenario: Scenario, region: int = 0) -> list[tuple[int, Plan]]:
    """Score of each plan of a region, and its parts by first member."""
    rules = Rules(instance, scenario)
    members = [int(i) for i in instance.members(region)]
    parts = {} if rules.refused() else admissible_parts(rules, members)
    found = []
    for plan in partitions(sum(1 << i for i in members), parts):
        if rules.number_is_right(region, sum(parts[part][1] for part in plan)):
            score = sum(parts[part][0] for part in plan)
            found.append((score, tuple(sorted(members_of(part) for part in plan))))
    return sorted(found, key=lambda one: (-one[0], one[1]))


def non_dominated(
    instance: Instance, scenario: Scenario, value: Callable[[Plan], tuple[int, ...]], region: int = 0
) -> list[tuple[int, ...]]:
    """Values of the plans of a region that no other one beats, ascending; more is better."""
    points = {value(plan) for _, plan in all_plans(instance, scenario, region)}
    return sorted(p for p in points if not any(dominates(q, p) for q in points))


def dominates(first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """Whether the first is as good in all and better in one."""
    return first != second and all(a >= b for a, b in zip(first, second, strict=True))
