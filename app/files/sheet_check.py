"""Checks of tables for people against the plan beside them, cell by cell, whatever program saved them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...instances.tables.formulas import shielded, unshielded
from ...solver.results.record import PLAN_FILE
from .table_check import Rounded

Cells = Mapping[str, object]
"""Values of a row by the heading of their column."""

Key = tuple[str, ...]

Says = Callable[[object, object], bool]
"""Tells whether a cell, as it was read, holds a value."""

_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CUT, _CUT_FROM = " …", 31_000
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_AS_GOOD_AS_EQUAL = 1e-13  # spreadsheets keep 15 digits of a number


@dataclass(frozen=True)
class Found:
    """A table as it was read: headings, and rows with their number in the file."""

    headings: Sequence[str]
    rows: Sequence[tuple[int, Sequence[object]]]


@dataclass(frozen=True)
class Right:
    """A table as it should be.

    Attributes
    ----------
    name : str
        Of the sheet.
    headings : sequence of str
    rows : sequence of mapping
    key : sequence of str
        Headings of the columns that tell its rows apart.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Cells]
    key: Sequence[str]


def differences(found: Found, right: Right, says: Says) -> Iterator[str]:
    """List in words where a table is not as it should be; rows and columns may stand in another order."""
    headings = [_plain(heading) for heading in found.headings]
    wanted = {_plain(heading): heading for heading in right.headings}
    if sorted(headings) != sorted(wanted):
        yield from _other_headings(headings, list(wanted))
        return
    expected: dict[Key, list[Cells]] = {}
    for row in right.rows:
        expected.setdefault(_key(row, right), []).append(row)
    left = {key: list(rows) for key, rows in expected.items()}
    for number, cells in found.rows:
        if any(cell not in (None, "") for cell in cells[len(headings) :]):
            yield f", row {number}: a cell stands beside the columns"
        padded = [*cells, *[None] * (len(headings) - len(cells))]
        row = {wanted[heading]: cell for heading, cell in zip(headings, padded, strict=False)}
        key = _key(row, right)
        if left.get(key):
            yield from _other_cells(number, row, left[key].pop(0), says)
        elif key in expected:
            yield f", row {number}: {_said(key)} stands once too often"
        else:
            yield f", row {number}: {_said(key)} follows from nothing in {PLAN_FILE}"
    yield from (f" has no row for {_said(key)}" for key, rows in left.items() for _ in rows)


def _other_headings(headings: Sequence[str], wanted: Sequence[str]) -> Iterator[str]:
    yield from (f": the column '{heading}' is missing" for heading in wanted if heading not in headings)
    for heading in sorted(set(headings)):
        if heading not in wanted:
            yield f": the column '{heading}' is none that a run writes"
        elif headings.count(heading) > 1:
            yield f": the column '{heading}' stands twice"


def _other_cells(number: int, row: Cells, right: Cells, says: Says) -> Iterator[str]:
    for heading, value in right.items():
        if not says(row[heading], value):
            shown = round(value, value.decimals) if isinstance(value, Rounded) else value
            yield f", row {number}, column '{heading}': '{row[heading]}' is '{shown}' in {PLAN_FILE}"


def _key(row: Cells, right: Right) -> Key:
    return tuple(_plain(str("" if row[heading] is None else row[heading])) for heading in right.key)


def _said(key: Key) -> str:
    return ", ".join(filter(None, key))[:120] or "an empty row"


def _plain(text: str) -> str:
    """Give a text without what no spreadsheet keeps: signs of control, outer and repeated blanks."""
    return " ".join(_CONTROL.sub(" ", unshielded(text)).split())


def typed_says(cell: object, value: object) -> bool:
    """Tell whether a cell of a workbook holds a value: the same text, number or truth value."""
    if isinstance(value, bool):
        return isinstance(cell, int) and cell == value  # LibreOffice may save them as 0 and 1
    if isinstance(cell, bool):
        return False
    if value is None or isinstance(value, str):
        return (cell is None or isinstance(cell, str)) and _is_text(cell or "", value or "")
    return isinstance(cell, int | float) and _is_number(float(cell), value)


def written_says(yes: str, no: str) -> Says:
    """Make a reader of cells of delimited text, where numbers have a decimal comma.

    Parameters
    ----------
    yes, no : str
        How truth values are written.
    """

    def says(cell: object, value: object) -> bool:
        text = str(cell or "").strip()
        if isinstance(value, bool):
            return text == (yes if value else no)
        if value is None or isinstance(value, str):
            return _is_text(text, value or "")
        number = text.replace(",", ".")
        return bool(_NUMBER.fullmatch(number)) and "." not in text and _is_number(float(number), value)

    return says


def _is_text(cell: str, text: str) -> bool:
    found, right = _plain(cell), _plain(text)
    # of a text that is nothing but what makes it run, the apostrophe before it is all that stays
    if found in (right, _plain(str(shielded(text)).strip())):
        return True
    is_cut = cell.endswith(_CUT) and _CUT_FROM < len(cell) < len(text)
    return is_cut and right.startswith(found.removesuffix(_CUT).strip())


def _is_number(number: float, value: object) -> bool:
    if isinstance(value, Rounded):
        return value.is_written(number)
    assert isinstance(value, int | float)
    return math.isclose(number, value, rel_tol=_AS_GOOD_AS_EQUAL, abs_tol=_AS_GOOD_AS_EQUAL)
