"""Figures of municipalities that are not known of all: what `figures.csv` holds, read and checked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from .common.arrays import FloatArray
from .common.limits import AMOUNT, EXACT
from .common.problems import Problems
from .data import InstanceData
from .gazetteer import Gazetteer
from .header import CORE, OPTIONAL
from .tables.form import TableForm
from .tables.table import read_table
from .yearly import rows_by_municipality, year_of

FILE = "figures.csv"
_NAME = re.compile(r"[^\W\d][\w-]*")


def read_figures(path: Path, places: Gazetteer, problems: Problems, form: TableForm) -> dict[str, FloatArray]:
    """Read the figures of municipalities.

    Parameters
    ----------
    path : Path
        A table with the column `nis` and a column of numbers for each figure. An empty cell, like a
        municipality without a row, is a figure that nobody knows.
    places : Gazetteer
    problems : Problems
    form : TableForm

    Returns
    -------
    dict of str to ndarray of float64
        By column, in the order of the file; NaN where not known.
    """
    table = read_table(path, ("nis",), problems, form=form) if path.exists() else None
    if table is None:
        return {}
    rows = rows_by_municipality(table, places)
    columns = {}
    for column in table.columns:
        if column not in ("nis", "name"):
            values = np.full(len(places.codes), np.nan)
            for i, row in rows.items():
                values[i] = row.number_of(column, limit=AMOUNT, required=False)
            columns[column] = values
    return columns


def check_figures(instance: InstanceData, problems: Problems) -> None:
    """Check that figures are finite numbers or not known, under names of their own."""
    for name, column in instance.figures.items():
        if len(column) != len(instance):
            problems.add(f"figure {name} has {len(column)} entries, there are {len(instance)} municipalities")
            continue
        known = column[~np.isnan(column)]
        if not np.isfinite(known).all():
            problems.add(f"figure {name} must be a finite number wherever it is known")
        elif len(known) and float(np.abs(known).max()) > AMOUNT.most:
            wrong = float(known[np.abs(known).argmax()])
            problems.add(f"figure {name}: {AMOUNT}", "correct the figure", value=f"{wrong:g}")
        elif math.fsum(np.abs(known).tolist()) > EXACT:
            problems.add(
                f"figure {name}: the sum is more than can be added up exactly", "correct the figures"
            )
        if not _NAME.fullmatch(name) or name in (*CORE, *OPTIONAL) or year_of(name) is not None:
            remedy = "a name is a word of letters, digits and underscores that no other table uses"
            problems.add("a figure cannot have this name", remedy, file=FILE, column=name)
        elif name in instance.texts:
            remedy = f"keep one of the two: that of {FILE}, or the text of municipalities.csv"
            problems.add(f"{name} stands in both tables", remedy)


def figure_rows(
    codes: tuple[str, ...], figures: Mapping[str, FloatArray]
) -> tuple[tuple[str, ...], Iterator[tuple[object, ...]]]:
    """Give the header and rows of `figures.csv`; what is not known is empty."""
    rows = ((code, *(_cell(column[i]) for column in figures.values())) for i, code in enumerate(codes))
    return ("nis", *figures), rows


def _cell(number: float) -> str:
    if math.isnan(number):
        return ""
    return str(int(number)) if float(number).is_integer() else repr(float(number))
