"""Polygons that fit together to the vertex, whatever they were drawn from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from ...instances.common.arrays import IntArray
from .shapes import Geometry

_GRAIN = 1.0
"""Vertices nearer than this, in metres, become one where polygons do not fit."""

_SLIVER = 25.0
"""Width, in metres, of the cracks between polygons that are closed."""

_OUTER = -1
"""Owner of the faces that belong to no polygon."""


def fitted(shapes: Sequence[Geometry]) -> list[Geometry]:
    """Make polygons a coverage: no overlaps, and neighbours share their vertices.

    Parameters
    ----------
    shapes : sequence of shapely geometries
        Polygons or multipolygons in metres.

    Returns
    -------
    list of shapely geometries
        The same ones where they fit already. Otherwise surface that two polygons claim goes to the first of
        them, and cracks go to the neighbour with the longest border along them.
    """
    given = list(shapes)
    if _fits(given):
        return given
    snapped = [shapely.set_precision(shapely.make_valid(shape), _GRAIN) for shape in given]
    noded = shapely.union_all([shapely.boundary(shape) for shape in snapped], grid_size=_GRAIN)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    owner = _owners(faces, snapped)
    _close_cracks(faces, owner)
    return [_united(faces[owner == i], given[i]) for i in range(len(given))]


def simplified(shapes: Sequence[Geometry], detail: float) -> list[Geometry]:
    """Simplify a coverage, so that neighbours still fit.

    Parameters
    ----------
    shapes : sequence of shapely geometries
    detail : float
        Square root of the surface of the detail that is left out, in metres.

    Returns
    -------
    list of shapely geometries
        The same ones where the coverage is not valid, or where shapely, before 2.1, cannot simplify it.

    Notes
    -----
    Visvalingam and Whyatt (1993), as GEOS does it for coverages: O(v log v) for v vertices.
    """
    given = list(shapes)
    if not hasattr(shapely, "coverage_simplify") or not _fits(given):
        return given
    simple = list(shapely.coverage_simplify(given, detail))
    sound = all(shape.is_valid and not shape.is_empty for shape in simple)
    return simple if sound else given


def _fits(shapes: list[Geometry]) -> bool:
    """Tell whether polygons are a coverage."""
    if not hasattr(shapely, "coverage_is_valid"):
        return False
    return all(shape.geom_type in ("Polygon", "MultiPolygon") for shape in shapes) and bool(
        shapely.coverage_is_valid(shapes)
    )


def _owners(faces: Sequence[Geometry], shapes: Sequence[Geometry]) -> IntArray:
    """Find for each face the first polygon that holds it, -1 where none does."""
    owner = np.full(len(faces), len(shapes), dtype=np.int64)
    if len(faces):
        middles = shapely.point_on_surface(faces)
        face, shape = shapely.STRtree(middles).query(np.array(shapes, dtype=object), predicate="covers")[::-1]
        np.minimum.at(owner, face, shape)
    owner[owner == len(shapes)] = _OUTER
    return owner


def _close_cracks(faces: Sequence[Geometry], owner: IntArray) -> None:
    """Give narrow faces that nobody owns to the neighbour with the longest border along them."""
    narrow = np.flatnonzero((owner == _OUTER) & (2 * shapely.area(faces) < _SLIVER * shapely.length(faces)))
    tree = shapely.STRtree(faces)
    for face in narrow[np.argsort(-shapely.area(faces)[narrow])]:
        near = tree.query(faces[face], predicate="intersects")
        near = near[owner[near] != _OUTER]
        shared = shapely.length(shapely.intersection(faces[near], shapely.boundary(faces[face])))
        if len(near) and shared.max() > 0:
            owner[face] = owner[near[int(np.argmax(shared))]]


def _united(faces: Sequence[Geometry], given: Geometry) -> Geometry:
    """Unite the faces of one polygon; one that lost all of them stays as it was given."""
    return shapely.union_all(faces) if len(faces) else given
