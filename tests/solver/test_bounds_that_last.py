"""Bounds under further columns of inhabitants: every route keeps them, or refuses them by name."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, load
from refzones.models import Scenario
from refzones.solver import best_plans, census, evaluate, pareto_front, solve, sweep, verify
from refzones.solver.deadline import Deadline
from refzones.solver.infeasibility.explanation import explain
from refzones.solver.methods.compact import FORMULATIONS
from refzones.solver.methods.generation.pricing import is_available
from refzones.solver.methods.generation.solve import Generation
from support.brute import brute_force
from support.brute_nested import brute_force_nested
from support.build import build_instance
from support.regions import UNLISTED, answer_region

TODAY = [12_000, 20_000, 11_000, 18_000, 14_000, 16_000, 13_000, 21_000]
LATER = [9_000.5, 23_000, 16_000, 12_000, 15_000, 15_000, 8_000, 17_000]
IN_2026 = [13_000, 15_000, 7_000, 28_000, 21_000, 16_000, 11_000, 29_000]
PAIRS = [*pairwise(range(8)), (0, 2), (1, 3), (4, 6), (5, 7)]
INSTANCE = build_instance(
    TODAY,
    PAIRS,
    points=[(0, 0), (3e3, 4e3), (1e4, 0), (1e4, 6e3), (2e4, 0), (2e4, 5e3), (26e3, 5e3), (3e4, 0)],
    attributes={"later": LATER},
    yearly={2026: IN_2026},
)
WEIGHTS = {"distance": 1.0, "size": 0.2}
COLUMNS = [["later"], ["inhabitants_2026"], ["later", "inhabitants_2026"]]


def asked(also: list[str], **others: Any) -> Scenario:
    bounds = {"min": 30_000, "max": 60_000, "also": also}
    return Scenario.from_dict({"population": bounds, "weights": {"distance": 1.0}} | others)


def best(scenario: Scenario) -> int:
    truth = brute_force(INSTANCE, scenario)
    assert truth is not None
    return truth.score_nano


def test_the_columns_change_the_best_plan() -> None:
    scores = [best(asked(also)) for also in ([], *COLUMNS)]
    assert len(set(scores)) == 4
    assert max(scores) == scores[0]
    assert min(scores) == scores[3]


@pytest.mark.parametrize("also", COLUMNS, ids="+".join)
class TestEveryRoute:
    def test_listed(self, also: list[str]) -> None:
        scenario = asked(also)
        truth = brute_force(INSTANCE, scenario)
        found = solve(INSTANCE, scenario, workers=1)
        assert truth is not None
        assert found.plan is not None
        assert (found.status, found.score_nano) == ("optimal", truth.score_nano)
        assert [merger.members for merger in found.plan.mergers] == truth.chosen
        assert verify(INSTANCE, scenario, found.plan) == ()

    @pytest.mark.parametrize("formulation", FORMULATIONS)
    def test_compact(self, also: list[str], formulation: str) -> None:
        scenario = asked(also)
        found = solve(INSTANCE, scenario, formulation=formulation, workers=1)
        assert (found.status, found.score_nano) == ("optimal", best(scenario))

    @pytest.mark.parametrize("formulation", ["cut", "cpsat"])
    def test_a_given_number_of_seats(self, also: list[str], formulation: str) -> None:
        """Districting is answered centre by centre where inhabitants are bounded by one column alone."""
        scenario = asked(also, count={"min": 3, "max": 3})
        truth = brute_force(INSTANCE, scenario)
        found = solve(INSTANCE, scenario, formulation=formulation, workers=1)
        assert found.score_nano == (None if truth is None else truth.score_nano)

    def test_searched(self, also: list[str]) -> None:
        scenario = asked(also)
        found = answer_region(INSTANCE, scenario, deadline=Deadline.after(20), listing=UNLISTED)
        truth = best(scenario)
        assert found.bound_nano is None or found.bound_nano >= truth
        assert found.score_nano is not None
        assert found.score_nano <= truth
        assert verify(INSTANCE, scenario, _plan(scenario, found.mergers)) == ()

    @pytest.mark.skipif(not is_available(), reason="column generation needs the extra 'large'")
    def test_generated(self, also: list[str]) -> None:
        scenario = asked(also)
        found = answer_region(INSTANCE, scenario, methods=[Generation()])
        assert (found.status, found.score_nano) == ("optimal", best(scenario))
        assert verify(INSTANCE, scenario, _plan(scenario, found.mergers)) == ()

    def test_nested(self, also: list[str]) -> None:
        zones = {"population": {"min": 30_000, "max": 130_000}, "weights": {"distance": 0.5}}
        inner = asked(also, level="nested", zones=zones)
        outer = asked([], level="nested", zones=zones | {"population": zones["population"] | {"also": also}})
        scores = set()
        for scenario in (inner, outer):
            truth = brute_force_nested(INSTANCE, scenario)
            found = solve(INSTANCE, scenario, workers=1)
            assert (found.score_nano is None) == (truth is None)
            if truth is not None:
                assert (found.status, found.score_nano) == ("optimal", truth.score_nano)
                assert found.plan is not None
                assert verify(INSTANCE, scenario, found.plan) == ()
                scores.add(truth.score_nano)
        assert scores

    def test_sets_of_plans(self, also: list[str]) -> None:
        scenario = asked(also)
        truth = brute_force(INSTANCE, scenario)
        assert truth is not None
        assert census(INSTANCE, scenario).count == truth.feasible
        assert best_plans(INSTANCE, scenario, 3).plan(1).score_nano == truth.score_nano
        spec = {"scenario": scenario.model_dump(), "grid": {"weights": {"distance": [0.5, 1.0]}}}
        swept = sweep(spec, instances=[INSTANCE])
        assert swept.plan(1, INSTANCE).score_nano == truth.score_nano
        front = pareto_front(INSTANCE, scenario, ["distance", "size"])
        assert front.of("R0").nano.max(axis=0).tolist()[0] == truth.score_nano

    def test_evaluated(self, also: list[str]) -> None:
        free = solve(INSTANCE, asked([]), workers=1).plan
        assert free is not None
        found = evaluate(INSTANCE, asked(also), free)
        kinds = {violation.kind for violation in found.violations}
        assert kinds <= {"too_small", "too_large"}
        assert bool(kinds) == (best(asked(also)) != best(asked([])))
        assert all("under " in violation.text for violation in found.violations)


def _plan(scenario: Scenario, mergers: Any) -> Any:
    from refzones.solver import Plan

    return Plan.of(INSTANCE, scenario, [merger.members for merger in mergers])


figures = st.lists(st.integers(0, 60_000), min_size=8, max_size=8)


@settings(max_examples=60, deadline=None)
@given(figures, st.sampled_from((20_000, 30_000)), st.sampled_from((55_000, 80_000)))
def test_any_figures(later: list[int], least: int, most: int) -> None:
    where = replace(INSTANCE, attributes={"later": np.array(later, dtype=np.float64)})
    bounds = {"min": least, "max": most, "also": ["later"]}
    scenario = Scenario.from_dict({"population": bounds, "weights": WEIGHTS})
    truth = brute_force(where, scenario)
    found = solve(where, scenario, workers=1)
    assert found.score_nano == (None if truth is None else truth.score_nano)
    assert found.status == ("infeasible" if truth is None else "optimal")


@settings(max_examples=25, deadline=None)
@given(figures)
def test_explained(later: list[int]) -> None:
    """Each repair gives a plan, and there are rules among which is the column."""
    where = replace(INSTANCE, attributes={"later": np.array(later, dtype=np.float64)})
    scenario = asked(["later"])
    assume(brute_force(where, scenario) is None)
    found = explain(where, scenario, "R0")
    assert found is not None
    assert 'population.also = ["later"]' in {rule.text for rule in found.rules}
    assert "drop 'later' from population.also" in {repair.text for repair in found.repairs}
    for repair in found.repairs:
        assert brute_force(where, repair.scenario) is not None, repair.text


def test_absorbing_is_bounded_under_each_column() -> None:
    city = build_instance(
        [90_000, 9_000, 9_000, 9_000],
        [(0, 1), (0, 2), (0, 3)],
        attributes={"later": [20_000, 9_000, 12_000, 16_000]},
    )

    def found(*also: str) -> Scenario:
        rules = {"above_max": "absorb", "absorb_up_to": 29_000}
        bounds = {"min": 0, "max": 60_000, "also": list(also)}
        return Scenario.from_dict({"population": bounds, "rules": rules, "weights": {"cut_edges": 1.0}})

    for scenario in (found(), found("later")):
        truth = brute_force(city, scenario)
        answer = solve(city, scenario, workers=1)
        assert truth is not None
        assert answer.plan is not None
        assert [merger.members for merger in answer.plan.mergers] == truth.chosen
        assert verify(city, scenario, answer.plan) == ()
    assert truth.chosen == [(0, 1, 2), (3,)]
    (violation,) = verify(city, found("later"), solve(city, found(), workers=1).plan or _none())
    assert violation.text.startswith("under later M0 (10000) absorbs 37,000 inhabitants, more than 29,000")


def _none() -> Any:
    raise AssertionError("there is a plan")


def test_exempt_are_exempt_under_each_column() -> None:
    alone = asked(["later"], locks={"alone": ["M2"]})
    kept = asked(["later"], existing={"mode": "keep", "mergers": [["M0", "M2"]]})
    for scenario in (alone, kept):
        truth = brute_force(INSTANCE, scenario)
        found = solve(INSTANCE, scenario, workers=1)
        assert found.score_nano == (None if truth is None else truth.score_nano)


def test_real_years() -> None:
    """Bounds of today do not last: Oostende and Roeselare with neighbours pass the maximum in 2026."""
    flanders, regions = load("flanders-2025"), ["Middenkust", "Midwest"]
    today, lasting = (
        Scenario.from_dict(
            {
                "population": {"min": 30_000, "max": 130_000, "also": also},
                "weights": {"cut_edges": 1.0, "distance": 0.1},
            }
        )
        for also in ([], ["inhabitants_2026"])
    )
    before = solve(flanders, today, regions=regions)
    after = solve(flanders, lasting, regions=regions)
    assert before.status == after.status == "optimal"
    assert before.plan is not None
    assert after.plan is not None
    assert verify(flanders, lasting, after.plan, regions=regions) == ()
    texts = [violation.text for violation in verify(flanders, lasting, before.plan, regions=regions)]
    assert len(texts) == 2
    assert all(text.startswith("under inhabitants_2026 the merger of ") for text in texts)
    by_cut = solve(flanders, lasting, regions=["Middenkust"], formulation="cut")
    assert by_cut.score_nano == after.by_region[0].score_nano


def test_a_year_that_is_not_known_everywhere() -> None:
    bounds = {"min": 30_000, "max": 130_000, "also": ["inhabitants_2020"]}
    lasting = Scenario.from_dict({"population": bounds, "weights": {"distance": 1}})
    with pytest.raises(InputError, match=r"'inhabitants_2020' is not known of Tessenderlo-Ham \(71071\), "):
        solve(load("flanders-2025"), lasting, regions=["Limburg"])
    assert solve(load("flanders-2025"), lasting, regions=["Middenkust"]).status == "optimal"


def test_a_city_absorbs_as_much_as_each_column_needs() -> None:
    """M0 with M1 absorbs 1,000 today and 1,125 later: less than the latter is not enough."""
    city = build_instance(
        [4_000, 1_000, 1_000, 1_000],
        [(0, 1), (0, 2), (0, 3)],
        attributes={"later": [4_000, 1_125, 1_000, 1_000]},
    )
    bounds = {"min": 1_000, "max": 3_500, "also": ["later"]}
    locks = {"together": [["M0", "M1"]]}
    scenario = Scenario.from_dict({"population": bounds, "locks": locks, "weights": {"distance": 1}})
    found = explain(city, scenario, "R0")
    assert found is not None
    assert not found.undecided
    (repair,) = [one for one in found.repairs if "absorb" in one.text]
    assert repair.amount == 1_125
    assert brute_force(city, repair.scenario) is not None
