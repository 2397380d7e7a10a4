"""Programmes: feasibility, added rows, the partition formulation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from refzones.models.programmes.programme import with_row
from refzones.models.programmes.set_partition import partition_programme

MEMBERS = np.array([[1.0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 0]])


@pytest.mark.parametrize(
    ("x", "feasible"),
    [([1, 1, 0, 0], True), ([0, 0, 1, 1], True), ([1, 0, 1, 0], False), ([0, 0, 0, 0], False)],
)
def test_partition(x: list[int], feasible: bool) -> None:
    programme = partition_programme(MEMBERS, np.array([5.0, 7, 11, 13]))
    assert programme.shape == (3, 4)
    assert programme.is_feasible(np.array(x, dtype=np.float64)) is feasible


def test_added_row_cuts_off() -> None:
    programme = with_row(partition_programme(MEMBERS, np.ones(4)), np.array([1.0, 0, 0, 0]), 0)
    assert not programme.is_feasible(np.array([1.0, 1, 0, 0]))
    assert programme.is_feasible(np.array([0.0, 0, 1, 1]))


def test_bounds_of_variables_count() -> None:
    programme = partition_programme(np.ones((2, 1)), np.ones(2))
    assert not programme.is_feasible(np.array([2.0, -1.0]))


def test_tolerance() -> None:
    almost = np.array([1 - 1e-4, 1, 0, 0])
    programme = partition_programme(MEMBERS, np.ones(4))
    assert not programme.is_feasible(almost)
    assert programme.is_feasible(almost, tolerance=1e-3)


def test_value_is_the_cost() -> None:
    assert partition_programme(MEMBERS, np.array([5.0, 7, 11, 13])).value(np.array([1.0, 0, 0.5, 2])) == 36.5


def test_added_row_holds_only_what_is_not_zero_and_leaves_the_rest() -> None:
    programme = partition_programme(MEMBERS, np.ones(4))
    longer = with_row(programme, np.array([0.0, 4.0, -1.0, 0.0]), 3.0)
    assert (programme.shape, longer.shape) == ((3, 4), (4, 4))
    assert (longer.row_lower[3], longer.row_upper[3]) == (-np.inf, 3.0)
    added = longer.rows == 3
    assert longer.columns[added].tolist() == [1, 2]
    assert longer.coefficients[added].tolist() == [4.0, -1.0]
    assert with_row(longer, np.ones(4), 1.0).shape == (5, 4)


def test_rows_of_a_relaxation_are_measured_by_their_largest_coefficient() -> None:
    """Off by a hundredth of 130,000 inhabitants: fine for a broken point, not where numbers are whole."""
    whole = with_row(partition_programme(MEMBERS, np.ones(4)), np.array([130_000.0, 0, 0, 0]), 130_000)
    point = np.array([1 + 1e-7, 1, 0, 0])
    relaxed = replace(whole, integer=np.zeros(4, dtype=np.bool_))
    assert not whole.is_feasible(point)
    assert relaxed.is_feasible(point)
    assert not relaxed.is_feasible(np.array([1 + 1e-4, 1, 0, 0]))
