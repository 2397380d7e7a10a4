from __future__ import annotations

from collections.abc import Callable


def test_some_of_the_merger_is_in_the_body(value: Callable[..., float]) -> None:
    assert value("divided_bodies", (1, 2)) == 2  # A and B
    assert value("divided_bodies", (0, 1, 2)) == 1  # A is superfluous
    assert value("divided_bodies", (5, 6)) == 1  # C had no partner to leave


def test_who_has_no_body_is_outside_it(value: Callable[..., float]) -> None:
    assert value("divided_bodies", (6, 7)) == 1  # 6 leaves its fire zone, or 7 comes in


def test_nobody_who_stays_alone_divides_a_body(value: Callable[..., float]) -> None:
    assert value("divided_bodies", *[(i,) for i in range(8)]) == 0
