from __future__ import annotations

from collections.abc import Callable

import pytest


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
