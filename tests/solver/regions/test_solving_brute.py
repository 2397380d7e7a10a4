"""`solve` against brute force over all partitions, on hundreds of small questions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver import ENGINES, solve
from refzones.solver.verification.verifier import verify
from support.agreement import check_against_brute_force, check_one_frame
from support.brute import brute_force
from support.build import build_instance
from support.proving import proving
from support.strategies import questions

DISTANCE = {"distance": 1.0}


@given(questions())
@settings(max_examples=150, deadline=None)
def test_solve_equals_brute_force(question: tuple[Instance, Scenario]) -> None:
    check_against_brute_force(*question)


@given(questions(agreed=True, largest=8))
@settings(max_examples=150, deadline=None)
def test_solve_equals_brute_force_where_much_is_agreed(question: tuple[Instance, Scenario]) -> None:
    """Numbers of mergers, existing plans, seats, own zones, soft bounds."""
    check_against_brute_force(*question)


@given(questions(agreed=True, largest=8, numbers=(2, 2, 3)))
@settings(max_examples=100, deadline=None)
def test_one_frame_of_all_regions(question: tuple[Instance, Scenario]) -> None:
    check_one_frame(*question)


@pytest.mark.parametrize("engine_name", [name for name in ENGINES if name != "highs"])
@given(question=questions(largest=8, agreed=True), workers=st.integers(1, 3), seed=st.integers(0, 9))
@settings(max_examples=40, deadline=None)
def test_engines_workers_and_seeds_change_nothing(
    engine_name: str, question: tuple[Instance, Scenario], workers: int, seed: int
) -> None:
    check_against_brute_force(*question, engine_name=engine_name, workers=workers, seed=seed)


@given(question=questions(largest=8, agreed=True))
@settings(max_examples=60, deadline=None)
def test_few_candidates_at_first_change_nothing(question: tuple[Instance, Scenario]) -> None:
    """The integer programme starts from so few candidates that it has to be widened."""
    with proving(first=1):
        check_against_brute_force(*question)


@given(question=questions(largest=8, agreed=True))
@settings(max_examples=60, deadline=None)
def test_proof_without_search_is_the_same(question: tuple[Instance, Scenario]) -> None:
    """CP-SAT closes the proof and chooses among equals where the search would take too long."""
    with proving(searchable=-1):
        check_against_brute_force(*question)


@given(questions(largest=7, agreed=True))
@settings(max_examples=60, deadline=None)
def test_one_region_alone_has_its_part_of_the_plan(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    if brute_force(instance, scenario) is None:
        return
    whole = solve(instance, scenario, workers=1)
    for region in whole.by_region:
        part = solve(instance, scenario, regions=[region.name], workers=1)
        assert part.plan is not None
        assert part.plan.mergers == region.mergers
        assert verify(instance, scenario, part.plan, regions=[region.name]) == ()


# Optima that can be seen at a glance; each municipality has 10,000 inhabitants.


def plan_of(
    instance: Instance, smallest: int, largest: int, weights: dict[str, float]
) -> list[tuple[int, ...]]:
    scenario = Scenario.from_dict({"population": {"min": smallest, "max": largest}, "weights": weights})
    result = solve(instance, scenario, workers=1)
    assert result.status == "optimal"
    assert result.plan is not None
    return [merger.members for merger in result.plan.mergers]


def test_path() -> None:
    """Six in a row at 0, 1, 3, 4, 6 and 7 km: pairs 1 km apart."""
    points = [(1000.0 * km, 0.0) for km in (0, 1, 3, 4, 6, 7)]
    path = build_instance([10_000] * 6, pairwise(range(6)), points=points)
    assert plan_of(path, 20_000, 30_000, DISTANCE) == [(0, 1), (2, 3), (4, 5)]
    scenario = Scenario.from_dict({"population": {"min": 20_000, "max": 30_000}, "weights": DISTANCE})
    # half of the inhabitants live 1 km from their seat
    assert solve(path, scenario, workers=1).score_nano == 3 * -166_666_667


def test_star_can_only_stay_whole() -> None:
    """Whoever leaves the hub of a star is alone, and too small."""
    star = build_instance([10_000] * 6, [(0, i) for i in range(1, 6)])
    assert plan_of(star, 20_000, 60_000, DISTANCE) == [(0, 1, 2, 3, 4, 5)]
    scenario = Scenario.from_dict({"population": {"min": 20_000, "max": 50_000}, "weights": {}})
    assert solve(star, scenario, workers=1).status == "infeasible"


def test_star_with_free_leaves_is_shared_by_the_first_in_order() -> None:
    """The hub takes one leaf; all leaves are alike, so the first in order goes."""
    star = build_instance([5_000, *[10_000] * 4], [(0, i) for i in range(1, 5)], points=[(0.0, 0.0)] * 5)
    assert plan_of(star, 10_000, 15_000, DISTANCE) == [(0, 1), (2,), (3,), (4,)]


def test_grid() -> None:
    """Three by three, rows 1 km and columns 5 km apart: the columns; turned round: the rows."""
    borders = [(i, i + 1) for i in range(9) if i % 3 < 2] + [(i, i + 3) for i in range(6)]
    tall = build_instance(
        [10_000] * 9, borders, points=[(5000.0 * (i % 3), 1000.0 * (i // 3)) for i in range(9)]
    )
    wide = build_instance(
        [10_000] * 9, borders, points=[(1000.0 * (i % 3), 5000.0 * (i // 3)) for i in range(9)]
    )
    assert plan_of(tall, 30_000, 30_000, DISTANCE) == [(0, 3, 6), (1, 4, 7), (2, 5, 8)]
    assert plan_of(wide, 30_000, 30_000, DISTANCE) == [(0, 1, 2), (3, 4, 5), (6, 7, 8)]


def test_grid_without_weights_takes_the_first_in_order() -> None:
    borders = [(i, i + 1) for i in range(9) if i % 3 < 2] + [(i, i + 3) for i in range(6)]
    grid = build_instance([10_000] * 9, borders)
    assert plan_of(grid, 30_000, 30_000, {}) == [(0, 1, 2), (3, 4, 5), (6, 7, 8)]


def test_coverage_shares_out_the_centres() -> None:
    """Two hospitals at the ends of a row of six: each half gets one."""
    path = build_instance([10_000] * 6, pairwise(range(6)), functions={"hospital": [1, 0, 0, 0, 0, 1]})
    scenario = Scenario.from_dict(
        {
            "population": {"min": 20_000, "max": 30_000},
            "coverage": {"shares": {"hospital": 1.0}},
            "weights": {"coverage": 10},
        }
    )
    result = solve(path, scenario, workers=1)
    assert result.plan is not None
    assert [merger.members for merger in result.plan.mergers] == [(0, 1, 2), (3, 4, 5)]
    assert result.score_nano == 10_000_000_000


def test_relaxation_that_glop_calls_imprecise() -> None:
    instance = build_instance(
        [3_000, 11_000, 35_000, 26_000, 31_000, 14_000],
        [(0, 1), (0, 2), (0, 3), (0, 5), (1, 4), (1, 5), (3, 4), (3, 5)],
        points=[(4.5, 0.0), (4.0, 0.0), (2.5, 1.5), (2.0, 0.0), (3.5, 6.0), (2.5, 3.0)],
        merged_in={1: 2025, 2: 2025, 3: 2025},
        layers={"primary_care": ["", "B", "B", "A", "B", "A"]},
    )
    scenario = Scenario.from_dict(
        {
            "population": {"min": 40_000, "max": 80_000},
            "weights": {"distance": 1 / 3, "stacking": 20.0, "straddle(primary_care)": 20.0},
        }
    )
    check_against_brute_force(instance, scenario)


def test_heavy_weights_are_no_reason_to_have_no_plan() -> None:
    """Mergers of five that touch five zones of a million points each score less than -2^52 nano-points."""
    row = build_instance([1_000] * 10, pairwise(range(10)), layers={"police": [""] * 10})
    scenario = Scenario.from_dict(
        {"population": {"min": 5_000, "max": 6_000}, "weights": {"touched(police)": 1e6}}
    )
    check_against_brute_force(row, scenario)
    assert solve(row, scenario).score == -1e7
