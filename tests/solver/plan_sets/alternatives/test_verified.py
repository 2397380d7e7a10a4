"""Plans that leave the program are checked, as many as there is time for."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import pytest
from refzones.models.scenario.scenario import Scenario
from refzones.solver.deadline import Deadline
from refzones.solver.plan_sets.alternatives import best_plans
from refzones.solver.plan_sets.alternatives.verified import check_alternatives
from refzones.solver.verification.defects import DefectError
from support.build import build_instance

INSTANCE = build_instance([20_000] * 10, pairwise(range(10)), region=[0] * 5 + [1] * 5)
SCENARIO = Scenario.from_dict({"population": {"min": 20_000, "max": 60_000}, "weights": {"distance": 1}})


def test_all_are_checked_where_there_is_time() -> None:
    found = best_plans(INSTANCE, SCENARIO, 5)
    checked = check_alternatives(found, Deadline.after(60))
    assert (checked.by_region, checked.whole) == (found.by_region, found.whole)


def test_lists_end_where_there_is_no_time_to_check_more() -> None:
    found = best_plans(INSTANCE, SCENARIO, 1000)
    assert all(plans.is_all for plans in found.lists)
    checked = check_alternatives(found, Deadline(time.perf_counter() - 1))
    assert checked.whole is not None
    assert [plans.plans for plans in checked.lists] == [plans.plans[:1] for plans in found.lists]
    assert {(plans.is_all, plans.note) for plans in checked.lists} == {
        (False, "the time limit left no more to check further plans, which are left out")
    }


def test_plan_of_all_that_is_no_sum_is_a_defect() -> None:
    found = best_plans(INSTANCE, SCENARIO, 5)
    assert found.whole is not None
    wrong = replace(found.whole.plans[0], score_nano=found.whole.plans[0].score_nano + 1)
    forged = replace(found, whole=replace(found.whole, plans=(wrong, *found.whole.plans[1:])))
    with pytest.raises(DefectError, match="plan 1 of all regions is not made of theirs"):
        check_alternatives(forged)
