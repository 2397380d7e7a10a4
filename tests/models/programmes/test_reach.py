"""Vertices within reach: from one at a time, as from all at once."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from refzones.models.programmes.reach import Graph, admissible_pairs, within_reach


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[list[int]], list[int]]:
    """Draw neighbours and inhabitants; now and then nobody lives in a vertex."""
    size = draw(st.integers(1, 7))
    edges = draw(st.sets(st.sampled_from([*combinations(range(size), 2)] or [(0, 0)]), max_size=12))
    neighbours = [sorted({a + b - v for a, b in edges if v in (a, b) and a != b}) for v in range(size)]
    return neighbours, draw(st.lists(st.integers(0, 5), min_size=size, max_size=size))


@given(graph=graphs(), most=st.integers(0, 20), data=st.data())
def test_one_start_as_many(graph: tuple[list[list[int]], list[int]], most: int, data: st.DataObject) -> None:
    neighbours, population = graph
    size = len(population)
    start = data.draw(st.integers(0, size - 1))
    barred = data.draw(st.sets(st.integers(0, size - 1))) - {start}
    may_hold = np.ones((size, 1), dtype=np.bool_)
    may_hold[list(barred)] = False
    least = Graph(neighbours, np.array(population)).least_inhabitants(may_hold, np.array([start]))[:, 0]
    reached = list(within_reach(neighbours, population, start, most, lambda v: v not in barred))
    assert reached[0] == start
    assert set(reached) == {start, *np.flatnonzero(least <= most).tolist()}
    assert [least[v] for v in reached] == sorted(least[v] for v in reached)


def test_the_start_is_given_however_large_it_is() -> None:
    assert list(within_reach([[1], [0]], [9, 1], 0, 5)) == [0]
    assert list(within_reach([[1], [0]], [1, 9], 0, 5)) == [0]


@given(graph=graphs(), most=st.integers(0, 20))
def test_what_surely_reaches_all_does(graph: tuple[list[list[int]], list[int]], most: int) -> None:
    neighbours, population = graph
    size = len(population)
    whole = Graph(neighbours, np.array(population))
    every = whole.least_inhabitants(np.ones((size, size), dtype=np.bool_)) <= most
    assert every.all(axis=0)[whole.reaches_all(most)].all()


def test_all_are_surely_reached_through_the_middle() -> None:
    path = Graph([[1], [0, 2], [1, 3], [2, 4], [3]], np.ones(5, dtype=np.int64))
    assert path.reaches_all(5).all()
    assert path.reaches_all(3).tolist() == [False, False, True, False, False]


@given(graph=graphs(), high=st.integers(1, 20), low=st.integers(0, 8))
def test_pairs_are_those_within_reach(graph: tuple[list[list[int]], list[int]], high: int, low: int) -> None:
    """Without locks a root holds what is within reach, if that is enough."""
    neighbours, population = graph
    size = len(population)
    whole, may_hold = Graph(neighbours, np.array(population)), np.ones((size, size), dtype=np.bool_)
    while True:
        kept = may_hold & (whole.least_inhabitants(may_hold) <= high)
        kept &= (np.array(population) @ kept >= low) & np.diagonal(kept)
        if (kept == may_hold).all():
            break
        may_hold = kept
    found = admissible_pairs(whole, (low, high), np.ones((size, size), dtype=np.bool_))
    assert (found == may_hold).all()
