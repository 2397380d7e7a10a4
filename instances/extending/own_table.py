"""A table of one's own: its rows, each with the municipality that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..common.problems import Problems, reject
from ..common.text import TOTALS, fold
from ..entities import Source
from ..instance import Instance
from ..tables.form import TableForm
from ..tables.header_words import CODE, NAME, POSTCODES, columns_called, words_of
from ..tables.table import Row, Table
from ..vintages import history, of_another_moment

_LISTED = 10


@dataclass(frozen=True)
class OwnTable:
    """A table of one's own, and what is declared about it.

    Attributes
    ----------
    path : Path
        Delimited text or a workbook.
    municipality : str, optional
        The column with codes or names of municipalities; by default it is known by its heading.
    where : mapping of str to str
        Only rows with these texts in these columns count.
    ignore_unknown : bool
        Leave out, and count, rows about municipalities that the instance does not have.
    source : Source, optional
        By default the name of the file.
    form : TableForm, optional
        How the file is written.
    """

    path: Path
    municipality: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    ignore_unknown: bool = False
    source: Source | None = None
    form: TableForm | None = None

    @classmethod
    def of(cls, table: str | Path | OwnTable) -> OwnTable:
        """Take a path for a table of which nothing is declared."""
        return table if isinstance(table, cls) else cls(Path(str(table)))

    @property
    def described(self) -> Source:
        """The source of its columns."""
        return self.source or Source(self.path.name, "", "", "that of the file")

    def origin(self, column: str = "", note: str = "") -> str:
        """Say for the description of a column where it comes from."""
        parts = [note, f"read from {self.path.name}" + (f", column '{column}'" if column else "")]
        parts += [f"where {key} is {value}" for key, value in self.where.items()]
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True)
class Located:
    """Rows of a table with the municipality of each; others were left out.

    Attributes
    ----------
    table : Table
    key : str
        The column that says the municipality.
    rows : tuple of (int, Row)
    unknown : int
        Rows left out because the instance does not have their municipality.
    """

    table: Table
    key: str
    rows: tuple[tuple[int, Row], ...]
    unknown: int = 0

    @property
    def notes(self) -> list[str]:
        """What was left out, in words."""
        if not self.unknown:
            return []
        return [f"{self.table.name}: rows left out, of municipalities not in the instance: {self.unknown}"]

    def values(self) -> tuple[str, ...]:
        """List the columns besides those that say the municipality."""
        about = {words_of(name) for name in (*CODE, *NAME, *POSTCODES)}
        return tuple(c for c in self.table.columns if c != self.key and words_of(c) not in about)


def read_located(own: OwnTable, instance: Instance, columns: Sequence[str], problems: Problems) -> Located:
    """Read a table and look up the municipality of each row.

    Parameters
    ----------
    own : OwnTable
    instance : Instance
    columns : sequence of str
        Columns that must be there.
    problems : Problems
        Receives rows about unknown municipalities.

    Returns
    -------
    Located

    Raises
    ------
    InputError
        The file cannot be used, or none of its rows is about a municipality of the instance.
    """
    table = read_own(own, columns, problems)
    if table is None:
        problems.raise_if_any()
        raise AssertionError("an unusable file is always a problem")
    return located(table, key_column(table, own), own, instance, problems)


def read_own(
    own: OwnTable, columns: Sequence[str], problems: Problems, *, anonymous: bool = False
) -> Table | None:
    """Read a table that has certain columns, those of `where` among them.

    Parameters
    ----------
    own : OwnTable
    columns : sequence of str
    problems : Problems
    anonymous : bool
        Its header need not name municipalities.
    """
    from ..tables.sheets import read_any_table

    named = [own.municipality] if own.municipality else []
    required = tuple(dict.fromkeys((*named, *columns, *own.where)))
    fits = None if required or anonymous else lambda cells: bool(columns_called(cells, (*CODE, *NAME)))
    return read_any_table(own.path, required, problems, form=own.form, fits=fits)


def chosen_rows(table: Table, own: OwnTable) -> list[Row]:
    """List the rows that have the texts of `where`.

    Raises
    ------
    InputError
        No row has them.
    """
    wanted = {column: fold(text) for column, text in own.where.items()}
    rows = [row for row in table if all(fold(row.peek(c)) == text for c, text in wanted.items())]
    if not rows and wanted:
        said = " and ".join(f"'{text}' in column '{column}'" for column, text in own.where.items())
        reject(f"no row has {said}", "look at the texts of the column", file=table.name)
    return rows


def located(
    table: Table,
    key: str,
    own: OwnTable,
    instance: Instance,
    problems: Problems,
    *,
    names: Sequence[str] = NAME,
) -> Located:
    """Look up the municipality of each row; note those that the instance does not have, unless ignored.

    A second column under one of `names` must not contradict the first.
    """
    others = [c for c in columns_called(table.columns, names) if c != key]
    finder = _Finder(table, key, others[0] if others else "", instance, problems)
    found = []
    for row in chosen_rows(table, own):
        text = row.text(key, required=not row.is_total, remedy="fill it in, or remove the row")
        if text and fold(text).rstrip(":.") not in TOTALS and (i := finder.find(row, text)) is not None:
            found.append((i, row))
    if not own.ignore_unknown:
        finder.complain()
    if not found or finder.is_of_another_moment:
        problems.raise_if_any()
    if not found:
        reject("no row is about a municipality of the instance", "is this the right table?", file=table.name)
    return Located(table, key, tuple(found), finder.unknown)


def one_each(
    found: Located,
    instance: Instance,
    problems: Problems,
    *,
    complete: bool,
    remedy: str = "add them, or say with --empty what a missing row stands for",
) -> list[Row | None]:
    """Give the row of each municipality; note those that stand twice and, unless excused, are missing.

    Parameters
    ----------
    found : Located
    instance : Instance
    problems : Problems
    complete : bool
        Every municipality must have a row.
    remedy : str
        What to do about missing ones.
    """
    first: dict[int, Row] = {}
    for i, row in found.rows:
        if i in first:
            what = f"{instance.label(i)} stands already in row {first[i].number}"
            row.complain(found.key, what, "keep one of the two")
        first.setdefault(i, row)
    missing = [instance.label(i) for i in range(len(instance)) if i not in first]
    if missing and complete:
        more = f" and {len(missing) - _LISTED} more" if len(missing) > _LISTED else ""
        what = f"{len(missing)} of the {len(instance)} municipalities have no row"
        listed = f"{', '.join(missing[:_LISTED])}{more}"
        problems.add(f"{what}: {listed}", remedy, file=found.table.name, column=found.key)
    return [first.get(i) for i in range(len(instance))]


def key_column(table: Table, own: OwnTable, names: Sequence[str] = NAME, otherwise: str = "") -> str:
    """Find the column that says the municipality: the declared one, a code, or else a name.

    Raises
    ------
    InputError
        There is none; the message ends with what else can be done.
    """
    if own.municipality:
        return own.municipality
    known = columns_called(table.columns, CODE) or columns_called(table.columns, names)
    if known:
        return known[0]
    what = f"no column is known to hold codes or names of municipalities: {', '.join(table.columns)}"
    reject(what, f"say which one does, with --municipality{otherwise}", file=table.name)


class _Finder:
    """Finds the municipalities of rows, and gathers those that the instance does not have."""

    def __init__(self, table: Table, key: str, beside: str, instance: Instance, problems: Problems) -> None:
        self.unknown = 0
        self._table, self._key, self._beside = table, key, beside
        self._instance, self._problems = instance, problems
        self._unknown: dict[str, tuple[Row, str, int]] = {}

    def find(self, row: Row, text: str) -> int | None:
        """Find the municipality of a row; None where there is none, or code and name contradict."""
        try:
            i = self._instance.find(text)
        except KeyError as error:
            if self._instance.gazetteer.lookup(text):  # it could be several
                row.complain(self._key, str(error.args[0]))
                return None
            self.unknown += 1
            first, what, times = self._unknown.get(text, (row, str(error.args[0]), 0))
            self._unknown[text] = (first, what, times + 1)
            return None
        beside = row.text(self._beside, required=False) if self._beside else ""
        if what := self._instance.gazetteer.contradiction(i, beside):
            row.complain(self._key, what, "correct one of the two")
            return None
        return i

    @property
    def is_of_another_moment(self) -> bool:
        """Whether the table has municipalities of another moment, so that all else seems wrong too."""
        return any(history(text, self._instance.codes) for text in self._unknown)

    def complain(self) -> None:
        """Note each unknown municipality once, and those of another moment as one problem."""
        codes = self._instance.codes
        old = {text: past for text in self._unknown if (past := history(text, codes))}
        remedy = "correct it, or leave such rows out with --ignore-unknown"
        for text, (row, what, times) in self._unknown.items():
            more = f" (it stands in {times} rows)" if times > 1 else ""
            if text not in old:
                row.complain(self._key, f"{what}{more}", remedy)
        if old:
            row, *_ = self._unknown[next(iter(old))]
            what = f"{of_another_moment(list(old.values()))}; the instance is '{self._instance.name}'"
            row.complain(self._key, what, "take a table of the instance's moment")
