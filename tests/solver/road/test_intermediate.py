"""Instances in between, and the record of a schedule."""

from __future__ import annotations

from refzones.solver import Plan
from refzones.solver.road.intermediate import intermediate_instances
from refzones.solver.road.problem import road_problem
from refzones.solver.road.schedule import Schedule
from refzones.solver.road.solving import best_schedule
from support.build import build_instance
from support.roads import SCENARIO, road_of

INSTANCE = build_instance([20_000, 15_000, 9_000, 22_000, 25_000], [(0, 1), (2, 3), (3, 4)])
PLAN = Plan.of(INSTANCE, SCENARIO, [(0, 1), (2, 3), (4,)])


def test_each_date_has_what_has_merged_by_then() -> None:
    road = road_of(agreements=[{"merger": "M0", "at": "2031-01-01"}])
    schedule = best_schedule(road_problem(INSTANCE, SCENARIO, PLAN, road))
    assert isinstance(schedule, Schedule)
    first, last = intermediate_instances(schedule)
    assert [str(one.date) for one in (first, last)] == ["2027-01-01", "2031-01-01"]
    assert sorted(first.instance.population.tolist()) == [15_000, 20_000, 25_000, 31_000]
    assert sorted(last.instance.population.tolist()) == [25_000, 31_000, 35_000]
    assert sorted(set(last.instance.merged_in.tolist())) == [0, 2027, 2031]
    assert {change.year for change in last.instance.changes} == {2027, 2031}


def test_a_date_on_which_nothing_merges_has_no_instance() -> None:
    schedule = best_schedule(road_problem(INSTANCE, SCENARIO, PLAN, road_of()))
    assert isinstance(schedule, Schedule)
    assert [str(one.date) for one in intermediate_instances(schedule)] == ["2027-01-01"]
