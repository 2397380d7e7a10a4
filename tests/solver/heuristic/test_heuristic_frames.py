"""Frames whose candidates may not be listed: plans keep the rules, bounds are above the optimum."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.solver import region as region_module
from refzones.solver import solve
from refzones.solver.candidates import TooManyCandidatesError
from refzones.solver.verify import verify
from support.brute import brute_force
from support.build import build_instance
from support.strategies import questions


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_listed() -> Iterator[None]:
    """Every frame has too many candidates; windows have not."""

    def full(*_: object) -> None:
        raise TooManyCandidatesError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(region_module, "enumerate_candidates", full)
        yield


@given(question=questions(largest=8, agreed=True), seed=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_plan_keeps_the_rules_and_the_bound_holds(question: tuple[Instance, Scenario], seed: int) -> None:
    instance, scenario = question
    truth = brute_force(instance, scenario)
    try:
        result = solve(instance, scenario, workers=1, seed=seed)
    except InputError:
        return
    if truth is None:
        event("infeasible")
        assert result.plan is None
        return
    bounds = [region.bound_nano for region in result.by_region]
    assert None not in bounds
    assert sum(bound for bound in bounds if bound is not None) >= truth.score_nano
    # so small a frame is one window, so that a plan that exists is found, and the best one
    event(f"{truth.feasible} plans" if truth.feasible < 3 else "many plans")
    assert result.plan is not None, [region.reason for region in result.by_region]
    assert verify(instance, scenario, result.plan) == ()
    assert result.score_nano == truth.score_nano


def test_status_reason_and_gap() -> None:
    """Two pairs are best; nothing proves it."""
    row = build_instance(
        [20_000] * 4, [(0, 1), (1, 2), (2, 3)], points=[(0, 0), (1e3, 0), (3e3, 0), (4e3, 0)]
    )
    scenario = Scenario.from_dict({"population": {"min": 40_000, "max": 60_000}, "weights": {"distance": 1}})
    (region,) = solve(row, scenario).by_region
    assert region.status == "feasible"
    assert [merger.members for merger in region.mergers] == [(0, 1), (2, 3)]
    assert region.reason == (
        "there are too many candidates to list; narrow the bounds; the plan was searched for and not proved"
    )
    # 40,000 of 80,000 inhabitants travel 1 km; both that and no less is what the bound says
    assert region.score_nano == -500_000_000
    assert region.bound_nano is not None
    assert -500_000_000 <= region.bound_nano <= -499_999_990
    assert region.stages.keys() == {"search"}


def test_region_of_flanders_is_found_again() -> None:
    """The proved optimum of a region, without its candidates; a settled city included."""
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    found = solve(instance, scenario, regions=["Waasland"])
    assert found.status == "feasible"
    assert found.plan is not None
    assert verify(instance, scenario, found.plan, regions=["Waasland"]) == ()
    assert found.bound_nano is not None
    assert found.score_nano is not None
    assert found.score_nano <= found.bound_nano


def test_no_plan_is_told_honestly() -> None:
    star = build_instance([10_000] * 6, [(0, i) for i in range(1, 6)])
    scenario = Scenario.from_dict({"population": {"min": 20_000, "max": 50_000}, "weights": {"distance": 1}})
    (region,) = solve(star, scenario).by_region
    assert (region.status, region.mergers, region.score_nano) == ("no plan within limit", (), None)
    assert region.reason == (
        "there are too many candidates to list; narrow the bounds; a search found no plan"
    )
    assert region.bound_nano is not None


def test_number_of_mergers_is_kept() -> None:
    grid = [(i, i + 1) for i in range(12) if i % 4 < 3] + [(i, i + 4) for i in range(8)]
    points = [(1000.0 * (i % 4), 1000.0 * (i // 4)) for i in range(12)]
    land = build_instance([10_000] * 12, grid, points=points)
    for number in (2, 5, 12):
        scenario = Scenario.from_dict(
            {
                "population": {"min": 10_000, "max": 70_000},
                "count": {"min": number, "max": number},
                "weights": {"distance": 1},
            }
        )
        found = solve(land, scenario)
        assert found.plan is not None
        assert len(found.plan.mergers) == number
        assert verify(land, scenario, found.plan) == ()


def test_nested_levels_are_not_searched() -> None:
    row = build_instance([40_000] * 3, [(0, 1), (1, 2)], classes=["a1"] * 3)
    demands = {"population": {"min": 40_000, "max": 80_000}, "weights": {"distance": 1}}
    scenario = Scenario.from_dict({"level": "nested", **demands, "zones": demands})
    (region,) = solve(row, scenario).by_region
    assert region.status == "no plan within limit"
    assert region.reason == "there are too many candidates to list; narrow the bounds"
