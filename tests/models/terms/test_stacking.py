from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((1,), 0.0),  # not merged again
        ((0, 2), 0.0),
        ((0, 1), 2_000.0),
        ((2, 3, 4), 8_000.0),
        ((1, 2, 3), 10_000.0),
    ],
)
def test_by_hand(value: Callable[..., float], members: tuple[int, ...], expected: float) -> None:
    assert value("stacking", members) == expected
