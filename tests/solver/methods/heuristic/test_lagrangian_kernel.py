"""The best parts under prices, one after the other: worth what they are worth all at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.instances.synthetic import synthesise
from refzones.models import Model, Scenario, Scorer, ask
from refzones.solver.deadline import Deadline, TimeUpError
from refzones.solver.engines import engine
from refzones.solver.methods.heuristic import SearchSpace, lagrangian
from refzones.solver.methods.heuristic.lagrangian import LagrangianRelaxation
from refzones.solver.methods.heuristic.lagrangian_kernel import best_parts, fast_best_parts
from refzones.solver.methods.heuristic.reach import Reach
from support.strategies import questions


def relaxed(instance: Instance, scenario: Scenario) -> LagrangianRelaxation | None:
    try:
        model = Model(ask(instance, scenario), Scorer(instance, scenario))
    except InputError:
        return None
    space = SearchSpace(model, 0, model.question.free_members(0), engine())
    return LagrangianRelaxation(Reach(space)) if len(space.municipalities) else None


@given(question=questions(largest=9), seed=st.integers(0, 999), scale=st.sampled_from((0.0, 1e-3, 0.1, 10.0)))
@settings(max_examples=80, deadline=None)
def test_worth_one_by_one_as_all_at_once(
    question: tuple[Instance, Scenario], seed: int, scale: float
) -> None:
    found = relaxed(*question)
    assume(found is not None and len(found.problems[0]))
    assert found is not None
    seats, functions = found.problems
    prices = scale * np.random.default_rng(seed).normal(size=found.size)
    expected = found.solve(prices, seats, functions)[0]
    tables = (found.others, found.real, found.base, found.own, found.covered, found.has, found.weight)
    bounds = [float(bound) for bound in found.reach.space.bounds]
    for search in (best_parts, fast_best_parts()):
        if search is not None:
            worths = np.empty(len(seats))
            with np.errstate(invalid="ignore"):
                search(*tables, prices, seats, functions, np.array(found.shares), *bounds, worths)
            assert worths == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_what_is_no_number_ends_all_the_same() -> None:
    found = relaxed(synthesise(24, regions=1, per_merger=6, seed=1), Scenario.preset("mergers"))
    assert found is not None
    prices = np.full(found.size, np.nan)
    worths = found.worths(prices, *found.problems, Deadline())
    assert not (worths > 0).any()


@pytest.mark.parametrize("compiled", [True, False])
def test_a_few_at_a_time_and_in_time(compiled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not compiled:
        monkeypatch.setattr(lagrangian, "fast_best_parts", lambda: None)
    found = relaxed(synthesise(24, regions=1, per_merger=6, seed=1), Scenario.preset("mergers"))
    assert found is not None
    seats, functions = found.problems
    prices = np.linspace(-0.1, 0.1, found.size)
    whole = found.worths(prices, seats, functions, Deadline())
    monkeypatch.setattr(lagrangian, "_AT_ONCE", 7)
    assert found.worths(prices, seats, functions, Deadline()).tolist() == whole.tolist()
    with pytest.raises(TimeUpError):
        found.worths(prices, seats, functions, Deadline(0.0))
