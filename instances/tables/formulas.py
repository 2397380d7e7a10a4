"""Protection against formula injection in the tables that the program writes.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula. An apostrophe before it
marks it as text, and the program's own readers remove the apostrophe.
"""

from __future__ import annotations

import re

_RUN = "=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n"
_FORMULA = re.compile(rf"'*[{_RUN}]")
_SHIELDED = re.compile(rf"'+[{_RUN}]")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?|[+-]?(inf|nan)", re.ASCII)


def shielded(cell: object) -> object:
    """Shield a cell that a spreadsheet would run as a formula; numbers stay numbers."""
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def unshielded(text: str) -> str:
    """Remove the apostrophe of a shielded cell."""
    return text[1:] if text.startswith("'") and _SHIELDED.match(text) else text
