"""Conflicts and what is enough to change, against brute force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import Any

from hypothesis import event, given, settings
from refzones.instances import InputError, Instance
from refzones.models.road import Road
from refzones.solver import Plan
from refzones.solver.road.conflict import Conflict
from refzones.solver.road.problem import RoadProblem, road_problem
from refzones.solver.road.rules import RoadRule
from refzones.solver.road.solving import best_schedule
from support.roads import SCENARIO, roads


def _counted(rule: RoadRule, when: tuple[int, ...]) -> int:
    return sum(count for m, t, count in rule.rows[0].terms if when[m] == t)


def _without(rules: Sequence[RoadRule], some: Iterable[RoadRule]) -> list[RoadRule]:
    """Leave out some rules, but not others that say the same."""
    left_out = {id(rule) for rule in some}
    return [rule for rule in rules if id(rule) not in left_out]


def _can_hold(problem: RoadProblem, rules: list[RoadRule]) -> list[tuple[int, ...]]:
    every = product(range(problem.never + 1), repeat=len(problem.mergers))
    return [when for when in every if all(rule.holds(when) for rule in rules)]


@settings(deadline=None, max_examples=250)
@given(roads())
def test_the_conflict_is_a_smallest_one_and_changes_are_the_least(
    drawn: tuple[Instance, Plan, dict[str, Any]],
) -> None:
    instance, plan, asked = drawn
    try:
        problem = road_problem(instance, SCENARIO, plan, Road.model_validate(asked))
    except InputError:
        event("orders in a circle")
        return
    rules = list(problem.rules)
    found = best_schedule(problem)
    if not isinstance(found, Conflict):
        event("a schedule")
        return
    event(f"{len(found.rules)} rules")
    assert not _can_hold(problem, list(found.rules))
    for size in range(1, len(found.rules)):
        assert all(_can_hold(problem, list(some)) for some in combinations(rules, size))
    for rule in found.rules:
        others = _can_hold(problem, [one for one in rules if one is not rule])
        changes = [change for change in found.alone if change.rule is rule]
        assert bool(changes) == bool(others)
        if changes and rule.counts:
            assert changes[0].enough == min(_counted(rule, when) for when in others)
    changed = [change.rule for change in found.together]
    if changed:
        left = _can_hold(problem, _without(rules, changed))
        assert any(
            all(c.enough is None or _counted(c.rule, when) <= c.enough for c in found.together)
            for when in left
        )
        if all(rule.kind == "capacity" for rule in changed):
            capacities = [rule for rule in rules if rule.kind == "capacity"]
            fewer = combinations(capacities, len(changed) - 1)
            assert not any(_can_hold(problem, _without(rules, some)) for some in fewer)
    assert found.alone or found.together
