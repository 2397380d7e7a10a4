"""Tables: header, rows and cells, with all that is wrong with them."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..common.limits import Limit
from ..common.problems import Problems
from ..common.regular_files import is_regular
from ..common.text import TOTALS, fold, is_placeholder, tidy
from .cells import REFUSED, Cell
from .decoding import LARGEST, UndecodableError, decode
from .delimited import Fits, Lines, delimited, has_columns
from .form import TableForm
from .formulas import shielded
from .header import check_header, header_place, named
from .numerals import AmbiguousError, NumeralError, read_numeral

_LEADING_ZERO = re.compile(r"0\d+$")
_TABLE = "it needs a header line and one line a record"


def _bytes_of(path: Path, problems: Problems) -> bytes | None:
    """Read the bytes of a file; where it cannot be read, None, with a problem noted."""
    if not is_regular(path, problems):
        return None
    try:
        size = path.stat().st_size
        if size > LARGEST:
            problems.add(f"the file has {size:,} bytes; {LARGEST:,} are read at most", file=path.name)
            return None
        return path.read_bytes()
    except FileNotFoundError:
        problems.add("the file is missing", "add it or name another folder", file=str(path))
    except OSError as error:
        problems.add(f"the file cannot be read ({error.strerror})", file=str(path))
    return None


def read_text(
    path: Path,
    problems: Problems,
    *,
    needs: str = "fill it in or name another file",
    form: TableForm | None = None,
) -> str | None:
    """Decode a text file (see `decode`).

    Parameters
    ----------
    path : Path
    problems : Problems
        Receives what is wrong with the file.
    needs : str
        The remedy for an empty file.
    form : TableForm, optional
        What is declared about the file, where it is a table.

    Returns
    -------
    str or None
        None when the file cannot be used; the reason is then among the problems.
    """
    raw = _bytes_of(path, problems)
    if raw is None:
        return None
    try:
        declare = form.saying("encoding", "cp1252") if form else ""
        text = decode(raw, form.encoding if form else None, declare)
    except UndecodableError as error:
        problems.add(error.what, error.remedy, file=path.name, row=error.row)
        return None
    if not text.strip():
        problems.add("the file is empty", needs, file=path.name)
        return None
    return text


@dataclass(frozen=True)
class Row:
    """A record: its line number in the file, and its cells by column."""

    table: Table
    number: int
    cells: Mapping[str, str]

    def text(self, column: str, *, required: bool = True, remedy: str = "fill it in") -> str:
        """Read a cell as text without outer blanks, and note one that cannot be used.

        Parameters
        ----------
        column : str
        required : bool
            An empty cell is a problem.
        remedy : str
            What to do about an empty cell.
        """
        cell = self.cells.get(column, "")
        if type(cell) is not str and isinstance(cell, Cell) and cell.kind in REFUSED:
            self.complain(column, *REFUSED[cell.kind])
            return ""
        value = cell.strip() if cell.isascii() else tidy(cell)
        if required and not value:
            self.complain(column, "the cell is empty", remedy)
        return value

    def peek(self, column: str) -> str:
        """Read what a cell shows, whatever its kind, and note nothing."""
        return tidy(self.cells.get(column, ""))

    @property
    def is_total(self) -> bool:
        """Whether the row is one of totals, by the text of a cell."""
        return any(fold(cell).rstrip(":.") in TOTALS for cell in self.cells.values())

    def number_of(
        self,
        column: str,
        *,
        whole: bool = False,
        above: float | None = None,
        at_least: float | None = None,
        limit: Limit | None = None,
        required: bool = True,
        ours: bool = False,
    ) -> float:
        """Read a cell as a number; NaN, with a problem noted, where it breaks a rule.

        Where a cell is not required, an empty one or a placeholder gives NaN without a problem.

        Parameters
        ----------
        column : str
        whole, above, at_least, limit
            Rules for the number.
        required : bool
        ours : bool
            The program itself writes this column: between commas, with a decimal point and no trailing zero.
        """
        value = self.text(column, required=required)
        if not value or (not required and is_placeholder(value)):
            return math.nan
        try:
            number = self._numeral(column, value, ours)
        except NumeralError as error:
            self.complain(column, error.what, error.remedy)
            return math.nan
        what = ""
        if whole and number != int(number):
            what = "this must be a whole number"
        elif above is not None and number <= above:
            what = f"this must be more than {above:g}"
        elif at_least is not None and number < at_least:
            what = f"this must be at least {at_least:g}"
        elif limit is not None and abs(number) > limit.most:
            what = str(limit)
        if what:
            self.complain(column, what, "correct the figure")
            return math.nan
        return number

    def _numeral(self, column: str, value: str, ours: bool) -> float:
        cell, form = self.cells[column], self.table.form
        if type(cell) is not str and isinstance(cell, Cell):
            if cell.kind == "filled":
                raise NumeralError(
                    "the cell is merged with the one above", "divide it, and give each its number"
                )
            if cell.kind == "number":
                return float(value)
        decimal = form.decimal
        if ours and self.table.delimiter == "," and "." in value and not value.endswith("0"):
            decimal = decimal or "."
        try:
            return read_numeral(value, decimal, form.thousands)
        except AmbiguousError as error:
            point, comma = form.saying("decimal", "."), form.saying("decimal", ",")
            raise NumeralError(error.what, f"write digits only, or declare {point} or {comma}") from None

    def complain(self, column: str, what: str, remedy: str = "") -> None:
        """Note a problem of a cell of this row."""
        self.table.problems.add(
            what,
            remedy,
            file=self.table.name,
            row=self.number,
            column=column,
            value=self.cells.get(column, ""),
        )


@dataclass(frozen=True)
class Table:
    """A table as it was read: header and rows, all cells as text."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: Problems
    form: TableForm = field(default_factory=TableForm)
    delimiter: str = ""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


def read_table(
    path: Path,
    required: Sequence[str],
    problems: Problems,
    *,
    may_be_empty: bool = False,
    form: TableForm | None = None,
    fits: Fits | None = None,
    every: bool = True,
) -> Table | None:
    """Read a delimited text file with a header.

    Parameters
    ----------
    path : Path
        The file.
    required : sequence of str
        Columns that must be there.
    problems : Problems
        Receives everything that is wrong with the file.
    may_be_empty : bool
        A header without records is allowed.
    form : TableForm, optional
        What is declared about the file.
    fits : callable, optional
        Says which row can be the header, where no columns are required.
    every : bool
        All columns are read, so that no two may have the same name.

    Returns
    -------
    Table or None
        None when the file cannot be used at all.
    """
    form = form or TableForm()
    text = read_text(path, problems, needs=_TABLE, form=form)
    if text is None:
        return None
    try:
        lines, delimiter = delimited(text, form, fits or has_columns(required))
    except csv.Error as error:
        problems.add(f"the file is not a delimited table ({error})", file=path.name)
        return None
    return table_of(
        path.name,
        lines,
        required,
        problems,
        may_be_empty=may_be_empty,
        form=form,
        fits=fits,
        delimiter=delimiter,
        every=every,
    )


def table_of(
    name: str,
    lines: Lines,
    required: Sequence[str],
    problems: Problems,
    *,
    may_be_empty: bool = False,
    form: TableForm | None = None,
    fits: Fits | None = None,
    delimiter: str = "",
    every: bool = True,
) -> Table | None:
    """Make a table of the rows of a file; blank ones are passed over.

    The header is the declared row; else the only one of the first rows that has the columns; else the first.
    Columns without a name are left out, such as remarks beside a table.

    Returns
    -------
    Table or None
        None when the header does not hold the required columns once; the reason is among the problems.
    """
    form = form or TableForm()
    lines = [line for line in lines if any(cell.strip() for cell in line[1])]
    if not lines:
        problems.add("the file is empty", _TABLE, file=name)
        return None
    place = header_place(name, lines, form, fits or has_columns(required), problems)
    if place is None:
        return None
    number, cells = lines[place]
    header = named(cells, required)
    if not check_header(name, number, header, required, problems, every):
        return None
    table = Table(name, tuple(column for column in header if column), (), problems, form, delimiter)
    rows, uneven = _rows(table, header, lines[place + 1 :])
    if not (rows or uneven or may_be_empty):
        problems.add("the file has a header but no records", "add one line a record", file=name)
    return Table(name, table.columns, tuple(rows), problems, form, delimiter)


def _rows(table: Table, header: tuple[str, ...], lines: Lines) -> tuple[list[Row], bool]:
    """Give the records, and tell whether some have another number of cells than the header."""
    rows, uneven = [], False
    width = len(header)
    named = [(k, column) for k, column in enumerate(header) if column]
    whole = len(named) == width
    for number, cells in lines:
        fits = len(cells) >= width and not any(map(str.strip, cells[width:]))
        if fits or not table.delimiter:  # workbooks leave out cells at the end
            if whole and len(cells) == width:
                record = dict(zip(header, cells, strict=True))
            else:
                record = {column: cells[k] if k < len(cells) else "" for k, column in named}
            if any(map(str.strip, record.values())):
                rows.append(Row(table, number, record))
            continue
        uneven = True
        table.problems.add(
            f"the row has {len(cells)} cells, the header {width}",
            "check for a stray or missing delimiter",
            file=table.name,
            row=number,
        )
    return rows, uneven


def is_number_column(rows: Sequence[Row], column: str) -> bool:
    """Tell whether a column holds numbers: some cell is one, and none has a leading zero as codes have."""
    texts = [tidy(row.cells.get(column, "")) for row in rows]
    return any(map(_is_number, texts)) and not any(map(_LEADING_ZERO.match, texts))


def _is_number(text: str) -> bool:
    try:
        read_numeral(text)
    except AmbiguousError:
        return True
    except NumeralError:
        return False
    return True


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a comma-separated UTF-8 file that `read_table` reads back; no spreadsheet runs a cell of it."""
    path.write_text(table_text(header, rows), encoding="utf-8", newline="")


def table_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give the text that `write_table` writes."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator=_Lines.END)
    writer.writerow([shielded(name) for name in header])
    writer.writerows([shielded(cell) for cell in row] for row in rows)
    return "".join(lines.written)


class _Lines:
    """Sink of the csv writer, which quotes cells that hold any sign of `END`."""

    END = "\r\n"

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, line: str) -> None:
        self.written.append(line.removesuffix(self.END) + "\n")
