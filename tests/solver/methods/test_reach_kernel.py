"""Shortest paths from many starts, compiled and not: as from one at a time."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.models.programmes.reach import within_reach
from refzones.solver.deadline import Deadline, TimeUpError
from refzones.solver.methods import reach_kernel
from refzones.solver.methods.reach_kernel import fast_reached, reached_from, reached_in_turn


@settings(deadline=None)  # the first call compiles
@given(data=st.data(), size=st.integers(1, 9), most=st.integers(0, 20))
def test_from_each_as_from_one(data: st.DataObject, size: int, most: int) -> None:
    """Paths that meet nothing of lower rank than their start, nearest first."""
    edges = data.draw(st.sets(st.sampled_from([*combinations(range(size), 2)] or [(0, 0)]), max_size=16))
    near = [sorted({a + b - v for a, b in edges if v in (a, b) and a != b}) for v in range(size)]
    people = np.array(data.draw(st.lists(st.integers(0, 5), min_size=size, max_size=size)))
    rank = np.array(data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size)))
    starts = np.array(data.draw(st.lists(st.integers(0, size - 1), unique=True)), dtype=np.int64)
    begin = np.concatenate([[0], np.cumsum([len(some) for some in near])])
    joined = np.array([v for some in near for v in some], dtype=np.int64)
    expected = [
        list(within_reach(near, people.tolist(), j, most, lambda v, j=j: bool(rank[v] >= rank[j])))
        for j in starts.tolist()
    ]
    for search in (reached_from, fast_reached()):
        if search is not None:
            reached, ends = search(begin, joined, people, most, rank, starts)
            assert [some.tolist() for some in np.split(reached, ends)[:-1]] == expected
    in_turn = reached_in_turn(begin, joined, people, most, rank, starts)
    assert [some.tolist() for some in in_turn] == expected


def test_a_few_at_a_time_and_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach_kernel, "_AT_ONCE", 2)
    begin, near = np.array([0, 1, 3, 5, 7, 8]), np.array([1, 0, 2, 1, 3, 2, 4, 3])
    ones = np.ones(5, dtype=np.int64)
    found = [set(some.tolist()) for some in reached_in_turn(begin, near, ones, 2, ones)]
    assert found == [{0, 1}, {0, 1, 2}, {1, 2, 3}, {2, 3, 4}, {3, 4}]
    with pytest.raises(TimeUpError):
        next(reached_in_turn(begin, near, ones, 2, ones, deadline=Deadline(0.0)))
