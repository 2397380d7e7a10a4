"""A linear programme whose columns, rows and points change, against one written afresh."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.models.programmes.programme import Programme
from refzones.solver.engines import engine
from refzones.solver.partition.restricted_master import RestrictedMaster

ROWS = 4
entries = st.lists(st.integers(0, 2), min_size=ROWS, max_size=ROWS).filter(any)
columns = st.lists(st.tuples(entries, st.integers(-9, 9)), min_size=1, max_size=8)


def value_afresh(bounds: list[tuple[float, float]], written: list[tuple[list[int], int]]) -> float:
    """Value of the programme with artificial columns of -100, written for another solver."""
    every = [([int(row == k) for row in range(len(bounds))], -100) for k in range(ROWS)] + written
    matrix = np.array([column for column, _ in every], dtype=np.float64).T
    rows, columns = np.nonzero(matrix)
    count = len(every)
    programme = Programme(
        cost=-np.array([points for _, points in every], dtype=np.float64),
        lower=np.zeros(count),
        upper=np.full(count, np.inf),
        integer=np.zeros(count, dtype=np.bool_),
        rows=rows.astype(np.int64),
        columns=columns.astype(np.int64),
        coefficients=matrix[rows, columns],
        row_lower=np.array([lower for lower, _ in bounds]),
        row_upper=np.array([upper for _, upper in bounds]),
    )
    answer = engine("highs").solve(programme, seconds=None, seed=0)
    assert answer.x is not None
    return -programme.value(answer.x)


def master_of(written: list[tuple[list[int], int]]) -> RestrictedMaster[int]:
    master: RestrictedMaster[int] = RestrictedMaster([(1.0, 1.0)] * ROWS, np.full(ROWS, -100.0))
    for key, (column, points) in enumerate(written):
        master.add_column(key, [(row, float(one)) for row, one in enumerate(column) if one], float(points))
    return master


@pytest.mark.parametrize("error", [RuntimeError, AttributeError])
def test_another_solver_takes_over_where_the_first_ends_abnormally(error: type[Exception]) -> None:
    class Broken:
        def solve(self, **_: object) -> None:
            raise error("Unexpected GLOP termination reason: ABNORMAL")

    master = master_of([([1, 1, 0, 0], 5), ([0, 0, 1, 1], 3)])
    master._solver = Broken()  # type: ignore[assignment]
    solved = master.solve()
    assert solved is not None
    assert solved.value == pytest.approx(8.0)


@settings(deadline=None, max_examples=60)
@given(columns, st.lists(st.integers(-9, 9), min_size=8, max_size=8), st.integers(1, 3))
def test_values_after_every_change(
    written: list[tuple[list[int], int]], others: list[int], most: int
) -> None:
    bounds = [(1.0, 1.0)] * ROWS
    master = master_of(written)
    solved = master.solve()
    assert solved is not None
    assert solved.value == pytest.approx(value_afresh(bounds, written), abs=1e-6)
    # strong duality: every row asks for one
    assert solved.duals.sum() == pytest.approx(solved.value, abs=1e-6)
    master.reprice(lambda key: float(others[key]), np.full(ROWS, -100.0))
    again = [(column, other) for (column, _), other in zip(written, others, strict=False)]
    solved = master.solve()
    assert solved is not None
    assert solved.value == pytest.approx(value_afresh(bounds, again), abs=1e-6)
    # a row over the columns alone: no more than some of them together
    master.add_row((0.0, float(most)), dict.fromkeys(range(len(again)), 1.0))
    solved = master.solve()
    assert solved is not None
    bounded = [([*column, 1], other) for column, other in again]
    assert solved.value == pytest.approx(value_afresh([*bounds, (0.0, float(most))], bounded), abs=1e-6)
    assert sum(master.solution().values()) <= most + 1e-6


def test_artificial_columns_are_forbidden_and_allowed_again() -> None:
    master = master_of([([1, 1, 0, 0], 5), ([0, 0, 1, 1], 3), ([1, 0, 0, 0], 1)])
    solved = master.solve()
    assert solved is not None
    assert (solved.value, solved.artificial) == (8.0, 0.0)
    assert master.solution() == {0: 1.0, 1: 1.0, 2: 0.0}
    few = master_of([([1, 1, 0, 0], 5)])
    solved = few.solve()
    assert solved is not None
    assert (solved.value, solved.artificial) == (-195.0, 2.0)
    few.forbid_artificial()
    assert few.solve() is None
    few.allow_artificial()
    solved = few.solve()
    assert solved is not None
    assert solved.artificial == 2.0


def test_before_anything_is_solved_nothing_is_chosen() -> None:
    assert master_of([([1, 0, 0, 0], 5)]).solution() == {}


def test_rows_may_ask_for_other_amounts() -> None:
    master = master_of([([1, 1, 1, 1], 5)])
    master.cover(np.full(ROWS, 0.5))
    solved = master.solve()
    assert solved is not None
    assert solved.value == pytest.approx(2.5)
