from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances.synthetic.division import Land, dissolve, divide


def land_of(n: int, borders: list[tuple[int, int]], seed: int = 0) -> Land:
    rng = np.random.default_rng(seed)
    near: list[list[int]] = [[] for _ in range(n)]
    for a, b in borders:
        near[a].append(b)
        near[b].append(a)
    return Land(rng.random(n), rng.random(n), near)


def grid(width: int) -> Land:
    graph = nx.convert_node_labels_to_integers(nx.grid_2d_graph(width, width), ordering="sorted")
    land = land_of(width * width, list(graph.edges))
    places = np.arange(width * width)
    return Land((places // width).astype(float), (places % width).astype(float), land.neighbours)


def is_connected(land: Land, part: list[int]) -> bool:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(part)
    graph.add_edges_from((i, j) for i in part for j in land.neighbours[i] if j in part)
    return bool(nx.is_connected(graph))


@st.composite
def lands(draw: st.DrawFn) -> Land:
    """A tree and some borders more."""
    n = draw(st.integers(1, 25))
    borders = {(draw(st.integers(0, i - 1)), i) for i in range(1, n)}
    if n > 1:
        more = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=10))
        borders |= {(min(pair), max(pair)) for pair in more if pair[0] != pair[1]}
    return land_of(n, sorted(borders), draw(st.integers(0, 99)))


@given(lands(), st.data())
@settings(max_examples=60, deadline=None)
def test_parts_are_connected_and_as_many_as_asked(land: Land, data: st.DataObject) -> None:
    n = len(land.neighbours)
    count = data.draw(st.integers(1, n))
    weight = np.array(data.draw(st.lists(st.integers(1, 50), min_size=n, max_size=n)), dtype=float)
    parts = divide(land, range(n), weight, count, np.random.default_rng(data.draw(st.integers(0, 99))))
    assert len(parts) == count
    assert sorted(i for part in parts for i in part) == list(range(n))
    assert all(part and part == sorted(part) and is_connected(land, part) for part in parts)


@given(lands(), st.data())
@settings(max_examples=60, deadline=None)
def test_small_parts_dissolve_as_long_as_they_have_neighbours(land: Land, data: st.DataObject) -> None:
    n = len(land.neighbours)
    weight = np.array(data.draw(st.lists(st.integers(1, 50), min_size=n, max_size=n)), dtype=float)
    least = data.draw(st.sampled_from((0.0, 20.0, 60.0, 1e9)))
    parts = divide(land, range(n), weight, min(n, 6), np.random.default_rng(0))
    dissolved = dissolve(land, [list(part) for part in parts], weight, least)
    assert sorted(i for part in dissolved for i in part) == list(range(n))
    assert all(is_connected(land, part) for part in dissolved)
    # the land is connected: a part without neighbours is all there is
    assert all(weight[part].sum() >= least for part in dissolved) or len(dissolved) == 1
    whole = {i: p for p, part in enumerate(dissolved) for i in part}
    assert all(len({whole[i] for i in part}) == 1 for part in parts)  # nothing was cut


def test_parts_are_of_about_the_same_weight() -> None:
    parts = divide(grid(20), range(400), np.ones(400), 10, np.random.default_rng(3))
    assert min(map(len, parts)) >= 30
    assert max(map(len, parts)) <= 50


def test_a_heavy_one_counts_for_many() -> None:
    land, weight = grid(10), np.ones(100)
    weight[0] = 50.0
    parts = divide(land, range(100), weight, 3, np.random.default_rng(0))
    (heavy,) = (part for part in parts if 0 in part)
    assert len(heavy) < 10 < min(len(part) for part in parts if part != heavy)


def test_the_same_stream_gives_the_same_parts() -> None:
    once, again = (divide(grid(8), range(64), np.ones(64), 5, np.random.default_rng(1)) for _ in range(2))
    assert once == again


def test_pieces_are_the_connected_components() -> None:
    land = land_of(6, [(0, 3), (3, 5), (1, 4)])
    assert land.pieces(range(6)) == [[0, 3, 5], [1, 4], [2]]
    assert land.pieces([5, 0, 4]) == [[0], [4], [5]]
    assert land.pieces([]) == []


def test_what_falls_apart_cannot_be_divided() -> None:
    apart = land_of(6, [(0, 1), (2, 3), (4, 5)])
    with pytest.raises(AssertionError, match="only what is connected"):
        divide(apart, range(6), np.ones(6), 2, np.random.default_rng(1))
