from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.models.terms.distance import DistanceTerm, whole_metres
from support.build import build_instance


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((3,), 0.0),
        ((0, 1), 3_000.0),  # 1,000 inhabitants travel 3 km to 1
        ((0, 2), 4_000.0),
        ((1, 2), 10_000.0),  # 2,000 inhabitants travel 5 km to 2
        ((0, 1, 2), 14_000.0),  # 1,000 x 4 + 2,000 x 5, to 2
        ((3, 4), 0.0),  # at one point
    ],
)
def test_by_hand(value: Callable[..., float], members: tuple[int, ...], expected: float) -> None:
    assert value("distance", members) == expected


def test_distances_are_whole_metres() -> None:
    instance = build_instance([1, 1, 1], [(0, 1)], points=[(0, 0), (1, 1), (1.6, 0)])
    assert whole_metres(instance, np.arange(3)).tolist() == [[0, 1, 2], [1, 0, 1], [2, 1, 0]]


def seat(instance: Instance, members: list[int], of: list[int]) -> int:
    term = DistanceTerm(instance, Scenario())
    return int(term.seats(np.isin(of, members).astype(np.float64)[None, :], np.array(of))[0])


def test_seat_is_the_member_with_the_least_total(instance: Instance) -> None:
    assert seat(instance, [0, 1, 2], [0, 1, 2, 3, 4]) == 2
    assert seat(instance, [0, 1], [0, 1]) == 1


def test_seat_is_never_outside(instance: Instance) -> None:
    """3 and 4 lie at one point; each alone is its own seat."""
    assert [seat(instance, [i], [2, 3, 4]) for i in (3, 4)] == [3, 4]


def test_seat_of_equals_has_the_lowest_code(instance: Instance) -> None:
    assert seat(instance, [3, 4], [0, 3, 4]) == 3
