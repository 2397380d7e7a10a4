"""The best plan without each merger: against all plans, and against the prices that `solve` gives."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import assume, event, given, settings
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.solver import Limits, Plan, plans_without, record_of, solve, verify
from refzones.solver.results.decided import Decided
from support.all_plans import all_plans
from support.brute_nested import best_without
from support.build import build_instance
from support.strategies import nested_questions, questions

Question = tuple[Instance, Scenario]


@given(questions(agreed=True, largest=8))
@settings(max_examples=80, deadline=None)
def test_plans_of_one_level(question: Question) -> None:
    instance, scenario = question
    try:
        result = solve(instance, scenario, decided=True, workers=1)
    except InputError:
        assume(False)
    found = plans_without(instance, result, workers=1)
    assert [one.part for one in found] == [
        merger for region in result.by_region if region.status == "optimal" for merger in region.mergers
    ]
    for one in found:
        region = result.instance.regions.index(one.region)
        others = [
            score for score, plan in all_plans(instance, scenario, region) if one.part.members not in plan
        ]
        event(one.decided.status)
        assert one.decided == one.part.decided
        if one.plan is None:
            assert one.decided.status in ("rule", "not known") or not others
            continue
        assert one.plan.score_nano == max(others)
        assert one.part.members not in {merger.members for merger in one.plan.mergers}
        assert verify(instance, scenario, one.plan, regions=[one.region]) == ()


@given(nested_questions())
@settings(max_examples=50, deadline=None)
def test_plans_of_two_levels(question: Question) -> None:
    instance, scenario = question
    try:
        result = solve(instance, scenario, decided=True, workers=1)
    except InputError:
        assume(False)
    for one in plans_without(instance, record_of(result), workers=1):
        assert one.decided == one.part.decided
        if one.plan is None:
            continue
        level = 1 if one.level == "zones" else 0
        region = result.instance.regions.index(one.region)
        assert one.plan.score_nano == best_without(instance, scenario, region, level, one.part.members)
        parts = one.plan.zones if level else one.plan.mergers
        assert one.part.members not in {part.members for part in parts}
        assert verify(instance, scenario, one.plan, regions=[one.region]) == ()


@pytest.mark.parametrize("preset", ["mergers", "zones", "nested"])
def test_real_regions(preset: str) -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset(preset)
    result = solve(instance, scenario, regions=["Midwest", "Regio Brugge"], decided=True)
    found = plans_without(instance, record_of(result), regions=["Midwest"])
    assert {one.region for one in found} == {"Midwest"}
    assert any(one.plan is not None for one in found)
    scores = {region.name: region.score_nano for region in result.by_region}
    for one in found:
        assert one.decided == one.part.decided
        if one.plan is not None:
            assert one.plan.regions == ("Midwest",)
            assert (scores["Midwest"] or 0) - one.plan.score_nano == one.decided.price_nano


@pytest.mark.parametrize("seed", [4, 64, 264, 283, 297])
def test_plans_in_which_a_merger_would_be_enclosed_prove_nothing(seed: int) -> None:
    """The problem bars only the rings that the search came upon, so that others are looked for afterwards."""
    drawn = random.Random(seed)
    size = drawn.randint(5, 7)
    points = [(1000 * drawn.randint(0, 6), 1000 * drawn.randint(0, 6)) for _ in range(size)]
    more = {tuple(sorted(drawn.sample(range(size), 2))) for _ in range(drawn.randint(0, 2))}
    people = [drawn.randint(500, 1500) for _ in range(size)]
    borders = [*pairwise(range(size)), *((a, b) for a, b in more)]
    instance = build_instance(people, borders, points=points, classes=["a0"] * size)
    scenario = Scenario.from_dict(
        {
            "population": {"min": 0, "max": 4000},
            "rules": {"enclosed": "forbidden", "enclosed_parts": "all"},
            "weights": {"cut_edges": 0.1, "distance": 0.1},
        }
    )
    result = solve(instance, scenario, decided=True, workers=1)
    kept = [
        (score, plan)
        for score, plan in all_plans(instance, scenario, 0)
        if not verify(instance, scenario, Plan.of(instance, scenario, plan), regions=["R0"])
    ]
    found = plans_without(instance, result, workers=1)
    assert found
    for one in found:
        others = [score for score, plan in kept if one.part.members not in plan]
        assert one.decided == one.part.decided
        assert one.decided in (Decided("proved", kept[0][0] - max(others)), Decided("not known"))


def test_what_is_not_proved_in_time_is_not_known() -> None:
    row = build_instance([1000] * 4, [(0, 1), (1, 2), (2, 3)])
    asked = Scenario.from_dict({"population": {"min": 2000, "max": 3000}, "weights": {"distance": 1.0}})
    result = solve(row, asked, workers=1)
    found = plans_without(row, result, limits=Limits(1e-9), workers=1)
    assert {one.decided.status for one in found} == {"not known"}
    assert all(one.plan is None for one in found)
