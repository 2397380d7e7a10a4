"""Figures of one's own: numbers by municipality that need not be known of all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..common.activity import doing
from ..common.arrays import FloatArray
from ..common.problems import Problems
from ..entities import Column
from ..header import CORE, OPTIONAL
from ..instance import Instance
from ..yearly import column_of
from .own_table import OwnTable, one_each, read_located
from .result import Extended, check_names, extended, paired
from .values import numbers_of, only_column


@doing("adding figures")
def add_figures(
    instance: Instance,
    table: str | Path | OwnTable,
    columns: Sequence[str] = (),
    *,
    names: Sequence[str] = (),
    unit: str = "",
    note: str = "",
    additive: bool | None = None,
    replace: bool = False,
    name: str | None = None,
) -> Extended:
    """Add columns of a table with at most one row a municipality as figures.

    An empty cell, like a missing row, is a figure that is not known. The hash of the instance stays, so that
    plans that were made for it can be measured by the new figures.

    Parameters
    ----------
    instance : Instance
    table : str, Path or OwnTable
    columns : sequence of str
        Of the table; may be left out where it has one besides code and name.
    names : sequence of str
        Names of the figures, in the order of the columns; by default made of these.
    unit, note : str
        For the description of the columns.
    additive : bool, optional
        Whether the number of a merger is the sum of those of its members; by default the unit says it.
    replace : bool
        Replace figures of these names that the instance has.
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
    found = read_located(own, instance, columns, problems)
    pairs = paired(columns or only_column(found.values(), found.table.name), names)
    reserved = (*CORE, *OPTIONAL, *map(column_of, instance.yearly))
    check_names(pairs, instance.figures, "figure", problems, may_replace=replace, reserved=reserved)
    for key in pairs:
        if key in instance.attributes or key in instance.texts:
            problems.add(
                "the instance has an attribute of this name, which would be read instead of the figure",
                "give another name with --as",
                value=key,
            )
    rows = one_each(found, instance, problems, complete=False)
    numbers = {key: numbers_of(rows, column, math.nan) for key, column in pairs.items()}
    problems.raise_if_any()
    made = extended(
        instance,
        name,
        "figures",
        {key: Column("", unit, own.origin(column, note), additive) for key, column in pairs.items()},
        own.described,
        figures={**instance.figures, **numbers},
    )
    told = [f"figure {key}: {_span(values)}" for key, values in numbers.items()]
    return Extended(made, (*told, *found.notes))


def _span(values: FloatArray) -> str:
    known = values[~np.isnan(values)]
    if not len(known):
        return "not known of any municipality"
    return f"from {known.min():,.15g} to {known.max():,.15g}, known of {len(known):,} of {len(values):,}"
