"""What this program finds and does not pass verification stops it, and says why."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from refzones.models.scenario.scenario import Scenario
from refzones.solver import solve
from refzones.solver.verification.defects import DefectError, check_own_plan
from support.build import build_instance

INSTANCE = build_instance([20_000] * 4, pairwise(range(4)))
SCENARIO = Scenario.from_dict({"population": {"min": 40_000, "max": 40_000}, "weights": {"distance": 1}})


def test_clean_plan_passes() -> None:
    plan = solve(INSTANCE, SCENARIO).plan
    assert plan is not None
    check_own_plan(INSTANCE, SCENARIO, plan, INSTANCE.regions, score_nano=plan.score_nano)


def test_broken_rules_and_another_score_are_told_line_by_line() -> None:
    plan = solve(INSTANCE, SCENARIO).plan
    assert plan is not None
    part = replace(plan, mergers=plan.mergers[:1])
    with pytest.raises(DefectError) as caught:
        check_own_plan(INSTANCE, SCENARIO, part, INSTANCE.regions, name="a plan drawn", score_nano=7)
    first, *others = str(caught.value).splitlines()
    assert first == "a defect of this program: a plan drawn does not pass verification"
    assert len(others) > 1
    assert others[-1] == f"  its score is {part.score_nano} billionths of a point, not 7"
