"""Engines, one by one, on programmes with known answers, and what happens when one breaks down."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.models.programmes.programme import Programme, with_row
from refzones.models.programmes.set_partition import partition_programme
from refzones.solver import ENGINES, EngineError, solve
from refzones.solver import solve as solve_function
from refzones.solver.engines import REGISTERED, Entry, engine, engine_names
from refzones.solver.engines.base import checked
from support.build import build_instance
from support.own_engine import Wrapped

NAMES = (*ENGINES, "wrapped")
"""The engines that come along, and one of a test."""

MEMBERS = np.array([[1.0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 0]])


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REGISTERED, "wrapped", Entry(Wrapped))


@pytest.mark.parametrize("name", NAMES)
def test_cheapest_partition(name: str) -> None:
    answer = engine(name).solve(partition_programme(MEMBERS, np.array([5.0, 7, 4, 6])))
    assert answer.status == "optimal"
    assert answer.x is not None
    assert answer.x.tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("name", NAMES)
def test_no_partition(name: str) -> None:
    assert engine(name).solve(partition_programme(MEMBERS[[0, 2]], np.ones(2))).status == "infeasible"


@pytest.mark.parametrize("name", NAMES)
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
    assert result.score_nano is None
    assert solve(instance, Scenario.from_dict({"weights": {}}), workers=1).status == "optimal"


@pytest.mark.parametrize("name", NAMES)
def test_added_row_is_kept(name: str) -> None:
    """The cheapest partition costs 10; with the third candidate forbidden the other one is left."""
    programme = with_row(partition_programme(MEMBERS, np.array([5.0, 7, 4, 6])), np.array([0, 0, 1.0, 0]), 0)
    answer = engine(name).solve(programme)
    assert answer.status == "optimal"
    assert answer.x is not None
    assert answer.x.tolist() == [1, 1, 0, 0]
    assert answer.bound is not None
    assert answer.bound <= 12 + 1e-6


@pytest.mark.parametrize("name", [name for name in NAMES if name != "cpsat"])
def test_continuous_columns(name: str) -> None:
    """Three pairs over three: without whole numbers, half of each."""
    pairs = partition_programme(np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]]), np.array([1.0, 2, 3]))
    assert engine(name).solve(pairs).status == "infeasible"
    answer = engine(name).solve(replace(pairs, integer=np.zeros(3, dtype=np.bool_)))
    assert answer.status == "optimal"
    assert answer.x is not None
    assert answer.x == pytest.approx([0.5, 0.5, 0.5])


@cache
def hard() -> Programme:
    """A covering problem that no engine closes in an instant."""
    rng = np.random.default_rng(7)
    members = (rng.random((800, 100)) < 0.08).astype(np.float64)
    members[:100] += np.eye(100)
    programme = partition_programme(np.minimum(members, 1), rng.integers(1, 1000, 800).astype(np.float64))
    return replace(programme, row_upper=np.full(100, np.inf))


@cache
def hard_optimum() -> float:
    best = engine("highs").solve(hard())
    assert best.status == "optimal"
    assert best.x is not None
    return hard().value(best.x)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seconds", [0.02, 0.002])
def test_limit_ends_without_a_false_claim(name: str, seconds: float) -> None:
    programme, optimum = hard(), hard_optimum()
    answer = engine(name).solve(programme, seconds=seconds)
    assert answer.status in ("optimal", "feasible", "unknown")
    if answer.x is not None:
        assert programme.is_feasible(answer.x)
        assert programme.value(answer.x) >= optimum
    if answer.status == "optimal":
        assert answer.x is not None
        assert programme.value(answer.x) == optimum
    if answer.bound is not None:
        assert answer.bound <= optimum + 1e-6


@pytest.mark.parametrize("name", NAMES)
def test_engine_says_its_name_and_version(name: str) -> None:
    assert engine(name).name == name
    assert engine(name.upper()).name == name
    assert any(character.isdigit() for character in engine(name).version())


def test_engines_present_begin_with_those_that_come_along() -> None:
    assert engine_names()[: len(ENGINES)] == list(ENGINES)


def test_rounded_point_is_checked() -> None:
    programme = partition_programme(MEMBERS, np.ones(4))
    assert checked(programme, np.array([1 - 1e-7, 1, 1e-7, 0])).tolist() == [1, 1, 0, 0]
    with pytest.raises(EngineError, match="breaks the constraints"):
        checked(programme, np.array([0.6, 0.6, 0.6, 0.4]))


@pytest.mark.parametrize(
    ("seconds", "status"), [(1e-6, "unknown"), (100.0, "infeasible"), (None, "infeasible")]
)
def test_infeasibility_that_comes_when_time_is_up_is_not_believed(
    seconds: float | None, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CBC says so of programmes that it had no time to look at."""
    from refzones.solver.engines import pulp

    monkeypatch.setattr(pulp, "_status", lambda *_: "infeasible")
    programme = partition_programme(MEMBERS, np.ones(4))
    assert engine("cbc").solve(programme, seconds=seconds).status == status


PAIRS = np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1], [1, 1, 1]])


@pytest.mark.parametrize(("seconds", "status"), [(1e-6, "unknown"), (100.0, None)])
def test_relaxation_that_is_called_an_optimum_is_not_believed(
    seconds: float, status: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CBC says so when its time is up: halves of three pairs, which round to something else."""
    from refzones.solver.engines import pulp

    asked = partition_programme(PAIRS, np.array([1.0, 1, 1, 9]))
    relaxed = replace(asked, integer=np.zeros(4, dtype=np.bool_))
    monkeypatch.setattr(pulp, "_status", lambda *_: "optimal")
    monkeypatch.setattr(pulp, "_problem", lambda _, make=pulp._problem: make(relaxed))
    if status is None:
        with pytest.raises(EngineError, match="breaks the constraints"):
            engine("cbc").solve(asked, seconds=seconds)
    else:
        assert engine("cbc").solve(asked, seconds=seconds).status == status


def test_point_that_is_not_whole_is_refused_even_where_it_could_be_rounded() -> None:
    programme = partition_programme(MEMBERS, np.ones(4))
    with pytest.raises(EngineError, match="breaks the constraints"):
        checked(programme, np.array([0.7, 0.7, 0.3, 0.3]))


@pytest.mark.parametrize("name", NAMES)
def test_sides_the_wrong_way_round_are_infeasible(name: str) -> None:
    programme = partition_programme(MEMBERS, np.ones(4))
    wrong_row = replace(programme, row_lower=np.full(3, 2.0))
    wrong_column = replace(programme, upper=np.array([1.0, 1, -1, 1]))
    assert [engine(name).solve(asked).status for asked in (wrong_row, wrong_column)] == ["infeasible"] * 2


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_told(name: str, number: float) -> None:
    programme = partition_programme(MEMBERS, np.array([5.0, number, 4, 6]))
    with pytest.raises(EngineError, match="not finite"):
        engine(name).solve(programme)


def test_message_of_an_engine_is_one_line() -> None:
    assert str(EngineError("GUROBI: no licence\n\tsee https://example.org\n")) == (
        "GUROBI: no licence see https://example.org"
    )
