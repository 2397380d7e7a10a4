"""Tables: pairs of neighbours, and attributes of units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ..common.problems import Problems, reject, suggest
from ..common.text import fold
from ..tables.form import TableForm
from ..tables.header_words import CODE, columns_called
from ..tables.sheets import read_any_table
from ..tables.table import Table, write_table
from .dual_graph import DualGraph, Edge, Unit, numbered, paired
from .values import text_of

UNIT_COLUMNS = (*CODE, "geoid", "geoid20", "geoid10", "id", "unit")
"""Columns that may hold the code of a unit."""

_ENDS = (("nis", "neighbour"), ("source", "target"), ("from", "to"), ("a", "b"), ("unit", "neighbour"))
"""Pairs of columns that may hold neighbours; else the first two columns."""


def graph_of_tables(
    pairs: Path, attributes: Path, problems: Problems, form: TableForm | None = None, code: str = ""
) -> DualGraph | None:
    """Read a table of pairs, with a row for each pair of codes, and a table of units with a row for each.

    Parameters
    ----------
    pairs, attributes : Path
    problems : Problems
        Receives codes without a row, loops, and pairs that stand twice in one direction.
    form : TableForm, optional
        What is declared about both files.
    code : str
        The column with the codes of units; by default known by its heading.

    Returns
    -------
    DualGraph or None
        None where there is a problem.
    """
    table = read_any_table(pairs, (), problems, form=form)
    given = units_of_table(attributes, problems, form, code)
    problems.raise_if_any()
    if table is None or given is None:
        return None
    units, form = given
    number = numbered(units, attributes.name, problems)
    one, other = _ends(table)
    rest = [column for column in table.columns if column not in (one, other)]
    edges = [
        Edge(
            (row.text(one), row.text(other)),
            {column: row.cells.get(column, "") for column in rest},
            one,
            row.number,
        )
        for row in table
    ]
    problems.raise_if_any()
    found = paired(edges, number, table.name, problems, both_ways=True)
    problems.raise_if_any()
    return DualGraph(attributes.name, units, found, form=form)


def _english(form: TableForm | None, table: Table) -> TableForm:
    """Take the point for the decimal sign where commas are between cells and nothing else is declared."""
    form = form or TableForm()
    return replace(form, decimal=".") if form.decimal is None and table.delimiter == "," else form


def _ends(table: Table) -> tuple[str, str]:
    known = {fold(column): column for column in table.columns}
    for one, other in _ENDS:
        if one in known and other in known:
            return known[one], known[other]
    if len(table.columns) < 2:
        what = "a table of neighbours has two columns with codes"
        reject(what, f"its columns are {', '.join(table.columns)}", file=table.name, row=1)
    return table.columns[0], table.columns[1]


def units_of_table(
    path: Path, problems: Problems, form: TableForm | None = None, code: str = ""
) -> tuple[tuple[Unit, ...], TableForm] | None:
    """Read a table with one row a unit, and the form of its numbers; None where it cannot be used."""
    table = read_any_table(path, (), problems, form=form)
    if table is None:
        return None
    column = code or next(iter(columns_called(table.columns, UNIT_COLUMNS)), "")
    if column not in table.columns:
        what = f"the file has no column '{column}'" if column else "the file has no column with codes"
        known = suggest(column, table.columns) if column else f"columns: {', '.join(table.columns)}"
        problems.add(what, f"say which one it is: --code NAME; {known}", file=table.name, row=1)
        return None
    units = tuple(Unit(row.text(column), dict(row.cells), row.number) for row in table)
    return units, _english(form, table)


def with_table(
    graph: DualGraph, path: Path, problems: Problems, form: TableForm | None = None, code: str = ""
) -> DualGraph:
    """Add the columns of a table to the units of a graph, by code.

    Parameters
    ----------
    graph : DualGraph
    path : Path
        The table; rows of units that the graph does not have are left out.
    problems : Problems
        Receives codes that stand twice, and units of the graph without a row.
    form : TableForm, optional
        What is declared about the table.
    code : str
        Attribute of the units with their codes; by default the ids of the nodes.
    """
    given = units_of_table(path, problems, form)
    problems.raise_if_any()
    assert given is not None
    units, form = given
    file = path.name
    number = numbered(units, file, problems)
    rows: Mapping[str, Unit] = {code: units[i] for code, i in number.items()}
    joined = []
    for unit in graph.units:
        own = text_of(unit.attributes.get(code)) if code else unit.code
        row = rows.get(own)
        if row is None:
            problems.add("the table has no row for this unit", "add it", file=file, value=own)
            continue
        joined.append(replace(unit, attributes={**unit.attributes, **row.attributes}))
    problems.raise_if_any()
    return replace(graph, units=tuple(joined), form=form)


def write_pairs(graph: DualGraph, path: Path) -> None:
    """Write the pairs of a graph as a table, each once."""
    keys = list(dict.fromkeys(key for pair in graph.pairs for key in pair.attributes))
    rows = [
        (*(graph.units[i].code for i in pair.ends), *(text_of(pair.attributes.get(key)) for key in keys))
        for pair in graph.pairs
    ]
    write_table(path, ("source", "target", *keys), rows)


def write_units(graph: DualGraph, path: Path) -> None:
    """Write the units of a graph as a table, each in a row."""
    keys = [key for key in graph.attributes if key != "code"]
    rows = [(unit.code, *(text_of(unit.attributes.get(key)) for key in keys)) for unit in graph.units]
    write_table(path, ("code", *keys), rows)
