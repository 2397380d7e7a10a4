"""Points of one's own, in tables and in vector files: their rows and where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..common.arrays import FloatArray
from ..common.limits import PLACE
from ..common.problems import Problems, reject
from ..instance import Instance
from ..outlines import columns_of, text_of
from ..tables.form import TableForm
from ..tables.header_words import LATITUDE, LONGITUDE, X, Y, columns_called
from ..tables.table import Row, Table
from ..vectors.crs import is_known, normal_crs, wrong_with_coordinates
from ..vectors.features import ENDINGS as FEATURE_ENDINGS
from ..vectors.features import VECTOR_ENDINGS
from ..vectors.files import contradiction, read_vector
from .own_table import OwnTable, chosen_rows, read_own

_DEGREES = "EPSG:4326"
_REMEDY = "say which system they are in with --crs, and in a table which column is which with --x and --y"


@dataclass(frozen=True)
class PlaceOfPoints:
    """What is declared about the places of points.

    Attributes
    ----------
    x, y : str, optional
        Columns of a table with easting and northing, or longitude and latitude; by default known by their
        headings.
    crs : str, optional
        Coordinate reference system. By default that of a vector file; in a table degrees (EPSG:4326) under
        headings such as lon and lat, the system of the instance under others.
    layer : str, optional
        Layer of a vector file, where it has several.
    """

    x: str | None = None
    y: str | None = None
    crs: str | None = None
    layer: str | None = None


@dataclass(frozen=True)
class Sites:
    """Rows of a file, each with a point in the coordinate reference system of the instance.

    Attributes
    ----------
    table : Table
    rows : tuple of Row
    x, y : ndarray of float64
    """

    table: Table
    rows: tuple[Row, ...]
    x: FloatArray
    y: FloatArray


def is_vector_file(path: Path) -> bool:
    """Tell whether a file is one of shapes, by its ending."""
    return path.suffix.lower() in (*FEATURE_ENDINGS, *VECTOR_ENDINGS)


def read_point_table(
    own: OwnTable, place: PlaceOfPoints, columns: Sequence[str], problems: Problems
) -> tuple[Table, Any]:
    """Read a file of points as a table, and its geometries, None where it is no vector file.

    Raises
    ------
    InputError
        The file cannot be read, or lacks columns.
    """
    if not is_vector_file(own.path):
        if place.layer is not None:
            reject("--layer names a layer of a vector file", "leave it out", value=place.layer)
        wanted = [name for name in (place.x, place.y) if name] + list(columns)
        table = read_own(own, wanted, problems, anonymous=True)
        problems.raise_if_any()
        assert table is not None
        return table, None
    vector = read_vector(own.path, layer=place.layer)
    names = columns_of(vector.frame)
    for column in dict.fromkeys((*columns, *own.where, *([own.municipality] if own.municipality else []))):
        if column not in names:
            reject(f"the column '{column}' is missing", f"columns: {', '.join(names)}", file=own.path.name)
    return _as_table(vector.frame, names, own, problems), vector


def _as_table(frame: Any, names: Sequence[str], own: OwnTable, problems: Problems) -> Table:
    """Write the records of a vector file as rows of text, numbers of the file with a decimal point."""
    form = own.form or TableForm()
    table = Table(own.path.name, tuple(names), (), problems, replace(form, decimal=form.decimal or "."))
    columns = [[text_of(value) for value in frame[name]] for name in names]
    records = zip(*columns, strict=True) if columns else [()] * len(frame)
    rows = (Row(table, k, dict(zip(names, cells, strict=True))) for k, cells in enumerate(records, start=1))
    return replace(table, rows=tuple(rows))


def place_sites(
    table: Table, vector: Any, own: OwnTable, place: PlaceOfPoints, instance: Instance, problems: Problems
) -> Sites:
    """Give the point of each row that counts, in the system of the instance.

    Raises
    ------
    InputError
        No columns hold coordinates, some are no numbers, or they do not fit their system.
    """
    rows = chosen_rows(table, own)
    if vector is None:
        columns, degrees = _columns(table, place)
        crs = place.crs or (_DEGREES if degrees else instance.crs)
        x, y = _numbers(rows, columns, degrees or crs == _DEGREES)
    else:
        crs, x, y = _coordinates(vector, rows, own, place, problems)
    problems.raise_if_any()
    x, y = _in_crs(x, y, crs, instance.crs, own.path.name)
    for row, ok in zip(rows, np.isfinite(x) & np.isfinite(y), strict=True):
        if not ok:
            what = f"these are no coordinates in {crs}"
            problems.add(what, _REMEDY, file=own.path.name, row=row.number)
    problems.raise_if_any()
    what, _ = wrong_with_coordinates(instance.crs, x, y)
    if what:
        read_as = f", read as {crs}" if normal_crs(crs) != instance.crs else ""
        reject(f"{what}{read_as}", _REMEDY, file=own.path.name)
    return Sites(table, tuple(rows), x, y)


def _columns(table: Table, place: PlaceOfPoints) -> tuple[tuple[str, str], bool]:
    """Find the columns of x and y, and tell whether their headings say degrees."""
    if place.x and place.y:
        return (place.x, place.y), bool(columns_called((place.x,), LONGITUDE))
    if place.x or place.y:
        reject("x and y go together", "give both --x and --y, or neither", value=place.x or place.y)
    kinds = [((LONGITUDE, LATITUDE), True), ((X, Y), False)]
    if place.crs is not None and normal_crs(place.crs) != _DEGREES:
        kinds.reverse()
    for words, degrees in kinds:
        found = [columns_called(table.columns, names) for names in words]
        if all(found):
            return (found[0][0], found[1][0]), degrees
    what = f"no columns are known to hold coordinates: {', '.join(table.columns)}"
    remedy = "name them with --x and --y, or the column of the municipality with --municipality"
    reject(what, remedy, file=table.name)


def _numbers(rows: Sequence[Row], columns: tuple[str, str], degrees: bool) -> tuple[FloatArray, FloatArray]:
    """Read coordinates; in degrees there are no thousands, so that any sign is that of the decimals."""
    if degrees and rows and rows[0].table.form.decimal is None:
        commas = any("," in row.peek(column) for row in rows for column in columns)
        table = replace(rows[0].table, form=replace(rows[0].table.form, decimal="," if commas else "."))
        rows = [replace(row, table=table) for row in rows]
    x, y = (
        np.array([row.number_of(column, limit=PLACE) for row in rows], dtype=np.float64) for column in columns
    )
    return x, y


def _coordinates(
    vector: Any, rows: Sequence[Row], own: OwnTable, place: PlaceOfPoints, problems: Problems
) -> tuple[str, FloatArray, FloatArray]:
    """Read the geometries of rows as points; note those that are none."""
    frame = vector.frame
    if place.crs is not None:
        frame = frame.set_crs(place.crs, allow_override=True)
    if frame.crs is None:
        reject("the file names no coordinate reference system", "say which with --crs", file=own.path.name)
    if what := contradiction(frame, vector.format):
        reject(what, "say which system they are in with --crs", file=own.path.name)
    shapes = list(frame.geometry)
    x, y = np.zeros(len(rows)), np.zeros(len(rows))
    for k, row in enumerate(rows):
        shape = shapes[row.number - 1]
        if shape is not None and shape.geom_type == "MultiPoint" and len(shape.geoms) == 1:
            shape = shape.geoms[0]
        if shape is None or shape.is_empty or shape.geom_type != "Point":
            kind = "no shape" if shape is None or shape.is_empty else f"a {shape.geom_type}"
            what = f"the record has {kind}, and a point is needed"
            problems.add(what, "draw the point, or remove the record", file=own.path.name, row=row.number)
            continue
        x[k], y[k] = shape.x, shape.y
    return frame.crs.to_string(), x, y


def _in_crs(
    x: FloatArray, y: FloatArray, source: str, target: str, file: str
) -> tuple[FloatArray, FloatArray]:
    """Bring points from one system to another."""
    if normal_crs(source) == normal_crs(target) or not len(x):
        return x, y
    if not is_known(source):
        reject("there is no such coordinate system", "give one such as EPSG:31370", value=source)
    try:
        from pyproj import Transformer
    except ImportError:
        reject(
            f"bringing points from {source} to {target} needs pyproj, which is not installed",
            'pip install "refzones[geo]"',
            file=file,
        )
    try:
        transformer = Transformer.from_crs(source, target, always_xy=True)
        across, up = transformer.transform(x, y)
    except Exception as error:  # pyproj's errors share no base class
        what = f"the points cannot be brought to {target} ({str(error).splitlines()[0][:200]})"
        reject(what, _REMEDY, file=file)
    return np.asarray(across, dtype=np.float64), np.asarray(up, dtype=np.float64)
