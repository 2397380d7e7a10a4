"""The terms on pairs through every way by which a scenario is answered, against brute force."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from refzones.models import Scenario
from refzones.solver import (
    WhatIf,
    best_plans,
    census,
    evaluate,
    pareto_front,
    solve,
    sweep,
    verify,
    what_if,
)
from refzones.solver.deadline import Deadline
from refzones.solver.methods.generation.pricing import is_available
from support.brute import brute_force
from support.brute_nested import brute_force_nested
from support.build import build_instance
from support.regions import UNLISTED, answer_region

INSTANCE = build_instance(
    [12_000, 20_000, 11_000, 18_000, 14_000, 16_000, 13_000, 21_000],
    [*pairwise(range(8)), (0, 2), (1, 3), (4, 6), (5, 7)],
    points=[(0, 0), (3e3, 4e3), (1e4, 0), (1e4, 6e3), (2e4, 0), (2e4, 5e3), (26e3, 5e3), (3e4, 0)],
    classes=["c3", "a0", "c1", "c2", "b1", "a2", "c0", "a1"],
    layers={
        "police": ["A", "A", "B", "B", "C", "C", "C", "D"],
        "housing": ["X", "Y", "X", "Y", "Y", "", "Z", "Z"],
    },
    functions={"hospital": [0, 1, 0, 0, 0, 0, 0, 1]},
    flows={(0, 1): 30.0, (2, 1): 12.5, (3, 5): 8.0, (4, 5): 20.0, (4, 7): 9.0, (6, 7): 25.0, (6, 5): 3.0},
)
BASE: dict[str, Any] = {
    "population": {"min": 20_000, "max": 70_000},
    "cooperation": {"layers": {"police": 2, "housing": 1}},
}
WEIGHTS = [
    {"orientation": 40.0},
    {"cooperation": 40.0},
    {"orientation": 20.0, "cooperation": 30.0, "distance": 2.0},
    {"commuting": 10.0, "orientation": 20.0, "straddle(police)": 5.0},
]


def scenario(weights: dict[str, float], **others: Any) -> Scenario:
    return Scenario.from_dict(BASE | {"weights": weights} | others)


def best(asked: Scenario) -> int:
    truth = brute_force(INSTANCE, asked)
    assert truth is not None
    return truth.score_nano


@pytest.mark.parametrize("by", ["gravity", "flows"])
@pytest.mark.parametrize("weights", WEIGHTS, ids="+".join)
class TestEveryRoute:
    def test_listed(self, weights: dict[str, float], by: str) -> None:
        asked = scenario(weights, orientation={"by": by})
        result, truth = solve(INSTANCE, asked, workers=1), brute_force(INSTANCE, asked)
        assert truth is not None
        assert result.plan is not None
        assert (result.status, result.score_nano) == ("optimal", truth.score_nano)
        assert [merger.members for merger in result.plan.mergers] == truth.chosen
        assert verify(INSTANCE, asked, result.plan) == ()

    def test_nested(self, weights: dict[str, float], by: str) -> None:
        zones = {"population": {"min": 40_000, "max": 90_000}, "weights": {"orientation": 9.0}}
        asked = scenario(weights, orientation={"by": by}, level="nested", zones=zones)
        truth = brute_force_nested(INSTANCE, asked)
        result = solve(INSTANCE, asked, workers=1)
        assert truth is not None
        assert result.plan is not None
        assert (result.status, result.score_nano) == ("optimal", truth.score_nano)
        assert verify(INSTANCE, asked, result.plan) == ()

    @pytest.mark.parametrize("formulation", ["flow", "multiflow", "cut", "cpsat"])
    def test_compact_formulations(self, weights: dict[str, float], by: str, formulation: str) -> None:
        asked = scenario(weights, orientation={"by": by})
        assert solve(INSTANCE, asked, formulation=formulation, workers=1).score_nano == best(asked)

    @pytest.mark.skipif(not is_available(), reason="column generation needs the extra 'large'")
    def test_priced_where_candidates_are_too_many_to_list(self, weights: dict[str, float], by: str) -> None:
        asked = scenario(weights, orientation={"by": by})
        # what is compiled for the first time on a busy machine takes minutes; the proof takes none of them
        found = answer_region(INSTANCE, asked, deadline=Deadline.after(600), listing=UNLISTED)
        assert (found.status, found.score_nano) == ("optimal", best(asked))


@pytest.mark.parametrize("weights", WEIGHTS, ids="+".join)
class TestSetsOfPlans:
    def test_searched_with_a_bound(self, weights: dict[str, float]) -> None:
        """A fixed number of mergers is not priced: the search answers, and its bound holds."""
        asked = scenario(weights, count={"min": 3, "max": 4})
        found = answer_region(INSTANCE, asked, deadline=Deadline.after(20), listing=UNLISTED)
        assert found.score_nano is not None
        assert found.bound_nano is not None
        assert found.score_nano <= best(asked) <= found.bound_nano

    def test_sweep(self, weights: dict[str, float]) -> None:
        name = next(iter(weights))
        spec = {"scenario": BASE | {"weights": weights}, "grid": {"weights": {name: [0.5, 5.0, 80.0]}}}
        found = sweep(spec, instances=[INSTANCE])
        for setting, value in enumerate([0.5, 5.0, 80.0]):
            assert found.plan(setting, INSTANCE).score_nano == best(scenario(weights | {name: value}))

    def test_alternatives_and_census(self, weights: dict[str, float]) -> None:
        asked = scenario(weights)
        truth = brute_force(INSTANCE, asked)
        assert truth is not None
        assert census(INSTANCE, asked).count == truth.feasible
        assert best_plans(INSTANCE, asked, 3).plan(1).score_nano == truth.score_nano

    def test_evaluated_and_wished(self, weights: dict[str, float]) -> None:
        asked = scenario(weights)
        result = solve(INSTANCE, asked, workers=1)
        assert result.plan is not None
        assert evaluate(INSTANCE, asked, result.plan).plan.score_nano == result.score_nano
        answer = what_if(INSTANCE, result, WhatIf(apart=(("M0", "M1"),)))
        wished = scenario(weights, locks={"apart": [["M0", "M1"]]})
        assert answer.cost_nano == best(asked) - best(wished)
        assert sum(term.cost_nano for term in answer.terms) == answer.cost_nano


def test_trade_off() -> None:
    front = pareto_front(INSTANCE, scenario({}), ["orientation", "cooperation"])
    alone = [best(scenario({name: 1.0})) for name in ("orientation", "cooperation")]
    assert front.of("R0").nano.max(axis=0).tolist() == alone
