"""The header of a table: its row, and the names of its columns."""

from __future__ import annotations

from collections.abc import Sequence

from ..common.problems import Problems, suggest
from ..common.text import fold, tidy
from .delimited import SEARCHED, Fits, Lines
from .form import TableForm


def header_place(name: str, lines: Lines, form: TableForm, fits: Fits, problems: Problems) -> int | None:
    """Find the header row."""
    if form.header_row is not None:
        place = next((k for k, (number, _) in enumerate(lines) if number == form.header_row), None)
        if place is None:
            remedy = f"the first row that is not empty is {lines[0][0]}"
            problems.add(
                f"{form.key('header_row')}: the row is empty", remedy, file=name, row=form.header_row
            )
        return place
    fitting = [k for k, (_, cells) in enumerate(lines[:SEARCHED]) if fits(cells)]
    if len(fitting) > 1:
        rows = ", ".join(str(lines[k][0]) for k in fitting)
        remedy = f"say which: {form.saying('header_row', lines[fitting[0]][0])}"
        problems.add(f"more than one row can be the header: {rows}", remedy, file=name)
        return None
    return fitting[0] if fitting else 0


def named(cells: Sequence[str], required: Sequence[str]) -> tuple[str, ...]:
    """Give the names of the columns; required ones in their own spelling, whatever that of the file."""
    spelt = {fold(name): name for name in reversed(required)}
    given = [tidy(cell) for cell in cells]
    return tuple(name if name in required else spelt.get(fold(name), name) for name in given)


def check_header(
    name: str, row: int, header: tuple[str, ...], required: Sequence[str], problems: Problems, every: bool
) -> bool:
    """Note missing and repeated columns; tell whether the table can be used."""
    usable = True
    for column in required:
        if column not in header:
            remedy = suggest(column, filter(None, header))
            problems.add(f"the column '{column}' is missing", remedy, file=name, row=row, column=column)
            usable = False
    twice = {column for column in header if column and header.count(column) > 1}
    for column in sorted(twice if every else twice & set(required)):
        remedy = "keep one"
        if all(cell.isdecimal() for cell in header if cell):
            remedy = "if this is no header but a record, add a row of names above, such as nis,merger"
        problems.add("the column stands twice in the header", remedy, file=name, row=row, column=column)
        usable = False
    return usable
