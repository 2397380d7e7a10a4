"""Candidates: every connected set within the bounds, each once, however many words it takes."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.solver.candidates import Candidates, TooManyCandidatesError, connected_sets
from refzones.solver.limits import Deadline, TimeUpError


def decoded(words: np.ndarray, size: int) -> list[tuple[int, ...]]:
    candidates = Candidates(np.arange(size), words)
    return [candidates.members(k) for k in range(len(candidates))]


@given(st.integers(1, 8), st.data())
def test_equal_to_trying_all_subsets(size: int, data: st.DataObject) -> None:
    pairs = list(combinations(range(size), 2))
    edges = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    population = np.array(data.draw(st.lists(st.integers(1, 9), min_size=size, max_size=size)))
    lower, upper = sorted((data.draw(st.integers(0, 30)), data.draw(st.integers(1, 40))))
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(size))
    expected = {
        chosen
        for count in range(1, size + 1)
        for chosen in combinations(range(size), count)
        if lower <= population[list(chosen)].sum() <= upper and nx.is_connected(graph.subgraph(chosen))
    }
    found = decoded(connected_sets([sorted(graph[v]) for v in range(size)], population, lower, upper), size)
    assert len(found) == len(set(found))
    assert set(found) == expected


@pytest.mark.parametrize("size", [63, 64, 65, 130, 200])
def test_path_over_several_words(size: int) -> None:
    """A path has n - k + 1 connected sets of k vertices."""
    near = [[v for v in (u - 1, u + 1) if 0 <= v < size] for u in range(size)]
    words = connected_sets(near, np.ones(size, dtype=np.int64), 3, 5)
    found = decoded(words, size)
    assert sorted(found) == sorted(tuple(range(s, s + k)) for k in (3, 4, 5) for s in range(size - k + 1))
    weights = np.arange(size) ** 2
    assert Candidates(np.arange(size), words).sums(weights).tolist() == [sum(i * i for i in s) for s in found]


def test_dense_rows() -> None:
    candidates = Candidates(np.array([4, 7, 9]), np.array([[0b101], [0b010]], dtype=np.uint64))
    assert candidates.dense().tolist() == [[1, 0, 1], [0, 1, 0]]
    assert candidates.members(0) == (4, 9)


def test_limits() -> None:
    complete = [[v for v in range(12) if v != u] for u in range(12)]
    ones = np.ones(12, dtype=np.int64)
    with pytest.raises(TooManyCandidatesError):
        connected_sets(complete, ones, 1, 12, limit=1000)
    with pytest.raises(TimeUpError):
        connected_sets(complete, ones, 1, 12, deadline=Deadline(0.0))
