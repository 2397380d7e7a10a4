from __future__ import annotations

from collections.abc import Callable

import pytest
from refzones.instances import InputError


@pytest.mark.parametrize(
    ("km", "expected"),
    [("0", 6_000), ("2.9", 6_000), ("3", 2_000), ("5", 2_000), ("6", 0), ("10", 0)],
)
def test_inhabitants_farther_than_the_distance(value: Callable[..., float], km: str, expected: int) -> None:
    """Seat 3; 4,000 inhabitants at 3 km and 2,000 at 6: who is just as far is not farther."""
    assert value(f"beyond({km})", (1, 2, 3)) == expected


def test_the_seat_is_that_of_the_rule(value: Callable[..., float]) -> None:
    assert value("beyond(5)", (0, 1, 2)) == 1_000  # seat 2
    assert value("beyond(5)", (0, 1, 2), rules={"seat": "best_equipped"}) == 4_000  # seat 0


@pytest.mark.parametrize("km", ["-1", "far", "nan", "inf"])
def test_a_distance_is_a_number(value: Callable[..., float], km: str) -> None:
    with pytest.raises(InputError, match="a distance is a number of km, 0 or more"):
        value(f"beyond({km})", (0,))
