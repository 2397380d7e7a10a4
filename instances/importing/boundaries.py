"""What follows from the boundaries: areas, points, neighbours and the length of shared borders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..arrays import FloatArray
from ..parts import Borders
from ..problems import Problems, suggest
from .config import ImportConfig


@dataclass(frozen=True)
class Boundaries:
    """Polygons by code and what follows from them; the polygons go no further than the import.

    Attributes
    ----------
    kept : dict of str to polygon
        In the order of the codes.
    area, x, y : ndarray of float64, shape (n,)
        Square kilometres; a point inside the polygon, in whole metres.
    borders : Borders
    outside : list of (code, name, x, y)
        Points that mark where maps stay open.
    """

    kept: dict[str, Any]
    area: FloatArray
    x: FloatArray
    y: FloatArray
    borders: Borders
    outside: list[tuple[str, str, float, float]]


def read_boundaries(path: Path, config: ImportConfig, problems: Problems) -> Boundaries | None:
    """Read the boundary file of a configuration.

    Returns
    -------
    Boundaries or None
        None when the file cannot be used; the reason is then among the problems.
    """
    shapes = _read_shapes(path, config, problems)
    if shapes is None:
        return None
    kept = {code: shape for code, (_, shape) in sorted(shapes.items()) if config.keeps(code)}
    if not kept:
        problems.add(
            "no code falls in the ranges of 'keep'",
            f"look at the column '{config.boundaries.code}' and at 'keep'",
            file=path.name,
            column=config.boundaries.code,
        )
        return None
    points = [_inner_point(shape) for shape in kept.values()]
    opened = [(code, *entry) for code, entry in sorted(shapes.items()) if config.opens(code)]
    return Boundaries(
        kept,
        np.array([round(shape.area / 1e6, 3) for shape in kept.values()]),
        np.array([x for x, _ in points]),
        np.array([y for _, y in points]),
        shared_borders(list(kept.values())),
        [(code, name, *_inner_point(shape)) for code, name, shape in opened],
    )


def _inner_point(shape: Any) -> tuple[float, float]:
    point = shape.representative_point()
    return float(round(point.x)), float(round(point.y))


def _read_shapes(
    path: Path, config: ImportConfig, problems: Problems
) -> Mapping[str, tuple[str, Any]] | None:
    """Name and polygon by code, in the CRS of the instance; shapes of one code are joined."""
    frame = _read_frame(path, problems)
    if frame is None:
        return None
    wanted = [config.boundaries.code] + ([config.boundaries.name] if config.boundaries.name else [])
    missing = [column for column in wanted if column not in frame.columns]
    for column in missing:
        remedy = suggest(column, [str(name) for name in frame.columns if name != "geometry"])
        problems.add(f"the column '{column}' is missing", remedy, file=path.name, column=column)
    if frame.crs is None:
        problems.add("the file names no coordinate reference system", "add its .prj file", file=path.name)
    if missing or frame.crs is None:
        return None
    frame = frame.to_crs(config.crs)
    records = [
        (_code(code), str(name).strip(), shape)
        for code, name, shape in zip(
            frame[config.boundaries.code],
            frame[config.boundaries.name or config.boundaries.code],
            frame.geometry,
            strict=True,
        )
    ]
    return _joined(path.name, records, config, problems)


def _code(value: object) -> str:
    """Give a code as text; some drivers read numbers, 11001 or 11001.0."""
    return str(value).strip().removesuffix(".0")


def _read_frame(path: Path, problems: Problems) -> Any:
    if not path.exists():
        problems.add("the file is missing", "add it or name another folder", file=str(path))
        return None
    try:
        import geopandas
    except ImportError:
        remedy = "install it with: pip install 'refzones[geo]'"
        problems.add("reading boundary files needs geopandas", remedy, file=path.name)
        return None
    try:
        return geopandas.read_file(path)
    except Exception as error:  # drivers raise errors of their own for files they cannot read
        problems.add(f"the boundary file cannot be read ({error})", "save it again", file=path.name)
        return None


def _joined(
    file: str, records: list[tuple[str, str, Any]], config: ImportConfig, problems: Problems
) -> Mapping[str, tuple[str, Any]]:
    """Name and polygon by code, those outside the ranges left out, wrong ones noted."""
    from shapely import is_valid_reason, union_all

    found: dict[str, tuple[str, list[Any]]] = {}
    for number, (code, name, shape) in enumerate(records, start=1):
        if not (config.keeps(code) or config.opens(code)):
            continue
        what, remedy = "", ""
        if shape is None or shape.is_empty or shape.area == 0:
            what, remedy = "the shape has no area", "draw it or remove the record"
        elif not shape.is_valid:
            what = f"the shape is not valid ({is_valid_reason(shape)})"
            remedy = "repair the geometry and save the file again"
        if what:
            problems.add(what, remedy, file=file, row=number, column=config.boundaries.code, value=code)
        else:
            found.setdefault(code, (name, []))[1].append(shape)
    return {
        code: (name, parts[0] if len(parts) == 1 else union_all(parts))
        for code, (name, parts) in found.items()
    }


def shared_borders(shapes: list[Any]) -> Borders:
    """Find the pairs of polygons that share a line, and its length to a tenth of a metre.

    Polygons that touch in points only are not neighbours.

    Parameters
    ----------
    shapes : list of polygons
        Seamless: neighbours have the same line between them.

    Returns
    -------
    Borders
    """
    from shapely import STRtree, boundary, intersection, length

    if len(shapes) < 2:
        return Borders.from_dict({})
    first, second = STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    lines = boundary(np.array(shapes, dtype=object))
    lengths = np.round(length(intersection(lines[first], lines[second])), 1)
    return Borders.from_dict(
        {
            (int(a), int(b)): float(metres)
            for a, b, metres in zip(first, second, lengths, strict=True)
            if metres > 0
        }
    )
