from __future__ import annotations

from collections.abc import Callable

import pytest
from refzones.instances import InputError


def test_all_members_of_a_body_merge(value: Callable[..., float]) -> None:
    assert value("superfluous_bodies(small)", (0, 1), (2, 3, 4)) == 2
    assert value("superfluous_bodies(small)", (0, 1, 2)) == 1
    assert value("superfluous_bodies(small)", (2, 3)) == 0


def test_a_body_of_one_was_no_cooperation(value: Callable[..., float]) -> None:
    assert value("superfluous_bodies(small)", (5,)) == 0
    assert value("superfluous_bodies(small)", (4, 5)) == 0


def test_a_larger_body_counts_for_itself(value: Callable[..., float]) -> None:
    everybody = tuple(range(8))
    assert value("superfluous_bodies(larger)", everybody) == 1  # fire, of seven
    assert value("superfluous_bodies(small)", everybody) == 3  # A, B and D


def test_an_unknown_size_is_named(value: Callable[..., float]) -> None:
    with pytest.raises(InputError, match=r"superfluous_bodies\(smal\): there is no such size of body"):
        value("superfluous_bodies(smal)", (0,))
