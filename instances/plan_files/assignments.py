"""Assignment tables: one row a municipality, with its group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ..common.problems import Problems
from ..common.text import TOTALS, fold
from ..groups import Entry, Grouping
from ..tables.header_words import CODE, NAME, words_of
from ..tables.table import Row, Table
from .columns import MUNICIPALITY_COLUMNS, code_and_name, first_of, group_column, key_column, label_of

_CODE = re.compile(r"\d{4,}")


def read_assignment(table: Table, key: str, columns: Sequence[str], problems: Problems) -> Grouping:
    """Read a table with one row a municipality.

    Parameters
    ----------
    table : Table
    key : str
        The column with the municipalities.
    columns : sequence of str
        Columns that may hold the group.
    problems : Problems
        Receives what is wrong with the rows.
    """
    group = group_column(table, columns)
    entries = list(_entries(table, key, group, problems))
    _note_lost_merges(table, group, entries, problems)
    return Grouping.of(table.name, key, entries)


def without_header(table: Table) -> list[Entry]:
    """Read a table of codes and groups whose first row is no header; nothing where it has one."""
    columns = list(table.columns)
    if len(columns) != 2:
        return []
    cells = [(1, *columns), *((row.number, *(row.peek(c) for c in columns)) for row in table)]
    for code, group in ((1, 2), (2, 1)):
        entries = [Entry(int(str(row[0])), str(row[code]), str(row[group])) for row in cells]
        codes = [entry.municipality for entry in entries]
        if all(map(_CODE.fullmatch, codes)) and len(set(codes)) == len(codes):
            return entries
    return []


def _entries(table: Table, key: str, group: str, problems: Problems) -> Iterator[Entry]:
    """Read one entry a municipality; rows that sum up others are passed over."""
    others = [name for name in MUNICIPALITY_COLUMNS if words_of(name) not in (words_of(key), words_of(group))]
    other = first_of(table, others)
    key_of = _keys(table, group, problems)
    labels = _labels(table, group, problems)
    for row in table:
        if fold(row.peek(key)).rstrip(":.") in TOTALS:
            continue
        code, name = code_and_name(row.text(key, required=not other))
        beside = row.text(other, required=False) if other else ""
        if not code and other:
            code, beside = beside, ""
            if not code:
                row.text(key)  # notes that it is empty
        if code:
            label = labels.get(row.text(group, required=False), "")
            yield Entry(row.number, code, label, name or beside, key_of(row) if label else None)


def _labels(table: Table, column: str, problems: Problems) -> Mapping[str, str]:
    """Give each spelling of a group one label; labels that differ in case only are ambiguous, and noted."""
    spellings: dict[str, dict[str, tuple[str, int]]] = {}
    label_of_text: dict[str, str] = {}
    for row in table:
        if text := label_of(row.text(column, required=False)):
            cases = spellings.setdefault(fold(text), {})
            label_of_text[text] = cases.setdefault(fold(text, case=True), (text, row.number))[0]
    for cases in spellings.values():
        if len(cases) > 1:
            (text, row_number), (other, place) = list(cases.values())[:2]
            problems.add(
                f"'{other}' and '{text}' in row {row_number} differ in case only: are they one group?",
                "write one of them throughout, or give the groups names of their own",
                file=table.name,
                row=place,
                column=column,
            )
    return label_of_text


def _keys(table: Table, group: str, problems: Problems) -> Any:
    """Give the key that tells groups of one name apart: the code of the seat, where the program wrote it.

    Names that were changed by hand while the codes were not are ambiguous, and noted.
    """
    column = key_column(table, group)
    if not column:
        return lambda row: None
    names: dict[str, dict[str, list[Row]]] = {}
    for row in table:
        name, key = row.text(group, required=False), row.text(column, required=False)
        names.setdefault(key, {}).setdefault(name, []).append(row)
    keys: dict[str, list[str]] = {}
    for key, rows_by_name in names.items():
        if len(rows_by_name) > 1:
            row = min(rows_by_name.values(), key=len)[0]
            _contradict(problems, table, row, group, column, f"'{key}' stands beside several names")
        for name in rows_by_name:
            keys.setdefault(name, []).append(key)
    for name, seats in keys.items():
        if (
            name
            and len(seats) > 1
            and not all(_as_written(table, name, key, names[key][name]) for key in seats)
        ):
            row = names[seats[1]][name][0]
            _contradict(problems, table, row, group, column, f"the name stands beside {', '.join(seats)}")
    return lambda row: (row.text(group, required=False), row.text(column, required=False))


def _as_written(table: Table, name: str, key: str, rows: Sequence[Row]) -> bool:
    """Tell whether a name is the one that the program gives: the seat, and how many others."""
    shown, codes = first_of(table, NAME), first_of(table, CODE)
    seat = next((row for row in rows if codes and row.text(codes) == key), None)
    more = f" +{len(rows) - 1}" if len(rows) > 1 else ""
    return seat is not None and bool(shown) and name == seat.text(shown) + more


def _contradict(problems: Problems, table: Table, row: Row, group: str, column: str, what: str) -> None:
    problems.add(
        f"the columns '{group}' and '{column}' do not say the same: {what}",
        f"remove the column '{column}' if the names are meant, or give each group a name of its own",
        file=table.name,
        row=row.number,
        column=group,
        value=row.text(group, required=False),
    )


def _note_lost_merges(table: Table, column: str, entries: Sequence[Entry], problems: Problems) -> None:
    """Note groups that stand once each above blank cells, which is what text files keep of merged cells."""
    named = [entry.group for entry in entries if entry.group]
    below = [over for over, entry in pairwise(entries) if over.group and not entry.group]
    if below and len(set(named)) == len(named):
        problems.add(
            "every group stands in one row only, and rows below it are blank, as where cells were merged",
            "write the group in the row of each of its members; leave all blank if nobody merges",
            file=table.name,
            row=below[0].row,
            column=column,
            value=below[0].group,
        )
