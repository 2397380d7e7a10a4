"""Delimited text as rows of cells, separated by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from ..common.text import fold
from .form import DELIMITERS, TableForm
from .formulas import unshielded

Lines = Sequence[tuple[int, Sequence[str]]]
"""Rows of a sheet or file: number and cells."""

Fits = Callable[[Sequence[str]], bool]
"""Tells whether the cells of a row can be the header."""

SEARCHED = 50
"""Rows at the top among which the header is looked for."""

_SEP = re.compile(r'"?sep=(.|\\t)"?[,;\t]*', re.IGNORECASE)


def delimited(text: str, form: TableForm, fits: Fits) -> tuple[Lines, str]:
    """Split delimited text into lines.

    The delimiter is the one declared, in the form or by a first line ``sep=;``; else one with which one of
    the first rows fits as a header; else the one that splits the first line into most columns.

    Raises
    ------
    csv.Error
        The text cannot be split.
    """
    first, _, rest = text.partition("\n")
    if declared := _SEP.fullmatch(first.strip(" ")):
        delimiter = form.delimiter or declared.group(1).replace("\\t", "\t")
        return [(number + 1, cells) for number, cells in _records(rest, delimiter)], delimiter
    if form.delimiter:
        return _records(text, form.delimiter), form.delimiter
    header = text.lstrip("\n").partition("\n")[0]
    likely = sorted(DELIMITERS, key=header.count, reverse=True)
    for delimiter in likely:
        if delimiter in text:
            try:
                first_rows = list(islice(_reader(text, delimiter), SEARCHED))
            except csv.Error:
                continue
            if any(map(fits, first_rows)):
                return _records(text, delimiter), delimiter
    return _records(text, likely[0]), likely[0]


def has_columns(required: Sequence[str]) -> Fits:
    """Make a test for headers that have all required columns."""
    wanted = {fold(name) for name in required}
    return lambda cells: bool(wanted) and wanted <= {fold(cell) for cell in cells}


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)


def _records(text: str, delimiter: str) -> Lines:
    """Split into (line number, cells)."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    if "'" not in text:  # nothing is shielded
        return [(reader.line_num, cells) for cells in reader]
    return [(reader.line_num, [unshielded(cell) for cell in cells]) for cells in reader]
