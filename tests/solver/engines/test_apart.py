"""Large programmes are solved in a process of their own."""

from __future__ import annotations

import time
from contextlib import suppress

import numpy as np
import pytest
from refzones.instances.common.machine import resident_memory
from refzones.models.programmes.programme import Programme
from refzones.solver import memory
from refzones.solver.engines import EngineError, engine
from refzones.solver.engines import apart as module
from refzones.solver.engines.apart import is_large, solve_apart
from refzones.solver.limit_errors import OutOfMemoryError, TimeUpError
from refzones.solver.memory import Budget, filled


def covers(columns: int, rows: int, each: int, *, integer: bool = True) -> Programme:
    """Draw a set covering problem."""
    draw = np.random.default_rng(5)
    of = np.concatenate([draw.choice(columns, each, replace=False) for _ in range(rows)])
    return Programme(
        cost=draw.random(columns) + 0.5,
        lower=np.zeros(columns),
        upper=np.ones(columns),
        integer=np.full(columns, integer),
        rows=np.repeat(np.arange(rows), each),
        columns=of.astype(np.int64),
        coefficients=np.ones(rows * each),
        row_lower=np.ones(rows),
        row_upper=np.full(rows, np.inf),
    )


SMALL = covers(40, 25, 6)
HARD = covers(600, 900, 40)


def test_it_answers_as_it_does_here() -> None:
    assert not is_large(SMALL)
    here = engine("highs").solve(SMALL)
    there = solve_apart(SMALL, seconds=None, seed=0, start=None)
    assert here.x is not None
    assert there.x is not None
    assert (there.status, there.bound) == (here.status, here.bound)
    assert there.x.tolist() == here.x.tolist()


def test_large_programmes_go_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LARGE", len(SMALL.coefficients))
    asked = []

    def noted(programme: Programme, **given: object) -> None:
        asked.append(given)
        raise TimeUpError

    monkeypatch.setattr("refzones.solver.engines.mathopt.solve_apart", noted)
    assert engine("highs").solve(SMALL, seconds=3, seed=4).status == "unknown"
    assert asked == [{"seconds": 3, "seed": 4, "start": None}]


def test_it_is_ended_when_time_is_up() -> None:
    before, begun = filled(), time.perf_counter()
    with suppress(TimeUpError):  # or it comes back by itself
        answer = solve_apart(covers(3_000, 3_000, 100), seconds=0.2, seed=0, start=None)
        assert answer.status not in ("optimal", "infeasible")
    assert time.perf_counter() - begun < 10
    assert filled() < before + 1e9


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this process fill the same throughout: what other tests have freed is not given back meanwhile."""
    here = filled()
    monkeypatch.setattr(memory, "resident_memory", lambda pid: here if pid is None else resident_memory(pid))


@pytest.mark.usefixtures("steady")
def test_it_is_ended_where_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BASE", 0.0)
    own = Budget(filled() + 6e7)  # less than its libraries take
    with pytest.raises(OutOfMemoryError, match="an engine was ended"), own.attempt() as tried:
        solve_apart(HARD, seconds=60, seed=0, start=None)
    assert any("engine" in lacked or "ended" in lacked for lacked in tried.lacked)


@pytest.mark.usefixtures("steady")
def test_what_would_not_fit_is_not_begun() -> None:
    with pytest.raises(OutOfMemoryError), Budget(filled() + 1e8).at_work():
        solve_apart(SMALL, seconds=None, seed=0, start=None)


def test_what_breaks_there_is_said_here() -> None:
    broken = covers(40, 25, 6)
    broken.columns[0] = 10_000
    with pytest.raises(EngineError, match="highs: "):
        solve_apart(broken, seconds=None, seed=0, start=None)
