"""Columns of plan files: which hold groups, municipalities, or lists of members, and what their cells say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..common.problems import NoColumnError, Problem, reject
from ..common.text import fold, is_placeholder, tidy
from ..tables.cells import Cell
from ..tables.header_words import (
    ALONE,
    CODE,
    GROUP,
    MEMBERS,
    MERGER,
    NAME,
    SEAT_CODES,
    ZONE,
    columns_called,
    words_of,
)
from ..tables.table import Table

GROUP_COLUMNS = ("merger", "zone", "group")
"""Columns that say which group a municipality is in; the first that is filled anywhere counts."""

MUNICIPALITY_COLUMNS = (*CODE, *NAME)
"""Columns that say which municipality a row is about, by code or by name; the first of them counts."""

_CALLED = {"merger": MERGER, "zone": ZONE, "group": GROUP}
"""Names that planners give to the columns of groups."""

LIST_COLUMNS = ("member_nis", "members")
"""Columns that list all members of a group."""

_BOTH = re.compile(r"^(?P<name>.*\S)\s*\((?P<code>\d+)\)\s*,?\s*$")
ONLY_CODE = re.compile(r"^\s*\((\d+)\)\s*,?\s*$")
"""A code between brackets, without a name."""


def called(columns: Sequence[str], name: str) -> list[str]:
    """List the columns that can hold a group, in the words of planners; an exact match comes first."""
    words = _CALLED.get(name.casefold(), ())
    return columns_called(columns, (name, *words))


def code_and_name(text: str) -> tuple[str, str]:
    """Split ``Melle (44040)`` into code and name; of a text without both the name is empty."""
    if match := _BOTH.match(text):
        return match.group("code"), match.group("name").strip()
    if match := ONLY_CODE.match(text):
        return match.group(1), ""
    return text.strip().rstrip(",").rstrip(), ""


def label_of(text: str) -> str:
    """Give the label of a group; empty where the text says that there is none."""
    return "" if is_placeholder(text) or fold(text) in ALONE else text


def first_of(table: Table, wanted: Sequence[str]) -> str:
    """Find the first of the wanted columns that a table has, in whatever case; empty when it has none."""
    return next(iter(columns_called(table.columns, [name for name in wanted if name])), "")


def key_column(table: Table, group: str) -> str:
    """Find the column that tells groups of the same name apart; empty where there is none.

    Parameters
    ----------
    table : Table
    group : str
        The column of groups.
    """
    return first_of(table, SEAT_CODES.get(words_of(group), ()))


def list_of_members(table: Table) -> str:
    """Find the column of this program that lists all members of a group; empty where there is none."""
    return first_of(table, MEMBERS)


def first_filled(table: Table, columns: Sequence[str]) -> str:
    """Find the first column that is not empty throughout; a formula without a result counts as filled."""
    return next((name for name in columns if any(_holds(row.cells[name]) for row in table)), "")


def _holds(cell: str) -> bool:
    return bool(tidy(cell)) or (isinstance(cell, Cell) and cell.kind == "formula")


def group_column(table: Table, wanted: Sequence[str]) -> str:
    """Find the first column of groups that is not empty; where all are, each municipality stays alone."""
    there = [columns for name in wanted if (columns := called(table.columns, name))]
    if not there:
        what = f"the file has none of the columns {', '.join(wanted)}"
        remedy = f"add one, or name the one that holds the groups; columns: {', '.join(table.columns)}"
        raise NoColumnError([Problem(what, remedy, table.name, 1)])
    for columns in there:
        filled = [column for column in columns if first_filled(table, [column])]
        if len(filled) > 1 and words_of(filled[0]) not in map(words_of, wanted):
            cells = {tuple(row.peek(column) for row in table) for column in filled}
            if len(cells) > 1:
                what = f"more than one column can hold the groups: {', '.join(filled)}"
                reject(what, f"say which is meant, as with --column {filled[0]!r}", file=table.name)
        if filled:
            return filled[0]
    return there[0][0]
