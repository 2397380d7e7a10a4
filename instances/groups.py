"""Who is grouped with whom: read as texts, from the files that people have, with no instance at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .instance import Instance
from .problems import Problems, reject
from .tables import Table

if TYPE_CHECKING:
    import networkx as nx

PLAN_FILE = "plan.json"
ASSIGNMENT_FILE = "assignment.csv"
GROUP_COLUMNS = ("merger", "zone", "group")
"""Columns that say which group a municipality is in; the first that is filled anywhere counts."""

MUNICIPALITY_COLUMNS = ("nis", "code", "municipality", "gemeente", "name", "naam")
"""Columns that say which municipality a row is about, by code or by name; the first of them counts."""

_LIST_COLUMNS = ("member_nis", "members")
_CODE = re.compile(r"\((\d+)\)\s*,?\s*$")
_BETWEEN = {"+": re.compile(r"\s*\+\s*"), ";": re.compile(r"\s*;\s*")}


@dataclass(frozen=True)
class Grouping:
    """Groups of municipalities as a file writes them: nothing is looked up yet.

    Attributes
    ----------
    file : str
        For messages.
    groups : tuple of tuple of str
        Codes or names of the members, in the order of the file. A municipality without a group is a group of
        one.
    rows : tuple of tuple of int
        Row in the file of each of these texts; 0 where the file has no rows.
    names : tuple of str
        What the file calls each group, empty where it has no name.
    column : str
        The column that the texts stand in.
    """

    file: str
    groups: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[int, ...], ...]
    names: tuple[str, ...]
    column: str = ""

    @classmethod
    def of(cls, file: str, column: str, entries: Iterable[tuple[int, str, str]]) -> Grouping:
        """Build from (row, municipality, group), one a municipality; an empty group is a group of one."""
        found: dict[object, tuple[str, list[str], list[int]]] = {}
        for place, (row, who, group) in enumerate(entries):
            _, members, rows = found.setdefault(group or place, (group, [], []))
            members.append(who)
            rows.append(row)
        return cls(
            file,
            tuple(tuple(members) for _, members, _ in found.values()),
            tuple(tuple(rows) for *_, rows in found.values()),
            tuple(name for name, *_ in found.values()),
            column,
        )

    def __len__(self) -> int:
        return len(self.groups)


def read_groups(path: Path, columns: Sequence[str] = GROUP_COLUMNS) -> Grouping:
    """Read who is grouped with whom.

    Parameters
    ----------
    path : Path
        One of

        - the folder of a run, or `plan.json` in it (its `assignment.csv` is read);
        - a table, as delimited text or as a workbook, with one row a municipality: its code or name in one of
          `MUNICIPALITY_COLUMNS` and its group in one of `columns`;
        - a table with one row a group, all of its members in one cell: ``Melle (44040) + Merelbeke (44043)``,
          as in the official list of mergers, or the columns `member_nis` or `members` of `mergers.csv`.
    columns : sequence of str
        Columns that may hold the group, in whatever case; the first that is not empty throughout is taken.

    Returns
    -------
    Grouping

    Raises
    ------
    InputError
        The file cannot be read, lacks the columns, or has rows without a municipality; all are listed.
    """
    from .importing.sheets import read_any_table

    if path.is_dir() or path.name == PLAN_FILE:
        path = (path if path.is_dir() else path.parent) / ASSIGNMENT_FILE
    problems = Problems()
    table = read_any_table(path, (), problems)
    problems.raise_if_any()
    assert table is not None
    who = _first(table, MUNICIPALITY_COLUMNS)
    lists = None if who else _list_column(table)
    if lists:
        found = _read_lists(table, *lists, columns)
    elif who:
        found = Grouping.of(table.name, who, _entries(table, who, _group_column(table, columns)))
    else:
        reject(
            f"the file has none of the columns {', '.join(MUNICIPALITY_COLUMNS)}, and no column that lists "
            "municipalities as in 'Melle (44040) + Merelbeke (44043)'",
            "add a column with the NIS code or the name of each municipality",
            file=table.name,
            row=1,
        )
    problems.raise_if_any()
    return found


def code_or_name(text: str) -> str:
    """Give the code where a text names both, as in ``Melle (44040)``; else the text without outer blanks."""
    code = _CODE.search(text)
    return code.group(1) if code else text.strip().rstrip(",").rstrip()


def _first(table: Table, wanted: Sequence[str]) -> str:
    """Find the first of some columns that a table has, in whatever case; empty when it has none."""
    by_folded = {column.casefold(): column for column in reversed(table.columns)}
    return next((by_folded[name.casefold()] for name in wanted if name.casefold() in by_folded), "")


def _group_column(table: Table, wanted: Sequence[str]) -> str:
    """Find the first of some columns that is filled anywhere; where none is, everybody stays alone."""
    there = [column for name in wanted if (column := _first(table, (name,)))]
    if not there:
        reject(
            f"the file has none of the columns {', '.join(wanted)}",
            f"add one, or name the one that holds the groups; columns: {', '.join(table.columns)}",
            file=table.name,
            row=1,
        )
    return _filled(table, there) or there[0]


def _filled(table: Table, columns: Sequence[str]) -> str:
    """Find the first of some columns that is not empty throughout."""
    return next((name for name in columns if any(row.text(name, required=False) for row in table)), "")


def _entries(table: Table, who: str, group: str) -> Iterator[tuple[int, str, str]]:
    for row in table:
        text = code_or_name(row.text(who))
        if text:
            yield row.number, text, row.text(group, required=False)


def _list_column(table: Table) -> tuple[str, str] | None:
    """Find the column that lists all members of a group, and what stands between them."""
    named = _first(table, _LIST_COLUMNS)
    if named:
        return named, ";"
    for column in table.columns:
        cells = [row.text(column, required=False) for row in table]
        if all(map(_CODE.search, cells)) and any("+" in cell for cell in cells):
            return column, "+"
    return None


def _read_lists(table: Table, column: str, between: str, columns: Sequence[str]) -> Grouping:
    """One group a row; rows with the same name in one of the columns wanted are one group."""
    there = [found for name in columns if (found := _first(table, (name,)))]
    named = _filled(table, there)
    entries = []
    for row in table:
        group = row.text(named, required=False) if named else ""
        texts = [code_or_name(text) for text in _BETWEEN[between].split(row.text(column)) if text.strip()]
        entries += [(row.number, text, group or f"\0{row.number}") for text in texts]
    lists = Grouping.of(table.name, column, entries)
    return replace(lists, names=tuple("" if name.startswith("\0") else name for name in lists.names))


def resolve_groups(instance: Instance, grouping: Grouping, problems: Problems) -> list[tuple[int, ...]]:
    """Look up the municipalities of all groups.

    Parameters
    ----------
    instance : Instance
    grouping : Grouping
    problems : Problems
        Receives texts that name nobody or more than one municipality (all of these are listed), and
        municipalities that stand in the file twice.

    Returns
    -------
    list of tuple of int
        Members of each group that could be looked up, ascending; in the order of `grouping.groups`.
    """
    first: dict[int, int] = {}
    resolved = []
    for texts, rows in zip(grouping.groups, grouping.rows, strict=True):
        members = []
        for text, row in zip(texts, rows, strict=True):
            try:
                i = instance.find(text)
            except KeyError as error:
                _complain(problems, grouping, row, text, str(error.args[0]))
                continue
            if i in first:
                seen = f"stands already in row {first[i]}" if first[i] else "stands in the file twice"
                _complain(problems, grouping, row, text, f"the municipality {seen}", "keep one of the two")
                continue
            first[i] = row
            members.append(i)
        resolved.append(tuple(sorted(members)))
    return resolved


def _complain(
    problems: Problems, grouping: Grouping, row: int, text: str, what: str, remedy: str = ""
) -> None:
    problems.add(what, remedy, file=grouping.file, row=row, column=grouping.column, value=text)


def check_groups(
    instance: Instance,
    grouping: Grouping,
    groups: Sequence[tuple[int, ...]],
    problems: Problems,
    neighbours: Sequence[Sequence[int]] | None = None,
) -> None:
    """Note groups that cross regions and groups that do not hold together.

    Parameters
    ----------
    instance : Instance
    grouping : Grouping
    groups : sequence of tuple of int
        As `resolve_groups` gives them.
    problems : Problems
    neighbours : sequence of sequence of int, optional
        Whom each municipality may be joined to; by default all that it borders.
    """
    import networkx as nx

    borders: nx.Graph[int] = nx.Graph()
    borders.add_nodes_from(range(len(instance)))
    if neighbours is None:
        borders.add_edges_from(instance.borders.pairs.tolist())
    else:
        borders.add_edges_from((a, b) for a, near in enumerate(neighbours) for b in near)
    for members, rows, name in zip(groups, grouping.rows, grouping.names, strict=True):
        what, remedy = _flaw(instance, members, borders.subgraph(members))
        if what:
            group = f"group '{name}'" if name else "the group"
            problems.add(f"{group} {what}", remedy, file=grouping.file, row=min(rows, default=0))


def _flaw(instance: Instance, members: tuple[int, ...], borders: nx.Graph[int]) -> tuple[str, str]:
    """Say what is wrong with a group, and what to do about it; empty when nothing is."""
    import networkx as nx

    of = {i: instance.regions[instance.region[i]] for i in members}
    if len(set(of.values())) > 1:
        inside = [(region, [i for i in members if of[i] == region]) for region in sorted(set(of.values()))]
        listed = "; ".join(f"{region}: {_listed(instance, part)}" for region, part in inside)
        return f"crosses reference regions ({listed})", "make a group of each region's own"
    pieces = sorted(sorted(piece) for piece in nx.connected_components(borders))
    if len(pieces) > 1:
        listed = " | ".join(_listed(instance, piece) for piece in pieces)
        return f"falls into pieces {listed}", "make a group of each, or add a border"
    return "", ""


def _listed(instance: Instance, members: Iterable[int]) -> str:
    return ", ".join(instance.names[i] for i in members)
