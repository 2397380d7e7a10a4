"""Plans as columns of district numbers, as redist keeps them: a row for each unit, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..common.problems import Problems, reject
from ..groups import Entry, Grouping
from ..tables.cells import is_workbook
from ..tables.form import TableForm
from ..tables.table import Table
from .columns import GROUP_COLUMNS, MUNICIPALITY_COLUMNS, called, first_of, label_of, list_of_members

_TEXTS = (".csv", ".tsv", ".txt", ".tab")
_LISTED = 12


def read_plan_vector(
    path: Path, codes: Sequence[str], columns: Sequence[str], form: TableForm | None = None
) -> Grouping | None:
    """Read a column of a table without codes of municipalities.

    Parameters
    ----------
    path : Path
    codes : sequence of str
        Of the units, in the order of the rows.
    columns : sequence of str
        Of which the table's own counts; else it must have one only.
    form : TableForm, optional
        What is declared about the file.

    Returns
    -------
    Grouping or None
        None where the table has codes, names, or cells that are no whole numbers: it is of another form.

    Raises
    ------
    InputError
        It has other rows than there are units, or several plans, none of which is named.
    """
    from ..tables.sheets import read_any_table

    if path.suffix.lower() not in _TEXTS and not is_workbook(path):
        return None
    table = read_any_table(path, (), Problems(), form=form)
    if table is None or not _is_matrix(table):
        return None
    if len(table.rows) != len(codes):
        what = (
            f"the file has {len(table.rows)} rows without codes, the instance has {len(codes)} municipalities"
        )
        reject(what, "name the instance that it was made for, or add a column nis", file=table.name)
    named = [column for column in table.columns if column in columns]
    if not named and len(table.columns) > 1:
        some = ", ".join(table.columns[:_LISTED]) + (", ..." if len(table.columns) > _LISTED else "")
        what = f"the file holds {len(table.columns)} plans: {some}"
        reject(what, f"say which one is meant, as with --column {table.columns[0]}", file=table.name)
    column = (named or list(table.columns))[0]
    entries = [
        Entry(row.number, code, label_of(str(int(row.peek(column)))))
        for row, code in zip(table, codes, strict=True)
    ]
    return Grouping.of(table.name, column, entries)


def _is_matrix(table: Table) -> bool:
    """Tell whether a table holds numbers of districts and nothing else."""
    if first_of(table, MUNICIPALITY_COLUMNS) or list_of_members(table) or not table.rows:
        return False
    if all(map(str.isdecimal, table.columns)) or any(called(table.columns, name) for name in GROUP_COLUMNS):
        return False  # a table of codes without a header; or one that lacks them
    return all(row.peek(column).isdecimal() for row in table for column in table.columns)
