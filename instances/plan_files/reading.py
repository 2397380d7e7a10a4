"""Reading the plans that people have, with no instance at hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ..common.problems import Problems, reject
from ..groups import Grouping
from ..tables.delimited import Fits
from ..tables.form import TableForm
from ..tables.header_words import POSTCODES, columns_called, words_of
from ..tables.table import Table
from ..vectors.features import ENDINGS, VECTOR_ENDINGS, read_features
from .assignment_json import is_assignment, read_assignment_json
from .assignments import read_assignment, without_header
from .columns import GROUP_COLUMNS, LIST_COLUMNS, MUNICIPALITY_COLUMNS, called, first_of
from .member_lists import list_column, read_member_lists
from .runs import ASSIGNMENT_FILE, PLAN_FILE, read_run


def read_groups(
    path: Path, columns: Sequence[str] = GROUP_COLUMNS, form: TableForm | None = None
) -> Grouping:
    """Read which municipalities a plan groups.

    Parameters
    ----------
    path : Path
        One of

        - the folder of a run, or `plan.json` in it;
        - a table, as delimited text or as a workbook, with one row a municipality: its code or name in one of
          `MUNICIPALITY_COLUMNS` and its group in one of `columns`; or without a header, codes in one column
          and groups in the other;
        - a table with one row a group, all of its members in one cell: ``Melle (44040) + Merelbeke (44043)``,
          as in the official list of mergers, or the columns `member_nis` or `members` of `mergers.csv`;
        - JSON with the part of each municipality by its code, as gerrychain and districtr have it;
        - a GeoJSON file whose features have such properties, as `plan.geojson` of a run.
    columns : sequence of str
        Columns that may hold the group, in whatever case or language; the first that is not empty throughout
        is taken.
    form : TableForm, optional
        What is declared about the file.

    Returns
    -------
    Grouping

    Raises
    ------
    InputError
        The file cannot be read, lacks the columns, or has rows without a municipality; all are listed.
    """
    return grouped_table(path, columns, form)[0]


def grouped_table(
    path: Path, columns: Sequence[str] = GROUP_COLUMNS, form: TableForm | None = None
) -> tuple[Grouping, Table | None]:
    """Read which municipalities a plan groups, as `read_groups`, and give the table that says so.

    Returns
    -------
    grouping : Grouping
    table : Table or None
        None for the plan of a run, and for JSON.
    """
    if path.is_dir() or path.name == PLAN_FILE:
        folder = path if path.is_dir() else path.parent
        if (folder / PLAN_FILE).is_file():
            return read_run(folder / PLAN_FILE, columns), None
        path = folder / ASSIGNMENT_FILE
    if is_assignment(path):
        return read_assignment_json(path), None
    table = plan_table(path, header_for(columns), form)
    return groups_in(table, columns), table


def plan_table(path: Path, fits: Fits, form: TableForm | None = None) -> Table:
    """Read the table that a plan is given as, from delimited text, a workbook or GeoJSON.

    Parameters
    ----------
    path : Path
    fits : callable
        Tells which row can be the header.
    form : TableForm, optional
        What is declared about the file.
    """
    from ..tables.sheets import read_any_table

    problems = Problems()
    if path.suffix.lower() in VECTOR_ENDINGS:
        reject(
            "plans are not read from this kind of file here", "name a run, a table or GeoJSON", file=path.name
        )
    if path.suffix.lower() in ENDINGS:
        table = read_features(path, problems)
    else:
        table = read_any_table(path, (), problems, form=form, fits=fits)
    problems.raise_if_any()
    assert table is not None
    return table


def groups_in(table: Table, columns: Sequence[str]) -> Grouping:
    """Read the groups of a table, of any of the forms of `read_groups`."""
    problems = table.problems
    if municipalities := first_of(table, MUNICIPALITY_COLUMNS):
        grouping = read_assignment(table, municipalities, columns, problems)
    elif lists := list_column(table):
        grouping = read_member_lists(table, *lists, columns)
    elif entries := without_header(table):
        grouping = Grouping.of(table.name, "", entries)
    else:
        _reject_unknown(table)
    problems.raise_if_any()
    return grouping


def header_for(columns: Sequence[str]) -> Fits:
    """Tell the header of a plan: it names municipalities and groups, or lists of members."""

    def fits(cells: Sequence[str]) -> bool:
        municipalities = columns_called(cells, MUNICIPALITY_COLUMNS)
        groups = [name for column in columns for name in called(cells, column)]
        is_assignment = municipalities and groups and set(municipalities) != set(groups)
        return bool(is_assignment or columns_called(cells, LIST_COLUMNS))

    return fits


def _reject_unknown(table: Table) -> NoReturn:
    """Refuse a table that holds no plan."""
    what = (
        "the file has no column for municipalities, such as nis, gemeente or naam, and no column that lists "
        f"municipalities as in 'Melle (44040) + Merelbeke (44043)'; its columns: {', '.join(table.columns)}"
    )
    remedy = "call that column nis or name; or add a row of names above the columns, such as nis,merger"
    if any(words_of(column) in POSTCODES for column in table.columns):
        remedy = "a postcode is no NIS code: add a column nis or naam"
    reject(what, remedy, file=table.name)
