"""Reading tables from delimited text or from sheets of workbooks, as the same rows of cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..common.problems import Problems
from .cells import is_workbook
from .delimited import SEARCHED, Fits, has_columns
from .form import TableForm
from .table import Row, Table, read_table, table_of
from .workbooks import Sheet, read_sheets

_LISTED = 12
"""Most sheets that a message lists."""


def read_any_table(
    path: Path,
    required: Sequence[str],
    problems: Problems,
    *,
    form: TableForm | None = None,
    fits: Fits | None = None,
) -> Table | None:
    """Read a table from delimited text or from a sheet of a workbook.

    Of several sheets the declared one is read; else the only one that has the columns.

    Parameters
    ----------
    path : Path
        A workbook by its ending: .xls, .xlsx, .xlsm; anything else is delimited text.
    required : sequence of str
        Columns that must be there.
    problems : Problems
        Receives everything that is wrong with the file.
    form : TableForm, optional
        What is declared about the file.
    fits : callable, optional
        Tells which row can be the header, where no columns are required.

    Returns
    -------
    Table or None
        None when the file cannot be used at all.
    """
    form = form or TableForm()
    if not is_workbook(path):
        if form.sheet is not None and path.is_file():
            problems.add(f"{form.key('sheet')}: the file has no sheets", "leave it out", file=path.name)
            return None
        return read_table(path, required, problems, form=form, fits=fits, every=not required)
    if not path.is_file():
        problems.add("the file is missing", "add it or name another folder", file=str(path))
        return None
    sheets = read_sheets(path, problems)
    if not sheets:
        return None
    sheet = _chosen(path.name, sheets, form, fits or has_columns(required), problems)
    if sheet is None:
        return None
    name = path.name if len(sheets) == 1 else f"{path.name}, sheet '{sheet.name}'"
    return table_of(name, sheet.lines, required, problems, form=form, fits=fits, every=not required)


def _chosen(
    file: str, sheets: Sequence[Sheet], form: TableForm, fits: Fits, problems: Problems
) -> Sheet | None:
    """Choose the declared sheet, or the only one that can be meant."""
    if form.sheet is not None:
        return _declared(file, sheets, form, problems)
    filled = [sheet for sheet in sheets if sheet.lines] or list(sheets)
    if len(filled) == 1:
        return filled[0]
    fitting = [sheet for sheet in filled if any(fits(cells) for _, cells in sheet.lines[:SEARCHED])]
    if len(fitting) == 1:
        return fitting[0]
    what = "more than one sheet has these columns" if fitting else "no sheet has the columns that are needed"
    listed = _listed(fitting or filled)
    remedy = f"say which sheet is meant: {form.saying('sheet', (fitting or filled)[0].name)}"
    problems.add(f"{what}: {listed}", remedy, file=file)
    return None


def _declared(file: str, sheets: Sequence[Sheet], form: TableForm, problems: Problems) -> Sheet | None:
    """Find a sheet by its name, or else by its number."""
    wanted = str(form.sheet)
    named = [sheet for sheet in sheets if sheet.name == wanted]
    named = named or [sheet for sheet in sheets if sheet.name.strip().casefold() == wanted.strip().casefold()]
    if not named and wanted.isdecimal() and 1 <= int(wanted) <= len(sheets):
        named = [sheets[int(wanted) - 1]]
    if len(named) == 1:
        return named[0]
    problems.add(
        f"{form.key('sheet')}: there is no such sheet",
        f"there are {_listed(sheets)}",
        file=file,
        value=wanted,
    )
    return None


def _listed(sheets: Sequence[Sheet]) -> str:
    """List sheets with the beginning of their first row."""
    entries = []
    for sheet in sheets[:_LISTED]:
        first = next((cells for _, cells in sheet.lines), ())
        shown = ", ".join(cell.strip() for cell in first if cell.strip())
        shown = f"{shown[:60]}..." if len(shown) > 60 else shown or "empty"
        entries.append(f"'{sheet.name}' ({'hidden; ' if sheet.hidden else ''}{shown})")
    more = f" and {len(sheets) - _LISTED} more" if len(sheets) > _LISTED else ""
    return "; ".join(entries) + more


class Tables:
    """The tables of a data folder.

    Parameters
    ----------
    folder : Path
        Base of the relative paths in a configuration.
    problems : Problems
        Receives everything that is wrong with the files.
    form : TableForm, optional
        Declared for all of them; the declaration of a single table overrides it.
    """

    def __init__(self, folder: Path, problems: Problems, form: TableForm | None = None) -> None:
        self._folder = folder
        self._problems = problems
        self._form = form or TableForm()

    def rows(self, file: str, columns: Sequence[str], form: TableForm | None = None) -> tuple[Row, ...]:
        """Read the rows of a table that has these columns; none when it cannot be used."""
        declared = (form or TableForm()).over(self._form)
        table = read_any_table(self._folder / file, columns, self._problems, form=declared)
        return table.rows if table else ()
