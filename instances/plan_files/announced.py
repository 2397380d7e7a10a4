"""Tables of mergers that are announced: unlike those of a plan, they may overlap."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..common.problems import Problems, reject
from ..instance import Instance
from ..tables.form import TableForm
from ..tables.header_words import MERGER
from ..tables.table import Table
from .columns import MUNICIPALITY_COLUMNS, first_of
from .reading import header_for, plan_table


@dataclass(frozen=True)
class Announced:
    """A merger that goes first, or is talked of.

    Attributes
    ----------
    name : str
        As the table has it.
    members : tuple of int
        Indices of its municipalities, ascending.
    """

    name: str
    members: tuple[int, ...]


def read_announced(path: Path, instance: Instance, form: TableForm | None = None) -> tuple[Announced, ...]:
    """Read a table with a row for each municipality of each merger, in the order of the table.

    Parameters
    ----------
    path : Path
        Columns ``merger`` and ``nis`` (or ``name``); others are passed over.
    instance : Instance
    form : TableForm, optional
        What is declared about the file.

    Raises
    ------
    InputError
        Lists municipalities that are not known, and mergers of fewer than two.
    """
    table = plan_table(path, header_for(MERGER), form)
    group, municipality = first_of(table, MERGER), first_of(table, MUNICIPALITY_COLUMNS)
    if not group or not municipality:
        what = "the file has no column merger" if not group else "the file has no column nis or name"
        reject(what, f"columns: {', '.join(table.columns)}", file=table.name, row=1)
    found = _members(table, group, municipality, instance)
    for name, members in found.items():
        if len(members) < 2:
            table.problems.add("a merger has two municipalities or more", file=table.name, value=name)
    table.problems.raise_if_any()
    return tuple(Announced(name, tuple(sorted(members))) for name, members in found.items())


def _members(table: Table, group: str, municipality: str, instance: Instance) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    problems: Problems = table.problems
    for row in table:
        name, text = row.text(group), row.text(municipality)
        try:
            i = instance.find(text)
        except KeyError as error:
            problems.add(str(error.args[0]), file=table.name, row=row.number, column=municipality, value=text)
            continue
        if i in found.setdefault(name, set()):
            what = f"{name}: the municipality stands in the merger twice"
            problems.add(what, "keep it once", file=table.name, row=row.number, value=text)
        found[name].add(i)
    return found
