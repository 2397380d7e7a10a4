"""The instance folder: `instance.toml` and its tables, read with all checks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from .changes import FILE as CROSSWALK
from .changes import read_changes
from .common.arrays import FloatArray
from .common.limits import AMOUNT, AREA, LENGTH, PEOPLE, PLACE, YEAR
from .common.problems import InputError, Problems, reject, suggest
from .common.text import NO, YES, clean_code, is_placeholder, one_spelling, plain_code
from .common.toml import parse_toml
from .common.validation import note_validation_errors
from .entities import CLASSES, OUTSIDE, Borders, Column, Function, Layer, Source, Villages
from .figures import FILE as FIGURES
from .figures import read_figures
from .flows import read_flows
from .gazetteer import Gazetteer
from .header import CORE, OPTIONAL, FunctionEntry, Header
from .instance import Instance
from .tables.form import TableForm
from .tables.table import Row, Table, is_number_column, read_table, read_text
from .vectors.crs import check_coordinates
from .yearly import FILE as YEARS
from .yearly import read_yearly

_LENGTH_TOLERANCE = 0.5  # metres by which the two directions of a border may differ


def read_folder(folder: Path) -> Instance:
    """Read an instance from its folder.

    Parameters
    ----------
    folder : Path
        Holds `instance.toml`, `municipalities.csv`, `borders.csv` and, where there are any, `zones.csv`,
        `functions.csv`, `flows.csv`, `years.csv`, `figures.csv`, `villages.csv` and `crosswalk.csv`.

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
    form = TableForm() if header is None else TableForm(decimal=header.decimal, thousands=header.thousands)
    texts = header.text if header is not None else []
    core = _read_municipalities(folder / "municipalities.csv", uninhabited, texts, form, problems)
    if core is None or header is None:
        problems.raise_if_any()
        raise AssertionError("a missing part is always a problem")
    places = Gazetteer(core["codes"])
    borders = _read_borders(folder / "borders.csv", places, form, problems)
    layers = _read_zones(folder / "zones.csv", places, form, problems)
    functions = _read_functions(folder / "functions.csv", places, header.functions, form, problems)
    flows = read_flows(folder / "flows.csv", places, problems, form)
    yearly = read_yearly(folder / YEARS, places, problems, form)
    figures = read_figures(folder / FIGURES, places, problems, form)
    villages = _read_villages(folder / "villages.csv", places, form, problems)
    changes = read_changes(folder / CROSSWALK, core["codes"], problems, form)
    check_coordinates(header.crs, core["x"], core["y"], core["area"], problems, file="instance.toml")
    problems.raise_if_any()
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
        yearly=yearly,
        figures=figures,
        villages=villages,
        changes=changes,
        sources={key: Source(**entry.model_dump()) for key, entry in header.sources.items()},
        columns={key: Column(**entry.model_dump()) for key, entry in header.columns.items()},
        **core,
    )


def _read_header(path: Path, problems: Problems) -> Header | None:
    text = read_text(path, problems)
    if text is None:
        return None
    try:
        return Header.model_validate(parse_toml(text, path.name))
    except InputError as error:
        problems.take(error)
    except ValidationError as error:
        note_validation_errors(error, Header, path.name, problems)
    return None


def _read_municipalities(
    path: Path, uninhabited: bool, texts: Sequence[str], form: TableForm, problems: Problems
) -> dict[str, Any] | None:
    table = read_table(path, CORE, problems, form=form)
    if table is None:
        return None
    records = sorted(_by_code(table).items())
    rows = [row for _, row in records]
    extra = [column for column in table.columns if column not in CORE + OPTIONAL]
    words = [column for column in extra if column in texts or not is_number_column(rows, column)]
    for name in texts:
        if name not in extra:
            known = suggest(name, extra) or "name columns of your own"
            problems.add(
                f"text: municipalities.csv has no column '{name}' of your own", known, file=path.name
            )
    above, at_least = (None, 0) if uninhabited else (0, None)
    population = [
        row.number_of("population", whole=True, above=above, at_least=at_least, limit=PEOPLE) for row in rows
    ]
    region_of = one_spelling([_word(row, "region", required=True) for row in rows])
    regions = tuple(sorted(set(region_of)))
    return {
        "codes": tuple(code for code, _ in records),
        "names": tuple(row.text("name") for row in rows),
        "area": _floats(row.number_of("area_km2", at_least=0, limit=AREA, ours=True) for row in rows),
        "x": _floats(row.number_of("x", limit=PLACE) for row in rows),
        "y": _floats(row.number_of("y", limit=PLACE) for row in rows),
        "classes": tuple(_class_of(row) for row in rows),
        "facility": np.array([_flag_of(row, "facility") for row in rows], dtype=np.bool_),
        "merged_in": np.array([_year_or_zero(row, "merged_in") for row in rows], dtype=np.int64),
        "attributes": {
            column: _floats(row.number_of(column, limit=AMOUNT) for row in rows)
            for column in extra
            if column not in words
        },
        "texts": {column: tuple(row.text(column, required=False) for row in rows) for column in words},
        "regions": regions,
        "region": np.array([regions.index(name) for name in region_of], dtype=np.int64),
        "population": np.array([0 if math.isnan(p) else int(p) for p in population], dtype=np.int64),
    }


def _by_code(table: Table) -> dict[str, Row]:
    """Index rows by the code of their municipality; note codes that stand twice, in whatever spelling."""
    rows: dict[str, Row] = {}
    seen: dict[str, Row] = {}
    for row in table:
        code = clean_code(row.text("nis"))
        read = plain_code(code).lstrip("0") if code else ""
        if read in seen:
            other = clean_code(seen[read].text("nis"))
            as_what = "" if other == code else f" as '{other}'"
            row.complain(
                "nis", f"the code stands already in row {seen[read].number}{as_what}", "keep one of the two"
            )
        elif code:
            seen[read] = rows[code] = row
    return rows


def _word(row: Row, column: str, *, required: bool = False) -> str:
    """Read the name of a zone or region; note placeholders for missing values."""
    text = row.text(column, required=required)
    if text and is_placeholder(text):
        remedy = (
            "write its name" if required else "leave the cell empty where there is none, or write its name"
        )
        row.complain(column, "this stands for a missing value, and is not taken for a name", remedy)
    return text


def _floats(values: Iterable[float]) -> FloatArray:
    return np.array(list(values), dtype=np.float64)


def _class_of(row: Row) -> str:
    name = row.text("class", required=False).lower()
    if name and name not in CLASSES:
        row.complain("class", "unknown degree of equipment", suggest(name, CLASSES))
    return name


def _flag_of(row: Row, column: str) -> bool:
    text = row.text(column, required=False).lower()
    if text not in ("", *YES, *NO):
        row.complain(column, "this must be yes or no", "write 1 or 0")
    return text in YES


def _year_or_zero(row: Row, column: str) -> int:
    number = row.number_of(column, whole=True, at_least=0, limit=YEAR, required=False)
    return 0 if math.isnan(number) else int(number)


def _known(row: Row, column: str, places: Gazetteer) -> int | None:
    """Look up the municipality of a cell; an unknown code gives None, and is noted."""
    code = row.text(column)
    i = places.code(code) if code else None
    if code and i is None:
        row.complain(column, "no municipality has this code", "take one of municipalities.csv")
    return i


def _read_borders(path: Path, places: Gazetteer, form: TableForm, problems: Problems) -> Borders:
    """Read the borders, of which each pair stands in both directions with the same length."""
    table = read_table(path, ("nis", "neighbour", "length_m"), problems, may_be_empty=True, form=form)
    given: dict[tuple[int, int], tuple[Row, float]] = {}
    for row in table or ():
        a, b = _known(row, "nis", places), _known(row, "neighbour", places)
        length = row.number_of("length_m", at_least=0, limit=LENGTH)
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
    path: Path, places: Gazetteer, form: TableForm, problems: Problems
) -> tuple[tuple[str, ...], dict[int, Row]]:
    """Read a table with one row a municipality: its columns besides `nis`, and the rows by index."""
    if not path.exists():
        return (), {}
    table = read_table(path, ("nis",), problems, form=form)
    if table is None:
        return (), {}
    rows: dict[int, Row] = {}
    for row in table:
        i = _known(row, "nis", places)
        if i is None:
            continue
        if i in rows:
            row.complain(
                "nis", f"the municipality stands already in row {rows[i].number}", "remove one of the two"
            )
        rows.setdefault(i, row)
    missing = [code for i, code in enumerate(places.codes) if i not in rows]
    if missing:
        problems.add(
            f"{len(missing)} municipalities have no row",
            "add them: " + ", ".join(missing[:10]),
            file=path.name,
        )
    return tuple(column for column in table.columns if column not in ("nis", "name")), rows


def _read_zones(path: Path, places: Gazetteer, form: TableForm, problems: Problems) -> dict[str, Layer]:
    columns, rows = _rows_by_municipality(path, places, form, problems)
    ordered = [rows[i] for i in sorted(rows)]
    return {
        column: Layer.from_names(one_spelling([_word(row, column) for row in ordered])) for column in columns
    }


def _read_functions(
    path: Path, places: Gazetteer, entries: Mapping[str, FunctionEntry], form: TableForm, problems: Problems
) -> dict[str, Function]:
    columns, rows = _rows_by_municipality(path, places, form, problems)
    for name in entries:
        if name not in columns:
            problems.add(
                f"functions.csv has no column for the function '{name}'",
                suggest(name, columns),
                file="instance.toml",
            )
    functions = {}
    for column in columns:
        entry = entries.get(column, FunctionEntry())
        amounts = [rows[i].number_of(column, at_least=0, limit=AMOUNT) for i in sorted(rows)]
        functions[column] = Function(column, _floats(amounts), entry.label, entry.unit, entry.at_least)
    return functions


def _read_villages(path: Path, places: Gazetteer, form: TableForm, problems: Problems) -> Villages | None:
    if not path.exists():
        return None
    table = read_table(path, ("code", "name", "nis", "x", "y"), problems, may_be_empty=True, form=form)
    rows = [(row, _municipality_or_outside(row, places)) for row in table or ()]
    return Villages(
        tuple(row.text("code") for row, _ in rows),
        tuple(row.text("name") for row, _ in rows),
        np.array([i for _, i in rows], dtype=np.int64),
        _floats(row.number_of("x", limit=PLACE) for row, _ in rows),
        _floats(row.number_of("y", limit=PLACE) for row, _ in rows),
    )


def _municipality_or_outside(row: Row, places: Gazetteer) -> int:
    if not row.text("nis", required=False):
        return OUTSIDE
    i = _known(row, "nis", places)
    return OUTSIDE if i is None else i
