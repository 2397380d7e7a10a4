import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.app.maps.colours import PALETTE, assign_colours, lightness, neighbours, palette
from refzones.app.maps.merger import MapMerger
from refzones.app.maps.shapes import Shapes
from refzones.instances import Instance
from support.build import build_instance


@st.composite
def planar_graphs(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    """Edges of a Delaunay triangulation, some left out."""
    count = draw(st.integers(1, 60))
    seed = draw(st.integers(0, 2**32 - 1))
    points = np.random.default_rng(seed).random((count, 2))
    lines = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(points), only_edges=True))
    place = {tuple(point): i for i, point in enumerate(points.tolist())}
    ends = [shapely.get_coordinates(line).tolist() for line in lines]
    edges = [(place[tuple(a)], place[tuple(b)]) for a, b in ends]
    return count, [edge for edge in edges if draw(st.integers(0, 9))]


@settings(max_examples=60, deadline=None)
@given(planar_graphs())
def test_neighbours_never_share_a_colour(graph: tuple[int, list[tuple[int, int]]]) -> None:
    count, edges = graph
    colours = assign_colours(count, edges)
    assert len(colours) == count
    assert all(colours[a] != colours[b] for a, b in edges)
    assert max(colours) < len(PALETTE)
    assert colours == assign_colours(count, list(reversed(edges)))


def test_dense_graphs_get_more_colours_than_the_palette_has() -> None:
    edges = list(nx.complete_graph(12).edges)
    colours = assign_colours(12, edges)
    assert sorted(colours) == list(range(12))
    assert len(set(palette(12))) == 12


def test_empty_and_single() -> None:
    assert assign_colours(0, []) == ()
    assert len(assign_colours(1, [])) == 1


def test_colours_are_evenly_used(flanders: Instance) -> None:
    colours = assign_colours(len(flanders), map(tuple, flanders.borders.pairs.tolist()))
    used = np.bincount(colours)
    assert len(used) == 6
    assert used.min() > 0.5 * used.mean()


def test_a_plan_of_flanders(flanders: Instance, cells: Shapes, plan: list[MapMerger]) -> None:
    members = [merger.members for merger in plan]
    drawn = [cells.merged(group) for group in members]
    pairs = neighbours(flanders, members, drawn)
    colours = assign_colours(len(plan), pairs)
    assert max(colours) < 6
    of = {i: colours[k] for k, group in enumerate(members) for i in group}
    merger = {i: k for k, group in enumerate(members) for i in group}
    for a, b in flanders.borders.pairs.tolist():
        assert merger[a] == merger[b] or of[a] != of[b]
    for a, b in pairs:
        assert colours[a] != colours[b]


def test_shapes_that_touch_are_neighbours_even_without_a_border() -> None:
    instance = build_instance([1, 1, 1], [(0, 1)])
    drawn = [shapely.box(0, 0, 1, 1), shapely.box(9, 9, 10, 10), shapely.box(1.2, 0, 2, 1)]
    assert neighbours(instance, [(0,), (1,), (2,)], drawn, near=0.3) == {(0, 1), (0, 2)}


def test_municipalities_outside_the_mergers_do_not_count() -> None:
    instance = build_instance([1, 1, 1], [(0, 1), (1, 2)])
    assert (
        neighbours(instance, [(0,), (2,)], [shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)], 0.1) == set()
    )


def test_lightness_spans_grey() -> None:
    assert lightness("#000000") == 0
    assert lightness("#ffffff") == pytest.approx(100, abs=0.01)
    light = sorted(lightness(colour) for colour in PALETTE[:6])
    assert min(np.diff(light)) > 3
