"""Values of a table of one's own, one a municipality."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from ..common.arrays import FloatArray
from ..common.limits import AMOUNT
from ..common.problems import reject
from ..tables.table import Row
from .own_table import OwnTable


def only_column(columns: Sequence[str], file: str) -> tuple[str, ...]:
    """Give the only column that a table has besides code and name.

    Raises
    ------
    InputError
        There are several, or there is none.
    """
    if len(columns) == 1:
        return tuple(columns)
    if not columns:
        reject("the table has no column besides code and name", "add one with the values", file=file)
    listed = ", ".join(f"'{column}'" for column in columns)
    reject(f"the table has more than one column: {listed}", "say which are meant, with --column", file=file)


def check_empty(empty: float | None, at_least: float = -math.inf) -> None:
    """Refuse a number for empty cells that no cell could have.

    Raises
    ------
    InputError
        It is not finite, or too low.
    """
    if empty is not None and not (math.isfinite(empty) and empty >= at_least):
        rule = f" of at least {at_least:g}" if math.isfinite(at_least) else ""
        reject("this cannot stand for empty cells", f"give --empty a number{rule}", value=f"{empty:g}")


def numbers_of(
    rows: Sequence[Row | None], column: str, empty: float | None, *, at_least: float | None = None
) -> FloatArray:
    """Read a column as numbers, one a municipality; `empty` stands for empty cells and missing rows."""
    values = [
        math.nan
        if row is None
        else row.number_of(column, at_least=at_least, limit=AMOUNT, required=empty is None)
        for row in rows
    ]
    stand_in = 0.0 if empty is None else empty
    return np.array([stand_in if math.isnan(value) else value for value in values], dtype=np.float64)


def notes_on_empty(
    own: OwnTable, rows: Sequence[Row | None], columns: Iterable[str], empty: float | None
) -> list[str]:
    """Tell how many cells and rows are missing where a number stands for them."""
    if empty is None:
        return []
    blank = {column: sum(row is not None and not row.peek(column) for row in rows) for column in columns}
    told = [
        f"{own.path.name}, column '{column}': empty cells that count as {empty:g}: {cells}"
        for column, cells in blank.items()
        if cells
    ]
    missing = sum(row is None for row in rows)
    if missing:
        told.append(f"{own.path.name}: municipalities without a row that count as {empty:g}: {missing}")
    return told
