from __future__ import annotations

from itertools import product

import numpy as np
from refzones.models.programmes.set_partition import partition_programme

MEMBERS = np.array(
    [[1, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0]],
    dtype=np.float64,
)


def test_shape_and_numbers() -> None:
    programme = partition_programme(MEMBERS, np.arange(5, dtype=np.float64))
    assert programme.shape == (3, 5)
    assert programme.cost.tolist() == [0, 1, 2, 3, 4]
    assert programme.integer.all()
    assert (programme.lower.tolist(), programme.upper.tolist()) == ([0.0] * 5, [1.0] * 5)
    assert (programme.row_lower.tolist(), programme.row_upper.tolist()) == ([1.0] * 3, [1.0] * 3)
    dense = np.zeros((3, 5))
    dense[programme.rows, programme.columns] = programme.coefficients
    assert (dense == MEMBERS.T).all()


def test_feasible_points_are_the_partitions() -> None:
    programme = partition_programme(MEMBERS, np.zeros(5))
    points = [x for x in product((0, 1), repeat=5) if programme.is_feasible(np.array(x, dtype=np.float64))]
    assert {tuple(np.flatnonzero(x).tolist()) for x in points} == {(0, 1), (2, 3), (1, 2, 4)}
