from __future__ import annotations

from collections.abc import Callable

import pytest
from refzones.instances import InputError


def test_a_municipality_alone_deals_with_the_bodies_that_it_has(value: Callable[..., float]) -> None:
    assert value("memberships(all)", (0,)) == 2
    assert value("memberships(all)", (7,)) == 1  # no fire zone
    assert value("memberships(fire)", (7,)) == 0


def test_a_body_counts_once_a_merger(value: Callable[..., float]) -> None:
    assert value("memberships(police)", (0, 1)) == 1
    assert value("memberships(police)", (1, 2, 5)) == 3
    assert value("memberships(all)", (1, 2, 5)) == 4
    assert value("memberships(all)", (6, 7)) == 2


def test_parts_add_up(value: Callable[..., float]) -> None:
    assert value("memberships(all)", (0, 1), (2, 3, 4), (5, 6), (7,)) == 2 + 2 + 3 + 1


def test_an_unknown_layer_is_named(value: Callable[..., float]) -> None:
    with pytest.raises(
        InputError, match=r"memberships\(polise\): the instance has no layer 'polise'"
    ) as caught:
        value("memberships(polise)", (0,))
    assert "did you mean 'police'?" in str(caught.value)
