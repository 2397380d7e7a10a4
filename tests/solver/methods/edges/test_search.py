"""Divisions with the fewest cut edges, by bonds of a planar graph and by sets with short borders."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances.common.arrays import BoolArray
from refzones.solver.deadline import Deadline
from refzones.solver.methods.edges.listing import Bounds
from refzones.solver.methods.edges.search import Search
from support.plain_graphs import plain_graph

pytest.importorskip("numba")


def _apart(pairs: list[tuple[int, int]]) -> Callable[[BoolArray], BoolArray]:
    def keeps(sets: BoolArray) -> BoolArray:
        kept = np.ones(len(sets), dtype=np.bool_)
        for one, other in pairs:
            kept &= ~(sets[:, one] & sets[:, other])
        return kept

    return keeps


@given(
    people=st.lists(st.integers(0, 4), min_size=12, max_size=12).filter(any),
    missing=st.sets(st.integers(0, 22), max_size=8),
    apart=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] != pair[1])),
    parts=st.integers(2, 5),
    spread=st.sampled_from((0.2, 0.5)),
)
@settings(max_examples=100, deadline=None)
def test_both_ways_divide_alike(
    people: list[int],
    missing: set[int],
    apart: list[tuple[int, int]],
    parts: int,
    spread: float,
) -> None:
    lattice = nx.convert_node_labels_to_integers(nx.triangular_lattice_graph(3, 4))
    edges = [edge for k, edge in enumerate(sorted(lattice.edges)) if k not in missing]
    size = len(people)
    graph = plain_graph(people, [pair for pair in edges if max(pair) < size])
    mean = sum(people) / parts
    bounds = Bounds(int(mean * (1 - spread)), int(mean * (1 + spread)) + 1)
    keeps, everything = _apart(apart), np.arange(size)
    cuts = []
    for one in (graph, graph.embedded()):
        search = Search(one, bounds, keeps, Deadline())
        found = search.divide(everything, parts, len(graph.to))
        cuts.append(None if found is None else search.cut(found, everything))
        if found is not None:
            assert sorted(v for part in found for v in part) == everything.tolist()
            assert len(found) == parts
    event("no division" if cuts[0] is None else "divided")
    assert cuts[0] == cuts[1]


def test_sets_of_several_parts_need_not_keep_what_one_part_keeps() -> None:
    """Two ladders of two parts each, five edges apart, with two parts in a row between them.

    A bond that is short enough leaves one of the ladders whole, whose halves may not be one part.
    """
    first, second = [0, 1, 2, 3, 4], [5, 6, 7, 8, 9]
    third, fourth = [12, 13, 14, 15, 16], [17, 18, 19, 20, 21]
    rows = [pair for row in (first, second, third, fourth) for pair in pairwise(row)]
    rungs = [*zip(first, second, strict=True), *zip(third, fourth, strict=True)]
    between = [(7, 10), (10, 11), (11, 14)]
    people = [1] * 10 + [5, 5] + [1] * 10
    graph = plain_graph(people, [*rows, *rungs, *between]).embedded()
    assert graph.turn is not None
    apart = [(a, b) for row, other in ((first, second), (third, fourth)) for a in row for b in other]
    search = Search(graph, Bounds(5, 5), _apart(apart), Deadline())
    found = search.divide(np.arange(22), 6, 13)
    assert found is not None
    assert search.cut(found, np.arange(22)) == 13
