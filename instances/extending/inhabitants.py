"""New inhabitants of all municipalities, as of another year."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..common.activity import doing
from ..common.limits import PEOPLE, YEAR
from ..common.problems import Problems, reject
from ..entities import Column
from ..instance import Instance
from ..yearly import column_of
from .own_table import OwnTable, one_each, read_located
from .result import Extended, extended
from .values import only_column

_KEY = "population"
_COUNT = re.compile(r", inhabitants of \d+$")
_REMEDY = "add them: every municipality needs its inhabitants"


@doing("updating inhabitants")
def update_inhabitants(
    instance: Instance,
    table: str | Path | OwnTable,
    column: str | None = None,
    *,
    year: int,
    name: str | None = None,
) -> Extended:
    """Replace the inhabitants of an instance by those of a table with one row a municipality.

    Parameters
    ----------
    instance : Instance
    table : str, Path or OwnTable
    column : str, optional
        Of the table, with whole numbers; may be left out where it has one besides code and name.
    year : int
        The inhabitants are those of 1 January of this year.
    name : str, optional
        Name of the new instance; that of the given one by default.

    Returns
    -------
    Extended

    Raises
    ------
    InputError
        Lists all that is wrong with the table: unknown, missing and repeated municipalities, and cells that
        are no numbers of inhabitants.
    """
    own, problems = OwnTable.of(table), Problems()
    if not 1 <= year <= YEAR.most:
        reject("this is no year", "write it as 2026", value=year)
    found = read_located(own, instance, (column,) if column else (), problems)
    (column,) = (column,) if column else only_column(found.values(), found.table.name)
    rows = one_each(found, instance, problems, complete=True, remedy=_REMEDY)
    above, at_least = (None, 0) if instance.uninhabited else (0, None)
    counts = [
        row.number_of(column, whole=True, above=above, at_least=at_least, limit=PEOPLE) if row else 0.0
        for row in rows
    ]
    problems.raise_if_any()
    population = np.array([int(count) for count in counts], dtype=np.int64)
    made = extended(
        instance,
        name,
        "municipalities",
        {_KEY: Column("", "inhabitants", own.origin(column, f"on 1 January {year}"))},
        replace(own.described, year=own.described.year or str(year)),
        population=population,
        title=f"{_COUNT.sub('', instance.title or instance.name)}, inhabitants of {year}",
    )
    if instance.yearly:  # they are those of a year as well
        column_of_year = f"years.{column_of(year)}"
        described = {**made.columns, column_of_year: made.columns[f"municipalities.{_KEY}"]}
        yearly = {**instance.yearly, year: population.astype(np.float64)}
        made = replace(made, yearly=dict(sorted(yearly.items())), columns=described)
    before, after = instance.total_population, made.total_population
    changed = int((population != instance.population).sum())
    told = (
        f"inhabitants: {after:,} on 1 January {year}, {after - before:+,} compared with '{instance.name}'",
        f"other inhabitants than there: {changed} of {len(instance)} municipalities",
    )
    return Extended(made, (*told, *found.notes))
