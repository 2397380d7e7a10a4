"""The bound against brute force: never below the best plan, whatever the terms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.instances.synthetic import synthesise
from refzones.models import Model, Scenario, Scorer, ask
from refzones.models.terms import term_classes
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.methods.heuristic import SearchSpace, upper_bound
from refzones.solver.methods.heuristic.lagrangian import LagrangianRelaxation, lagrangian_bound
from refzones.solver.methods.heuristic.reach import Reach
from refzones.solver.methods.heuristic.search import search
from support.brute import brute_force
from support.build import build_instance
from support.strategies import questions


def space_of(instance: Instance, scenario: Scenario, region: int = 0) -> SearchSpace:
    question = ask(instance, scenario)
    return SearchSpace(
        Model(question, Scorer(instance, scenario)), region, question.free_members(region), engine()
    )


@given(question=questions(largest=8, agreed=True), guess=st.sampled_from((None, -5, 0, 40_000_000_000)))
@settings(max_examples=30, deadline=None)
def test_no_plan_scores_more(question: tuple[Instance, Scenario], guess: int | None) -> None:
    instance, scenario = question
    truth = brute_force(instance, scenario)
    assume(truth is not None)
    assert truth is not None
    total = 0
    for region in range(len(instance.regions)):
        space = space_of(instance, scenario, region)
        settled = [part for part, _ in space.question.fixed_parts(region)]
        bound = upper_bound(space, guess)
        assert bound is not None
        total += sum(space.score(settled)) + bound
    assert total >= truth.score_nano
    event("tight" if total <= truth.score_nano + 10 else "not tight")


@given(question=questions(largest=6), rounds=st.integers(1, 45))
@settings(max_examples=20, deadline=None)
def test_prices_prove_the_terms_that_they_hold(question: tuple[Instance, Scenario], rounds: int) -> None:
    """Only the terms that share prices have a weight: the bound by prices alone is above the best plan."""
    instance, scenario = question
    held = ("coverage", "distance", "stacking", "orientation", "cooperation", "commuting")
    kept = {name: w for name, w in scenario.weights.items() if name in held}
    rules = scenario.rules.model_dump() | {"enclosed": "allowed"}
    scenario = Scenario.from_dict(scenario.model_dump() | {"weights": kept, "rules": rules})
    truth = brute_force(instance, scenario)
    assume(truth is not None and len(instance.regions) == 1)
    assert truth is not None
    try:
        space = space_of(instance, scenario)
    except InputError:
        return
    settled = [part for part, _ in space.question.fixed_parts(0)]
    best = truth.score_nano - sum(space.score(settled))
    assume(len(space.municipalities) > 0)
    found = lagrangian_bound(LagrangianRelaxation(Reach(space)), best / 1e9, rounds=rounds)
    assert found * 1e9 >= best - len(space.municipalities) - 1e-6 * abs(best)


@pytest.mark.parametrize("weights", [{}, {"orientation": 40.0, "cooperation": 20.0}], ids=["", "pairs"])
def test_prices_are_worth_their_while(weights: dict[str, float]) -> None:
    """Prices say much more than terms one by one, where there is time for them."""
    instance = synthesise(24, regions=1, per_merger=6, seed=1)
    preset = Scenario.preset("mergers").model_dump()
    scenario = Scenario.from_dict(
        preset
        | {
            "weights": preset["weights"] | weights,
            "cooperation": {"layers": {"police": 1, "primary_care": 1}},
        }
    )
    space = space_of(instance, scenario)
    found = search(space, limits=(500,), kicks=0)
    assert found.parts is not None
    with_prices = upper_bound(space, found.score)
    without = upper_bound(space, found.score, Deadline(0.0))
    assert with_prices is not None
    assert without is not None
    assert found.score <= with_prices
    assert with_prices - found.score < 0.8 * (without - found.score)


@pytest.mark.parametrize("kind", term_classes())
def test_every_term_has_a_best_value(kind: type) -> None:
    """On one small frame, the value of every partition is no better than what is called best."""
    instance = build_instance(
        [10_000, 20_000, 30_000, 10_000],
        [(0, 1), (1, 2), (2, 3)],
        merged_in={0: 2019},
        layers={"police": ["A", "A", "B", "B"]},
        functions={"rail": [0, 1, 0, 0]},
        classes=["c3", "a1", "a2", "b0"],
        attributes={"net_taxable_income_eur": [1e8, 3e8, 2e8, 1e8]},
        flows={(0, 1): 10.0, (0, 3): 5.0, (3, 2): 7.0},
    )
    argument = {"layer": "(police)", "indicator": "(councillors)", "": ""}[kind.takes]  # type: ignore[attr-defined]
    name = f"{kind.key}{argument}"  # type: ignore[attr-defined]
    scenario = Scenario.from_dict(
        {
            "population": {"min": 30_000, "max": 40_000},
            "rules": {"enclosed": "priced" if kind.key == "detached" else "allowed"},  # type: ignore[attr-defined]
            "coverage": {"shares": {"rail": 1.0}},
            "orientation": {"distance": 0, "inhabitants": 0, "classes": {}, "functions": {}},
            "cooperation": {"layers": {"police": 1}},
            "size": {"target": 20_000},
            "weights": {name: 1e-3},
        }
    )
    space = space_of(instance, scenario)
    (term,) = space.scorer.terms
    best = term.best(Reach(space))
    plan = np.array([[1, 1, 0, 0], [0, 0, 1, 1]], dtype=np.float64)
    assert term.sense * best >= term.sense * term.values(plan, space.municipalities).sum()
    known = {
        "coverage": 30_000,
        "distance": 20_000,
        "touched": 2,
        "stacking": 10_000,
        "size": 35_000,
        "commuting": 17 / 22,  # who lives too far apart is not counted
        "orientation": 60_000,  # both centres, and half of those who live beside each of them
        "cooperation": 70_000,  # the two zones, whole
        "effect": 2 * 31,  # two councils, none of fewer than 30,000 inhabitants
    }
    assert best == pytest.approx(known.get(kind.key, best))  # type: ignore[attr-defined]
