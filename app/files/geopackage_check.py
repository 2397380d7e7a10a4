"""Checks of the layers of a run against its plan: every attribute, every shape, and the form of the file."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import shapely

from ...instances.instance import Instance
from ..maps.shapes import Geometry, Shapes, dissolve
from .features_check import are_alike
from .geopackage_expected import Colour, ExpectedLayer, Near, OneOf, Rounded, expected_layers
from .run_file import Stated

PACKAGE_FILE = "plan.gpkg"

_APPLICATION = int.from_bytes(b"GPKG", "big")
_VERSION = 10_200
_ENVELOPES = (0, 32, 48, 48, 64)
"""Bytes of the envelope in the header of a shape, by its kind."""

_NEAR = 1e-9

Row = dict[str, Any]
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_TOUCHING = 10.0
"""Metres within which a line or a point touches a municipality."""

_CELLS = "municipalities"


def check_geopackage(path: Path, stated: Stated) -> list[str]:
    """Compare `plan.gpkg` with the plan beside it.

    Without the shapes that it was drawn from, its own are compared with the points of the municipalities,
    and those of mergers and zones with those of their members.

    Returns
    -------
    list of str
        Differences in words; empty when all agree.
    """
    if not path.is_file():
        return [f"{PACKAGE_FILE}: the file is missing"]
    try:
        with closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return [f"{PACKAGE_FILE}: {text}" for text in _differences(database, stated)]
    except sqlite3.DatabaseError as error:
        return [f"{PACKAGE_FILE}: it is no GeoPackage ({error})"]


def _differences(database: sqlite3.Connection, stated: Stated) -> Iterator[str]:
    if database.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        yield "the database is damaged"
        return
    marks = [database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    if marks != [_APPLICATION, _VERSION]:
        yield f"it is marked as {marks}; a GeoPackage of a run as {[_APPLICATION, _VERSION]}"
        return
    expected = expected_layers(stated.record, stated.instance)
    contents = {
        row["table_name"]: row
        for row in database.execute("SELECT * FROM gpkg_contents WHERE data_type = 'features'")
    }
    if set(contents) != set(expected):
        yield f"it has the layers {', '.join(sorted(contents))}; it should have {', '.join(sorted(expected))}"
        return
    rows = {name: _rows(database, name) for name in expected}
    wrong = [f"{name}: {text}" for name, layer in expected.items() for text in _other_rows(rows[name], layer)]
    if wrong:
        yield from wrong
        return
    yield from _other_colours(rows, expected)
    shapes = {name: [_shape(row["geom"]) for row in some] for name, some in rows.items()}
    for name, some in shapes.items():
        if any(shape is None for shape in some):
            yield f"{name}: a shape cannot be read"
            return
    for name, layer in expected.items():
        yield from (
            f"{name}: {text}"
            for text in (
                *_other_table(database, contents[name], layer, shapes[name], stated),
                *_other_style(database, name, rows[name]),
            )
        )
    cells = _cells(expected, shapes, stated.shapes)
    for name, layer in expected.items():
        known = {} if name == _CELLS and stated.shapes is None else cells
        yield from (f"{name}: {text}" for text in _other_shapes(layer, shapes[name], known, stated.instance))


def _cells(
    expected: Mapping[str, ExpectedLayer], read: Mapping[str, Sequence[Geometry]], shapes: Shapes | None
) -> dict[int, Geometry]:
    """Give the shapes of municipalities: those that the file was drawn from, else its own."""
    if shapes is not None:
        return dict(enumerate(shapes.geometry))
    if _CELLS not in expected:
        return {}
    return dict(zip((one for (one,) in expected[_CELLS].members), read[_CELLS], strict=True))


def _rows(database: sqlite3.Connection, name: str) -> list[Row]:
    """Read the features of a layer, in their order."""
    return [dict(row) for row in database.execute(f'SELECT * FROM "{name}" ORDER BY fid')]


def _other_rows(rows: Sequence[Row], layer: ExpectedLayer) -> Iterator[str]:
    """Compare the attributes of a layer."""
    if len(rows) != len(layer.rows):
        yield f"it has {len(rows)} features; it should have {len(layer.rows)}"
        return
    for number, (row, right) in enumerate(zip(rows, layer.rows, strict=True), start=1):
        columns = set(row.keys()) - {"fid", "geom"}
        if columns != right.keys():
            yield f"its columns are {sorted(columns)}; they should be {sorted(right)}"
            return
        for column, value in right.items():
            if not _says(row[column], value):
                yield f"feature {number}: {column} is {row[column]!r}; it should be {_shown(value)}"


def _says(cell: object, value: object) -> bool:
    """Tell whether a cell holds a value, of the type that it should have."""
    if isinstance(value, Colour):
        return isinstance(cell, str) and _COLOUR.fullmatch(cell) is not None
    if isinstance(value, OneOf):
        return cell in value.texts
    if isinstance(value, Rounded):
        half = 0.5 * 10.0**-value.decimals * (1 + 1e-6)
        return type(cell) is float and abs(cell - value.value) <= half and cell == round(cell, value.decimals)
    if isinstance(value, Near):
        return type(cell) is float and abs(cell - value.value) <= _NEAR * max(1.0, abs(value.value))
    if isinstance(value, bool):
        return cell is not None and cell == int(value)
    return cell == value and type(cell) is type(value)


def _shown(value: object) -> str:
    if isinstance(value, Rounded):
        return repr(round(value.value, value.decimals))
    if isinstance(value, Near):
        return repr(value.value)
    return " or ".join(map(repr, sorted(value.texts))) if isinstance(value, OneOf) else repr(value)


def _other_colours(rows: Mapping[str, Sequence[Row]], expected: Mapping[str, ExpectedLayer]) -> Iterator[str]:
    """Compare the colours of municipalities and of their mergers."""
    seen: dict[str, str] = {}
    for name, layer in expected.items():
        for row, right in zip(rows[name], layer.rows, strict=True):
            mark = right.get("colour")
            if isinstance(mark, Colour) and seen.setdefault(mark.whose, row["colour"]) != row["colour"]:
                yield f"{name}: the colours of the merger with the seat {mark.whose} differ"


def _shape(blob: object) -> Geometry | None:
    """Read a shape: a header, then well-known binary (OGC 12-128r17, 2.1.3)."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        return None
    kind = blob[3] >> 1 & 7
    if kind >= len(_ENVELOPES):
        return None
    try:
        shape = shapely.from_wkb(blob[8 + _ENVELOPES[kind] :])
    except shapely.errors.ShapelyError:
        return None
    return None if shape.is_empty else shape


def _other_table(
    database: sqlite3.Connection,
    contents: sqlite3.Row,
    layer: ExpectedLayer,
    shapes: Sequence[Geometry],
    stated: Stated,
) -> Iterator[str]:
    """Compare what the file says of a layer with the layer."""
    name = contents["table_name"]
    declared = database.execute(
        "SELECT geometry_type_name, organization, organization_coordsys_id FROM gpkg_geometry_columns "
        "JOIN gpkg_spatial_ref_sys USING (srs_id) WHERE table_name = ?",
        (name,),
    ).fetchone()
    if declared is None or declared[0] != layer.form:
        yield f"its shapes are declared as {declared and declared[0]}; they should be {layer.form}"
        return
    if stated.instance.crs.startswith("EPSG:"):
        system = f"{declared[1].upper()}:{declared[2]}"
        if system != stated.instance.crs:
            yield f"its coordinates are declared as {system}; they are in {stated.instance.crs}"
    if stated.shapes is not None and contents["description"] != stated.shapes.source:
        told = contents["description"]
        yield f"its shapes are said to be from '{told}'; they are from '{stated.shapes.source}'"
    box = [contents[key] for key in ("min_x", "min_y", "max_x", "max_y")]
    bounds = shapely.total_bounds(list(shapes)).tolist()
    if None in box or not all(math.isclose(a, b, abs_tol=1e-3) for a, b in zip(box, bounds, strict=True)):
        yield f"its extent is {box}; it should be {bounds}"
    count = database.execute(
        "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?", (name,)
    ).fetchone()
    indexed = database.execute(f'SELECT count(*) FROM "rtree_{name}_geom"').fetchone()
    if count is None or (count[0], indexed[0]) != (len(shapes), len(shapes)):
        yield "its number of features or its spatial index is not that of its features"


def _other_style(database: sqlite3.Connection, name: str, rows: Sequence[Row]) -> Iterator[str]:
    """Make sure that a layer has one style, which can be read and knows all values that it draws."""
    styles = database.execute(
        "SELECT styleQML, styleSLD FROM layer_styles WHERE f_table_name = ? AND useAsDefault = 1 "
        "AND f_geometry_column = 'geom'",
        (name,),
    ).fetchall()
    if len(styles) != 1:
        yield f"it has {len(styles)} styles; it should have one"
        return
    try:
        root, _ = (ElementTree.fromstring(text) for text in styles[0])
    except ElementTree.ParseError as error:
        yield f"its style is no XML ({error})"
        return
    renderer = root.find("renderer-v2")
    column = None if renderer is None else renderer.get("attr")
    if renderer is not None and column and rows and column in rows[0]:
        drawn = {category.get("value") for category in renderer.iter("category")}
        if missing := {row[column] for row in rows} - drawn:
            yield f"its style does not draw {', '.join(sorted(map(str, missing)))}"
    elif renderer is None or column:
        yield "its style does not say how it is drawn"


def _other_shapes(
    layer: ExpectedLayer,
    shapes: Sequence[Geometry],
    cells: Mapping[int, Geometry],
    instance: Instance,
) -> Iterator[str]:
    """Compare the shapes of a layer with the municipalities whose shapes are known."""
    points = shapely.points(instance.x, instance.y)
    for number, (shape, members) in enumerate(zip(shapes, layer.members, strict=True), start=1):
        if layer.form != "MULTIPOLYGON":
            if not all(_touches(shape, cells.get(i), points[i]) for i in members):
                yield f"feature {number}: it does not touch its municipalities"
        elif all(i in cells for i in members):
            if not are_alike(shape, dissolve([cells[i] for i in members])):
                yield f"feature {number}: its shape is not that of its municipalities"
        elif not _lies_there(shape, [points[i] for i in members]):
            yield f"feature {number}: its shape is not where its municipalities are"


def _touches(shape: Geometry, cell: Geometry | None, point: Geometry) -> bool:
    near = [shape.distance(other) for other in (point, cell) if other is not None]
    return bool(min(near) <= _TOUCHING)


def _lies_there(shape: Geometry, points: Sequence[Geometry]) -> bool:
    """Tell whether an area is near the points of its municipalities, by its own size."""
    return bool(min(shape.distance(point) for point in points) <= math.sqrt(shape.area))
