from __future__ import annotations

from collections.abc import Callable


def test_the_body_holds_the_merger_and_others(value: Callable[..., float]) -> None:
    assert value("simplified_bodies", (2, 3)) == 2  # police B, and fire
    assert value("simplified_bodies", (0, 1)) == 1  # A is superfluous
    assert value("simplified_bodies", (1, 2)) == 1  # fire alone: neither A nor B holds both


def test_nothing_changes_for_who_stays_alone(value: Callable[..., float]) -> None:
    assert value("simplified_bodies", *[(i,) for i in range(8)]) == 0
