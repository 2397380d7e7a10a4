"""Plans read from the files that people have, with no instance at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from .common.problems import NoColumnError, Problem, Problems, reject
from .common.text import TOTALS, fold, is_placeholder, tidy
from .groups import Entry, Grouping
from .tables.cells import Cell
from .tables.delimited import Fits
from .tables.form import TableForm
from .tables.header_words import ALONE, CODE, GROUP, MERGER, NAME, POSTCODES, ZONE, columns_called, words_of
from .tables.table import Row, Table
from .vectors.features import ENDINGS, VECTOR_ENDINGS, read_features

PLAN_FILE = "plan.json"
ASSIGNMENT_FILE = "assignment.csv"
GROUP_COLUMNS = ("merger", "zone", "group")
"""Columns that say which group a municipality is in; the first that is filled anywhere counts."""

MUNICIPALITY_COLUMNS = (*CODE, *NAME)
"""Columns that say which municipality a row is about, by code or by name; the first of them counts."""

_CALLED = {"merger": MERGER, "zone": ZONE, "group": GROUP}
"""What planners call the columns that hold groups."""

KEY_COLUMNS = {"merger": "merger_nis", "zone": "zone_nis"}
"""Columns of this program that tell groups of the same name apart: the code of their seat."""

_LIST_COLUMNS = ("member_nis", "members")
_BOTH = re.compile(r"^(?P<name>.*\S)\s*\((?P<code>\d+)\)\s*,?\s*$")
_ONLY_CODE = re.compile(r"^\s*\((\d+)\)\s*,?\s*$")
_BETWEEN = {"+": re.compile(r"\s*\+\s*"), ";": re.compile(r"\s*;\s*")}
_CODE = re.compile(r"\d{4,}")


def read_groups(
    path: Path, columns: Sequence[str] = GROUP_COLUMNS, form: TableForm | None = None
) -> Grouping:
    """Read who is grouped with whom.

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
    from .tables.sheets import read_any_table

    if path.is_dir() or path.name == PLAN_FILE:
        folder = path if path.is_dir() else path.parent
        if (folder / PLAN_FILE).is_file():
            return _read_run(folder / PLAN_FILE, columns)
        path = folder / ASSIGNMENT_FILE
    problems = Problems()
    if path.suffix.lower() in VECTOR_ENDINGS:
        reject(
            "plans are not read from this kind of file here", "name a run, a table or GeoJSON", file=path.name
        )
    if path.suffix.lower() in ENDINGS:
        table = read_features(path, problems)
    else:
        table = read_any_table(path, (), problems, form=form, fits=_header_for(columns))
    problems.raise_if_any()
    assert table is not None
    who = _first(table, MUNICIPALITY_COLUMNS)
    lists = None if who else _list_column(table)
    if lists:
        found = _read_lists(table, *lists, columns)
    elif who:
        group = _group_column(table, columns)
        entries = list(_entries(table, who, group, problems))
        _note_lost_merges(table, group, entries, problems)
        found = Grouping.of(table.name, who, entries)
    elif headless := _without_header(table):
        found = Grouping.of(table.name, "", headless)
    else:
        _reject_unknown(table)
    problems.raise_if_any()
    return found


def _header_for(columns: Sequence[str]) -> Fits:
    """Say that a row can be the header of a plan: it names municipalities and groups, or lists of members."""

    def fits(cells: Sequence[str]) -> bool:
        municipalities = columns_called(cells, MUNICIPALITY_COLUMNS)
        groups = [name for column in columns for name in called(cells, column)]
        is_assignment = municipalities and groups and set(municipalities) != set(groups)
        return bool(is_assignment or columns_called(cells, _LIST_COLUMNS))

    return fits


def called(columns: Sequence[str], name: str) -> list[str]:
    """Columns that can hold one of the groups, in the words of planners; that of exactly this name first."""
    words = _CALLED.get(name.casefold(), ())
    return columns_called(columns, (name, *words))


def _reject_unknown(table: Table) -> NoReturn:
    """Say that a table is no plan."""
    what = (
        "the file has no column for municipalities, such as nis, gemeente or naam, and no column that lists "
        f"municipalities as in 'Melle (44040) + Merelbeke (44043)'; its columns: {', '.join(table.columns)}"
    )
    remedy = "add a row of names above the columns, such as nis,merger"
    if any(words_of(column) in POSTCODES for column in table.columns):
        remedy = "a postcode is no NIS code: add a column nis or naam"
    reject(what, remedy, file=table.name)


def code_and_name(text: str) -> tuple[str, str]:
    """Give code and name where a text names both, as in ``Melle (44040)``; else the text, and nothing."""
    if match := _BOTH.match(text):
        return match.group("code"), match.group("name").strip()
    if match := _ONLY_CODE.match(text):
        return match.group(1), ""
    return text.strip().rstrip(",").rstrip(), ""


# Runs


def _read_run(path: Path, columns: Sequence[str]) -> Grouping:
    """Read the parts of a run from its record, where each has its members by code."""
    from .tables.table import read_text

    problems = Problems()
    text = read_text(path, problems)
    problems.raise_if_any()
    try:
        data = json.loads(text or "")
        level = data["scenario"].get("level", "mergers")
        parts = {"merger": _parts_of(data["mergers"]), "zone": _parts_of(data.get("zones", []))}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        reject("this is no plan of this program", "write it again with 'refzones solve'", file=str(path))
    if level == "zones":
        parts = {"merger": {}, "zone": parts["merger"]}
    wanted = next((name for name in map(str.casefold, columns) if parts.get(name)), "")
    if not any(parts.values()):
        reject("this run has no plan: it found none", "name one that has", file=str(path))
    if not wanted:
        there = " and ".join(f"{name}s" for name, found in parts.items() if found)
        what = f"the run has {there}, and none of {', '.join(columns)}"
        raise NoColumnError([Problem(what, _remedy(columns), str(path))])
    found = parts[wanted]
    _check_beside(path.parent / ASSIGNMENT_FILE, wanted, found)
    return Grouping(
        path.name,
        tuple(found),
        tuple((0,) * len(members) for members in found),
        tuple(found.values()),
    )


def _check_beside(path: Path, column: str, parts: Mapping[tuple[str, ...], str]) -> None:
    """Make sure that the table beside a plan, which people edit, still says the same."""
    from .tables.table import read_table

    table = read_table(path, (), Problems()) if path.is_file() else None
    if table is None or "nis" not in table.columns or column not in table.columns:
        return
    names = {code: name for members, name in parts.items() for code in members}
    for row in table:
        code, said = row.text("nis", required=False), row.text(column, required=False)
        if code in names and said != names[code]:
            reject(
                f"{PLAN_FILE} beside it says otherwise: '{names[code]}'",
                "name the file that is meant, not the folder",
                file=str(path),
                row=row.number,
                column=column,
                value=said,
            )


def _remedy(columns: Sequence[str]) -> str:
    return "name a scenario of one level with --scenario" if "zone" in columns else "leave the column out"


def _parts_of(parts: Sequence[Mapping[str, Any]]) -> dict[tuple[str, ...], str]:
    """Members of each part by code, with its name."""
    return {tuple(str(code) for code in part["members"]): str(part["name"]) for part in parts}


# Tables with one row a municipality


def _first(table: Table, wanted: Sequence[str]) -> str:
    """Find the first of some columns that a table has, in whatever case; empty when it has none."""
    return next(iter(columns_called(table.columns, [name for name in wanted if name])), "")


def _group_column(table: Table, wanted: Sequence[str]) -> str:
    """Find the first of some columns that is filled anywhere; where none is, everybody stays alone."""
    there = [found for name in wanted if (found := called(table.columns, name))]
    if not there:
        what = f"the file has none of the columns {', '.join(wanted)}"
        remedy = f"add one, or name the one that holds the groups; columns: {', '.join(table.columns)}"
        raise NoColumnError([Problem(what, remedy, table.name, 1)])
    for found in there:
        filled = [column for column in found if _filled(table, [column])]
        if len(filled) > 1 and words_of(filled[0]) not in map(words_of, wanted):
            cells = {tuple(row.peek(column) for row in table) for column in filled}
            if len(cells) > 1:
                what = f"more than one column can hold the groups: {', '.join(filled)}"
                reject(what, f"say which is meant, as with --column {filled[0]!r}", file=table.name)
        if filled:
            return filled[0]
    return there[0][0]


def _filled(table: Table, columns: Sequence[str]) -> str:
    """Find the first of some columns that is not empty throughout; formulas without a result fill cells."""
    return next((name for name in columns if any(_holds(row.cells[name]) for row in table)), "")


def _holds(cell: str) -> bool:
    return bool(tidy(cell)) or (isinstance(cell, Cell) and cell.kind == "formula")


def label_of(text: str) -> str:
    """What a file calls a group; what says that there is none, is none."""
    return "" if is_placeholder(text) or fold(text) in ALONE else text


def _labels(table: Table, column: str, problems: Problems) -> Mapping[str, str]:
    """One spelling of each group; names that differ in case only could be one group or two: a problem."""
    found: dict[str, dict[str, tuple[str, int]]] = {}
    one: dict[str, str] = {}
    for row in table:
        if text := label_of(row.text(column, required=False)):
            spelt = found.setdefault(fold(text), {})
            one[text] = spelt.setdefault(fold(text, case=True), (text, row.number))[0]
    for spelt in found.values():
        if len(spelt) > 1:
            (text, row_number), (other, place) = list(spelt.values())[:2]
            problems.add(
                f"'{other}' and '{text}' in row {row_number} differ in case only: are they one group?",
                "write one of them throughout, or give the groups names of their own",
                file=table.name,
                row=place,
                column=column,
            )
    return one


def _entries(table: Table, who: str, group: str, problems: Problems) -> Iterator[Entry]:
    others = [name for name in MUNICIPALITY_COLUMNS if words_of(name) not in (words_of(who), words_of(group))]
    other = _first(table, others)
    key_of = _keys(table, group, problems)
    labels = _labels(table, group, problems)
    for row in table:
        if fold(row.peek(who)).rstrip(":.") in TOTALS:
            continue
        code, name = code_and_name(row.text(who, required=not other))
        beside = row.text(other, required=False) if other else ""
        if not code and other:
            code, beside = beside, ""
            if not code:
                row.text(who)  # notes that it is empty
        if code:
            label = labels.get(row.text(group, required=False), "")
            yield Entry(row.number, code, label, name or beside, key_of(row) if label else None)


def _note_lost_merges(table: Table, column: str, entries: Sequence[Entry], problems: Problems) -> None:
    """Note groups that stand once each above blank cells: that is what text files keep of merged cells."""
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


def _keys(table: Table, group: str, problems: Problems) -> Any:
    """Give what tells groups of the same name apart: the codes of their seats, where the program wrote them.

    Where the names were changed by hand and the codes were not, nobody can tell what is meant.
    """
    column = _first(table, (KEY_COLUMNS.get(group.casefold(), ""),))
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
    for name, of in keys.items():
        if name and len(of) > 1 and not all(_as_written(table, name, key, names[key][name]) for key in of):
            row = names[of[1]][name][0]
            _contradict(problems, table, row, group, column, f"the name stands beside {', '.join(of)}")
    return lambda row: (row.text(group, required=False), row.text(column, required=False))


def _as_written(table: Table, name: str, key: str, rows: Sequence[Row]) -> bool:
    """Whether a name is the one that the program gives: the seat, and how many others."""
    shown = _first(table, ("name",))
    codes = _first(table, ("nis",))
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


def _without_header(table: Table) -> list[Entry]:
    """Read a table of codes and groups whose first row is no header; nothing where it has one."""
    columns = list(table.columns)
    if len(columns) != 2:
        return []
    cells = [(1, *columns), *((row.number, *(row.peek(c) for c in columns)) for row in table)]
    for who, group in ((1, 2), (2, 1)):
        entries = [Entry(int(str(row[0])), str(row[who]), str(row[group])) for row in cells]
        texts = [entry.who for entry in entries]
        if all(map(_CODE.fullmatch, texts)) and len(set(texts)) == len(texts):
            return entries
    return []


# Tables with one row a group


def _list_column(table: Table) -> tuple[str, str] | None:
    """Find the column that lists all members of a group, and what stands between them."""
    named = _first(table, _LIST_COLUMNS)
    if named:
        return named, ";"
    for column in table.columns:
        cells = [row.peek(column) for row in table]
        if all(code_and_name(cell)[1] or _ONLY_CODE.match(cell) for cell in cells) and any(
            "+" in cell for cell in cells
        ):
            return column, "+"
    return None


def _read_lists(table: Table, column: str, between: str, columns: Sequence[str]) -> Grouping:
    """One group a row; rows with the same name in a column of larger groups are one group."""
    there = [found for name in columns for found in called(table.columns, name) if found != column]
    named = _filled(table, there)
    own = words_of(named) in map(words_of, MERGER) or not named  # the name of the row itself
    zone_key = _first(table, (KEY_COLUMNS.get(named.casefold(), ""),))
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
