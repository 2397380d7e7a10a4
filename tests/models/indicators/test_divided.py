from __future__ import annotations

from collections.abc import Callable


def test_whole_bodies_divide_nobody(value: Callable[..., float]) -> None:
    assert value("divided(all)", (0, 1), (2, 3, 4), (5,), (6, 7)) == 0


def test_no_body_is_not_another_body(value: Callable[..., float]) -> None:
    """6 is in a fire zone and 7 in none: they deal with one."""
    assert value("divided(fire)", (6, 7)) == 0


def test_a_layer_counts_once_however_many_its_bodies(value: Callable[..., float]) -> None:
    assert value("divided(police)", (1, 2)) == 1
    assert value("divided(police)", (1, 2, 3, 4, 5, 6)) == 1
    assert value("divided(all)", (1, 2), (4, 5)) == 2
