"""Reading the delimited text files that people have: commas or semicolons, points or decimal commas."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .formulas import shielded, unshielded
from .problems import Problems, suggest

_DELIMITERS = (",", ";", "\t")
_TABLE = "it needs a header line and one line a record"


def read_text(
    path: Path, problems: Problems, *, needs: str = "fill it in or name another file"
) -> str | None:
    """Decode a UTF-8 file, with or without a byte-order mark.

    Parameters
    ----------
    path : Path
    problems : Problems
        Receives what is wrong with the file.
    needs : str
        The remedy for an empty file.

    Returns
    -------
    str or None
        None when the file cannot be used; the reason is then among the problems.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        problems.add("the file is missing", "add it or name another folder", file=str(path))
        return None
    except OSError as error:
        problems.add(f"the file cannot be read ({error.strerror})", file=str(path))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add(
            f"the file is not UTF-8 (byte 0x{raw[error.start]:02X} looks like Latin-1 or Windows-1252)",
            "save it again with the encoding 'UTF-8' (in a spreadsheet: 'CSV UTF-8')",
            file=path.name,
            row=raw.count(b"\n", 0, error.start) + 1,
        )
        return None
    if not text.strip():
        problems.add("the file is empty", needs, file=path.name)
        return None
    return text


@dataclass(frozen=True)
class Row:
    """One record: its line number in the file and its cells by column."""

    table: Table
    number: int
    cells: dict[str, str]

    def text(self, column: str, *, required: bool = True) -> str:
        """Give a cell as text without outer blanks; an empty required cell is a problem."""
        value = self.cells.get(column, "").strip()
        if required and not value:
            self.complain(column, "the cell is empty", "fill it in")
        return value

    def number_of(
        self,
        column: str,
        *,
        whole: bool = False,
        above: float | None = None,
        at_least: float | None = None,
        required: bool = True,
    ) -> float:
        """Read a number cell; NaN, with a problem noted, when it is not what it must be.

        An empty cell that is not required gives NaN without a problem.
        """
        value = self.text(column, required=required)
        if not value:
            return math.nan
        plain = value.replace(" ", "").replace("\u00a0", "")
        try:
            number = float(plain.replace(",", "."))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self.complain(column, "this is not a number", "write digits, without thousands separators")
            return math.nan
        if whole and number != int(number):
            self.complain(column, "this must be a whole number", "write digits, without thousands separators")
            return math.nan
        if above is not None and number <= above:
            self.complain(column, f"this must be more than {above:g}", "correct the figure")
            return math.nan
        if at_least is not None and number < at_least:
            self.complain(column, f"this must be at least {at_least:g}", "correct the figure")
            return math.nan
        return number

    def complain(self, column: str, what: str, remedy: str = "") -> None:
        """Note a problem with a cell of this row."""
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
    """A delimited text file as read: header and rows, all cells as text."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: Problems

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


def read_table(
    path: Path, required: Sequence[str], problems: Problems, *, may_be_empty: bool = False
) -> Table | None:
    """Read a delimited text file with a header.

    The delimiter (comma, semicolon or tab) is the one that splits the header into most columns.

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

    Returns
    -------
    Table or None
        None when the file cannot be used at all.
    """
    text = read_text(path, problems, needs=_TABLE)
    if text is None:
        return None
    header_line = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header_line.count)
    try:
        lines = _records(text, delimiter)
    except csv.Error as error:
        problems.add(f"the file is not a delimited table ({error})", file=path.name)
        return None
    return table_of(path.name, lines, required, problems, may_be_empty=may_be_empty)


def table_of(
    name: str,
    lines: Sequence[tuple[int, Sequence[str]]],
    required: Sequence[str],
    problems: Problems,
    *,
    may_be_empty: bool = False,
) -> Table | None:
    """Make a table of (line number, cells), the first line being the header; blank lines are passed over.

    Returns
    -------
    Table or None
        None when the header does not hold the required columns once; the reason is among the problems.
    """
    lines = [line for line in lines if any(cell.strip() for cell in line[1])]
    if not lines:
        problems.add("the file is empty", _TABLE, file=name)
        return None
    header = tuple(cell.strip() for cell in lines[0][1])
    if not _check_header(name, header, required, problems):
        return None
    table = Table(name, header, (), problems)
    rows, uneven = [], False
    for number, cells in lines[1:]:
        if len(cells) == len(header):
            rows.append(Row(table, number, dict(zip(header, cells, strict=True))))
            continue
        uneven = True
        problems.add(
            f"the row has {len(cells)} cells, the header {len(header)}",
            "check for a stray or missing delimiter",
            file=name,
            row=number,
        )
    if not (rows or uneven or may_be_empty):
        problems.add("the file has a header but no records", "add one line a record", file=name)
    return Table(name, header, tuple(rows), problems)


def _records(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Split into (line number, cells)."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    return [(reader.line_num, [unshielded(cell) for cell in cells]) for cells in reader]


def _check_header(name: str, header: tuple[str, ...], required: Sequence[str], problems: Problems) -> bool:
    """Note missing and repeated columns; say whether the table can be used."""
    usable = True
    for column in required:
        if column not in header:
            problems.add(
                f"the column '{column}' is missing", suggest(column, header), file=name, row=1, column=column
            )
            usable = False
    for column in sorted({column for column in header if header.count(column) > 1}):
        problems.add("the column stands twice in the header", "keep one", file=name, row=1, column=column)
        usable = False
    return usable


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a comma-separated UTF-8 file that `read_table` reads back; no spreadsheet runs a cell of it."""
    path.write_text(table_text(header, rows), encoding="utf-8", newline="")


def table_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give the text that `write_table` writes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([shielded(name) for name in header])
    writer.writerows([shielded(cell) for cell in row] for row in rows)
    return text.getvalue()
