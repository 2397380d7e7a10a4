"""Seats of mergers, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from refzones.instances import Instance
from refzones.models.seats import find_seats, whole_metres
from support.build import build_instance


@pytest.fixture(scope="module")
def instance() -> Instance:
    """Five municipalities: three on a triangle of 3, 4 and 5 km, and two at one point."""
    return build_instance(
        [1_000, 2_000, 4_000, 8_000, 5_000],
        [(0, 1), (1, 2), (2, 3), (3, 4)],
        points=[(0, 0), (3_000, 0), (0, 4_000), (6_000, 8_000), (6_000, 8_000)],
    )


def test_distances_are_whole_metres() -> None:
    instance = build_instance([1, 1, 1], [(0, 1)], points=[(0, 0), (1, 1), (1.6, 0)])
    assert whole_metres(instance, np.arange(3)).tolist() == [[0, 1, 2], [1, 0, 1], [2, 1, 0]]


def seat(instance: Instance, members: list[int], of: list[int]) -> int:
    return int(find_seats(instance, np.isin(of, members).astype(np.float64)[None, :], np.array(of))[0])


def test_seat_is_the_member_with_the_least_total(instance: Instance) -> None:
    assert seat(instance, [0, 1, 2], [0, 1, 2, 3, 4]) == 2
    assert seat(instance, [0, 1], [0, 1]) == 1


def test_seat_is_never_outside(instance: Instance) -> None:
    """3 and 4 lie at one point; each alone is its own seat."""
    assert [seat(instance, [i], [2, 3, 4]) for i in (3, 4)] == [3, 4]


def test_seat_of_equals_has_the_lowest_code(instance: Instance) -> None:
    assert seat(instance, [3, 4], [0, 3, 4]) == 3
