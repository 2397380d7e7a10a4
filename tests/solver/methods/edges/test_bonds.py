"""Bonds of planar graphs, against all connected sets with connected complements."""

from __future__ import annotations

from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from refzones.solver.deadline import Deadline, TimeUpError
from refzones.solver.methods.edges.bonds import Bonds
from refzones.solver.methods.edges.graph import Graph
from refzones.solver.methods.edges.listing import Bounds, FewEdges
from support.plain_graphs import listed_sets, path_with_chords, plain_graph

pytest.importorskip("numba")


def _expected(graph: Graph, bounds: Bounds, parts: int, limit: int) -> dict[tuple[int, ...], int]:
    """All sets without the first vertex that are connected, as is what they leave."""
    found = {}
    vertices = range(1, len(graph))
    for size in range(1, len(graph)):
        for part in combinations(vertices, size):
            labels = np.zeros(len(graph), dtype=np.int64)
            labels[list(part)] = 1
            sides = [np.flatnonzero(labels == side) for side in (0, 1)]
            numbers = [bounds.numbers(int(graph.people[side].sum()), parts) for side in sides]
            within = any(parts - some in numbers[1] for some in numbers[0])
            connected = all(len(graph.within(side).pieces()) == 1 for side in sides)
            if within and connected and graph.cut(labels) <= limit:
                found[part] = graph.cut(labels)
    return found


@given(
    people=st.lists(st.integers(0, 5), min_size=2, max_size=9),
    chords=st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14),
    parts=st.integers(2, 4),
    limit=st.integers(0, 12),
    spread=st.sampled_from((0.2, 0.5, 1.0)),
)
@settings(max_examples=200, deadline=None)
def test_each_bond_comes_once(
    people: list[int], chords: set[tuple[int, int]], parts: int, limit: int, spread: float
) -> None:
    assume(sum(people) > 0)
    size = len(people)
    graph = plain_graph(people, path_with_chords(size, chords)).embedded()
    event("planar" if graph.turn is not None else "not planar")
    assume(graph.turn is not None)
    mean = sum(people) / parts
    bounds = Bounds(int(mean * (1 - spread)), int(mean * (1 + spread)) + 1)
    listing = Bonds(graph, bounds, parts, limit, 100_000)
    assert listed_sets(listing) == _expected(graph, bounds, parts, limit)


@given(rows=st.integers(2, 4), columns=st.integers(2, 4), most=st.integers(1, 30), limit=st.integers(1, 8))
@settings(max_examples=40, deadline=None)
def test_where_paths_are_too_many_the_other_way_goes_on(
    rows: int, columns: int, most: int, limit: int
) -> None:
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(rows, columns))
    graph = plain_graph([1] * len(grid), grid.edges).embedded()
    bounds = Bounds(len(grid) // 2, -(-len(grid) // 2))
    found: set[tuple[int, ...]] = set()
    for sets, _ in Bonds(graph, bounds, 2, limit, most).found(Deadline()):
        for members in sets:
            inside = tuple(np.flatnonzero(members).tolist())
            found |= {inside, tuple(sorted(set(range(len(grid))) - set(inside)))}
    expected = _expected(graph, bounds, 2, limit)
    assert set(expected) <= found


@given(
    people=st.lists(st.integers(0, 9), min_size=24, max_size=24).filter(any),
    heart=st.integers(0, 60),
    limit=st.integers(2, 12),
    spread=st.sampled_from((0.05, 0.2)),
)
@settings(max_examples=60, deadline=None)
def test_both_listings_find_the_same_halves(people: list[int], heart: int, limit: int, spread: float) -> None:
    """A heavy heart makes bonds away from the outer face, which no flow may rule out."""
    lattice = nx.convert_node_labels_to_integers(nx.triangular_lattice_graph(5, 6))
    inner = max(nx.center(lattice))
    people[inner] += heart
    graph = plain_graph(people, lattice.edges).embedded()
    assert graph.turn is not None
    mean = sum(people) / 2
    bounds = Bounds(int(mean * (1 - spread)), int(mean * (1 + spread)) + 1)
    found: list[set[frozenset[int]]] = []
    for listing in (Bonds(graph, bounds, 2, limit, 100_000), FewEdges(graph, bounds, 2, limit)):
        rows = [row if not row[0] else ~row for sets, _ in listing.found(Deadline()) for row in sets]
        halves = [row for row in rows if len(graph.within(np.flatnonzero(~row)).pieces()) == 1]
        halves = [row for row in halves if len(graph.within(np.flatnonzero(row)).pieces()) == 1]
        found.append({frozenset(np.flatnonzero(row).tolist()) for row in halves})
    event("some" if found[0] else "none")
    assert found[0] == found[1]


def test_inhabitants_of_one_face_are_not_taken_for_those_of_another() -> None:
    """A wheel: each edge has few inhabitants beyond it, and half of all may be many times as many."""
    rim = list(range(1, 41))
    edges = {(0, v) for v in rim} | set(pairwise(rim)) | {(1, 40)}
    graph = plain_graph([1] * 41, edges).embedded()
    found = listed_sets(Bonds(graph, Bounds(2, 39), 2, 4, 100_000))
    assert found == {tuple(sorted(pair)): 4 for pair in [*pairwise(rim), (40, 1)]}


def test_the_parts_of_a_planar_graph_keep_its_embedding() -> None:
    """Faces of what is left are counted by Euler's formula, and each edge has one on either side."""
    from refzones.solver.methods.edges.bonds_kernel import faces_of

    grid = nx.convert_node_labels_to_integers(nx.triangular_lattice_graph(5, 6))
    graph = plain_graph([1] * len(grid), grid.edges).embedded()
    rng = np.random.default_rng(1)
    for _ in range(30):
        some = np.flatnonzero(rng.random(len(graph)) < 0.8)
        for piece in graph.within(some).pieces():
            part = graph.within(some[piece])
            assert part.turn is not None
            assert sorted(part.turn.tolist()) == list(range(len(part.to)))
            faces = faces_of(part.back, part.turn)[1]
            assert len(part) - len(part.to) // 2 + max(1, faces) == 2


def test_graphs_that_are_not_planar_have_no_embedding() -> None:
    assert plain_graph([1] * 5, combinations(range(5), 2)).embedded().turn is None


def test_it_ends_in_time() -> None:
    graph = plain_graph([1] * 12, pairwise(range(12))).embedded()
    with pytest.raises(TimeUpError):
        list(Bonds(graph, Bounds(3, 9), 2, 4, 1000).found(Deadline.after(1e-9)))
