"""Landscape of the municipalities: points drawn around towns, and their Voronoi cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.arrays import FloatArray, IntArray
from ..entities import Borders
from ..report import SHORT_BORDER
from .division import Land
from .settings import MIDDLE, Settings

DENSITY = 500.0
"""Inhabitants a km2; Flanders has 505."""

_WIDE = 2.0  # width of the land in heights
_AROUND_TOWNS = 0.5  # share of the points that are drawn around towns, the others anywhere
_REACH = 1.3  # spread of these around their town, in mean distances between neighbours
_SPACING = 2  # rounds in which points move away from each other
_CENTRE = (150_000.0, 190_000.0)  # of the land, in metres: where the projection of the instance is true
_HELPERS = 64


@dataclass(frozen=True)
class Landscape:
    """Points, cells and borders of municipalities.

    Attributes
    ----------
    x, y : ndarray of float64, shape (n,)
        Metres.
    area : ndarray of float64, shape (n,)
        Square kilometres.
    borders : Borders
        Those of at least `SHORT_BORDER` metres, and shorter ones only where the land would fall apart.
    cities : ndarray of int64
        Municipalities that the others cluster around.
    """

    x: FloatArray
    y: FloatArray
    area: FloatArray
    borders: Borders
    cities: IntArray

    def land(self, region: IntArray | None = None) -> Land:
        """Give the neighbours of each municipality; only those in its own region, where regions are given."""
        near: list[list[int]] = [[] for _ in range(len(self.x))]
        for a, b in self.borders.pairs.tolist():
            if region is None or region[a] == region[b]:
                near[a].append(b)
                near[b].append(a)
        return Land(self.x, self.y, near)

    def numbered(self, order: IntArray) -> Landscape:
        """Renumber the municipalities."""
        place = np.argsort(order)
        pairs = zip(place[self.borders.pairs].tolist(), self.borders.length.tolist(), strict=True)
        borders = Borders.from_dict({(a, b): metres for (a, b), metres in pairs})
        return Landscape(self.x[order], self.y[order], self.area[order], borders, place[self.cities])


def draw_landscape(settings: Settings, rng: np.random.Generator) -> Landscape:
    """Draw points and derive cells and borders.

    The points are a mixture of uniform ones and of clusters around cities (a Neyman-Scott process), then
    moved towards the middle of their Voronoi cell (Lloyd 1982) so that no two stay very close. The cells are
    clipped to the convex hull of the points, widened by half a mean distance.

    Returns
    -------
    Landscape

    Notes
    -----
    O(n log n); 20,000 municipalities take some two seconds.
    """
    n = settings.municipalities
    cell = MIDDLE / settings.per_merger / DENSITY * 1e6
    height = np.sqrt(n * cell * 4 / np.pi / _WIDE)
    around = _in_ellipse(settings.cities, rng) * (_WIDE * height / 2, height / 2)
    points = _mixture(n, around, (_WIDE * height / 2, height / 2), _REACH * np.sqrt(cell), rng)
    for _ in range(_SPACING):
        cells, outline = _cells(points, np.sqrt(cell) / 2)
        points = (points + _middles(_clipped(cells, outline))) / 2
    points = np.round(points + _CENTRE)
    cells, outline = _cells(points, np.sqrt(cell) / 2)
    area = np.round(_areas(_clipped(cells, outline)) / 1e6, 3)
    x, y = points[:, 0].copy(), points[:, 1].copy()
    return Landscape(x, y, area, _borders(cells, outline), _nearest_each(points, around + _CENTRE))


def _in_ellipse(count: int, rng: np.random.Generator) -> FloatArray:
    """Draw uniform points in the unit disc, shape (count, 2)."""
    radius, angle = np.sqrt(rng.random(count)), 2 * np.pi * rng.random(count)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _mixture(
    n: int, towns: FloatArray, half: tuple[float, float], spread: float, rng: np.random.Generator
) -> FloatArray:
    """Draw points uniformly in the ellipse or around one of the towns, shape (n, 2)."""
    accepted: list[FloatArray] = []
    while sum(map(len, accepted)) < n:
        anywhere = _in_ellipse(n, rng) * half
        near = towns[rng.integers(len(towns), size=n)] + spread * rng.standard_normal((n, 2))
        points = np.where(rng.random((n, 1)) < _AROUND_TOWNS, near, anywhere)
        accepted.append(points[((points / half) ** 2).sum(axis=1) <= 1])
    return np.concatenate(accepted)[:n]


def _cells(points: FloatArray, margin: float) -> tuple[Any, Any]:
    """Give the Voronoi cells in the order of the points, not clipped, and the outline to clip them to.

    Distant points on a circle are added, so that every cell is bounded and neighbours share their vertices
    exactly; GEOS clips unbounded cells one by one.
    """
    import shapely

    sites = shapely.points(points)
    outline = shapely.convex_hull(shapely.multipoints(sites)).buffer(margin, quad_segs=4)
    middle, reach = points.mean(axis=0), 4 * np.ptp(points, axis=0).max() + 4 * margin
    angle = 2 * np.pi * np.arange(_HELPERS) / _HELPERS
    helpers = shapely.points(middle + reach * np.column_stack([np.cos(angle), np.sin(angle)]))
    frame = shapely.box(*(middle - 3 * reach), *(middle + 3 * reach))
    diagram = shapely.voronoi_polygons(shapely.multipoints([*sites, *helpers]), extend_to=frame)
    cells = shapely.get_parts(diagram)
    cell, site = shapely.STRtree(sites).query(cells, predicate="contains")
    if not np.array_equal(np.sort(site), np.arange(len(points))):
        raise AssertionError("every point has a cell of its own")
    return cells[cell[np.argsort(site)]], outline


def _clipped(cells: Any, outline: Any) -> Any:
    import shapely

    shapely.prepare(outline)
    outside = ~shapely.contains(outline, cells)
    clipped = cells.copy()
    clipped[outside] = shapely.intersection(cells[outside], outline)
    return clipped


def _middles(cells: Any) -> FloatArray:
    import shapely

    middles: FloatArray = shapely.get_coordinates(shapely.centroid(cells))
    return middles


def _areas(cells: Any) -> FloatArray:
    import shapely

    areas: FloatArray = shapely.area(cells)
    return areas


def _borders(cells: Any, outline: Any) -> Borders:
    """Keep shared borders inside the outline that are long enough, or that the contiguity of all needs."""
    import shapely

    pairs, ends = _shared_edges(cells)
    edges = shapely.linestrings(ends)
    shapely.prepare(outline)
    crossing = ~shapely.contains(outline, edges)
    edges[crossing] = shapely.intersection(edges[crossing], outline)
    length = np.round(shapely.length(edges), 1)
    part = np.arange(len(cells))
    kept = length >= SHORT_BORDER
    for k in np.lexsort((np.arange(len(length)), -length)).tolist():  # the longest first
        a, b = (int(part[i]) for i in pairs[k])
        if a != b and length[k] > 0:
            part[part == b] = a
            kept[k] = True
    return Borders.from_dict(
        {(int(a), int(b)): float(metres) for (a, b), metres in zip(pairs[kept], length[kept], strict=True)}
    )


def _shared_edges(cells: Any) -> tuple[IntArray, FloatArray]:
    """Find pairs of cells that share an edge, and its ends, shape (k, 2, 2)."""
    import shapely

    points, owner = shapely.get_coordinates(cells, return_index=True)
    inside = owner[1:] == owner[:-1]
    first, second, owner = points[:-1][inside], points[1:][inside], owner[:-1][inside]
    swap = (first[:, 0] > second[:, 0]) | ((first[:, 0] == second[:, 0]) & (first[:, 1] > second[:, 1]))
    edges = np.where(swap[:, None], np.hstack([second, first]), np.hstack([first, second]))
    order = np.lexsort((owner, *edges.T[::-1]))
    edges, owner = edges[order], owner[order]
    twice = np.flatnonzero((edges[1:] == edges[:-1]).all(axis=1))
    pairs = np.column_stack([owner[twice], owner[twice + 1]]).astype(np.int64)
    return pairs, edges[twice].reshape(-1, 2, 2)


def _nearest_each(points: FloatArray, places: FloatArray) -> IntArray:
    """Find the nearest point of each place, no point twice."""
    taken: list[int] = []
    for place in places:
        away = ((points - place) ** 2).sum(axis=1)
        away[taken] = np.inf
        taken.append(int(away.argmin()))
    return np.array(taken, dtype=np.int64)
