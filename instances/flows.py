"""Flows between municipalities, from an instance folder or from any other origin-destination table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .common.activity import doing
from .common.limits import AMOUNT
from .common.problems import Problems, reject
from .common.text import TOTALS, fold, tidy
from .entities import Column, Flows, Source
from .gazetteer import Gazetteer
from .instance import Instance
from .tables.form import TableForm
from .tables.header_words import DESTINATION, ORIGIN, PEOPLE, columns_called
from .tables.table import Row, Table, read_table
from .vintages import changes_of, flemish_vintage, history, of_another_moment, steps, vintage_before

COLUMNS = ("origin", "destination", "people")
"""Columns of origin, destination and people in an instance folder."""

_SOURCE = "flows"


@dataclass(frozen=True)
class AddedFlows:
    """An instance with the flows of a file, and the rows that were left out.

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
    from_vintage: int | None = None,
) -> AddedFlows:
    """Replace the flows of an instance by those of a file.

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
    from_vintage : int, optional
        Vintage of the municipalities in the file (see `vintages.VINTAGES`); those that have merged since
        count as one.

    Returns
    -------
    AddedFlows

    Raises
    ------
    InputError
        Lists all that is wrong with the file, each unknown code once.
    """
    from .tables.sheets import read_any_table

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
    years: tuple[int, ...] = ()
    if from_vintage is not None:
        years = steps(from_vintage, flemish_vintage(instance.codes, instance.name))
    reader = _Reader(table, tuple(columns) or _layout_of(table), instance.gazetteer, years)
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
    """List the columns that can hold origin, destination and people."""
    return [columns_called(columns, words) for words in (ORIGIN, DESTINATION, PEOPLE)]


def _has_layout(cells: Sequence[str]) -> bool:
    return all(_roles(cells))


def _layout_of(table: Table) -> tuple[str, ...]:
    """Recognise the columns of a table of flows by their names."""
    roles = _roles(table.columns)
    if all(len(candidates) == 1 for candidates in roles):
        return tuple(candidates[0] for candidates in roles)
    what = f"these are not the columns of a table of flows: {', '.join(table.columns)}"
    for name, candidates in zip(COLUMNS, roles, strict=True):
        if len(candidates) > 1:
            what = f"more than one column can be the {name}: {', '.join(candidates)}"
    reject(what, f"name them {', '.join(COLUMNS)}, or say which they are with --columns", file=table.name)


@dataclass(frozen=True)
class _End:
    """Origin or destination of a flow: a municipality, and a key for the earlier one that merged into it."""

    index: int
    key: object


class _Reader:
    """One pass over a table of flows: people by pair, rows left out, and unknown codes.

    Thousands of rows may hold the same unknown code, so each code is reported once, with its first row.
    """

    def __init__(
        self, table: Table, layout: Sequence[str], places: Gazetteer, years: Sequence[int] = ()
    ) -> None:
        self.people: dict[tuple[int, int], float] = {}
        self.left_out: list[float] = []
        self._table = table
        self._places = places
        self._years = years
        self._unknown: dict[str, tuple[Row, str, int]] = {}
        self._rows: dict[tuple[object, object], int] = {}
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
            return
        pair = (a.key, b.key)
        if pair in self._rows:
            row.complain(
                destination,
                f"the pair of {row.text(origin)} and {row.text(destination)} "
                f"stands already in row {self._rows[pair]}",
                "add the two up, or remove one of them",
            )
        else:
            self.people[a.index, b.index] = self.people.get((a.index, b.index), 0.0) + amount
            self._rows[pair] = row.number

    def _known(self, row: Row, column: str) -> _End | None:
        code = row.text(column)
        past = changes_of(code, self._years) if self._years else ()
        matches = self._places.lookup(past[-1].code if past else code) if code else ()
        if len(matches) == 1:
            return _End(matches[0], past[0].old_code if past else matches[0])
        if code:
            first, place, times = self._unknown.get(code, (row, column, 0))
            self._unknown[code] = (first, place, times + 1)
        return None

    def complain_of_unknown(self, remedy: str) -> None:
        """Note each unknown code as a problem, and those of another vintage as one."""
        codes = self._places.codes
        old = {code: past for code in self._unknown if (past := history(code, codes))}
        if old:
            row, column, _ = self._unknown[next(iter(old))]
            before = vintage_before(list(old), codes)
            way = f"add --from-vintage {before}, or " if before else ""
            row.complain(
                column, of_another_moment(list(old.values())), f"{way}take an instance of that moment"
            )
        for code, (row, column, times) in self._unknown.items():
            more = f" (it stands in {times} places)" if times > 1 else ""
            if code not in old:
                row.complain(column, f"no municipality has this code{more}", remedy)
