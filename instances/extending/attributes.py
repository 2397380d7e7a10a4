"""Attributes of one's own: numbers and texts by municipality."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from ..common.activity import doing
from ..common.arrays import FloatArray
from ..common.problems import Problems, reject
from ..entities import Column
from ..header import CORE, OPTIONAL
from ..instance import Instance
from ..tables.table import Row
from ..yearly import column_of
from .own_table import OwnTable, one_each, read_located
from .result import Extended, check_names, extended, paired
from .values import check_empty, notes_on_empty, numbers_of, only_column

_MISSING = {"remedy": "add them; the cell of the text may be empty"}


@doing("adding attributes")
def add_attributes(
    instance: Instance,
    table: str | Path | OwnTable,
    columns: Sequence[str] = (),
    *,
    names: Sequence[str] = (),
    unit: str = "",
    note: str = "",
    additive: bool | None = None,
    texts: bool = False,
    empty: float | None = None,
    replace: bool = False,
    name: str | None = None,
) -> Extended:
    """Add columns of a table with one row a municipality as attributes.

    Parameters
    ----------
    instance : Instance
    table : str, Path or OwnTable
    columns : sequence of str
        Of the table; may be left out where it has one besides code and name.
    names : sequence of str
        Names of the attributes, in the order of the columns; by default made of these.
    unit, note : str
        For the description of the columns.
    additive : bool, optional
        Whether the number of a merger is the sum of those of its members; by default the unit says it.
    texts : bool
        The columns hold text: nothing is computed from them, and cells may be empty.
    empty : float, optional
        Number that an empty cell and a missing row stand for; without it both are refused.
    replace : bool
        Replace columns of these names that the instance has.
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
    if texts and empty is not None:
        reject("an empty text needs no number", "leave --empty out", value=f"{empty:g}")
    check_empty(empty)
    found = read_located(own, instance, columns, problems)
    pairs = paired(columns or only_column(found.values(), found.table.name), names)
    there = (*instance.attributes, *instance.texts)
    reserved = (*CORE, *OPTIONAL, *map(column_of, instance.yearly))
    check_names(pairs, there, "attribute", problems, may_replace=replace, reserved=reserved)
    rows = one_each(found, instance, problems, complete=empty is None, **_MISSING if texts else {})
    numbers = {} if texts else {key: numbers_of(rows, column, empty) for key, column in pairs.items()}
    words = {key: _texts_of(rows, column) for key, column in pairs.items()} if texts else {}
    problems.raise_if_any()
    made = extended(
        instance,
        name,
        "municipalities",
        {
            key: Column("", unit or ("text" if texts else ""), own.origin(column, note), additive)
            for key, column in pairs.items()
        },
        own.described,
        attributes={key: v for key, v in instance.attributes.items() if key not in pairs} | numbers,
        texts={key: v for key, v in instance.texts.items() if key not in pairs} | words,
    )
    told = [f"attribute {key}: {_span(values)}" for key, values in numbers.items()]
    told += [
        f"text {key}: {sum(map(bool, v))} of {len(v)} municipalities have one" for key, v in words.items()
    ]
    return Extended(made, (*told, *found.notes, *notes_on_empty(own, rows, pairs.values(), empty)))


def _texts_of(rows: Sequence[Row | None], column: str) -> tuple[str, ...]:
    return tuple("" if row is None else row.text(column, required=False) for row in rows)


def _span(values: FloatArray) -> str:
    return f"from {values.min():,.15g} to {values.max():,.15g}, {math.fsum(values.tolist()):,.15g} in all"
