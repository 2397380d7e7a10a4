"""Flows between municipalities: the table of an instance folder, and tables that people have."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .activity import doing
from .header_words import DESTINATION, ORIGIN, PEOPLE, columns_called
from .instance import Instance
from .limits import AMOUNT
from .parts import Column, Flows, Source
from .problems import Problems, reject
from .table_form import TableForm
from .tables import Row, Table, read_table
from .text import TOTALS, Gazetteer, fold, tidy

COLUMNS = ("origin", "destination", "people")
"""Origin, destination and number, as the columns are called in an instance folder."""

_SOURCE = "flows"


@dataclass(frozen=True)
class AddedFlows:
    """An instance with the flows of a file, and what of the file is not in it.

    Attributes
    ----------
    instance : Instance
    rows_left_out : int
        Rows with a code that the instance does not have.
    people_left_out : float
        People a day in these rows.
    """

    instance: Instance
    rows_left_out: int
    people_left_out: float


def read_flows(
    path: Path, places: Gazetteer, problems: Problems, form: TableForm | None = None
) -> Flows | None:
    """Read `flows.csv` of an instance folder; None when there is none, or when it cannot be used.

    Parameters
    ----------
    path : Path
    places : Gazetteer
        Finds the municipalities by code.
    problems : Problems
        Receives everything that is wrong with the file.
    form : TableForm, optional
        What the instance declares about its files.
    """
    if not path.exists():
        return None
    table = read_table(path, COLUMNS, problems, may_be_empty=True, form=form)
    if table is None:
        return None
    reader = _Reader(table, COLUMNS, places)
    reader.complain_of_unknown("take one of municipalities.csv")
    return Flows.from_dict(reader.people)


@doing("adding flows")
def add_flows(
    instance: Instance,
    path: Path,
    *,
    name: str | None = None,
    ignore_unknown: bool = False,
    columns: Sequence[str] = (),
    form: TableForm | None = None,
) -> AddedFlows:
    """Give an instance the flows of a file, in the place of those it may have.

    Parameters
    ----------
    instance : Instance
    path : Path
        A table, delimited text or a workbook, with a column for the origin, one for the destination and one
        for the people (see `header_words`); more columns do no harm.
    name : str, optional
        Name of the new instance; that of the given one by default.
    ignore_unknown : bool
        Leave out, and count, rows with a code that the instance does not have.
    columns : sequence of str
        The columns of origin, destination and people, where they have other names.
    form : TableForm, optional
        What is declared about the file.

    Returns
    -------
    AddedFlows

    Raises
    ------
    InputError
        Lists all that is wrong with the file, each unknown code once.
    """
    from .importing.sheets import read_any_table

    problems = Problems()
    if columns and len(columns) != 3:
        reject(
            "three columns are needed: origin, destination and people",
            "name them all",
            value=", ".join(columns),
        )
    table = read_any_table(path, columns, problems, form=form, fits=None if columns else _has_layout)
    problems.raise_if_any()
    assert table is not None
    reader = _Reader(table, tuple(columns) or _layout_of(table), instance.gazetteer)
    if not ignore_unknown:
        year = f" ({instance.vintage})" if instance.vintage else ""
        remedy = f"use the codes of the instance{year}, or leave such rows out with --ignore-unknown"
        reader.complain_of_unknown(remedy)
    problems.raise_if_any()
    if not reader.people:
        reject("no row has two codes of the instance", "is the file of another year?", file=path.name)
    note = f"read from {path.name}"
    if reader.left_out:
        note += f"; {len(reader.left_out)} rows with codes outside the instance left out"
    return AddedFlows(
        replace(
            instance,
            name=name or instance.name,
            flows=Flows.from_dict(reader.people),
            sources={**instance.sources, _SOURCE: Source(path.name, "", "", "that of the file")},
            columns={**instance.columns, "flows.people": Column(_SOURCE, "people a day", note)},
        ),
        len(reader.left_out),
        math.fsum(reader.left_out),
    )


def _roles(columns: Sequence[str]) -> list[list[str]]:
    """Columns that can be origin, destination and people."""
    return [columns_called(columns, words) for words in (ORIGIN, DESTINATION, PEOPLE)]


def _has_layout(cells: Sequence[str]) -> bool:
    return all(_roles(cells))


def _layout_of(table: Table) -> tuple[str, ...]:
    """Recognise the columns by their names."""
    roles = _roles(table.columns)
    if all(len(found) == 1 for found in roles):
        return tuple(found[0] for found in roles)
    what = f"these are not the columns of a table of flows: {', '.join(table.columns)}"
    for name, found in zip(COLUMNS, roles, strict=True):
        if len(found) > 1:
            what = f"more than one column can be the {name}: {', '.join(found)}"
    reject(what, f"name them {', '.join(COLUMNS)}, or say which they are with --columns", file=table.name)


class _Reader:
    """Goes through a table once: people by pair, rows left out, and codes that nobody knows.

    Thousands of rows may hold the same unknown code, so each code is told once, with its first row.
    """

    def __init__(self, table: Table, layout: Sequence[str], places: Gazetteer) -> None:
        self.people: dict[tuple[int, int], float] = {}
        self.left_out: list[float] = []
        self._places = places
        self._unknown: dict[str, tuple[Row, str, int]] = {}
        self._rows: dict[tuple[int, int], int] = {}
        for row in table:
            ends = [tidy(row.cells[column]) for column in layout[:2]]
            if not (row.is_total and any(not end or fold(end) in TOTALS for end in ends)):
                self._read(row, *layout)

    def _read(self, row: Row, origin: str, destination: str, people: str) -> None:
        a, b = self._known(row, origin), self._known(row, destination)
        amount = row.number_of(people, at_least=0, limit=AMOUNT)
        if math.isnan(amount):
            return
        if a is None or b is None:
            self.left_out.append(amount)
        elif (a, b) in self.people:
            row.complain(
                destination,
                f"the pair of {row.text(origin)} and {row.text(destination)} "
                f"stands already in row {self._rows[a, b]}",
                "add the two up, or remove one of them",
            )
        else:
            self.people[a, b] = amount
            self._rows[a, b] = row.number

    def _known(self, row: Row, column: str) -> int | None:
        code = row.text(column)
        found = self._places.lookup(code) if code else ()
        i = found[0] if len(found) == 1 else None
        if code and i is None:
            first, place, times = self._unknown.get(code, (row, column, 0))
            self._unknown[code] = (first, place, times + 1)
        return i

    def complain_of_unknown(self, remedy: str) -> None:
        """Note each unknown code as a problem, with the remedy for it."""
        for row, column, times in self._unknown.values():
            more = f" (it stands in {times} places)" if times > 1 else ""
            row.complain(column, f"no municipality has this code{more}", remedy)
