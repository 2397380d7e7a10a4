"""Sets with short borders, against all connected sets."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.solver.candidates.enumeration import connected_sets
from refzones.solver.deadline import Deadline, TimeUpError
from refzones.solver.methods.edges.graph import Graph
from refzones.solver.methods.edges.listing import Bounds, FewEdges
from support.plain_graphs import listed_sets, path_with_chords, plain_graph

pytest.importorskip("numba")


def _expected(graph: Graph, bounds: Bounds, parts: int, limit: int) -> dict[tuple[int, ...], int]:
    """All sets that leave pieces which can be divided by their numbers of inhabitants."""
    size, people = len(graph), int(graph.people.sum())
    near = [graph.to[a:b].tolist() for a, b in pairwise(graph.begin.tolist())]
    found = {}
    for words in connected_sets(near, graph.people, *bounds.of_one(people, parts)):
        inside = np.unpackbits(words.view(np.uint8), bitorder="little", count=size).astype(bool)
        cut = graph.cut(inside.astype(np.int64))
        rest = np.flatnonzero(~inside)
        pieces = graph.within(rest).pieces()
        large = [bounds.numbers(int(graph.people[rest[piece]].sum()), parts - 1) for piece in pieces]
        if len(rest) and cut <= limit and len(pieces) < parts and all(map(len, large)):
            found[tuple(np.flatnonzero(inside).tolist())] = cut
    return found


@given(
    people=st.lists(st.integers(1, 5), min_size=3, max_size=9),
    chords=st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14),
    parts=st.integers(2, 4),
    limit=st.integers(0, 12),
    spread=st.sampled_from((0.2, 0.5)),
)
@settings(max_examples=200, deadline=None)
def test_each_set_with_a_short_border_comes_once(
    people: list[int], chords: set[tuple[int, int]], parts: int, limit: int, spread: float
) -> None:
    size = len(people)
    graph = plain_graph(people, path_with_chords(size, chords))
    mean = sum(people) / parts
    bounds = Bounds(max(1, int(mean * (1 - spread))), int(mean * (1 + spread)) + 1)
    listing = FewEdges(graph, bounds, parts, limit)
    found = listed_sets(listing)
    expected = _expected(graph, bounds, parts, limit)
    if parts == 2:  # one of each pair
        first = int(listing.order[0])
        expected = {part: cut for part, cut in expected.items() if first not in part}
    assert expected.items() <= found.items()
    least, most = bounds.of_one(sum(people), parts)
    for part, cut in found.items():
        labels = np.zeros(size, dtype=np.int64)
        labels[list(part)] = 1
        assert cut == graph.cut(labels) <= limit
        assert least <= int(graph.people[list(part)].sum()) <= most
        assert len(graph.within(np.array(part)).pieces()) == 1


def test_it_ends_in_time_and_at_a_number_of_states() -> None:
    graph = plain_graph([1] * 12, pairwise(range(12)))
    listing = FewEdges(graph, Bounds(3, 5), 3, 4)
    with pytest.raises(TimeUpError):
        list(listing.found(Deadline.after(1e-9)))
    list(listing.found(Deadline(), most=3))
    assert listing.looked == 3
