"""Lists of mergers: which municipalities become one, and what that one is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..changes import FILE as CROSSWALK
from ..common.problems import Problems, reject, suggest
from ..common.text import clean_code, fold, plain_code, tidy
from ..entities import CLASSES
from ..groups import Entry, Grouping
from ..plan_files import PLAN_FILE, code_and_name
from ..plan_files.columns import first_of
from ..plan_files.reading import groups_in, header_for, plan_table, read_groups
from ..tables.delimited import Fits
from ..tables.form import TableForm
from ..tables.header_words import (
    CODE,
    MOMENT,
    NAME,
    NEW_CLASS,
    NEW_CODE,
    NEW_NAME,
    OLD_CODE,
    OLD_NAME,
    columns_called,
)
from ..tables.table import Row, Table

_GROUPS = ("merger", "group")


@dataclass(frozen=True)
class MergerList:
    """Mergers as a file lists them: nothing is looked up yet.

    Attributes
    ----------
    grouping : Grouping
        Who merges with whom.
    codes, names, classes : tuple of str
        Code, name and degree of equipment of what comes out of each group; empty where the file gives none.
    years : tuple of int
        The year from which on each is there; 0 where the file gives none.
    """

    grouping: Grouping
    codes: tuple[str, ...]
    names: tuple[str, ...]
    classes: tuple[str, ...]
    years: tuple[int, ...]

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.grouping.file

    def only(self, places: Sequence[int]) -> MergerList:
        """Keep some groups."""
        return MergerList(
            self.grouping.only(places),
            tuple(self.codes[k] for k in places),
            tuple(self.names[k] for k in places),
            tuple(self.classes[k] for k in places),
            tuple(self.years[k] for k in places),
        )


def read_mergers(
    path: str | Path, form: TableForm | None = None, *, old: str | None = None, new: str | None = None
) -> MergerList:
    """Read a list of mergers.

    Parameters
    ----------
    path : str or Path
        One of

        - whatever `read_groups` reads as a plan: a run, an assignment table, a table with one merger a row;
        - a crosswalk: a table with one row an old municipality, and what it is part of; or the folder of an
          instance that has one.

        Further columns give code, name and degree of equipment of the new municipalities and the year.
    form : TableForm, optional
        What is declared about the file.
    old, new : str, optional
        The columns of a crosswalk, where they have other names.

    Returns
    -------
    MergerList

    Raises
    ------
    InputError
        The file cannot be read, or says two things of one merger; all is listed.
    """
    path = Path(path)
    if (old is None) != (new is None):
        reject("a crosswalk has two columns, old and new municipality", "name both", value=old or new or "")
    if path.is_dir() and (path / CROSSWALK).is_file() and not (path / PLAN_FILE).is_file():
        path = path / CROSSWALK
    if path.is_dir() or path.name == PLAN_FILE:
        return _plain(read_groups(path, _GROUPS, form))
    table = plan_table(path, _header(old, new), form)
    problems = table.problems
    columns = _crosswalk_columns(table, old, new)
    if columns is None:
        named = first_of(table, NEW_NAME)
        groups = groups_in(table, (*_GROUPS, named) if named else _GROUPS)
        made = _described(groups, table, problems)
    else:
        made = _crosswalk(table, columns, problems)
    problems.raise_if_any()
    return made


def _plain(grouping: Grouping) -> MergerList:
    none = ("",) * len(grouping)
    return MergerList(grouping, none, none, none, (0,) * len(grouping))


def _header(old: str | None, new: str | None) -> Fits:
    plan = header_for((*_GROUPS, *NEW_NAME))

    def fits(cells: Sequence[str]) -> bool:
        if old is not None and new is not None:
            return bool(columns_called(cells, (old,)) and columns_called(cells, (new,)))
        is_crosswalk = columns_called(cells, OLD_CODE) or columns_called(cells, OLD_NAME)
        return bool(is_crosswalk) or plan(cells)

    return fits


@dataclass(frozen=True)
class _Columns:
    """Columns of a crosswalk; empty where there is none."""

    old: str
    old_name: str
    code: str
    name: str


def _crosswalk_columns(table: Table, old: str | None, new: str | None) -> _Columns | None:
    """Find the columns of a crosswalk; None where the table is no crosswalk."""
    if old is not None and new is not None:
        for column in (old, new):
            if not columns_called(table.columns, (column,)):
                reject(
                    "there is no such column", suggest(column, table.columns), file=table.name, column=column
                )
        return _Columns(first_of(table, (old,)), "", first_of(table, (new,)), "")
    before, named = first_of(table, OLD_CODE), first_of(table, OLD_NAME)
    if not (before or named):
        return None
    code = first_of(table, (*NEW_CODE, *CODE))
    name = first_of(table, (*NEW_NAME, *NAME))
    if not (code or name):
        what = f"no column says what became of the municipalities; columns: {', '.join(table.columns)}"
        reject(what, "add a column new_nis or new_name", file=table.name)
    return _Columns(before or named, named if before else "", code, name)


def _crosswalk(table: Table, columns: _Columns, problems: Problems) -> MergerList:
    """Read a table with one row an old municipality, and the new one that it is part of."""
    entries = []
    for row in table:
        code, name = _code_and_name(row, columns.code, columns.name, required=True)
        beside = row.text(columns.old_name, required=False) if columns.old_name else ""
        if text := row.text(columns.old):
            before, named = code_and_name(text)
            entries.append(
                Entry(row.number, before, name, named or beside, plain_code(code) or fold(name) or row.number)
            )
    grouping = Grouping.of(table.name, columns.old, entries)
    return _described(grouping, table, problems, (columns.code, columns.name))


def _described(
    grouping: Grouping, table: Table, problems: Problems, columns: tuple[str, str] | None = None
) -> MergerList:
    """Add what the rows of each group say of the municipality that comes out of it."""
    code, name = columns or (first_of(table, NEW_CODE), first_of(table, NEW_NAME))
    klass, moment = first_of(table, NEW_CLASS), first_of(table, MOMENT)
    rows = {row.number: row for row in table}
    said = []
    for numbers in grouping.rows:
        own = [rows[number] for number in dict.fromkeys(numbers) if number in rows]
        both = [_code_and_name(row, code, name) for row in own]
        said.append(
            (
                _one([(row, code or name, text) for row, (text, _) in zip(own, both, strict=True)], problems),
                _one([(row, name or code, text) for row, (_, text) in zip(own, both, strict=True)], problems),
                _one([(row, klass, _class_of(row, klass)) for row in own if klass], problems),
                _one([(row, moment, _year_of(row, moment)) for row in own if moment], problems),
            )
        )
    codes, names, classes, years = zip(*said, strict=True) if said else ((), (), (), ())
    return MergerList(grouping, codes, names, classes, tuple(int(year or 0) for year in years))


def _code_and_name(row: Row, code: str, name: str, *, required: bool = False) -> tuple[str, str]:
    """Read code and name of a new municipality; one cell may hold both, as ``Wingene (37021)``."""
    own = row.text(code, required=required) if code else ""
    called = row.text(name, required=required and not own) if name else ""
    first, second = code_and_name(own)
    if own and not first.isdecimal() and not second and not _like_a_code(first) and not called:
        return "", tidy(own)
    before, after = code_and_name(called)
    if after:  # both stand in the cell of the name
        return clean_code(first or before), after
    return clean_code(first), called or second


def _like_a_code(text: str) -> bool:
    """Tell whether a text can be a code: it has a digit and no blank."""
    return any(map(str.isdecimal, text)) and " " not in text


def _one(texts: Sequence[tuple[Row, str, str]], problems: Problems) -> str:
    """Give what all rows of a merger say; note rows that say something else than the first."""
    filled = [(row, column, text) for row, column, text in texts if text]
    for row, column, text in filled[1:]:
        if fold(text) != fold(filled[0][2]):
            row.complain(
                column,
                f"row {filled[0][0].number} says '{filled[0][2]}' of the same merger",
                "write the same in all rows of a merger",
            )
    return filled[0][2] if filled else ""


def _class_of(row: Row, column: str) -> str:
    name = row.text(column, required=False).lower()
    if name and name not in CLASSES:
        row.complain(column, "unknown degree of equipment", suggest(name, CLASSES))
        return ""
    return name


def _year_of(row: Row, column: str) -> str:
    text = row.text(column, required=False)
    digits = [word for word in text.replace("/", "-").replace(".", "-").split("-") if len(word) == 4]
    if text and not (len(digits) == 1 and digits[0].isdecimal()):
        row.complain(column, "this is no year and no day", "write it as 2031 or 2031-01-01")
        return ""
    return digits[0] if digits else ""
