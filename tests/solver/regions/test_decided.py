"""What the best plan without each merger, or zone, lacks: against brute force, by every way to list."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.solver import Limits, Merger, Result, best_plans, solve
from refzones.solver.results.decided import NOT_KNOWN, Decided
from support.all_plans import all_plans
from support.brute_nested import best_without
from support.build import build_instance
from support.new_constraints import bounded_merging, merging
from support.proving import proving
from support.strategies import nested_questions, questions

Question = tuple[Instance, Scenario]


def decided_result(instance: Instance, scenario: Scenario, **options: int) -> Result:
    try:
        result = solve(instance, scenario, decided=True, **{"workers": 1, **options})
    except InputError:
        assume(False)
    return result


def expected(best: int, without: int | None, part: Merger) -> Decided:
    if part.standalone:
        return Decided("rule")
    return Decided("no plan") if without is None else Decided("proved", best - without)


def check(instance: Instance, scenario: Scenario, **options: int) -> None:
    """Hold the prices of all mergers of a plan of one level against all plans of its region."""
    result = decided_result(instance, scenario, **options)
    assume(result.status == "optimal")
    for region, answer in enumerate(result.by_region):
        plans = all_plans(instance, scenario, region)
        for merger in answer.mergers:
            others = [score for score, plan in plans if merger.members not in plan]
            right = expected(plans[0][0], max(others, default=None), merger)
            event(right.status if right.price_nano != 0 else "tie")
            assert merger.decided == right


def check_nested(instance: Instance, scenario: Scenario) -> None:
    result = decided_result(instance, scenario)
    assume(result.status == "optimal")
    for region, answer in enumerate(result.by_region):
        assert answer.score_nano is not None
        for level, parts in enumerate((answer.mergers, answer.zones)):
            for part in parts:
                without = best_without(instance, scenario, region, level, part.members)
                event(f"level {level}")
                assert part.decided == expected(answer.score_nano, without, part)


@given(questions())
@settings(max_examples=80, deadline=None)
def test_prices_of_mergers(question: Question) -> None:
    check(*question)


@given(questions(agreed=True, largest=8), st.integers(0, 9))
@settings(max_examples=80, deadline=None)
def test_prices_where_much_is_agreed(question: Question, seed: int) -> None:
    """Numbers of mergers, locks, existing plans, own zones, soft bounds."""
    check(*question, seed=seed)


@pytest.mark.parametrize(
    "steps",
    [
        {"nearest": 2},
        {"searched_first": -1},
        {"nodes_first": 1},
        {"searched_first": -1, "searchable": -1, "first": 1, "nearest": 3},
    ],
)
@given(question=questions(largest=8, agreed=True))
@settings(max_examples=30, deadline=None)
def test_steps_of_the_proof_change_nothing(steps: dict[str, int], question: Question) -> None:
    """Few candidates that have to become all; integer programmes instead of searches; CP-SAT at the end."""
    with proving(**steps):
        check(*question)


@given(questions(largest=7, agreed=True), st.integers(0, 5), st.integers(0, 4))
@settings(max_examples=40, deadline=None)
def test_a_second_side_constraint(question: Question, lower: int, more: int) -> None:
    instance, scenario = question
    with bounded_merging(lower, lower + more):
        result = decided_result(instance, scenario)
    for region, answer in enumerate(result.by_region):
        if answer.status != "optimal":
            continue
        plans = [
            (score, plan)
            for score, plan in all_plans(instance, scenario, region)
            if lower <= merging(plan) <= lower + more
        ]
        for merger in answer.mergers:
            others = [score for score, plan in plans if merger.members not in plan]
            assert merger.decided == expected(plans[0][0], max(others, default=None), merger)


@given(nested_questions())
@settings(max_examples=50, deadline=None)
def test_prices_of_two_levels(question: Question) -> None:
    check_nested(*question)


@given(nested_questions(largest=7, agreed=False))
@settings(max_examples=40, deadline=None)
def test_prices_of_two_levels_of_plain_questions(question: Question) -> None:
    with proving(first=1, nearest=2):
        check_nested(*question)


# Regions at a glance: six municipalities in a row, 10,000 inhabitants each


def row(kilometres: list[float]) -> Instance:
    size = len(kilometres)
    points = [(1000.0 * km, 0.0) for km in kilometres]
    return build_instance([10_000] * size, pairwise(range(size)), points=points)


def asked(smallest: int, largest: int) -> Scenario:
    bounds = {"min": smallest, "max": largest}
    return Scenario.from_dict({"population": bounds, "weights": {"distance": 1.0}})


def prices(result: Result) -> list[Decided]:
    return [merger.decided for merger in result.mergers]


def test_the_next_best_plan() -> None:
    """0-1 and 1 km from 2 and 3: pairs are best; three and three lack what the farther ones travel more."""
    found = solve(row([0, 1, 3, 4, 6, 7]), asked(20_000, 30_000), decided=True, workers=1)
    assert [merger.members for merger in found.mergers] == [(0, 1), (2, 3), (4, 5)]
    # (0, 1, 2), (3, 4, 5): 1 + 2 and 2 + 1 km instead of 1 + 1 + 1
    assert prices(found) == [Decided("proved", 1_000_000_000 - 3 * 166_666_667)] * 3


def test_a_tie() -> None:
    found = solve(row([0, 1, 2]), asked(10_000, 20_000), decided=True, workers=1)
    assert [merger.members for merger in found.mergers] == [(0,), (1,), (2,)]
    found = solve(row([0, 1, 2, 3]), asked(20_000, 20_000), decided=True, workers=1)
    assert prices(found) == [Decided("no plan")] * 2
    tied = solve(row([0, 1, 2, 3, 4]), asked(20_000, 30_000), decided=True, workers=1)
    assert [merger.members for merger in tied.mergers] == [(0, 1), (2, 3, 4)]
    assert prices(tied) == [Decided("proved", 0)] * 2
    assert tied.mergers[0].decided.is_tie


def test_what_is_not_asked_is_not_known() -> None:
    assert prices(solve(row([0, 1, 2]), asked(10_000, 20_000), workers=1)) == [NOT_KNOWN] * 3


def test_what_is_not_listed_is_not_known() -> None:
    found = solve(row([0, 1, 2]), asked(10_000, 20_000), decided=True, formulation="flow", workers=1)
    assert found.status == "optimal"
    assert prices(found) == [NOT_KNOWN] * 3


def test_without_time_nothing_is_known() -> None:
    found = solve(row([0, 1, 2]), asked(10_000, 20_000), decided=True, limits=Limits(1e-9), workers=1)
    assert set(prices(found)) <= {NOT_KNOWN}


@pytest.mark.parametrize("region", ["Denderregio", "Regio Brugge", "Rivierenland", "Westhoek"])
def test_prices_are_those_of_the_list_of_best_plans(region: str) -> None:
    """By decision diagrams, which share nothing with relaxations of one plan after the other."""
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    result = solve(instance, scenario, regions=[region], decided=True)
    plans = best_plans(instance, scenario, k=200, regions=[region]).of(region).plans
    told = [merger for merger in result.mergers if not merger.standalone]
    assert told
    for merger in told:
        losses = (plan.loss_nano for plan in plans if merger.members not in plan.parts)
        first = next(losses, None)
        price = merger.decided.price_nano
        if first is not None:
            assert price == first
        else:
            assert price is None or price >= plans[-1].loss_nano
