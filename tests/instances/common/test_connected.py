"""Lists of neighbours as arrays."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances.common.connected import as_rows


@given(st.lists(st.lists(st.integers(0, 9))))
def test_rows_are_the_lists(lists: list[list[int]]) -> None:
    begin, joined = as_rows(lists)
    assert (begin.dtype, joined.dtype) == (np.int64, np.int64)
    assert [joined[a:b].tolist() for a, b in pairwise(begin)] == lists
