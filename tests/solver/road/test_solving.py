"""Schedules against brute force over all of them."""

from __future__ import annotations

import datetime
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models.road import Road
from refzones.solver import Plan
from refzones.solver.road.conflict import Conflict
from refzones.solver.road.problem import RoadProblem, road_problem
from refzones.solver.road.schedule import Schedule
from refzones.solver.road.solving import best_schedule
from refzones.solver.road.verifying import check_schedule
from support.build import build_instance
from support.roads import DATES, SCENARIO, SCHEMES, road_of, roads


def _kept(problem: RoadProblem, when: tuple[int, ...]) -> bool:
    dates = (*problem.road.dates, None)
    scheduled = {one.merger.members: dates[t] for one, t in zip(problem.mergers, when, strict=True)}
    return not check_schedule(problem.instance, problem.scenario, problem.plan, problem.road, scheduled)


def _totals(problem: RoadProblem, when: tuple[int, ...]) -> tuple[Fraction | int, ...]:
    """Walk through the years of a schedule day by day's worth, from the instance itself."""
    instance, road = problem.instance, problem.road
    people, minimum = instance.population.tolist(), problem.scenario.population.min
    ends = [*road.dates[1:], road.horizon]
    below = mandates = 0
    for place, (start, end) in enumerate(zip(road.dates, ends, strict=True)):
        days = (end - start).days
        for one, t in zip(problem.mergers, when, strict=True):
            merged = t <= place
            groups = [one.merger.members] if merged else [(i,) for i in one.merger.members]
            for group in groups:
                number = sum(people[i] for i in group)
                below += days * (number if number < minimum else 0)
                mandates += days * _councillors(number)
    bonus = sum(
        _bonus(road.milestones[t].bonus, one.population)
        for one, t in zip(problem.mergers, when, strict=True)
        if t < problem.never
    )
    found = {"below_minimum": below, "mandates": mandates, "least_bonus": bonus, "most_bonus": -bonus}
    if not road.weights:
        return tuple(found[key] for key in road.objectives)
    years = {"below_minimum": Fraction(4, 1461), "mandates": Fraction(4, 1461)}
    return (sum(Fraction(str(w)) * found[key] * years.get(key, 1) for key, w in road.weights.items()),)


def _bonus(scheme: str, people: int) -> int:
    below, euros = SCHEMES[scheme]
    return people * euros[sum(people >= end for end in below)]


def _councillors(people: int) -> int:
    steps = [(1000, 7), (2000, 9), (3000, 11), (4000, 13), (5000, 15), (7000, 17), (9000, 19), (12000, 21)]
    steps += [(15000, 23), (20000, 25), (25000, 27), (30000, 29), (35000, 31), (40000, 33), (50000, 35)]
    steps += [(60000, 37), (70000, 39), (80000, 41), (90000, 43), (100000, 45), (150000, 47)]
    return next((seats for below, seats in steps if people < below), 49)


def _brute(problem: RoadProblem) -> tuple[int, ...] | None:
    every = product(range(problem.never + 1), repeat=len(problem.mergers))
    kept = [when for when in every if _kept(problem, when)]
    return min(kept, key=lambda when: (_totals(problem, when), when), default=None)


@settings(deadline=None, max_examples=150)
@given(roads(), st.integers(0, 5))
def test_the_best_schedule_is_that_of_brute_force_whatever_the_seed(
    drawn: tuple[Instance, Plan, dict[str, Any]], seed: int
) -> None:
    instance, plan, asked = drawn
    try:
        problem = road_problem(instance, SCENARIO, plan, Road.model_validate(asked))
    except InputError:
        event("orders in a circle")
        return
    truth = _brute(problem)
    found = best_schedule(problem, seed=seed)
    if truth is None:
        event("no schedule")
        assert isinstance(found, Conflict)
        return
    event(f"{len(set(truth))} dates")
    assert isinstance(found, Schedule)
    assert found.is_proved
    assert found.when == truth
    assert found.bounds == tuple(aim.total(truth) for aim in problem.aims)


INSTANCE = build_instance([20_000, 15_000, 9_000, 12_000, 25_000, 5_000], [(0, 1), (2, 3), (4, 5)])
PLAN = Plan.of(INSTANCE, SCENARIO, [(0, 1), (2, 3), (4, 5)])


def _solved(**asked: Any) -> Schedule:
    found = best_schedule(road_problem(INSTANCE, SCENARIO, PLAN, road_of(**asked)))
    assert isinstance(found, Schedule)
    return found


def test_without_anything_agreed_all_take_effect_at_once() -> None:
    assert _solved().dates == (DATES[0],) * 3


def test_where_there_is_room_for_one_the_largest_gain_goes_first() -> None:
    found = _solved(capacity=[{"mergers": 1}])
    # M2 and M3 stay below 30,000 inhabitants together: they gain nothing but mandates
    assert found.dates == (DATES[0], None, DATES[1])


def test_weights_may_turn_the_order() -> None:
    first = _solved(capacity=[{"mergers": 1}], objectives=["mandates"])
    assert first.dates == _solved(capacity=[{"mergers": 1}], weights={"mandates": 2.5}).dates
    below = _solved(capacity=[{"mergers": 1}], weights={"mandates": 0.001, "below_minimum": 1})
    assert below.dates == (DATES[0], None, DATES[1])


def test_standings_add_up() -> None:
    found = _solved(capacity=[{"mergers": 1}])
    before, first, then = found.standings
    assert (before.municipalities, first.municipalities, then.municipalities) == (6, 5, 4)
    assert (before.below_minimum, first.below_minimum, then.below_minimum) == (86_000, 51_000, 21_000)
    assert before.councillors == sum(map(_councillors, INSTANCE.population.tolist()))
    assert found.totals["bonus"] is None


def test_a_bonus_that_is_not_known_cannot_be_sought() -> None:
    with pytest.raises(InputError, match="no bonus is named for 2027-01-01"):
        _solved(objectives=["least_bonus"])


def test_the_second_reading_finds_what_breaks() -> None:
    asked = road_of(
        compulsory=True,
        rest_years=6,
        capacity=[{"mergers": 1}, {"region": "R0", "inhabitants": 30_000}],
        agreements=[{"merger": "M0", "at": "2031-01-01"}, {"merger": "M4", "not_after": "2027-01-01"}],
        orders=[{"first": "M0", "then": "M2"}],
    )
    merged = build_instance(INSTANCE.population.tolist(), [(0, 1)], merged_in={1: 2025})
    plan = Plan.of(merged, SCENARIO, [(0, 1), (2, 3), (4, 5)])
    when: dict[tuple[int, ...], datetime.date | None] = {(0, 1): DATES[0], (2, 3): DATES[0], (4, 5): None}
    text = "\n".join(check_schedule(merged, SCENARIO, plan, asked, when))
    for part in (
        "M0 does not take effect on 2031-01-01",
        "M4 has not taken effect by 2027-01-01",
        "M2 does not take effect after M0",
        "though all must",
        "M1 merges again within 6 years",
        "2 mergers on 2027-01-01, more than 1",
        "56,000 inhabitants on 2027-01-01, more than 30,000",
    ):
        assert part in text
    assert check_schedule(merged, SCENARIO, plan, road_of(), {(0, 1): DATES[0]}) != ()
