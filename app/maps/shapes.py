"""The shape of each municipality, drawn by the project itself from the village points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import shapely

from ...instances import Instance
from ...instances.common.activity import doing
from ...instances.common.arrays import FloatArray, IntArray

Geometry: TypeAlias = Any
"""A shapely geometry (shapely carries no type information)."""

_DISC = 1.1
"""Radius of the disc around a village, in radii of a circle of its area.

Chosen with `_CLOSING` on the 285 Flemish municipalities: the outline then shares 96% of its surface
with the official one (intersection over union), and its area is within 1%."""

_CLOSING = 1.8
"""Width of the gaps and bays that the outline closes, in median disc radii."""

_FRAME = 3.0
"""Distance of the helper points around the villages, in diagonals of their bounding box."""


@dataclass(frozen=True)
class Shapes:
    """What is drawn: one geometry a municipality.

    Attributes
    ----------
    geometry : tuple of shapely geometries
        Polygon or multipolygon of each municipality, by index, in the instance's CRS.
    generalised : bool
        Drawn by the project from points, not official boundaries.
    source : str
        For the source line of the map.
    outside : shapely geometry or None
        What lies between the municipalities but belongs to none, such as Brussels; left open on the map.
    """

    geometry: tuple[Geometry, ...]
    generalised: bool
    source: str
    outside: Geometry | None = None

    def merged(self, members: tuple[int, ...]) -> Geometry:
        """Dissolve the shapes of some municipalities into one geometry."""
        return dissolve([self.geometry[i] for i in members])


def dissolve(geometries: list[Geometry]) -> Geometry:
    """Unite polygons, without the hair cracks that rounding leaves between neighbours."""
    if len(geometries) == 1:
        return geometries[0]
    united = shapely.union_all(geometries)
    return without_specks(united, 1e-4 * united.area)


def without_specks(geometry: Geometry, area: float) -> Geometry:
    """Drop holes and parts smaller than an area, as long as something remains."""
    kept = []
    for part in shapely.get_parts(geometry):
        if part.geom_type != "Polygon":
            continue
        holes = [ring for ring in part.interiors if shapely.Polygon(ring).area > area]
        kept.append(part if len(holes) == len(part.interiors) else shapely.Polygon(part.exterior, holes))
    large = [part for part in kept if part.area > area] or kept
    return large[0] if len(large) == 1 else shapely.MultiPolygon(large)


@doing("drawing the shapes of municipalities")
def generalised_shapes(instance: Instance) -> Shapes:
    """Draw generalised municipalities: Voronoi cells of the villages, dissolved and clipped.

    The outline is the union of discs that are as large as the villages they stand for, with its narrow
    gaps closed. It therefore follows coasts, bays and exclaves, which a hull of the points would not.

    Parameters
    ----------
    instance : Instance
        Its villages, or its municipalities' own points where it has none or where a municipality has
        no village.

    Returns
    -------
    Shapes
        Cells partition the outline; neighbours share their vertices exactly.

    Notes
    -----
    O(k log k) for k villages; 1,100 villages take about a third of a second.
    """
    owner, x, y = _sites(instance)
    radius = _radii(instance, owner, x, y)
    closing = _CLOSING * float(np.median(radius))
    outline = shapely.union_all(
        [_outline(x[k], y[k], radius[k], closing) for k in _clusters(instance, owner, x, y)]
    )
    faces, face_owner = _faces(outline, x, y, owner)
    n = len(instance)
    groups: list[list[Geometry]] = [[] for _ in range(n + 1)]
    for face, i in zip(faces, face_owner, strict=True):
        groups[int(i)].append(face)  # -1, outside, is the last group
    cells = tuple(shapely.union_all(group) for group in groups[:n])
    outside = shapely.union_all(groups[n]) if groups[n] else None
    return Shapes(cells, True, "generalised boundaries, drawn from village points", outside)


def _sites(instance: Instance) -> tuple[IntArray, FloatArray, FloatArray]:
    """Points with the municipality that each stands for, -1 for those outside the instance."""
    villages = instance.villages
    if villages is None or not len(villages.municipality):
        owner, x, y = np.arange(len(instance)), instance.x, instance.y
    else:
        orphans = np.setdiff1d(np.arange(len(instance)), villages.municipality)
        owner = np.concatenate([villages.municipality, orphans])
        x = np.concatenate([villages.x, instance.x[orphans]])
        y = np.concatenate([villages.y, instance.y[orphans]])
    return owner.astype(np.int64), *_apart(np.array(x, dtype=float), np.array(y, dtype=float))


def _apart(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Move points that coincide a little apart: each must have a cell of its own."""
    step = max(np.ptp(x), np.ptp(y), 1.0) * 1e-4
    seen: set[tuple[float, float]] = set()
    for k in range(len(x)):
        turn = 0
        while (round(x[k] / step), round(y[k] / step)) in seen:
            turn += 1
            angle = 2.4 * turn  # the golden angle: a spiral that never repeats
            x[k] += step * turn * np.cos(angle)
            y[k] += step * turn * np.sin(angle)
        seen.add((round(x[k] / step), round(y[k] / step)))
    return x, y


def _radii(instance: Instance, owner: IntArray, x: FloatArray, y: FloatArray) -> FloatArray:
    """Radius of a circle as large as each site's share of its municipality."""
    inside = owner >= 0
    share = np.bincount(owner[inside], minlength=len(instance))
    area = np.maximum(instance.area, 0.0) * 1e6
    known = np.sqrt(area / np.maximum(share, 1) / np.pi)
    radius = np.zeros(len(owner))
    radius[inside] = known[owner[inside]]
    spacing = _spacing(x, y)
    missing = inside & (radius <= 0)
    radius[missing] = spacing[missing] / 2
    # Nothing is known of the sites outside: they are as wide as half the way to the next one.
    radius[~inside] = spacing[~inside] / 2
    return radius


def _spacing(x: FloatArray, y: FloatArray) -> FloatArray:
    """Distance of each point to the nearest other one; 2 km for a point that is alone."""
    if len(x) < 2:
        return np.full(len(x), 2000.0)
    points = shapely.points(x, y)
    (near, _), distance = shapely.STRtree(points).query_nearest(
        points, exclusive=True, all_matches=False, return_distance=True
    )
    spacing = np.zeros(len(x))
    spacing[near] = distance
    return spacing


def _clusters(instance: Instance, owner: IntArray, x: FloatArray, y: FloatArray) -> list[IntArray]:
    """Sites by connected part of the border graph: an exclave is drawn apart from the main land."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph(instance.borders.pairs.tolist())
    graph.add_nodes_from(range(len(instance)))
    part = np.zeros(len(instance), dtype=np.int64)
    for number, members in enumerate(nx.connected_components(graph)):
        part[list(members)] = number
    inside, outside = np.flatnonzero(owner >= 0), np.flatnonzero(owner < 0)
    cluster = np.zeros(len(owner), dtype=np.int64)
    cluster[inside] = part[owner[inside]]
    if len(outside):  # what lies outside the instance goes with the nearest site
        tree = shapely.STRtree(shapely.points(x[inside], y[inside]))
        nearest = tree.query_nearest(shapely.points(x[outside], y[outside]), all_matches=False)[1]
        cluster[outside] = cluster[inside[nearest]]
    return [np.flatnonzero(cluster == number).astype(np.int64) for number in np.unique(cluster)]


def _outline(x: FloatArray, y: FloatArray, radius: FloatArray, closing: float) -> Geometry:
    """Union of discs around the sites, with gaps closed, horns rounded off and small holes filled."""
    discs = shapely.buffer(shapely.points(x, y), _DISC * radius, quad_segs=8)
    grown = shapely.buffer(shapely.union_all(discs), closing, quad_segs=6)
    closed = shapely.get_parts(shapely.buffer(grown, -closing, quad_segs=6))
    # A small exclave is all horn: it stays as it is.
    large = shapely.area(closed) > 25 * closing**2
    rounded = shapely.buffer(shapely.buffer(closed[large], -closing, quad_segs=6), closing, quad_segs=6)
    cores = shapely.buffer(shapely.points(x, y), 0.5 * radius, quad_segs=8)
    united = shapely.union_all([*rounded, *closed[~large], *cores])
    return _filled(shapely.simplify(united, 0.02 * closing), np.pi * closing**2)


def _filled(geometry: Geometry, area: float) -> Geometry:
    """Fill the holes that are smaller than an area."""
    parts = [
        shapely.Polygon(part.exterior, [r for r in part.interiors if shapely.Polygon(r).area > area])
        for part in shapely.get_parts(geometry)
    ]
    return shapely.union_all(parts)


def _faces(
    outline: Geometry, x: FloatArray, y: FloatArray, owner: IntArray
) -> tuple[list[Geometry], IntArray]:
    """Cut the outline along the Voronoi edges; return the pieces with their owners.

    Edges and outline are noded together once, so that neighbouring pieces share every vertex.
    """
    reach = _FRAME * float(
        np.hypot(*(outline.bounds[2] - outline.bounds[0], outline.bounds[3] - outline.bounds[1]))
    )
    cx, cy = (outline.bounds[0] + outline.bounds[2]) / 2, (outline.bounds[1] + outline.bounds[3]) / 2
    # Helper points far away: with them even one point, or points on a line, have cells.
    frame = [(cx - reach, cy), (cx + reach, cy), (cx, cy - reach), (cx, cy + reach)]
    sites = shapely.points(x, y)
    edges = shapely.voronoi_polygons(shapely.multipoints([*sites, *shapely.points(frame)]), only_edges=True)
    noded = shapely.union_all([edges, outline.boundary])
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    middle = shapely.point_on_surface(pieces)
    shapely.prepare(outline)
    inside = shapely.contains(outline, middle)
    pieces, middle = pieces[inside], middle[inside]
    nearest = shapely.STRtree(sites).query_nearest(middle, all_matches=False)[1]
    return list(pieces), owner[nearest]
