"""Flows between municipalities: the table of an instance folder, and tables that people have."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .activity import doing
from .instance import Instance
from .parts import Column, Flows, Source
from .problems import Problems, reject, suggest
from .tables import Row, Table, read_table

COLUMNS = ("origin", "destination", "people")
LAYOUTS = (COLUMNS, ("nis_res", "nis_work", "workers"), ("nis2025_res", "nis2025_work", "workers"))
"""Origin, destination and number, as the columns are called here and in the two layouts of the census."""

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


def read_flows(path: Path, index: Mapping[str, int], problems: Problems) -> Flows | None:
    """Read `flows.csv` of an instance folder; None when there is none, or when it cannot be used.

    Parameters
    ----------
    path : Path
    index : mapping of str to int
        Index of each municipality by code.
    problems : Problems
        Receives everything that is wrong with the file.
    """
    if not path.exists():
        return None
    table = read_table(path, COLUMNS, problems, may_be_empty=True)
    if table is None:
        return None
    reader = _Reader(table, COLUMNS, index)
    reader.complain_of_unknown(lambda code: suggest(code, index))
    return Flows.from_dict(reader.people)


@doing("adding flows")
def add_flows(
    instance: Instance, path: Path, *, name: str | None = None, ignore_unknown: bool = False
) -> AddedFlows:
    """Give an instance the flows of a file, in the place of those it may have.

    Parameters
    ----------
    instance : Instance
    path : Path
        A table with the columns of one of `LAYOUTS`; more columns do no harm.
    name : str, optional
        Name of the new instance; that of the given one by default.
    ignore_unknown : bool
        Leave out, and count, rows with a code that the instance does not have.

    Returns
    -------
    AddedFlows

    Raises
    ------
    InputError
        Lists all that is wrong with the file, each unknown code once.
    """
    problems = Problems()
    table = read_table(path, (), problems)
    problems.raise_if_any()
    assert table is not None
    reader = _Reader(table, _layout_of(table), instance.index)
    if not ignore_unknown:
        year = f" ({instance.vintage})" if instance.vintage else ""
        remedy = f"use the codes of the instance{year}, or leave such rows out with --ignore-unknown"
        reader.complain_of_unknown(lambda _: remedy)
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


def _layout_of(table: Table) -> tuple[str, str, str]:
    """Recognise a layout by its column names."""
    for layout in LAYOUTS:
        if set(layout) <= set(table.columns):
            return layout
    reject(
        f"these are not the columns of a table of flows: {', '.join(table.columns)}",
        "name them " + ", or ".join(", ".join(layout) for layout in LAYOUTS),
        file=table.name,
        row=1,
    )


class _Reader:
    """Goes through a table once: people by pair, rows left out, and codes that nobody knows.

    Thousands of rows may hold the same unknown code, so each code is told once, with its first row.
    """

    def __init__(self, table: Table, layout: tuple[str, str, str], index: Mapping[str, int]) -> None:
        self.people: dict[tuple[int, int], float] = {}
        self.left_out: list[float] = []
        self._index = index
        self._unknown: dict[str, tuple[Row, str, int]] = {}
        self._rows: dict[tuple[int, int], int] = {}
        for row in table:
            self._read(row, *layout)

    def _read(self, row: Row, origin: str, destination: str, people: str) -> None:
        a, b = self._known(row, origin), self._known(row, destination)
        amount = row.number_of(people, at_least=0)
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
        if code and code not in self._index:
            first, place, times = self._unknown.get(code, (row, column, 0))
            self._unknown[code] = (first, place, times + 1)
        return self._index.get(code)

    def complain_of_unknown(self, remedy: Callable[[str], str]) -> None:
        """Note each unknown code as a problem, with the remedy for it."""
        for code, (row, column, times) in self._unknown.items():
            more = f" (it stands in {times} places)" if times > 1 else ""
            row.complain(column, f"no municipality has this code{more}", remedy(code))
