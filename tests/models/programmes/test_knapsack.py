from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.models.programmes.knapsack import filled

ITEMS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=7)


@given(ITEMS, st.integers(0, 20))
def test_no_selection_that_fits_is_worth_more(items: list[tuple[int, int]], room: int) -> None:
    amounts, sizes = np.array(items, dtype=np.float64).reshape(-1, 2).T
    choices = (np.array(choice) for choice in product((0, 1), repeat=len(items)))
    best = max(float(amounts @ chosen) for chosen in choices if sizes @ chosen <= room)
    assert filled(amounts, sizes, room) >= best - 1e-9


@pytest.mark.parametrize(
    ("room", "expected"),
    [(0, 1.0), (2, 7.0), (3, 7.0), (4, 9.0), (6, 11.0), (99, 11.0)],
)
def test_the_last_enters_in_part_and_what_is_too_large_not_at_all(room: int, expected: float) -> None:
    amounts, sizes = np.array([1.0, 6.0, 4.0]), np.array([0.0, 2.0, 4.0])
    assert filled(amounts, sizes, room) == expected
