"""Sheets of workbooks as rows of cells, read in one pass over the filled cells."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from ..common.problems import Problems
from ..common.regular_files import is_regular
from .cells import UNREADABLE, Cell
from .delimited import Lines
from .formulas import unshielded

_LARGEST = 150_000_000
"""Bytes of the largest part of a workbook, unpacked, that is read."""

_SMALL = 3_000_000
"""Bytes of the largest sheet that is read without removing empty cells first."""

_EMPTY_CELL = re.compile(rb"<((?:\w+:)?c)(?:\s[^<>]*)?(?:/>|></\1>)")
_EMPTY_ROW = re.compile(rb"<((?:\w+:)?row)(?:\s[^<>]*)?(?:/>|>\s*</\1>)")

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_READERS = {"xls": "xlrd", "xlsx": "openpyxl"}
_SAVE = "save it as .xlsx"


class WorkbookError(ValueError):
    """A file is not a workbook that can be read.

    Parameters
    ----------
    what, remedy : str
    """

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its rows that are not empty, and whether it is hidden."""

    name: str
    lines: Lines
    hidden: bool = False


def read_sheets(path: Path, problems: Problems) -> list[Sheet]:
    """Read all sheets of a workbook.

    Parameters
    ----------
    path : Path
    problems : Problems
        Receives what is wrong with the file.

    Returns
    -------
    list of Sheet
        Empty when the file cannot be used; the reason is then among the problems.
    """
    if not is_regular(path, problems):
        return []
    try:
        kind = _kind(path)
        reader = import_module(_READERS[kind])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about anything but cells, such as styles and pictures
            return list(_xls(reader, path) if kind == "xls" else _xlsx(reader, path))
    except WorkbookError as error:
        problems.add(error.what, error.remedy, file=path.name)
    except OSError as error:
        problems.add(f"the file cannot be read ({error.strerror or error})", file=str(path))
    except ImportError:
        remedy = "install it with: pip install 'refzones[geo]'"
        problems.add(f"reading {path.suffix} files needs {_READERS[kind]}", remedy, file=path.name)
    except Exception as error:  # the readers raise errors of any kind on damaged files
        problems.add(f"the workbook cannot be read ({_one_line(error)})", "save it again", file=path.name)
    return []


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _kind(path: Path) -> str:
    """Recognise the kind of a workbook by its content, whatever its ending."""
    if (other := UNREADABLE.get(path.suffix.lower())) is not None:
        raise WorkbookError(f"this is {other}, which is not read", _SAVE)
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le")
        if encrypted in path.read_bytes():
            raise WorkbookError("the workbook is protected by a password", "save it without one")
        return "xls"
    if start.startswith(_ZIP):
        return _packed(path)
    if start.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02")):  # workbooks of before 1997
        return "xls"
    if not start:
        raise WorkbookError("the file is empty", "fill it in or name another file")
    what = "a web page" if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else "text"
    remedy = (
        f"open it in a spreadsheet and {_SAVE}" if what != "text" else f"give it the ending .csv, or {_SAVE}"
    )
    raise WorkbookError(f"this is no workbook but {what} with the ending {path.suffix}", remedy)


def _packed(path: Path) -> str:
    """Recognise a workbook that is a packed file; refuse one that unpacks to too much."""
    try:
        with zipfile.ZipFile(path) as packed:
            sizes = {entry.filename: entry.file_size for entry in packed.infolist()}
    except zipfile.BadZipFile:
        raise WorkbookError(
            "the workbook is damaged: it cannot be unpacked", "fetch it or save it again"
        ) from None
    if "xl/workbook.bin" in sizes:
        raise WorkbookError("this is a binary workbook, which is not read", _SAVE)
    if "content.xml" in sizes:
        raise WorkbookError("this is a sheet of LibreOffice or OpenOffice, which is not read", _SAVE)
    if not any(name.startswith("xl/") for name in sizes):
        raise WorkbookError("this is a packed file but no workbook", _SAVE)
    name, size = max(sizes.items(), key=lambda item: item[1])
    if size > _LARGEST:
        raise WorkbookError(
            f"the workbook is too large: {name} has {size:,} bytes, {_LARGEST:,} are read at most",
            "leave one sheet with the table, and delete rows and columns that are only formatted",
        )
    return "xlsx"


# .xls


def _xls(xlrd: Any, path: Path) -> Iterator[Sheet]:
    try:  # merged cells are formats
        book = xlrd.open_workbook(path, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except NotImplementedError:
        book = xlrd.open_workbook(path, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "password" in str(error).lower() or "encrypted" in str(error).lower():
            raise WorkbookError("the workbook is protected by a password", "save it without one") from None
        raise
    for sheet in book.sheets():
        rows: dict[int, dict[int, str]] = {}
        for r in range(sheet.nrows):
            cells = {
                c + 1: _xls_cell(xlrd, cell)
                for c, cell in enumerate(sheet.row(r))
                if cell.ctype not in (0, 6)
            }
            if cells:
                rows[r + 1] = cells
        merged = [(r1 + 1, r2, c1 + 1, c2) for r1, r2, c1, c2 in getattr(sheet, "merged_cells", ())]
        yield Sheet(sheet.name, _lines(rows, merged), sheet.visibility != 0)


def _xls_cell(xlrd: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return _number(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return Cell(f"{cell.value:g}", "date")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(cell.value, "#N/A"), "error")
    return str(cell.value)


# .xlsx


def _xlsx(openpyxl: Any, path: Path) -> Iterator[Sheet]:
    file = _without_blanks(path)
    workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
    try:
        with zipfile.ZipFile(file) as packed:
            parts = _sheet_parts(packed)
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()  # a file may state a size of a million rows
                merged, without_result = _beside_values(packed, parts.get(sheet.title))
                rows: dict[int, dict[int, str]] = {}
                for cells in sheet.iter_rows():
                    for cell in cells:
                        if cell.value is not None:
                            rows.setdefault(cell.row, {})[cell.column] = _xlsx_cell(cell)
                for row, column in without_result:
                    rows.setdefault(row, {})[column] = Cell("", "formula")
                yield Sheet(sheet.title, _lines(rows, merged), sheet.sheet_state != "visible")
    finally:
        workbook.close()


def _without_blanks(path: Path) -> Any:
    """Remove cells that are only formatted from large sheets, where they take most of the time to read."""
    with zipfile.ZipFile(path) as packed:
        entries = packed.infolist()
        if max(entry.file_size for entry in entries) < _SMALL:
            return path
        lean = io.BytesIO()
        with zipfile.ZipFile(lean, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as kept:
            for entry in entries:
                content = packed.read(entry)
                if "/worksheets/" in entry.filename:
                    content = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", content))
                kept.writestr(entry.filename, content)
    return lean


def _xlsx_cell(cell: Any) -> str:
    value = cell.value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime | date | time | timedelta):
        return Cell(str(value), "date")
    return Cell(str(value), "error") if cell.data_type == "e" else unshielded(str(value))


def _sheet_parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """Map the sheets of a workbook to their files inside it."""
    names = packed.namelist()
    book = next((name for name in names if name.lower() == "xl/workbook.xml"), "")
    links = next((name for name in names if name.lower() == "xl/_rels/workbook.xml.rels"), "")
    if not (book and links):
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(packed.read(links))}
    parts = {}
    for entry in ElementTree.fromstring(packed.read(book)).iter():
        if entry.tag.endswith("}sheet"):
            key = next((value for name, value in entry.attrib.items() if name.endswith("}id")), None)
            target = targets.get(key, "")
            parts[entry.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _beside_values(
    packed: zipfile.ZipFile, part: str | None
) -> tuple[list[tuple[int, int, int, int]], list[tuple[int, int]]]:
    """Find merged cells, and formulas whose result is not stored, which values alone do not show."""
    cells: Any = import_module("openpyxl.utils.cell")
    merged: list[tuple[int, int, int, int]] = []
    without: list[tuple[int, int]] = []
    if part is None or part not in packed.namelist():
        return merged, without
    with packed.open(part) as file:
        rows: Any = None
        for event, entry in ElementTree.iterparse(file, ("start", "end")):
            name = entry.tag.rpartition("}")[2]
            if event == "start":
                rows = entry if name == "sheetData" else rows
            elif name == "c":
                if _has_no_result(entry):
                    without.append(cells.coordinate_to_tuple(entry.get("r")))
            elif name == "mergeCell":
                c1, r1, c2, r2 = cells.range_boundaries(entry.get("ref"))
                merged.append((r1, r2, c1, c2))
            elif name == "row" and rows is not None:
                rows.clear()  # frees what has been read, or a large sheet would fill the memory
    return merged, without


def _has_no_result(entry: Any) -> bool:
    """Tell whether a cell holds a formula without its result; an empty text is a result."""
    if not len(entry) or entry.get("t") in ("str", "inlineStr") or not entry.get("r"):
        return False
    parts = {child.tag.rpartition("}")[2]: child.text for child in entry}
    return "f" in parts and not parts.get("v")


# both


def _number(value: float) -> str:
    """Write a number as text; workbooks store codes as 11001.0."""
    whole = isinstance(value, int) or value.is_integer()
    return Cell(str(int(value)) if whole else repr(value), "number")


def _lines(rows: dict[int, dict[int, str]], merged: Sequence[tuple[int, int, int, int]]) -> Lines:
    """Put cells into rows; merged ones are filled down from the first of them."""
    numbers = sorted(rows)
    for r1, r2, c1, c2 in merged:
        first = rows.get(r1, {}).get(c1, "")
        if not first:
            continue
        kind = first.kind if isinstance(first, Cell) and first.kind != "number" else "filled"
        for row in numbers[bisect_left(numbers, r1) : bisect_right(numbers, r2)]:
            cells = rows[row]
            cells.setdefault(c1, Cell(first, kind))
            for column in range(c1 + 1, min(c2, max(cells)) + 1):
                cells.setdefault(column, Cell("", "merged"))
    return [
        (number, [rows[number].get(c, "") for c in range(1, max(rows[number]) + 1)]) for number in numbers
    ]
