"""Forged runs: one thing altered at a time, with digests mended or not."""

from __future__ import annotations

import copy
import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from refzones.solver.results.record import PLAN_FILE, PlanRecord

Place = tuple[str | int, ...]

NEAR = {
    "optimal": "feasible", "feasible": "optimal", "infeasible": "no plan within limit", "less": "more",
    "more": "less", "inhabitants": "nothing", "alone": "free", "free": "alone", "partition": "cut",
    "extend": "keep", "keep": "extend", "mergers": "zones", "highs": "scip",
}  # fmt: skip
"""Another word that may stand in the same place."""


def scalars(part: Any, path: Place = ()) -> Iterator[Place]:
    """List the paths of all numbers, words and empty lists or tables in a JSON value."""
    if isinstance(part, dict) and part:
        for key, value in part.items():
            yield from scalars(value, (*path, key))
    elif isinstance(part, list) and part:
        for place, value in enumerate(part):
            yield from scalars(value, (*path, place))
    else:
        yield path


def at(part: Any, path: Place) -> Any:
    """Give the value at a path."""
    for step in path:
        part = part[step]
    return part


def other_values(value: Any) -> list[Any]:
    """List other values for the same place: slightly different, of another type, and none."""
    if isinstance(value, bool):
        return [not value, int(value)]
    if isinstance(value, str):
        return [NEAR.get(value, value + "x"), "" if value else "x", 1]
    if isinstance(value, int):
        return [value + 1, value - 1, float(value), str(value)]
    if isinstance(value, float):
        return [value * (1 + 1e-9) + 1e-9, -value if value else 1.5, str(value)]
    if value is None:
        return [0, "x"]
    return [["x"], {"x": 1}]


def forged_values(data: Any) -> Iterator[tuple[Place, Callable[[], Any]]]:
    """Copy a JSON value with one scalar altered, one key more or less, or one item twice or left out."""
    for path in scalars(data):
        for value in other_values(at(data, path)):
            yield path, partial(_altered, data, path, value)
    for path in _inner(data):
        for spoil in (_key_more, _item_less, _last_twice, _turned):
            if spoil(copy.deepcopy(at(data, path))):
                yield (*path, spoil.__name__), partial(_spoilt, data, path, spoil)


def _altered(data: Any, path: Place, value: Any) -> Any:
    forged = copy.deepcopy(data)
    at(forged, path[:-1])[path[-1]] = value
    return forged


def _spoilt(data: Any, path: Place, spoil: Callable[[Any], bool]) -> Any:
    forged = copy.deepcopy(data)
    spoil(at(forged, path))
    return forged


def _inner(part: Any, path: Place = ()) -> Iterator[Place]:
    if isinstance(part, dict | list):
        yield path
        for key, value in part.items() if isinstance(part, dict) else enumerate(part):
            yield from _inner(value, (*path, key))


def _key_more(part: Any) -> bool:
    part.update(approved=1.0) if isinstance(part, dict) else part.append("x")
    return True


def _item_less(part: Any) -> bool:
    if part:
        part.pop(next(iter(part))) if isinstance(part, dict) else part.pop(0)
        return True
    return False


def _last_twice(part: Any) -> bool:
    if isinstance(part, list) and part:
        part.append(copy.deepcopy(part[-1]))
        return True
    return False


def _turned(part: Any) -> bool:
    if isinstance(part, list) and part != part[::-1]:
        part.reverse()
        return True
    return False


def forged_tables(text: str, delimiter: str = ",") -> Iterator[tuple[Place, Callable[[], str]]]:
    """Copy a table with one cell altered, and with rows and columns added, left out or repeated."""
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            for value in _other_cells(cell):
                line = [*row[:c], value, *row[c + 1 :]]
                yield (r, c, value), partial(_table, delimiter, [*rows[:r], line, *rows[r + 1 :]])
        if r:
            yield (r, "left out"), partial(_table, delimiter, [*rows[:r], *rows[r + 1 :]])
            yield (r, "twice"), partial(_table, delimiter, [*rows, row])
            yield (r, "cut off"), partial(_table, delimiter, [*rows[:r], row[:-1], *rows[r + 1 :]])
    for c, name in enumerate(rows[0]):
        yield (name, "left out"), partial(_table, delimiter, [[*row[:c], *row[c + 1 :]] for row in rows])
        yield (name, "twice"), partial(_table, delimiter, [[*row, row[c]] for row in rows])
    more = [[*row, "1" if r else "size"] for r, row in enumerate(rows)]
    yield ("a column more",), partial(_table, delimiter, more)
    for length in range(0, len(text) - 1, max(1, len(text) // 40)):
        yield (length, "bytes only"), partial(text.__getitem__, slice(length))


def _other_cells(cell: str) -> list[str]:
    values = [cell + "x", "" if cell else "x"]
    if cell and cell[-1].isdigit():
        values.append(cell[:-1] + str((int(cell[-1]) + 1) % 10))
        values += ["-" + cell] if cell.strip("0.,") else []
    return values


def _table(delimiter: str, rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue()


def forged_workbooks(content: bytes) -> Iterator[tuple[Place, Callable[[], bytes]]]:
    """Copy a workbook with one cell altered, and with sheets, rows and columns left out or repeated."""
    book = _loaded(content)
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                for value in _other_typed(cell.value):
                    place = (page.title, cell.coordinate)
                    yield (*place, str(value)), partial(_workbook, content, place, value)
        spoils = ["delete_rows"] if page.max_row > 1 else []  # a sheet may have a header alone
        for spoil in (*spoils, "delete_cols", "remove", "repeat", "rename"):
            yield (page.title, spoil), partial(_spoilt_workbook, content, page.title, spoil)


def _other_typed(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value, str(value)]
    if isinstance(value, int | float):
        return [value + 1, value * (1 + 1e-5) + 1e-5, str(value), f"={value}", None]
    return ["x"] if value is None else [value + "x", None, 1, f'="{value}"']


def _workbook(content: bytes, place: tuple[str, str], value: Any) -> bytes:
    book = _loaded(content)
    book[place[0]][place[1]].value = value
    return _saved(book)


def _spoilt_workbook(content: bytes, sheet: str, spoil: str) -> bytes:
    book = _loaded(content)
    page = book[sheet]
    if spoil == "remove":
        book.remove(page)
    elif spoil == "rename":
        page.title = f"{sheet[:20]} (2)"
    elif spoil == "repeat":
        page.append([cell.value for cell in page[page.max_row]])
    else:
        getattr(page, spoil)(2)
    return _saved(book)


def _loaded(content: bytes) -> Any:
    import openpyxl  # in the extra 'geo'

    return openpyxl.load_workbook(io.BytesIO(content))


def _saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put_plan(folder: Path, data: Any, *, knowing: bool) -> None:
    """Write a forged plan, with its digest mended where it can be read at all."""
    if knowing:
        with suppress(ValueError, TypeError):
            data = data | {"digest": PlanRecord.model_validate(data).digest_of_content()}
    (folder / PLAN_FILE).write_text(json.dumps(data), encoding="utf-8")


def put_file(folder: Path, name: str, content: bytes) -> None:
    """Write a forged file beside the plan, with its digest mended in the plan."""
    (folder / name).write_bytes(content)
    data = json.loads((folder / PLAN_FILE).read_text(encoding="utf-8"))
    data["files"][name] = hashlib.sha256(content).hexdigest()
    put_plan(folder, data, knowing=True)


def forged_packages(content: bytes, folder: Path) -> Iterator[tuple[Place, Callable[[], bytes]]]:
    """Copy a GeoPackage with one attribute altered, or rows, columns, styles and marks that are wrong."""
    with _opened(content, folder) as (database, _):
        layers = [
            name
            for (name,) in database.execute(
                "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'"
            )
        ]
        for name in layers:
            columns = [row[1] for row in database.execute(f'PRAGMA table_info("{name}")')]
            for column in columns[2:]:  # behind number and shape
                (value,) = database.execute(f'SELECT "{column}" FROM "{name}" WHERE fid = 1').fetchone()
                for other in {str(value) + "x", None if value is not None else 1}:
                    change = f'UPDATE "{name}" SET "{column}" = ? WHERE fid = 1', (other,)
                    yield (name, column, str(other)), partial(_changed, content, folder, *change)
                if isinstance(value, int | float):
                    change = f'UPDATE "{name}" SET "{column}" = ? WHERE fid = 1', (value + 1,)
                    yield (name, column, "more"), partial(_changed, content, folder, *change)
                yield (
                    (name, column, "left out"),
                    partial(_changed, content, folder, f'ALTER TABLE "{name}" DROP COLUMN "{column}"'),
                )
            for spoil in _spoilt_layer(name):
                yield (name, spoil), partial(_changed, content, folder, spoil)
    for spoil in ("PRAGMA user_version = 1", "PRAGMA application_id = 1"):
        yield (spoil,), partial(_changed, content, folder, spoil)


def _spoilt_layer(name: str) -> list[str]:
    here = f"WHERE table_name = '{name}'"
    return [
        f'DELETE FROM "{name}" WHERE fid = 1',
        f'ALTER TABLE "{name}" ADD COLUMN approved INTEGER',
        f"UPDATE gpkg_contents SET min_x = min_x - 1 {here}",
        f"UPDATE gpkg_contents SET description = 'elsewhere' {here}",
        f"UPDATE gpkg_contents SET data_type = 'attributes' {here}",
        f"UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1 {here}",
        f"UPDATE gpkg_geometry_columns SET srs_id = 4326 {here}",
        f"UPDATE gpkg_geometry_columns SET geometry_type_name = 'GEOMETRY' {here}",
        f'DELETE FROM "rtree_{name}_geom" WHERE id = 1',
        f"UPDATE layer_styles SET useAsDefault = 0 WHERE f_table_name = '{name}'",
        f"UPDATE layer_styles SET styleQML = '<qgis>' WHERE f_table_name = '{name}'",
        f"UPDATE layer_styles SET styleQML = replace(styleQML, 'category ', 'other ') || ' ' "
        f"WHERE f_table_name = '{name}' AND instr(styleQML, 'category ')",
        f'UPDATE "{name}" SET geom = substr(geom, 1, 20) WHERE fid = 1',
    ]


@contextmanager
def _opened(content: bytes, folder: Path) -> Iterator[tuple[sqlite3.Connection, Path]]:
    """Open a copy of a GeoPackage; what its triggers ask of shapes is answered somehow."""
    path = folder / "forged.gpkg"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as database:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            database.create_function(name, 1, lambda shape: 0)
        yield database, path


def _changed(content: bytes, folder: Path, statement: str, values: tuple[object, ...] = ()) -> bytes:
    with _opened(content, folder) as (database, path):
        database.execute(statement, values)
        database.commit()
        return path.read_bytes()
