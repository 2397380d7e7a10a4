"""The maps of two dates in one proof: against brute force over all pairs of maps, and by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models.scenario.road import RoadScenario
from refzones.solver.stages.solving import solve_road
from refzones.solver.verification.road import verify_road
from support.brute_road import brute_force_road
from support.two_dates import road_questions

Question = tuple[Instance, RoadScenario]


def check(instance: Instance, scenario: RoadScenario, **options: Any) -> None:
    truth = brute_force_road(instance, scenario)
    try:
        found = solve_road(instance, scenario, **options)
    except InputError:
        event("refused")
        assert truth is None
        return
    if truth is None:
        event("infeasible")
        assert found.status == "infeasible"
        return
    event(f"optimal, {scenario.unmerged}, merged again {scenario.merged_again}")
    assert found.status == "optimal", [region.reason for region in found.by_region]
    assert found.sum_nano == truth.sum_nano
    assert found.earlier is not None
    assert found.target is not None
    if any(len(part) > 1 for part in truth.earlier):
        event("somebody merges early")
    assert [part.members for part in found.target.mergers] == truth.target
    assert [part.members for part in found.earlier.mergers] == truth.earlier
    assert verify_road(instance, scenario, found.earlier, found.target, truth.sum_nano) == ()


@given(road_questions())
@settings(max_examples=150, deadline=None)
def test_solve_equals_brute_force(question: Question) -> None:
    check(*question, workers=1)


@given(road_questions(agreed=False))
@settings(max_examples=100, deadline=None)
def test_plain_questions_equal_brute_force(question: Question) -> None:
    """Bounds, terms, locks and frames only, so that most of them have a plan."""
    check(*question, workers=1)


@pytest.mark.parametrize("engine_name", ["scip", "cpsat", "cbc"])
@given(question=road_questions(agreed=False), workers=st.integers(1, 3), seed=st.integers(0, 9))
@settings(max_examples=12, deadline=None)
def test_engines_workers_and_seeds_change_nothing(
    engine_name: str, question: Question, workers: int, seed: int
) -> None:
    check(*question, engine_name=engine_name, workers=workers, seed=seed)
