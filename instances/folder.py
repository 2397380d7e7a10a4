"""The instance folder: `instance.toml` and its tables, read with all checks."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from .arrays import FloatArray
from .crs import check_coordinates
from .flows import read_flows
from .header import CORE, OPTIONAL, FunctionEntry, Header
from .instance import Instance
from .parts import CLASSES, OUTSIDE, Borders, Column, Function, Layer, Source, Villages
from .problems import Problems, reject, suggest
from .tables import Row, read_table, read_text
from .validation import note_validation_errors

_LENGTH_TOLERANCE = 0.5  # metres by which the two directions of a border may differ


def read_folder(folder: Path) -> Instance:
    """Read an instance from its folder.

    Parameters
    ----------
    folder : Path
        Holds `instance.toml`, `municipalities.csv`, `borders.csv` and, where there are any, `zones.csv`,
        `functions.csv`, `flows.csv` and `villages.csv`.

    Returns
    -------
    Instance

    Raises
    ------
    InputError
        Lists every problem of every file with file, row, column, value and remedy.
    """
    if not folder.is_dir():
        reject("there is no such folder", "name an instance folder or an embedded instance", value=folder)
    problems = Problems()
    header = _read_header(folder / "instance.toml", problems)
    uninhabited = header is not None and header.uninhabited
    core = _read_municipalities(folder / "municipalities.csv", uninhabited, problems)
    if core is None or header is None:
        problems.raise_if_any()
        raise AssertionError("a missing part is always a problem")
    index = core["index"]
    borders = _read_borders(folder / "borders.csv", index, problems)
    layers = _read_zones(folder / "zones.csv", index, problems)
    functions = _read_functions(folder / "functions.csv", index, header.functions, problems)
    flows = read_flows(folder / "flows.csv", index, problems)
    villages = _read_villages(folder / "villages.csv", index, problems)
    check_coordinates(header.crs, core["x"], core["y"], core["area"], problems, file="instance.toml")
    problems.raise_if_any()
    del core["index"]
    return Instance(
        name=header.name,
        title=header.title,
        vintage=header.vintage,
        crs=header.crs,
        uninhabited=header.uninhabited,
        borders=borders,
        layers=layers,
        functions=functions,
        flows=flows,
        villages=villages,
        sources={key: Source(**entry.model_dump()) for key, entry in header.sources.items()},
        columns={key: Column(**entry.model_dump()) for key, entry in header.columns.items()},
        **core,
    )


def _read_header(path: Path, problems: Problems) -> Header | None:
    text = read_text(path, problems)
    if text is None:
        return None
    try:
        return Header.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        problems.add(f"this is not valid TOML ({error})", file=path.name)
    except ValidationError as error:
        note_validation_errors(error, Header, path.name, problems)
    return None


def _read_municipalities(path: Path, uninhabited: bool, problems: Problems) -> dict[str, Any] | None:
    table = read_table(path, CORE, problems)
    if table is None:
        return None
    seen: dict[str, int] = {}
    records: list[tuple[str, Row]] = []
    for row in table:
        code = row.text("nis")
        if code in seen:
            row.complain("nis", f"the code stands already in row {seen[code]}", "keep one of the two")
        elif code:
            seen[code] = row.number
            records.append((code, row))
    records.sort(key=lambda record: record[0])
    rows = [row for _, row in records]
    extra = [column for column in table.columns if column not in CORE + OPTIONAL]
    above, at_least = (None, 0) if uninhabited else (0, None)
    population = [row.number_of("population", whole=True, above=above, at_least=at_least) for row in rows]
    core = {
        "codes": tuple(code for code, _ in records),
        "names": tuple(row.text("name") for row in rows),
        "area": _floats(row.number_of("area_km2", at_least=0) for row in rows),
        "x": _floats(row.number_of("x") for row in rows),
        "y": _floats(row.number_of("y") for row in rows),
        "classes": tuple(_class_of(row) for row in rows),
        "facility": np.array([_flag_of(row, "facility") for row in rows], dtype=np.bool_),
        "merged_in": np.array([_whole_or_zero(row, "merged_in") for row in rows], dtype=np.int64),
        "attributes": {column: _floats(row.number_of(column) for row in rows) for column in extra},
    }
    region_of = [row.text("region") for row in rows]
    regions = tuple(sorted(set(region_of)))
    core["regions"] = regions
    core["region"] = np.array([regions.index(name) for name in region_of], dtype=np.int64)
    core["population"] = np.array([0 if math.isnan(p) else int(p) for p in population], dtype=np.int64)
    core["index"] = {code: i for i, (code, _) in enumerate(records)}
    return core


def _floats(values: Iterable[float]) -> FloatArray:
    return np.array(list(values), dtype=np.float64)


def _class_of(row: Row) -> str:
    name = row.text("class", required=False).lower()
    if name and name not in CLASSES:
        row.complain("class", "unknown degree of equipment", suggest(name, CLASSES))
    return name


def _flag_of(row: Row, column: str) -> bool:
    text = row.text(column, required=False).lower()
    if text not in ("", "0", "1", "no", "yes", "false", "true"):
        row.complain(column, "this must be yes or no", "write 1 or 0")
    return text in ("1", "yes", "true")


def _whole_or_zero(row: Row, column: str) -> int:
    number = row.number_of(column, whole=True, at_least=0, required=False)
    return 0 if math.isnan(number) else int(number)


def _known(row: Row, column: str, index: Mapping[str, int]) -> int | None:
    """Index of the municipality that a cell names; None, with a problem noted, when unknown."""
    code = row.text(column)
    if code and code not in index:
        row.complain(column, "no municipality has this code", suggest(code, index))
    return index.get(code)


def _read_borders(path: Path, index: Mapping[str, int], problems: Problems) -> Borders:
    """Read neighbours, each pair given in both directions with the same length."""
    table = read_table(path, ("nis", "neighbour", "length_m"), problems, may_be_empty=True)
    given: dict[tuple[int, int], tuple[Row, float]] = {}
    for row in table or ():
        a, b = _known(row, "nis", index), _known(row, "neighbour", index)
        length = row.number_of("length_m", at_least=0)
        if a is None or b is None or math.isnan(length):
            continue
        if a == b:
            row.complain("neighbour", "a municipality cannot be its own neighbour", "remove the row")
        elif (a, b) in given:
            row.complain(
                "neighbour",
                f"the border stands already in row {given[a, b][0].number}",
                "remove one of the two",
            )
        else:
            given[a, b] = (row, length)
    for (a, b), (row, length) in given.items():
        if (b, a) not in given:
            row.complain(
                "neighbour",
                "the border is given one way only",
                "add the row the other way round, or remove this one",
            )
        elif a < b and abs(length - given[b, a][1]) > _LENGTH_TOLERANCE:
            row.complain(
                "length_m",
                f"row {given[b, a][0].number} gives another length for the same border",
                "correct one of the two",
            )
    return Borders.from_dict({pair: length for pair, (_, length) in given.items() if pair[0] < pair[1]})


def _rows_by_municipality(
    path: Path, index: Mapping[str, int], problems: Problems
) -> tuple[tuple[str, ...], dict[int, Row]]:
    """Read a table with one row a municipality: its columns besides `nis`, and the rows by index."""
    if not path.exists():
        return (), {}
    table = read_table(path, ("nis",), problems)
    if table is None:
        return (), {}
    rows: dict[int, Row] = {}
    for row in table:
        i = _known(row, "nis", index)
        if i is None:
            continue
        if i in rows:
            row.complain(
                "nis", f"the municipality stands already in row {rows[i].number}", "remove one of the two"
            )
        rows.setdefault(i, row)
    missing = [code for code, i in index.items() if i not in rows]
    if missing:
        problems.add(
            f"{len(missing)} municipalities have no row",
            "add them: " + ", ".join(missing[:10]),
            file=path.name,
        )
    return tuple(column for column in table.columns if column not in ("nis", "name")), rows


def _read_zones(path: Path, index: Mapping[str, int], problems: Problems) -> dict[str, Layer]:
    columns, rows = _rows_by_municipality(path, index, problems)
    ordered = [rows[i] for i in sorted(rows)]
    return {
        column: Layer.from_names([row.text(column, required=False) for row in ordered]) for column in columns
    }


def _read_functions(
    path: Path, index: Mapping[str, int], entries: Mapping[str, FunctionEntry], problems: Problems
) -> dict[str, Function]:
    columns, rows = _rows_by_municipality(path, index, problems)
    for name in entries:
        if name not in columns:
            problems.add(
                f"functions.csv has no column for the function '{name}'",
                suggest(name, columns),
                file="instance.toml",
            )
    found = {}
    for column in columns:
        entry = entries.get(column, FunctionEntry())
        amounts = [rows[i].number_of(column, at_least=0) for i in sorted(rows)]
        found[column] = Function(column, _floats(amounts), entry.label, entry.unit, entry.at_least)
    return found


def _read_villages(path: Path, index: Mapping[str, int], problems: Problems) -> Villages | None:
    if not path.exists():
        return None
    table = read_table(path, ("code", "name", "nis", "x", "y"), problems, may_be_empty=True)
    rows = [(row, _municipality_or_outside(row, index)) for row in table or ()]
    return Villages(
        tuple(row.text("code") for row, _ in rows),
        tuple(row.text("name") for row, _ in rows),
        np.array([i for _, i in rows], dtype=np.int64),
        _floats(row.number_of("x") for row, _ in rows),
        _floats(row.number_of("y") for row, _ in rows),
    )


def _municipality_or_outside(row: Row, index: Mapping[str, int]) -> int:
    if not row.text("nis", required=False):
        return OUTSIDE
    i = _known(row, "nis", index)
    return OUTSIDE if i is None else i
