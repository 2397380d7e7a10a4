"""Tables with one row a group, all of its members in one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..groups import Entry, Grouping
from ..tables.header_words import MERGER, words_of
from ..tables.table import Table
from .columns import ONLY_CODE, called, code_and_name, first_filled, key_column, list_of_members

_BETWEEN = {"+": re.compile(r"\s*\+\s*"), ";": re.compile(r"\s*;\s*")}


def list_column(table: Table) -> tuple[str, str] | None:
    """Find the column that lists all members of a group, and the sign that separates them."""
    named = list_of_members(table)
    if named:
        return named, ";"
    for column in table.columns:
        cells = [row.peek(column) for row in table]
        if all(code_and_name(cell)[1] or ONLY_CODE.match(cell) for cell in cells) and any(
            "+" in cell for cell in cells
        ):
            return column, "+"
    return None


def read_member_lists(table: Table, column: str, between: str, columns: Sequence[str]) -> Grouping:
    """Read one group a row; rows with the same name in a column of larger groups form one group."""
    there = [other for name in columns for other in called(table.columns, name) if other != column]
    named = first_filled(table, there)
    own = words_of(named) in map(words_of, MERGER) or not named  # the name of the row itself
    zone_key = key_column(table, named)
    entries = []
    for row in table:
        group = row.text(named, required=False) if named else ""
        key: object = ("row", row.number)
        if not own and group:
            key = (group, row.text(zone_key, required=False) if zone_key else "")
        for text in _BETWEEN[between].split(row.text(column)):
            if text.strip():
                code, name = code_and_name(text)
                entries.append(Entry(row.number, code, group, name, key))
    return Grouping.of(table.name, column, entries)
