"""Engines, one by one, on programmes with known answers, and what happens when one breaks down."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.models.formulations.partition import partition_programme
from refzones.solver import ENGINES, EngineError, solve
from refzones.solver import solve as solve_function
from refzones.solver.engines import engine
from support.build import build_instance

MEMBERS = np.array([[1.0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 0]])


@pytest.mark.parametrize("name", ENGINES)
def test_cheapest_partition(name: str) -> None:
    answer = engine(name).solve(partition_programme(MEMBERS, np.array([5.0, 7, 4, 6])))
    assert answer.status == "optimal"
    assert answer.x is not None
    assert answer.x.tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("name", ENGINES)
def test_no_partition(name: str) -> None:
    assert engine(name).solve(partition_programme(MEMBERS[[0, 2]], np.ones(2))).status == "infeasible"


@pytest.mark.parametrize("name", ENGINES)
def test_start_and_limit_are_taken(name: str) -> None:
    programme = partition_programme(MEMBERS, np.array([5.0, 7, 4, 6]))
    answer = engine(name).solve(programme, seconds=10, seed=3, start=np.array([1.0, 1, 0, 0]))
    assert answer.x is not None
    assert programme.value(answer.x) == 10


def test_cpsat_refuses_fractions() -> None:
    programme = partition_programme(MEMBERS, np.array([5.5, 7, 4, 6]))
    with pytest.raises(EngineError, match="whole numbers"):
        engine("cpsat").solve(programme)
    continuous = replace(programme, cost=np.rint(programme.cost), integer=np.zeros(4, dtype=np.bool_))
    with pytest.raises(EngineError, match="whole numbers"):
        engine("cpsat").solve(continuous)


def test_unknown_engine_lists_those_present() -> None:
    with pytest.raises(InputError, match="present here: highs, scip, cpsat, cbc"):
        engine("gurobi-of-a-friend")


def test_engine_that_breaks_down_leaves_the_other_regions(monkeypatch: pytest.MonkeyPatch) -> None:
    instance = build_instance([40_000] * 4, [(0, 1), (2, 3)], region=[0, 0, 1, 1])
    from refzones.solver.engines.mathopt import HighsEngine

    calls = []
    real = HighsEngine.solve

    def flaky(self: HighsEngine, *arguments: object, **options: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise EngineError("highs: out of memory")
        return real(self, *arguments, **options)

    monkeypatch.setattr(HighsEngine, "solve", flaky)
    result = solve_function(instance, Scenario.from_dict({"weights": {"distance": 1}}), workers=1)
    assert sorted(region.status for region in result.by_region) == ["no plan within limit", "optimal"]
    assert "out of memory" in "".join(region.reason for region in result.by_region)
    assert result.plan is None
    assert solve(instance, Scenario(), workers=1).status == "optimal"
