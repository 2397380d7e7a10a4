"""Counting connected sets: as many as are listed, as far as the budget goes, and about the estimate."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.solver.candidates.counting import (
    Count,
    TooManyCandidatesError,
    count_connected_sets,
    estimated_states,
    list_depth_first,
)
from refzones.solver.candidates.enumeration import connected_sets
from refzones.solver.candidates.sets import bit_sets
from refzones.solver.deadline import Deadline, TimeUpError

pytest.importorskip("numba")

LARGE = 10**9
PATH = [[v for v in (u - 1, u + 1) if 0 <= v < 9] for u in range(9)]
ONES = np.ones(9, dtype=np.int64)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[list[int]], np.ndarray, int, int]:
    size = draw(st.integers(1, 12))
    graph = nx.gnm_random_graph(size, draw(st.integers(0, 2 * size)), seed=draw(st.integers(0, 99)))
    graph.add_edges_from(pairwise(range(size)))
    population = np.array(draw(st.lists(st.integers(1, 9), min_size=size, max_size=size)))
    lower, upper = sorted((draw(st.integers(0, 30)), draw(st.integers(1, 40))))
    return [sorted(graph[v]) for v in range(size)], population, lower, upper


@settings(deadline=None)  # compiled when it is first called
@given(graphs())
def test_as_many_as_are_listed(drawn: tuple[list[list[int]], np.ndarray, int, int]) -> None:
    """The list itself is compared with brute force where it is tested."""
    neighbours, population, lower, upper = drawn
    listed = connected_sets(neighbours, population, lower, upper)
    count = count_connected_sets(neighbours, population, lower, upper, states=LARGE)
    assert count.is_complete
    assert count.sets == len(listed)
    assert count.sets <= count.states
    deep = list_depth_first(
        bit_sets(neighbours, len(neighbours)), population, lower, upper, Deadline(), LARGE, LARGE
    )
    assert {tuple(row) for row in deep.tolist()} == {tuple(row) for row in listed.tolist()}


@settings(deadline=None)  # compiled when it is first called
@given(graphs(), st.integers(1, 50))
def test_ends_where_its_budget_ends(drawn: tuple[list[list[int]], np.ndarray, int, int], states: int) -> None:
    every = count_connected_sets(*drawn, states=LARGE)
    count = count_connected_sets(*drawn, states=states)
    assert count.is_complete == (every.states <= states)
    assert count.states == min(states, every.states)
    assert count.sets <= every.sets


def test_ends_in_time() -> None:
    with pytest.raises(TimeUpError):
        count_connected_sets(PATH, ONES, 1, 9, states=LARGE, deadline=Deadline(at=0.0))


def test_the_estimate_is_right_where_there_is_no_choice_and_near_where_there_is() -> None:
    alone = count_connected_sets(PATH, ONES, 1, 1, states=LARGE).states
    assert estimated_states(bit_sets(PATH, 9), ONES, 1) == pytest.approx(alone)
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(4, 5))
    neighbours, ones = [sorted(grid[v]) for v in grid], np.ones(20, dtype=np.int64)
    true = count_connected_sets(neighbours, ones, 1, 8, states=LARGE).states
    assert 0.5 < estimated_states(bit_sets(neighbours, 20), ones, 8) / true < 2.0


def test_probes_end_where_the_estimate_is_more_than_asked() -> None:
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(10, 10))
    near, ones = bit_sets([sorted(grid[v]) for v in grid], 100), np.ones(100, dtype=np.int64)
    whole = estimated_states(near, ones, 60)
    assert 1e6 < estimated_states(near, ones, 60, 1e6) < whole
    assert estimated_states(near, ones, 60, 2 * whole) == whole


def test_what_is_estimated_to_be_far_too_many_is_not_begun() -> None:
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(10, 10))
    near, ones = bit_sets([sorted(grid[v]) for v in grid], 100), np.ones(100, dtype=np.int64)
    said = r"about \d+e\+\d+ states to look at, or more"
    with pytest.raises(TooManyCandidatesError, match=said) as refused:
        list_depth_first(near, ones, 1, 60, Deadline(), LARGE, 1_000_000)
    assert refused.value.count is not None
    assert refused.value.count.states == 0


def test_says_what_was_too_much() -> None:
    near = bit_sets(PATH, 9)
    with pytest.raises(TooManyCandidatesError, match="more than 10 connected sets"):
        list_depth_first(near, ONES, 1, 9, Deadline(), 10, LARGE)
    with pytest.raises(TooManyCandidatesError, match=r"more than 40 states to look at, with .* sets so far"):
        list_depth_first(near, ONES, 1, 9, Deadline(), LARGE, 40)
    assert str(Count(1_234, 5_678, is_complete=True)) == "1,234 connected sets"
