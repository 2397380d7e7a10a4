"""Centre functions of one's own: amounts, or yes and no, by municipality."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from ..common.activity import doing
from ..common.arrays import FloatArray
from ..common.problems import Problems, reject
from ..common.text import NO, YES, fold
from ..entities import Column, Function
from ..instance import Instance
from ..tables.table import Row
from .own_table import OwnTable, one_each, read_located
from .result import Extended, check_names, extended, paired
from .values import check_empty, notes_on_empty, numbers_of, only_column

YES_NO = "yes/no"
"""Unit of a function that is there or not."""

SITES = "sites"
"""Unit of a function that is counted."""

_CROSS = "x"

T = TypeVar("T")


@doing("adding functions")
def add_functions(
    instance: Instance,
    table: str | Path | OwnTable,
    columns: Sequence[str] = (),
    *,
    names: Sequence[str] = (),
    labels: Sequence[str] = (),
    units: Sequence[str] = (),
    at_least: Sequence[float] = (),
    note: str = "",
    empty: float | None = None,
    replace: bool = False,
    name: str | None = None,
) -> Extended:
    """Add columns of a table with one row a municipality as centre functions.

    Parameters
    ----------
    instance : Instance
    table : str, Path or OwnTable
    columns : sequence of str
        Of amounts, or of yes and no (1 and 0; a cross is a yes). May be left out where the table has one
        besides code and name.
    names : sequence of str
        Names of the functions, as scenarios use them, in the order of the columns; by default made of these.
    labels, units : sequence of str
        For readers: one for each column, or one for all. The unit of yes and no is ``yes/no``.
    at_least : sequence of float
        The amount from which on a municipality has the function; 1 by default.
    note : str
        For the description of the columns.
    empty : float, optional
        Amount that an empty cell and a missing row stand for; without it both are refused.
    replace : bool
        Replace functions of these names that the instance has.
    name : str, optional
        Name of the new instance; that of the given one by default.

    Returns
    -------
    Extended

    Raises
    ------
    InputError
        Lists all that is wrong with the table.
    """
    own, problems = OwnTable.of(table), Problems()
    check_empty(empty, 0)
    found = read_located(own, instance, columns, problems)
    pairs = paired(columns or only_column(found.values(), found.table.name), names)
    check_names(pairs, instance.functions, "function", problems, may_replace=replace)
    rows = one_each(found, instance, problems, complete=empty is None)
    described = zip(
        pairs.items(),
        one_for_each(labels, len(pairs), "label", ""),
        one_for_each(units, len(pairs), "unit", ""),
        one_for_each(at_least, len(pairs), "threshold", 1.0),
        strict=True,
    )
    added = {
        key: _function(key, rows, column, label, unit, threshold, empty)
        for (key, column), label, unit, threshold in described
    }
    for function in added.values():
        check_threshold(function.at_least, problems)
    problems.raise_if_any()
    made = extended(
        instance,
        name,
        "functions",
        {key: Column("", added[key].unit, own.origin(column, note)) for key, column in pairs.items()},
        own.described,
        functions={**instance.functions, **added},
    )
    told = (*map(presence, added.values()), *found.notes, *notes_on_empty(own, rows, pairs.values(), empty))
    return Extended(made, told)


def one_for_each(given: Sequence[T], number: int, what: str, default: T) -> Iterator[T]:
    """Give one value for each column, of one for all, or one for each; the default where none is given.

    Raises
    ------
    InputError
        There are more or fewer.
    """
    if len(given) not in (0, 1, number):
        reject(f"there are {number} columns, and {len(given)} values of: {what}", "give one, or one for each")
    return iter(given if len(given) == number else [*given, default][:1] * number)


def check_threshold(at_least: float, problems: Problems) -> None:
    """Note an amount from which on every municipality would have a function, or none could."""
    if not (math.isfinite(at_least) and at_least > 0):
        what = "from this amount on every municipality would have the function, or none"
        problems.add(what, "give a number above 0", column="at_least", value=f"{at_least:g}")


def presence(function: Function) -> str:
    """Say how many municipalities have a function."""
    there = int(function.present.sum())
    unit = "" if function.unit in ("", YES_NO) else f" {function.unit}"
    of = f"{there} of {len(function.amount)} municipalities have it"
    less = int(((function.amount > 0) & ~function.present).sum())
    more = f"; {less} have less" if less else ""
    plain = function.unit == YES_NO or (function.unit == SITES and function.at_least == 1)
    limit = "" if plain else f", from {function.at_least:g}{unit} on{more}"
    return f"function {function.name}: {of}{limit}"


def _function(
    name: str,
    rows: Sequence[Row | None],
    column: str,
    label: str,
    unit: str,
    at_least: float,
    empty: float | None,
) -> Function:
    if _says_yes_or_no(rows, column):
        amount, usual = _yes_or_no(rows, column, empty), YES_NO
    else:
        amount, usual = numbers_of(rows, column, empty, at_least=0), ""
        usual = YES_NO if set(amount.tolist()) <= {0.0, 1.0} else usual
    return Function(name, amount, label, unit or usual, float(at_least))


def _says_yes_or_no(rows: Sequence[Row | None], column: str) -> bool:
    """Tell whether some cell is a word for yes or no."""
    texts = {fold(row.peek(column)) for row in rows if row is not None}
    return any(text.isalpha() and text in (*YES, *NO, _CROSS) for text in texts)


def _yes_or_no(rows: Sequence[Row | None], column: str, empty: float | None) -> FloatArray:
    values = []
    for row in rows:
        text = "" if row is None else fold(row.text(column, required=empty is None))
        if row is not None and text not in ("", _CROSS, *YES, *NO):
            row.complain(column, "this is neither yes nor no", "write yes or no, or numbers throughout")
        stand_in = (empty or 0.0) if not text else 0.0
        values.append(1.0 if text in (_CROSS, *YES) else stand_in)
    return np.array(values, dtype=np.float64)
