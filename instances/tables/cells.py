"""Endings of workbooks, and cells with a kind besides their text."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Kind = Literal["number", "date", "error", "formula", "filled", "merged"]

REFUSED: dict[str, tuple[str, str]] = {
    "date": ("the spreadsheet holds a date here", "format the cell as text, and write what is meant"),
    "error": ("the spreadsheet shows an error here", "correct the formula"),
    "formula": (
        "the cell holds a formula without its result",
        "open the file in a spreadsheet, let it calculate, and save it",
    ),
    "merged": ("the cell is merged with the one on its left", "divide it, and fill in both"),
}
"""Why the text of a cell cannot be used, and what to do, by kind."""


UNREADABLE = {
    ".ods": "a sheet of LibreOffice or OpenOffice",
    ".fods": "a sheet of LibreOffice or OpenOffice",
    ".xlsb": "a binary workbook",
    ".numbers": "a sheet of Numbers",
}
"""Workbooks that are not read, by their ending."""

_ENDINGS = (".xls", ".xlsx", ".xlsm", ".xltx", ".xltm", *UNREADABLE)


def is_workbook(path: Path) -> bool:
    """Tell by its ending whether a file is a workbook, readable or not."""
    return path.suffix.lower() in _ENDINGS


class Cell(str):
    """The text of a cell, with its kind.

    Attributes
    ----------
    kind : str
        ``number``: the file stores the number itself, so that no decimal sign matters; ``filled``: the cell
        is merged with the one above, and has its text; any other kind says why the text cannot be used.
    """

    kind: Kind

    def __new__(cls, text: str, kind: Kind) -> Cell:
        """Make a text with a kind."""
        cell = super().__new__(cls, text)
        cell.kind = kind
        return cell
