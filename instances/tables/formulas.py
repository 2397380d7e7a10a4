"""Cells of the tables that we write: what a spreadsheet would take for a formula stays a text.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, whoever wrote it. An
apostrophe before it says that it is text, and our own readers take it away again.
"""

from __future__ import annotations

import re

_RUN = "=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n"
_FORMULA = re.compile(rf"'*[{_RUN}]")
_SHIELDED = re.compile(rf"'+[{_RUN}]")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?|[+-]?(inf|nan)", re.ASCII)


def shielded(cell: object) -> object:
    """Give a cell as it is written; numbers stay numbers."""
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def unshielded(text: str) -> str:
    """Give the text that a cell was written for."""
    return text[1:] if text.startswith("'") and _SHIELDED.match(text) else text
