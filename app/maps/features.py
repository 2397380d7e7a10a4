"""A plan as GeoJSON (RFC 7946): one feature a merger, longitude and latitude."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from ...instances import Instance, reject
from ...instances.common.arrays import FloatArray
from .lambert72 import CRS as LAMBERT_72
from .lambert72 import to_wgs84
from .shapes import Geometry, Shapes

_DECIMALS = 6
"""Decimals of a degree: a tenth of a metre."""

_WGS84 = ("EPSG:4326", "OGC:CRS84")


def plan_features(
    instance: Instance,
    shapes: Shapes,
    properties: Sequence[Mapping[str, Any]],
    members: Sequence[tuple[int, ...]],
) -> dict[str, Any]:
    """Write mergers as a GeoJSON FeatureCollection.

    Parameters
    ----------
    instance : Instance
    shapes : Shapes
        One geometry a municipality, in the instance's CRS.
    properties : sequence of mapping
        Properties of each merger; values that JSON can hold.
    members : sequence of tuple of int
        Municipalities of each merger, in the same order.

    Returns
    -------
    dict
        FeatureCollection with one feature a merger, outer rings counterclockwise.

    Raises
    ------
    InputError
        The instance's CRS is not Belgian Lambert 72 or WGS 84, and pyproj is not installed.
    """
    merged = [shapes.merged(group) for group in members]
    located = _in_degrees(merged, instance)
    features = [
        {"type": "Feature", "properties": dict(described), "geometry": _geometry(shape)}
        for described, shape in zip(properties, located, strict=True)
    ]
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    if features:
        collection["bbox"] = [round(float(v), _DECIMALS) for v in shapely.total_bounds(located)]
    return {**collection, "generalised": shapes.generalised, "source": shapes.source, "features": features}


def _in_degrees(merged: list[Geometry], instance: Instance) -> list[Geometry]:
    """Bring all geometries to WGS 84 in one go."""
    if instance.crs in _WGS84 or not merged:
        return merged
    convert = to_wgs84 if instance.crs == LAMBERT_72 else _with_pyproj(instance)

    def move(points: FloatArray) -> FloatArray:
        return np.column_stack(convert(points[:, 0], points[:, 1]))

    return list(shapely.transform(np.array(merged, dtype=object), move))


def _with_pyproj(instance: Instance) -> Any:
    try:
        from pyproj import Transformer
        from pyproj.exceptions import CRSError
    except ImportError:
        reject(
            f"GeoJSON holds longitudes and latitudes, and {instance.crs} cannot be converted without pyproj",
            'pip install "refzones[geo]"',
        )
    try:
        return Transformer.from_crs(instance.crs, "EPSG:4326", always_xy=True).transform
    except CRSError:
        reject(
            "the instance's coordinate reference system is unknown",
            "give a code such as EPSG:31370 as 'crs' in instance.toml",
            value=instance.crs,
        )


def _geometry(shape: Geometry) -> dict[str, Any]:
    """Geometry object with rounded coordinates and right-handed rings."""
    rounded = shapely.transform(shape, lambda points: np.round(points, _DECIMALS))
    right_handed = (
        shapely.orient_polygons(rounded) if hasattr(shapely, "orient_polygons") else _oriented(rounded)
    )
    parts = [
        [[list(point) for point in ring.coords] for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(right_handed)
    ]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def _oriented(shape: Geometry) -> Geometry:
    """Outer rings counterclockwise, for shapely before 2.1."""
    from shapely.geometry.polygon import orient

    return shapely.MultiPolygon([orient(part, 1.0) for part in shapely.get_parts(shape)])


def points_in_degrees(instance: Instance) -> list[Geometry]:
    """Give the points of all municipalities in WGS 84.

    Raises
    ------
    InputError
        See `plan_features`.
    """
    return _in_degrees(list(shapely.points(instance.x, instance.y)), instance)
