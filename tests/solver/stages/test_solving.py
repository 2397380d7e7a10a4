"""The maps of two dates in one proof: against brute force over all pairs of maps, and by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models.scenario.staged import StagedScenario
from refzones.solver import Plan, solve, verify
from refzones.solver.deadline import Limits
from refzones.solver.stages.reasons import with_staged_reasons
from refzones.solver.stages.solving import solve_staged
from refzones.solver.verification.staged import verify_staged
from support.brute_staged import brute_force_road
from support.build import build_instance
from support.two_dates import road_questions

Question = tuple[Instance, StagedScenario]


def check(instance: Instance, scenario: StagedScenario, **options: Any) -> None:
    truth = brute_force_road(instance, scenario)
    try:
        found = solve_staged(instance, scenario, **options)
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
    assert verify_staged(instance, scenario, found.earlier, found.target, truth.sum_nano) == ()


@given(road_questions())
@settings(max_examples=60, deadline=None)
def test_solve_equals_brute_force(question: Question) -> None:
    check(*question, workers=1)


@given(road_questions(agreed=False))
@settings(max_examples=40, deadline=None)
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


ROW = build_instance(
    [10_000] * 6, pairwise(range(6)), points=[(1000.0 * km, 0) for km in (0, 1, 3, 4, 6, 7)], facility=[5]
)
"""Six in a row; 0 and 1, and 2 and 3 lie near each other. The last is a facility municipality."""

TWO = {"population": {"min": 20_000, "max": 20_000}, "weights": {"size": 1.0}}


def asked(earlier: dict[str, Any], target: dict[str, Any], **others: Any) -> StagedScenario:
    return StagedScenario.from_dict(
        {
            "level": "staged",
            "until": "2037-01-01",
            "earlier": {"date": "2027-01-01", **earlier},
            "target": {"date": "2031-01-01", **target},
        }
        | others
    )


def parts(plan: Plan | None) -> list[tuple[int, ...]]:
    assert plan is not None
    return [part.members for part in plan.mergers]


FREE = {"rules": {"facility": "free"}}
NEAR = {"population": {"min": 20_000, "max": 30_000}, "weights": {"distance": 1.0}} | FREE


def test_an_early_merger_decides_the_target_map() -> None:
    """Left to itself the target map has pairs; 1 and 2 merge early, and 0 is left to join nobody but them."""
    free = asked({"weights": {"distance": 1.0}} | FREE, NEAR)
    assert parts(solve_staged(ROW, free).target) == [(0, 1), (2, 3), (4, 5)]
    early = {"locks": {"together": [["M1", "M2"]]}, "population": {"min": 20_000, "max": 20_000}} | FREE
    bound = asked(early, NEAR, merged_again="allowed")
    found = solve_staged(ROW, bound)
    assert parts(found.target) == [(0, 1, 2), (3, 4, 5)]
    assert parts(found.earlier) == [(0,), (1, 2), (3,), (4,), (5,)]
    # as it is, it leaves 0 without a merger
    never = asked(early, NEAR)
    assert solve_staged(ROW, never).status == "infeasible"


def test_the_score_is_the_mean_over_the_years() -> None:
    """Nobody merges by 2027; the mean distance of 0.5 km in 2031 counts for six years of ten."""
    none = {"weights": {"distance": 1.0}, "count": {"max": 0}} | FREE
    found = solve_staged(ROW, asked(none, {**NEAR, "population": {"min": 20_000, "max": 20_000}}))
    assert found.earlier is not None
    assert found.target is not None
    assert (found.earlier.score_nano, round(found.target.score, 6)) == (0, -0.5)
    assert found.score == pytest.approx(-0.3)
    assert (found.sum_nano, found.scenario.shares) == (3 * found.target.score_nano, (2, 3))
    given = asked(none, NEAR, until=None, years={"earlier": 1, "target": 0.5})
    assert (given.shares, given.lasting) == ((2, 1), (1, 0.5))


def test_who_stays_misses_no_bound_and_is_no_merger() -> None:
    """A city of its own, above the least size, is no merger of 2027 while it stays as it is."""
    soft = {"population": {"min": 20_000, "floor": 15_000, "max": 30_000}, "weights": {"shortfall": 1.0}}
    found = solve_staged(ROW, asked({**soft, **FREE, "count": {"max": 0}}, NEAR))
    assert found.earlier is not None
    assert found.earlier.score_nano == 0
    assert {part.standalone for part in found.earlier.mergers} == {"staying"}
    assert found.earlier.scenario is not None
    assert found.earlier.scenario.rules.staying == ROW.codes


CLASHES = [
    (
        {"existing": {"mode": "keep", "mergers": [["M0", "M1", "M2", "M3"]]}},
        {},
        {},
        "they have 40,000 inhabitants, more than 30,000",
    ),
    ({"locks": {"together": [["M0", "M1"]]}}, {"locks": {"apart": [["M0", "M1"]]}}, {}, "are apart there"),
    ({"locks": {"together": [["M4", "M5"]]}}, {"rules": {"facility": "alone"}}, {}, "facility municipality"),
    (
        {"existing": {"mode": "keep", "mergers": [["M0", "M1"]]}},
        {"population": {"min": 30_000, "max": 30_000}},
        {},
        "fewer than 30,000, and nobody may join them",
    ),
    (
        {"existing": {"mode": "keep", "mergers": [["M0", "M1"]]}},
        {"existing": {"mode": "keep", "mergers": [["M1", "M2"]]}},
        {},
        "are one merger there as they are",
    ),
    (
        {"existing": {"mode": "keep", "mergers": [["M0", "M1"]]}},
        {"requires": {"functions": ["hospital"]}},
        {},
        "a merger there must hold",
    ),
]


@pytest.mark.parametrize(("earlier", "target", "others", "message"), CLASHES)
def test_what_is_agreed_early_and_cannot_last_is_refused(
    earlier: dict[str, Any], target: dict[str, Any], others: dict[str, Any], message: str
) -> None:
    instance = build_instance(
        [10_000] * 6, pairwise(range(6)), facility=[5], functions={"hospital": [0, 0, 0, 0, 1, 1]}
    )
    question = asked(FREE | NEAR | earlier, NEAR | target, **others)
    with pytest.raises(InputError, match=message) as error:
        solve_staged(instance, question)
    assert "are together in the map of 2027, but cannot be in that of 2031" in str(error.value)


def test_a_merger_that_both_maps_keep_needs_no_bound() -> None:
    kept = {"existing": {"mode": "keep", "mergers": [["M0", "M1", "M2", "M3"]]}}
    found = solve_staged(ROW, asked(NEAR | kept, NEAR | kept))
    assert parts(found.target) == [(0, 1, 2, 3), (4, 5)]
    assert parts(found.earlier) == [(0, 1, 2, 3), (4,), (5,)]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ({"population": {"min": 50_000, "max": 50_000}}, "the map of 2031 cannot be had by itself: "),
        ({}, "the map of 2031 can be had by itself, but none in which the map of 2027 keeps"),
    ],
)
def test_why_there_is_no_plan(target: dict[str, Any], reason: str) -> None:
    found = solve_staged(ROW, asked(NEAR | {"count": {"min": 5}}, NEAR | target))
    assert found.status == "infeasible"
    said = with_staged_reasons(found, 10.0).by_region[0].reason
    assert said.startswith(reason)
    assert "zone" not in said


def test_a_map_by_itself_is_verified_and_says_that_nothing_is_proved_of_it() -> None:
    found = solve_staged(ROW, asked(NEAR | {"count": {"max": 1}}, NEAR))
    for place, scenario in enumerate(found.scenarios):
        result = found.result(place)
        assert (result.status, result.bound_nano) == ("feasible", None)
        assert result.plan is not None
        assert verify(ROW, scenario, result.plan) == ()


def test_flanders_in_a_minute() -> None:
    """Two mergers in each region by 2027, all by 2031: the best target map is another one than by itself."""
    question = asked({"preset": "mergers", "count": {"max": 2}}, {"preset": "mergers"})
    found = solve_staged(load("flanders-2025"), question, limits=Limits(60.0))
    assert found.status == "optimal"
    assert found.earlier is not None
    assert found.target is not None
    assert verify_staged(found.instance, question, found.earlier, found.target, found.sum_nano or 0) == ()
    alone = solve(found.instance, question.stages[1])
    assert alone.score_nano is not None
    assert found.target.score_nano < alone.score_nano
