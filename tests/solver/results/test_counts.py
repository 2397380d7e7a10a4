"""The number of mergers of a region: bounds that bind, who counts, every engine, without the search."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver import ENGINES, Result, solve
from refzones.solver.verification.verifier import verify
from support.agreement import check_against_brute_force
from support.build import build_instance
from support.proving import proving
from support.strategies import nested_questions, questions

Question = tuple[Instance, Scenario]


def numbered(question: Question, least: int, more: int | None) -> Question:
    """The same question with a number of parts for all regions, at the outer level."""
    instance, scenario = question
    count = {"min": least} if more is None else {"min": least, "max": least + more}
    data = scenario.model_dump()
    (data["zones"] if scenario.zones is not None else data)["count"] = count
    return instance, Scenario.from_dict(data)


def limited(asked: st.SearchStrategy[Question]) -> st.SearchStrategy[Question]:
    return st.builds(numbered, asked, st.integers(0, 4), st.none() | st.integers(0, 2))


@pytest.mark.parametrize("engine_name", ENGINES)
@given(question=limited(questions(largest=7, agreed=True)), seed=st.integers(0, 9))
@settings(max_examples=15, deadline=None)
def test_engines_count(engine_name: str, question: Question, seed: int) -> None:
    check_against_brute_force(*question, engine_name=engine_name, seed=seed)


@given(question=limited(questions(largest=8)), nested=limited(nested_questions(largest=6)))
@settings(max_examples=20, deadline=None)
def test_proof_without_search_counts(question: Question, nested: Question) -> None:
    with proving(searchable=-1):
        check_against_brute_force(*question)
        check_against_brute_force(*nested)


@given(question=limited(questions(largest=8)), nested=limited(nested_questions(largest=6)))
@settings(max_examples=20, deadline=None)
def test_few_candidates_at_first_count(question: Question, nested: Question) -> None:
    with proving(first=1):
        check_against_brute_force(*question)
        check_against_brute_force(*nested)


# By hand: six in a row of 10,000 each at 0, 1, 3, 4, 6 and 7 km; one km for everybody costs 6 points

ROW = build_instance([10_000] * 6, pairwise(range(6)), points=[(1000.0 * km, 0) for km in (0, 1, 3, 4, 6, 7)])


def answer(instance: Instance, **parts: Any) -> Result:
    scenario = Scenario.from_dict(
        {"population": {"min": 10_000, "max": 60_000}, "weights": {"distance": 6.0}, **parts}
    )
    result = solve(instance, scenario, workers=1)
    if result.score_nano is not None:
        assert verify(instance, scenario, result.plan) == ()
    return result


@pytest.mark.parametrize(
    ("count", "members", "points"),
    [
        ({}, [(0,), (1,), (2,), (3,), (4,), (5,)], 0),
        ({"max": 5}, [(0,), (1,), (2,), (3,), (4, 5)], -1),
        ({"max": 4}, [(0,), (1,), (2, 3), (4, 5)], -2),
        ({"min": 1, "max": 3}, [(0, 1), (2, 3), (4, 5)], -3),
        ({"max": 1}, [(0, 1, 2, 3, 4, 5)], -13),
        ({"min": 4, "regions": {"R0": [2, 2]}}, [(0, 1, 2), (3, 4, 5)], -6),
    ],
)
def test_fewer_mergers_cost_distance(
    count: dict[str, Any], members: list[tuple[int, ...]], points: int
) -> None:
    result = answer(ROW, count=count)
    assert [merger.members for merger in result.mergers] == members
    assert (result.status, result.score_nano, result.bound_nano) == (
        "optimal",
        points * 10**9,
        points * 10**9,
    )


def test_more_mergers_than_the_best_plan_has() -> None:
    """Pairs bring a hospital to twice as many; a fourth merger takes it from one municipality."""
    paired = build_instance([10_000] * 6, pairwise(range(6)), functions={"hospital": [1, 0, 1, 0, 1, 0]})
    coverage = {"coverage": {"shares": {"hospital": 1.0}}, "weights": {"coverage": 6.0}}
    assert answer(paired, **coverage).score == 6.0
    more = answer(paired, count={"min": 4}, **coverage)
    assert (len(more.mergers), more.score, more.bound) == (4, 5.0, 5.0)


def test_who_counts() -> None:
    """A facility municipality and a city do not; who is locked alone, or in a merger that is kept, does."""
    row = build_instance(
        [10_000, 10_000, 2_000, 10_000, 5_000, 5_000, 90_000], pairwise(range(7)), facility=[2]
    )
    agreed = {"locks": {"alone": ["M3"]}, "existing": {"mode": "keep", "mergers": [["M4", "M5"]]}}
    for number in (3, 4):
        result = answer(row, count={"min": number, "max": number}, **agreed)
        assert len(result.mergers) == number + 2
    assert [
        answer(row, count={"max": 2}, **agreed).status,
        answer(row, count={"min": 5}, **agreed).status,
    ] == ["infeasible"] * 2


@pytest.mark.parametrize(
    ("count", "number"),
    [
        ({"min": 7}, "7 or more mergers"),
        ({"max": 0}, "0 mergers"),
        ({"regions": {"R0": [8, 9]}}, "8 to 9 mergers"),
    ],
)
def test_numbers_that_no_plan_has(count: dict[str, Any], number: str) -> None:
    result = answer(ROW, count=count)
    assert (result.status, result.bound_nano) == ("infeasible", None)
    assert result.by_region[0].reason == (
        f"6 municipalities with 60,000 inhabitants cannot be divided into {number} under these rules and "
        "locks: each piece must be a connected merger of 10,000 to 60,000 inhabitants"
    )


def test_parts_of_a_region_that_do_not_touch_are_counted_together() -> None:
    """Two pieces of three: of four mergers, one piece has three or both have two."""
    pieces = build_instance(
        [10_000] * 6,
        [(0, 1), (1, 2), (3, 4), (4, 5)],
        points=[(1000.0 * km, 0) for km in (0, 3, 6, 9, 10, 12)],
    )
    result = answer(pieces, count={"max": 4})
    assert [merger.members for merger in result.mergers] == [(0,), (1,), (2,), (3, 4, 5)]
    assert result.score == -3.0


def test_regions_have_numbers_of_their_own() -> None:
    two = build_instance([10_000] * 6, pairwise(range(6)), region=[0, 0, 0, 1, 1, 1])
    result = answer(two, count={"max": 1, "regions": {"R1": [2, 2]}})
    assert [merger.members for merger in result.mergers] == [(0, 1, 2), (3,), (4, 5)]
    assert answer(two, count={"regions": {"R1": [4, 4]}}).by_region[0].status == "optimal"


def test_number_of_zones_and_of_the_mergers_in_them() -> None:
    """Two zones of three cost 6 points, and inside them 4 mergers 2 points, 3 mergers 4 points."""
    zones = {
        "population": {"min": 10_000, "max": 40_000},
        "count": {"min": 2, "max": 2},
        "weights": {"distance": 6},
    }
    for number, points in ((4, -8), (3, -10)):
        result = answer(ROW, level="nested", count={"min": number, "max": number}, zones=zones)
        assert (result.status, len(result.zones), len(result.mergers)) == ("optimal", 2, number)
        assert (result.score, result.bound) == (points, points)
    impossible = answer(ROW, level="nested", count={"max": 1}, zones=zones)
    assert impossible.by_region[0].reason == (
        "6 municipalities with 60,000 inhabitants cannot be divided into 2 zones and 0 to 1 mergers under "
        "these rules and locks: each piece must be a connected zone of 10,000 to 40,000 inhabitants, "
        "itself divided into mergers"
    )
