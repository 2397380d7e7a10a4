"""Tables as workbooks: typed cells, a header that stays, and nothing that runs."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from textwrap import wrap
from typing import Any, Literal

from ...instances.common.activity import doing
from ...instances.common.atomic import check_file, write_file
from ...instances.common.optional import require
from ...instances.common.path_names import as_text
from ...instances.common.problems import reject
from ...instances.tables.formulas import shielded

Kind = Literal["text", "code", "whole", "decimal", "share", "yesno", "any"]
"""What the cells of a column are: ``code`` stays text, ``share`` is shown as a percentage, and ``any`` is a
column in which each cell is shown as what it is."""

_DIGITS: Mapping[Kind, int] = {"decimal": 2, "share": 1}
_MOST_DIGITS = 12
_LONGEST = 32_000  # signs of a text; a spreadsheet holds 32,767
_FEW = 5  # columns of a table that leaves room for long texts
_NARROWEST, _WIDEST, _WRAPPED = 8, 70, 44  # widths of columns, in signs; of a table, texts are wrapped sooner
_LINE = 15.0  # height of a line, in points
_PAPER = 150  # signs in a line of A4, beyond which a table is for A3
_FIXED = (1980, 1, 1, 0, 0, 0)  # the first date that a packed file can state
_WIDE = 8  # columns of a table that is wider than a screen, of which the first column stays too
_NO_TEXT = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DATES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_END = b"</worksheet>"


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Attributes
    ----------
    key : str
        What programs call it.
    heading : str
        What people read above it.
    kind : str
    digits : int or None
        Decimals that are shown; None for the usual number.
    """

    key: str
    heading: str
    kind: Kind = "text"
    digits: int | None = None


@dataclass(frozen=True)
class Shown:
    """A value in a column of kind ``any``, and how it is shown.

    Attributes
    ----------
    value : object
    kind : str
    digits : int or None
    """

    value: object
    kind: Kind
    digits: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A table for people.

    Attributes
    ----------
    name : str
        At most 31 signs.
    columns : sequence of Column
    rows : sequence of sequences
        Cells by column: texts, numbers, truth values, `Shown`; None for an empty one.
    filtered : bool
        Whether its columns can be filtered.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]] = field(default_factory=list)
    filtered: bool = True


@doing("writing a workbook")
def write_workbook(
    path: Path, sheets: Sequence[Sheet], *, title: str = "", subject: str = "", option: str = "--out"
) -> None:
    """Write sheets as a workbook (.xlsx); equal sheets make equal files, byte by byte.

    Parameters
    ----------
    path : Path
        Replaced as a whole, or left as it was.
    sheets : sequence of Sheet
    title, subject : str
        Properties of the document.
    option : str
        Where the user named the path, for the remedy where it cannot be written.

    Raises
    ------
    InputError
        The package openpyxl is not installed, or the file cannot be written.
    """
    write_file(path, workbook_bytes(sheets, title=title, subject=subject), option=option)


def check_workbooks() -> None:
    """Make sure that workbooks can be written, before long work that ends in one.

    Raises
    ------
    InputError
        The package openpyxl is not installed.
    """
    require("openpyxl", "geo", "workbooks (.xlsx)")


def check_workbook_file(path: Path) -> None:
    """Make sure, before any work, that a workbook that `--xlsx` names can be written.

    Raises
    ------
    InputError
        Its name has another ending, the package openpyxl is not installed, or the file cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        what = "--xlsx: a workbook has a name that ends in .xlsx"
        reject(what, "give it such a name", value=as_text(path))
    check_workbooks()
    check_file(path, option="--xlsx")


def workbook_bytes(sheets: Sequence[Sheet], *, title: str = "", subject: str = "") -> bytes:
    """Give the bytes that `write_workbook` writes."""
    check_workbooks()
    book: Any = import_module("openpyxl").Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    book.properties.title = _text(title) or None
    book.properties.subject = _text(subject) or None
    book.properties.creator = book.properties.lastModifiedBy = "refzones"
    stream = io.BytesIO()
    book.save(stream)
    return _repeatable(stream)


def _fill(page: Any, sheet: Sheet) -> None:
    letter: Any = import_module("openpyxl.utils").get_column_letter
    styles = _Styles()
    widths = []
    for place, column in enumerate(sheet.columns, 1):
        values = [row[place - 1] for row in sheet.rows]
        width = _width(column, values, _WRAPPED if len(sheet.columns) > _FEW else _WIDEST)
        widths.append(width)
        page.column_dimensions[letter(place)].width = width
        cell = page.cell(1, place)
        _put(cell, column.heading)
        cell.font, cell.fill, cell.alignment = styles.bold, styles.dark, styles.heading
        for number, value in enumerate(values, 2):
            cell = page.cell(number, place)
            _put(cell, plain(value))
            cell.alignment = styles.of(value, sheet.filtered)
            cell.number_format = _format(*_how(value, column))
    texts = [[column.heading for column in sheet.columns], *sheet.rows]
    for number, row in enumerate(texts, 1):
        page.row_dimensions[number].height = _height(row, sheet.columns, widths, number == 1)
    page.freeze_panes = "B2" if len(sheet.columns) > _WIDE else "A2"
    if sheet.filtered and sheet.columns:
        page.auto_filter.ref = f"A1:{letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    _lay_out(page, sum(widths))


class _Styles:
    """Styles of cells, each made once."""

    def __init__(self) -> None:
        styles: Any = import_module("openpyxl.styles")
        self.bold = styles.Font(name="Calibri", size=11, bold=True, color="FFFFFF")
        self.dark = styles.PatternFill("solid", fgColor="1F3A5F")
        self.heading = styles.Alignment(wrap_text=True, vertical="center", horizontal="left", indent=1)
        self.number = styles.Alignment(vertical="top")
        self.left = styles.Alignment(vertical="top", horizontal="left", indent=1)
        self.text = styles.Alignment(vertical="top", horizontal="left", wrap_text=True, indent=1)

    def of(self, value: object, filtered: bool) -> Any:
        """Give the alignment of a cell; in a list of facts all of them stand below each other."""
        return self.text if isinstance(value, str) else self.number if filtered else self.left


def _lay_out(page: Any, width: float) -> None:
    """Print as wide as the paper, with the header on every page."""
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4 if width <= _PAPER else page.PAPERSIZE_A3
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Any, value: object) -> None:
    """Put a value into a cell: a text stays text, whatever it begins with."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        cell.value = _text(value)
        cell.data_type = "s"
    else:
        cell.value = value


def _text(value: str) -> str:
    """Give a text as a workbook can hold it, shielded from being run."""
    text = str(shielded(_NO_TEXT.sub(" ", value)))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]} …"


def plain(value: object) -> object:
    """Give the value of a cell, however it is shown."""
    return value.value if isinstance(value, Shown) else value


def _how(cell: object, column: Column) -> tuple[Kind, int]:
    """Say how a cell is shown, and with how many decimals: only 0 is shown as 0."""
    kind, digits = column.kind, column.digits
    if kind == "any":
        kind, digits = (cell.kind, cell.digits) if isinstance(cell, Shown) else (_kind_of(cell), None)
    usual, value = _DIGITS.get(kind, 0) if digits is None else digits, plain(cell)
    if isinstance(value, float) and value and kind in ("decimal", "share"):
        size = abs(value) * (100 if kind == "share" else 1)
        if size < 0.5 * 10.0**-usual:
            usual = min(_MOST_DIGITS, 1 - math.floor(math.log10(size)))
    return kind, usual


def _kind_of(value: object) -> Kind:
    if isinstance(value, bool):
        return "yesno"
    if isinstance(value, int):
        return "whole"
    return "decimal" if isinstance(value, float) else "text"


def _format(kind: Kind, digits: int) -> str:
    places = "0" * digits
    point = f".{places}" if places else ""
    if kind in ("code", "yesno"):
        return (
            "@" if kind == "code" else '"TRUE";"TRUE";"FALSE"'
        )  # as LibreOffice writes it; Excel needs none
    if kind == "share":
        return f"0{point}%"
    return f"#,##0{point}" if kind in ("whole", "decimal") else "General"


def _width(column: Column, values: Sequence[object], widest: int) -> float:
    """Give a width in which the cells can be read; headings are wrapped between words."""
    words = max(map(len, column.heading.split()), default=0) + 5  # the sign of the filter stands beside it
    texts = max((len(_shown(value, column)) for value in values), default=0) + 3
    return float(min(max(words, texts, _NARROWEST), widest))


def _height(
    row: Sequence[object], columns: Sequence[Column], widths: Sequence[float], is_header: bool
) -> float:
    """Give a height in which all lines of wrapped texts can be read."""
    lines = 1
    for value, column, width in zip(row, columns, widths, strict=True):
        if isinstance(value, str):
            lines = max(lines, len(wrap(_shown(value, column), int(width) - (5 if is_header else 2))))
    return _LINE * lines


def _shown(cell: object, column: Column) -> str:
    (kind, digits), value = _how(cell, column), plain(cell)
    if isinstance(value, float):
        return f"{100 * value if kind == 'share' else value:,.{digits}f}"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _repeatable(stream: io.BytesIO) -> bytes:
    """Pack a workbook again, without the time of its making."""
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as made, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as again:
        for name, content in _parts(made):
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(entry, content)
    return packed.getvalue()


def _parts(made: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Give the files in a workbook: without dates, and with leave for codes that are text."""
    for name in made.namelist():
        content = made.read(name)
        if name == "docProps/core.xml":
            content = _DATES.sub(b"", content)
        elif name.startswith("xl/worksheets/sheet") and (
            area := re.search(rb'<dimension ref="([^"]*)"', content)
        ):
            leave = b'<ignoredErrors><ignoredError sqref="%s" numberStoredAsText="1"/></ignoredErrors>'
            content = content.replace(_END, leave % area.group(1) + _END)
        yield name, content
