"""Inhabitants of other years: what `years.csv` holds, read and checked."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from .common.arrays import FloatArray
from .common.limits import EXACT, PEOPLE
from .common.problems import Problems
from .data import InstanceData
from .gazetteer import Gazetteer
from .tables.form import TableForm
from .tables.table import Row, Table, read_table

FILE = "years.csv"
_PATTERN = re.compile(r"inhabitants_(\d{4})")


def column_of(year: int) -> str:
    """Name the column of a year, such as ``inhabitants_2026``."""
    return f"inhabitants_{year}"


def year_of(column: str) -> int | None:
    """Read the year in the name of a column of yearly inhabitants; None for other names."""
    found = _PATTERN.fullmatch(column)
    return int(found[1]) if found else None


def read_yearly(path: Path, places: Gazetteer, problems: Problems, form: TableForm) -> dict[int, FloatArray]:
    """Read the inhabitants of other years.

    Parameters
    ----------
    path : Path
        A table with the column `nis` and a column ``inhabitants_YEAR`` for each year. An empty cell is a
        figure that nobody knows, such as that of a municipality before it came out of a merger.
    places : Gazetteer
    problems : Problems
    form : TableForm

    Returns
    -------
    dict of int to ndarray of float64
        By year, ascending; NaN where not known.
    """
    table = read_table(path, ("nis",), problems, form=form) if path.exists() else None
    if table is None:
        return {}
    years = _years(table, problems)
    rows = rows_by_municipality(table, places)
    columns = {}
    for year, column in sorted(years.items()):
        values = np.full(len(places.codes), np.nan)
        for i, row in rows.items():
            values[i] = row.number_of(column, whole=True, at_least=0, limit=PEOPLE, required=False)
        columns[year] = values
    return columns


def _years(table: Table, problems: Problems) -> dict[int, str]:
    years = {}
    for column in table.columns:
        year = year_of(column)
        if year is not None:
            years[year] = column
        elif column not in ("nis", "name"):
            remedy = f"name it after its year, such as '{column_of(2026)}', or move it to municipalities.csv"
            problems.add("only inhabitants by year stand here", remedy, file=table.name, column=column)
    return years


def rows_by_municipality(table: Table, places: Gazetteer) -> dict[int, Row]:
    """Find the row of each municipality that has one; note codes that are unknown or stand twice."""
    rows: dict[int, Row] = {}
    for row in table:
        code = row.text("nis")
        i = places.code(code) if code else None
        if code and i is None:
            row.complain("nis", "no municipality has this code", "take one of municipalities.csv")
        elif i is not None and i in rows:
            row.complain(
                "nis", f"the municipality stands already in row {rows[i].number}", "remove one of the two"
            )
        elif i is not None:
            rows[i] = row
    return rows


def check_yearly(instance: InstanceData, problems: Problems) -> None:
    """Check that yearly inhabitants are whole numbers or not known, under names of their own."""
    for year, column in instance.yearly.items():
        name = column_of(year)
        if len(column) != len(instance):
            problems.add(f"{name} has {len(column)} entries, there are {len(instance)} municipalities")
            continue
        known = column[~np.isnan(column)]
        if not (np.isfinite(known).all() and (known >= 0).all() and (known == np.rint(known)).all()):
            problems.add(f"{name} must be a whole number of at least 0 wherever it is known")
        elif len(known) and float(known.max()) > PEOPLE.most:
            problems.add(f"{name}: {PEOPLE}", "correct the figure", value=f"{known.max():g}")
        elif math.fsum(known.tolist()) > EXACT:
            problems.add(f"{name}: the sum is more than can be added up exactly", "correct the figures")
        if name in instance.attributes or name in instance.texts:
            remedy = f"keep one of the two: that of {FILE}, or that of municipalities.csv"
            problems.add(f"{name} stands in both tables", remedy)


def yearly_rows(
    codes: tuple[str, ...], yearly: Mapping[int, FloatArray]
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Give the header and rows of `years.csv`; what is not known is empty."""
    rows: list[tuple[object, ...]] = [
        (code, *("" if math.isnan(column[i]) else int(column[i]) for column in yearly.values()))
        for i, code in enumerate(codes)
    ]
    return ("nis", *map(column_of, yearly)), rows
