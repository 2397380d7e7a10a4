from __future__ import annotations

from collections.abc import Callable

import pytest


def test_it_is_a_mean_over_inhabitants(value: Callable[..., float]) -> None:
    """2,000 and 8,000 inhabitants on both sides of 4,000, 3 km away: 3 is the median."""
    assert value("distance_to_seat", (1, 2, 3)) == pytest.approx((2_000 * 6 + 4_000 * 3) / 14_000)
    assert value("distance_to_seat", (1, 2, 3), (7,)) == pytest.approx((2_000 * 6 + 4_000 * 3) / 21_000)


def test_nobody_is_away_from_the_seat_today(value: Callable[..., float]) -> None:
    assert value("distance_to_seat", *[(i,) for i in range(8)]) == 0


def test_the_seat_is_that_of_the_rule(value: Callable[..., float]) -> None:
    expected = (2_000 * 3 + 4_000 * 6) / 7_000
    assert value("distance_to_seat", (0, 1, 2), rules={"seat": "best_equipped"}) == pytest.approx(expected)
    assert value("distance_to_seat", (0, 1, 2)) != pytest.approx(expected)
