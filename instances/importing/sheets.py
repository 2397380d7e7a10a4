"""Reading official tables, delimited text or spreadsheets, as the same rows of text cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from ..problems import Problems
from ..tables import Row, Table, read_table, table_of

_READERS = {".xls": "xlrd", ".xlsx": "openpyxl", ".xlsm": "openpyxl"}


def read_any_table(path: Path, required: Sequence[str], problems: Problems) -> Table | None:
    """Read a table from delimited text or from the first sheet of a workbook.

    Parameters
    ----------
    path : Path
        The ending says what it is: .xls, .xlsx, .xlsm; anything else is delimited text.
    required : sequence of str
        Columns that must be there.
    problems : Problems
        Receives everything that is wrong with the file.

    Returns
    -------
    Table or None
        None when the file cannot be used at all.
    """
    ending = path.suffix.lower()
    if ending not in _READERS:
        return read_table(path, required, problems)
    if not path.is_file():
        problems.add("the file is missing", "add it or name another folder", file=str(path))
        return None
    try:
        reader = import_module(_READERS[ending])
    except ImportError:
        remedy = "install it with: pip install 'refzones[geo]'"
        problems.add(f"reading {ending} files needs {_READERS[ending]}", remedy, file=path.name)
        return None
    try:
        lines = list(_xls(reader, path) if ending == ".xls" else _xlsx(reader, path))
    except Exception as error:  # the readers raise whatever a damaged file makes them stumble over
        problems.add(f"the workbook cannot be read ({error})", "save it again", file=path.name)
        return None
    return table_of(path.name, _without_unnamed(lines), required, problems)


def _without_unnamed(lines: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Leave out columns without a name: what people write beside a table in a workbook."""
    header = next((cells for _, cells in lines if any(cells)), [])
    named = [k for k, cell in enumerate(header) if cell.strip()]
    return [(number, [cells[k] if k < len(cells) else "" for k in named]) for number, cells in lines]


def _xls(xlrd: Any, path: Path) -> Iterator[tuple[int, list[str]]]:
    sheet = xlrd.open_workbook(path).sheet_by_index(0)
    for number in range(sheet.nrows):
        yield number + 1, [_text(value) for value in sheet.row_values(number)]


def _xlsx(openpyxl: Any, path: Path) -> Iterator[tuple[int, list[str]]]:
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        for number, cells in enumerate(workbook.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, [_text(value) for value in cells]
    finally:
        workbook.close()


def _text(value: object) -> str:
    """Give a cell as text; workbooks store codes as 11001.0."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


class Tables:
    """The tables of a data folder.

    Parameters
    ----------
    folder : Path
        What the paths in a configuration are relative to.
    problems : Problems
        Receives everything that is wrong with the files.
    """

    def __init__(self, folder: Path, problems: Problems) -> None:
        self._folder = folder
        self._problems = problems

    def rows(self, file: str, columns: Sequence[str]) -> tuple[Row, ...]:
        """Rows of a table that has these columns; none when it cannot be used."""
        table = read_any_table(self._folder / file, columns, self._problems)
        return table.rows if table else ()
