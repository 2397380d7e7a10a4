"""Boundaries of municipalities: areas, inner points, neighbours and lengths of shared borders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..common.arrays import FloatArray
from ..common.problems import InputError, Problems, suggest
from ..common.text import code_readings, fold, is_placeholder, tidy
from ..entities import Borders
from ..vectors.crs import REMEDY, normal_crs, wrong_with_coordinates
from ..vectors.files import Vector, contradiction, read_vector
from ..vectors.polygons import sound_polygon
from .config import BoundaryConfig, ImportConfig
from .shared_borders import find_borders


@dataclass(frozen=True)
class Boundaries:
    """Polygons by code, and what is derived from them; the polygons are not kept after the import.

    Attributes
    ----------
    kept : dict of str to polygon
        In the order of the codes.
    area, x, y : ndarray of float64, shape (n,)
        Square kilometres; a point inside the polygon, in whole metres.
    borders : Borders
    outside : list of (code, name, x, y)
        Points of areas where maps stay open.
    closed : float
        Width in metres of the widest gap or overlap between neighbours that was closed.
    notes : tuple of str
        What deserves a second look, one sentence each.
    names : tuple of str
        Names in the file; empty where the configuration names no column for them.
    """

    kept: dict[str, Any]
    area: FloatArray
    x: FloatArray
    y: FloatArray
    borders: Borders
    outside: list[tuple[str, str, float, float]]
    closed: float = 0.0
    notes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Record:
    """A record of the file: its number, counted from 1, code, name and geometry."""

    row: int
    code: str
    name: str
    shape: Any


def read_boundaries(path: Path, config: ImportConfig, problems: Problems) -> Boundaries | None:
    """Read the boundary file of a configuration.

    Returns
    -------
    Boundaries or None
        None when the file cannot be used; the reason is then among the problems.
    """
    notes: list[str] = []
    frame = _read_frame(path, config, problems, notes)
    records = None if frame is None else _records(path.name, frame, config, problems, notes)
    if not records:
        return None
    before = len(problems)
    shapes = _joined(path.name, records, config, problems, notes)
    if len(problems) > before:
        return None
    kept = {code: shape for code, (_, shape) in sorted(shapes.items()) if config.keeps(code)}
    if not kept or not _is_in_place(path.name, list(kept.values()), config, problems):
        return None
    opened = [(code, *entry) for code, entry in sorted(shapes.items()) if config.opens(code)]
    others = [
        record.shape for record in records if not (config.keeps(record.code) or config.opens(record.code))
    ]
    matches = find_borders(
        list(kept.values()),
        [_label(code, shapes[code][0]) for code in kept],
        [*(shape for *_, shape in opened), *filter(_is_area, others)],
        tolerance=config.boundaries.tolerance,
        keep_gaps=config.boundaries.gaps == "keep",
        problems=problems,
        file=path.name,
    )
    points = [_inner_point(shape) for shape in kept.values()]
    return Boundaries(
        kept,
        np.array([round(shape.area / 1e6, 3) for shape in kept.values()]),
        np.array([x for x, _ in points]),
        np.array([y for _, y in points]),
        matches.borders,
        [(code, name, *_inner_point(shape)) for code, name, shape in opened],
        matches.closed,
        (*notes, *matches.notes),
        tuple(shapes[code][0] for code in kept) if config.boundaries.name else (),
    )


def _inner_point(shape: Any) -> tuple[float, float]:
    point = shape.representative_point()
    return float(round(point.x)), float(round(point.y))


def _label(code: str, name: str) -> str:
    return f"{name} ({code})" if name and name != code else code


def _is_area(shape: Any) -> bool:
    return shape is not None and shape.is_valid and shape.area > 0


def _read_frame(path: Path, config: ImportConfig, problems: Problems, notes: list[str]) -> Any:
    """Read the file in the coordinate system of the instance; None where it cannot be used."""
    entry = config.boundaries
    if not path.exists():
        problems.add("the file is missing", "add it or name another folder", file=str(path))
        return None
    try:
        vector = read_vector(path, layer=entry.layer, say_layer='boundaries.layer = "NAME"')
    except InputError as error:
        problems.take(error)
        return None
    vector = _in_own_words(vector, [name for name in (entry.code, entry.name) if name is not None])
    frame = vector.frame
    columns = [str(name) for name in frame.columns if name != frame.geometry.name]
    missing = [name for name in (entry.code, entry.name) if name is not None and name not in columns]
    for column in missing:
        remedy = suggest(column, columns)
        if len(vector.layers) > 1:
            remedy += f"; layers: {', '.join(vector.layers)} (boundaries.layer)"
        problems.add(f"the column '{column}' is missing", remedy, file=path.name, column=column)
    located = _located(path.name, vector, entry, problems, notes)
    if missing or located is None:
        return None
    try:
        return located.to_crs(config.crs)
    except Exception as error:  # pyproj's errors share no base class with geopandas'
        what = f"the shapes cannot be brought to {config.crs} ({str(error).splitlines()[0][:200]})"
        problems.add(what, 'say which system they are in: boundaries.crs = "EPSG:..."', file=path.name)
        return None


def _in_own_words(vector: Vector, wanted: list[str]) -> Vector:
    """Rename columns whose name differs from the configured one only in case or blanks."""
    frame = vector.frame
    columns = [str(name) for name in frame.columns if name != frame.geometry.name]
    spelt = {}
    for name in wanted:
        alike = [column for column in columns if fold(column) == fold(name)]
        if name not in columns and len(alike) == 1:
            spelt[alike[0]] = name
    return replace(vector, frame=frame.rename(columns=spelt)) if spelt else vector


def _located(file: str, vector: Vector, entry: BoundaryConfig, problems: Problems, notes: list[str]) -> Any:
    """Set the coordinate system of the geometries; None where it is unknown or contradicts them."""
    frame = vector.frame
    if entry.crs is not None:
        if frame.crs is not None and frame.crs != entry.crs:
            notes.append(
                f"{file} says {frame.crs.to_string()[:60]}; boundaries.crs says {entry.crs}, and counts"
            )
        frame = frame.set_crs(entry.crs, allow_override=True)
    if frame.crs is None:
        remedy = 'say which one it is: boundaries.crs = "EPSG:31370", or another'
        if vector.format == "shapefile":
            remedy = "add its .prj file, or " + remedy
        problems.add("the file names no coordinate reference system", remedy, file=file)
        return None
    if what := contradiction(frame, vector.format):
        remedy = 'say which system they are in: boundaries.crs = "EPSG:31370", or another'
        problems.add(what, remedy, file=file)
        return None
    return frame


def _records(
    file: str, frame: Any, config: ImportConfig, problems: Problems, notes: list[str]
) -> list[_Record]:
    """List the records of the file; none where no code is in the ranges of the instance."""
    entry = config.boundaries
    cells = zip(frame[entry.code], frame[entry.name or entry.code], frame.geometry, strict=True)
    written = [
        _Record(row, _text(code), _text(name), shape)
        for row, (code, name, shape) in enumerate(cells, start=1)
    ]
    there = {record.code for record in written}
    records = [replace(record, code=_code(record.code, there, config)) for record in written]
    blank = [str(record.row) for record in records if not record.code or is_placeholder(record.code)]
    if blank:
        rows = ", ".join(blank[:8]) + (f" and {len(blank) - 8} more" if len(blank) > 8 else "")
        notes.append(f"{file}, row {rows}: a shape without a code belongs to no municipality")
    if any(config.keeps(record.code) for record in records):
        return records
    some = ", ".join(dict.fromkeys(record.code for record in records[:5]))
    problems.add(
        "no code falls in the ranges of 'keep'",
        f"look at the column '{entry.code}' (it begins with {some}) and at 'keep'",
        file=file,
        column=entry.code,
    )
    return []


def _code(text: str, there: set[str], config: ImportConfig) -> str:
    """Resolve a code such as BE11001 to 11001, where that is unambiguous and no other record has it."""
    if config.keeps(text) or config.opens(text):
        return text
    meant = {code for code in code_readings(text) if config.keeps(code) or config.opens(code)} - there
    return meant.pop() if len(meant) == 1 else text


def _text(value: object) -> str:
    """Write a cell as text; some drivers read codes as numbers, 11001 or 11001.0."""
    return "" if value is None else tidy(str(value)).removesuffix(".0")


def _joined(
    file: str, records: Iterable[_Record], config: ImportConfig, problems: Problems, notes: list[str]
) -> dict[str, tuple[str, Any]]:
    """Collect name and polygon by code, within the ranges; unite the geometries of one code."""
    from shapely import union_all

    by_code: dict[str, tuple[str, list[Any]]] = {}
    for record in records:
        if not (config.keeps(record.code) or config.opens(record.code)):
            continue
        polygon = sound_polygon(record.shape, config.boundaries.tolerance)
        if polygon.wrong:
            column, code = config.boundaries.code, record.code
            problems.add(polygon.wrong, polygon.remedy, file=file, row=record.row, column=column, value=code)
            continue
        label = _label(record.code, record.name)
        notes += [f"{label}: {polygon.note}"] if polygon.note else []
        name, shapes = by_code.setdefault(record.code, (record.name, []))
        if record.name != name:
            notes.append(f"{_label(record.code, name)} and {label} have one code and are joined")
        shapes.append(polygon.shape)
    return {
        code: (name, shapes[0] if len(shapes) == 1 else union_all(shapes))
        for code, (name, shapes) in by_code.items()
    }


def _is_in_place(file: str, shapes: list[Any], config: ImportConfig, problems: Problems) -> bool:
    """Tell whether the polygons lie in the area of use of the instance's system; note when not."""
    bounds = np.array([shape.bounds for shape in shapes])
    middle = (bounds[:, :2] + bounds[:, 2:]) / 2
    what, remedy = wrong_with_coordinates(config.crs, middle[:, 0], middle[:, 1])
    if what:
        if remedy != REMEDY:
            remedy = (
                "is the system of the file right (boundaries.crs says otherwise), and the order of x and y?"
            )
        problems.add(what, remedy, file=file, value=normal_crs(config.crs))
    return not what
