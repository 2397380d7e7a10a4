from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from refzones.instances.report import SHORT_BORDER
from refzones.instances.synthetic.landscape import Landscape, _borders, draw_landscape
from refzones.instances.synthetic.settings import Settings


def draw(n: int, seed: int = 0, per_merger: float = 3.0) -> Landscape:
    return draw_landscape(Settings.of(n, None, per_merger, seed, False), np.random.default_rng(seed))


@pytest.fixture(scope="module")
def landscape() -> Landscape:
    return draw(200)


def test_cells_are_those_nearest_to_their_point(landscape: Landscape) -> None:
    """Surfaces against a count on a fine raster of the outline."""
    points = np.column_stack([landscape.x, landscape.y])
    margin = np.sqrt(landscape.area.sum() / 200 * 1e6) / 2
    outline = shapely.convex_hull(shapely.multipoints(points)).buffer(margin, quad_segs=4)
    left, bottom, right, top = outline.bounds
    step = 250.0
    x, y = np.meshgrid(np.arange(left, right, step), np.arange(bottom, top, step))
    shapely.prepare(outline)
    inside = shapely.contains_xy(outline, x.ravel(), y.ravel())
    raster = shapely.points(x.ravel()[inside], y.ravel()[inside])
    nearest = shapely.STRtree(shapely.points(points)).query_nearest(raster, all_matches=False)[1]
    counted = np.bincount(nearest, minlength=200) * (step / 1000) ** 2
    assert landscape.area.sum() == pytest.approx(counted.sum(), rel=0.02)
    assert np.allclose(landscape.area, counted, rtol=0.1, atol=1.5)


def test_neighbours_are_joined_by_the_triangulation(landscape: Landscape) -> None:
    """By the Delaunay edges; those missing touch in less than 100 m, or outside the outline only."""
    pairs = {tuple(pair) for pair in landscape.borders.pairs.tolist()}
    sites = shapely.multipoints(np.column_stack([landscape.x, landscape.y]))
    place = {(a, b): i for i, (a, b) in enumerate(zip(landscape.x, landscape.y, strict=True))}
    lines = shapely.get_parts(shapely.delaunay_triangles(sites, only_edges=True))
    delaunay = {tuple(sorted(place[end] for end in line.coords)) for line in lines}
    assert pairs <= delaunay
    assert len(delaunay - pairs) < 0.12 * len(delaunay)


def test_lengths_are_those_of_the_bisector(landscape: Landscape) -> None:
    """Each border is as long as the part of the bisector that is nearest to both, by walking along it."""
    points = np.column_stack([landscape.x, landscape.y])
    pairs, length = landscape.borders.pairs, landscape.borders.length
    off_centre = points[pairs].mean(axis=1) - points.mean(axis=0)
    inner = np.hypot(*off_centre.T) < np.ptp(landscape.y) / 4
    assert inner.sum() > 20
    for (a, b), metres in zip(pairs[inner][:20], length[inner][:20], strict=True):
        along = (points[b] - points[a])[::-1] * (1, -1) / np.hypot(*(points[b] - points[a]))
        steps = np.arange(-10_000, 10_000, 10.0)
        walk = (points[a] + points[b]) / 2 + steps[:, None] * along
        own = np.hypot(*(walk - points[a]).T)
        others = np.delete(points, [a, b], axis=0)
        near = np.min(np.hypot(*(walk[:, None] - others[None]).transpose(2, 0, 1)), axis=1)
        assert metres == pytest.approx(10.0 * (own < near).sum(), abs=25)


@given(st.integers(10, 60), st.integers(0, 10_000), st.sampled_from((2.0, 4.5, 15.0)))
@hypothesis_settings(max_examples=25, deadline=None)
def test_land_is_one_piece_and_planar(n: int, seed: int, per_merger: float) -> None:
    drawn = draw(n, seed, per_merger)
    graph: nx.Graph[int] = nx.Graph(drawn.borders.pairs.tolist())
    assert len(graph) == n
    assert nx.is_connected(graph)
    assert nx.check_planarity(graph)[0]
    assert drawn.area.min() > 0
    short = drawn.borders.length < SHORT_BORDER
    assert all(edge in set(nx.bridges(graph)) for edge in map(tuple, drawn.borders.pairs[short].tolist()))
    assert len(set(drawn.cities.tolist())) == len(drawn.cities) >= 1
    assert (drawn.x == np.rint(drawn.x)).all()
    assert len(set(zip(drawn.x.tolist(), drawn.y.tolist(), strict=True))) == n


# Two rooms to the left of x = 1000, two to the right: the middle ones touch along 50 m.
# Neighbours share their corners, as Voronoi cells do.
ROOMS = (
    [(0, 0), (1000, 0), (1000, 1000), (0, 1000)],
    [(0, 1000), (1000, 1000), (1000, 1950), (1000, 2000), (0, 2000)],
    [(1000, 1950), (2000, 1950), (2000, 3000), (1000, 3000), (1000, 2000)],
    [(1000, 3000), (2000, 3000), (2000, 4000), (1000, 4000)],
)
WAY_AROUND = [(1000, 0), (2000, 0), (2000, 1950), (1000, 1950), (1000, 1000)]
EVERYTHING = shapely.box(-10, -10, 5000, 5000)


def cells(*rings: list[tuple[int, int]]) -> np.ndarray:
    return np.array([shapely.Polygon(ring) for ring in rings])


def test_a_short_border_is_kept_where_the_land_would_fall_apart() -> None:
    borders = _borders(cells(*ROOMS), EVERYTHING)
    assert borders.pairs.tolist() == [[0, 1], [1, 2], [2, 3]]
    assert borders.length.tolist() == [1000.0, 50.0, 1000.0]


def test_a_short_border_is_left_out_where_there_is_another_way() -> None:
    assert _borders(cells(*ROOMS, WAY_AROUND), EVERYTHING).pairs.tolist() == [
        [0, 1],
        [0, 4],
        [1, 4],
        [2, 3],
        [2, 4],
    ]


def test_borders_end_at_the_outline() -> None:
    two = np.array([shapely.box(0, 0, 1000, 1000), shapely.box(1000, 0, 2000, 1000)])
    assert _borders(two, shapely.box(0, 0, 2000, 300)).length.tolist() == [300.0]


def test_points_keep_their_distance_and_crowd_around_cities(landscape: Landscape) -> None:
    sites = shapely.points(landscape.x, landscape.y)
    nearest = shapely.STRtree(sites).query_nearest(
        sites, exclusive=True, all_matches=False, return_distance=True
    )[1]
    across = np.sqrt(landscape.area * 1e6)
    assert (nearest > 0.3 * across).all()
    of_cities = np.isin(landscape.borders.pairs, landscape.cities).any(axis=1)
    beside = np.unique(landscape.borders.pairs[of_cities])
    assert np.median(landscape.area[beside]) < 0.9 * np.median(landscape.area)


def test_density_is_that_of_flanders(landscape: Landscape) -> None:
    settings = Settings.of(200, None, 3.0, 0, False)
    assert settings.inhabitants / landscape.area.sum() == pytest.approx(500, rel=0.1)


def test_numbering_anew_changes_nothing_else(landscape: Landscape) -> None:
    order = np.random.default_rng(2).permutation(200)
    renumbered = landscape.numbered(order)
    assert renumbered.x.tolist() == landscape.x[order].tolist()
    assert renumbered.area.tolist() == landscape.area[order].tolist()
    before = dict(zip(map(tuple, landscape.borders.pairs.tolist()), landscape.borders.length, strict=True))
    named = np.sort(order[renumbered.borders.pairs], axis=1)
    assert dict(zip(map(tuple, named.tolist()), renumbered.borders.length, strict=True)) == before
    assert order[renumbered.cities].tolist() == landscape.cities.tolist()


def test_neighbours_inside_regions_only(landscape: Landscape) -> None:
    region = (landscape.x > np.median(landscape.x)).astype(np.int64)
    inside, everywhere = landscape.land(region), landscape.land()
    for i in range(200):
        assert set(inside.neighbours[i]) == {j for j in everywhere.neighbours[i] if region[i] == region[j]}
