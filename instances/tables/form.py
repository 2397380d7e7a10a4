"""The declared form of a table file: where the table stands in it, and how numbers are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from .decoding import is_known
from .numerals import DECIMAL_SIGNS, THOUSANDS_SIGNS

DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class TableForm:
    """What is declared about a table file; anything else must be clear from the file itself.

    Attributes
    ----------
    sheet : str or None
        Name of the sheet of a workbook, or its number, counted from 1.
    header_row : int or None
        Row with the names of the columns, counted from 1.
    encoding, delimiter : str or None
        Of delimited text.
    decimal, thousands : str or None
        Signs in numbers that are written as text.
    options : bool
        Declared by options of the command line, not by keys of a configuration.
    """

    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    options: bool = False

    def __post_init__(self) -> None:
        for what in self.flaws():
            raise ValueError(what)

    def flaws(self) -> list[str]:
        """List what is wrong with the declarations, one sentence each."""
        flaws = []
        if self.header_row is not None and self.header_row < 1:
            flaws.append(f"{self.key('header_row')}: rows are counted from 1")
        if self.encoding is not None and not is_known(self.encoding):
            flaws.append(
                f"{self.key('encoding')}: there is no encoding '{self.encoding}'; write 'cp1252' or 'utf-8'"
            )
        if self.delimiter is not None and self.delimiter not in DELIMITERS:
            flaws.append(f"{self.key('delimiter')}: must be a comma, a semicolon, a tab or a bar")
        if self.decimal is not None and self.decimal not in DECIMAL_SIGNS:
            flaws.append(f"{self.key('decimal')}: must be '.' or ','")
        if self.thousands is not None and self.thousands not in THOUSANDS_SIGNS:
            flaws.append(f"{self.key('thousands')}: must be '.', ',', a blank, an apostrophe or empty")
        if self.decimal is not None and self.decimal == self.thousands:
            flaws.append(f"{self.key('decimal')} and {self.key('thousands')} are the same sign")
        return flaws

    def over(self, general: TableForm) -> TableForm:
        """Fill in from a general form what this one does not declare."""
        return replace(
            self, **{key: value for key, value in vars(general).items() if getattr(self, key) is None}
        )

    def key(self, name: str) -> str:
        """Give the name of a key, or of its option."""
        return f"--{name.replace('_', '-')}" if self.options else name

    def saying(self, name: str, value: str | int) -> str:
        """Give a declaration as the user writes it, for a remedy."""
        if self.options:
            shown = f'"{value}"' if isinstance(value, str) and not value.isalnum() else value
            return f"{self.key(name)} {shown}"
        return f"{name} = {value}" if isinstance(value, int) else f'{name} = "{value}"'


FORM_KEYS = tuple(item.name for item in fields(TableForm) if item.name != "options")


def form_of(source: Any) -> TableForm:
    """Make a form from a mapping or a model that has its keys."""
    read = source.get if isinstance(source, Mapping) else partial(getattr, source)
    said: dict[str, Any] = {key: read(key, None) for key in FORM_KEYS}
    sheet = said["sheet"]
    return TableForm(**{**said, "sheet": None if sheet is None else str(sheet)})
