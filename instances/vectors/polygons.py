"""Geometries of files, made into valid polygons or refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

_SAME = 1e-7
"""Share of an area that a repair may change."""


@dataclass(frozen=True)
class Sound:
    """A polygon, or why there is none.

    Attributes
    ----------
    shape : polygon or multi-polygon
        Without heights.
    wrong, remedy : str
        Why the geometry cannot be used, and what to do; empty when it can.
    note : str
        What was changed; empty where nothing was.
    """

    shape: Any = None
    wrong: str = ""
    remedy: str = ""
    note: str = ""


def sound_polygon(shape: Any, tolerance: float) -> Sound:
    """Make a valid polygon of a geometry.

    Heights, and points and lines in collections, are left out. A self-touching or self-intersecting outline
    is repaired where that hardly changes the area, and refused otherwise.

    Parameters
    ----------
    shape : geometry or None
    tolerance : float
        Metres; a repair may change the area by its square.
    """
    from shapely import force_2d, get_coordinates, is_valid_reason, make_valid

    if shape is None or shape.is_empty:
        return Sound(wrong="the shape has no area", remedy="draw it or remove the record")
    if not np.isfinite(get_coordinates(shape)).all():
        what = "the shape has coordinates that are no finite numbers, in the system of the instance"
        return Sound(wrong=what, remedy="correct them, or the coordinate system that the file names")
    flat, note = areas_of(force_2d(shape))
    if flat is None or flat.area == 0:
        return Sound(wrong="the shape has no area", remedy="draw it or remove the record")
    if flat.is_valid:
        return Sound(flat, note=note)
    reason = is_valid_reason(flat)
    mended, _ = areas_of(make_valid(flat))
    change = abs(mended.area - flat.area) if mended is not None else flat.area
    if change > max(tolerance**2, _SAME * flat.area):
        return Sound(
            wrong=f"the shape is not valid ({reason})", remedy="repair the geometry and save the file again"
        )
    notes = [note] if note else []
    return Sound(mended, note="; ".join([*notes, f"the outline was mended ({reason})"]))


def areas_of(shape: Any) -> tuple[Any, str]:
    """Give the polygons of a geometry as one, None where it has none, and tell what was left out."""
    from shapely import MultiPolygon, get_parts, union_all

    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape, ""
    parts = [shape]
    while any(part.geom_type.startswith(("Multi", "GeometryCollection")) for part in parts):
        parts = [piece for part in parts for piece in get_parts(part)]
    polygons = [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]
    if not polygons:
        return None, ""
    left_out = sorted({part.geom_type.lower() for part in parts if part.geom_type != "Polygon"})
    note = f"a collection, of which the polygons count ({', '.join(left_out)} left out)" if left_out else ""
    if len(polygons) == 1:
        return polygons[0], note
    joined = MultiPolygon(polygons)
    return joined if joined.is_valid else union_all(polygons), note
