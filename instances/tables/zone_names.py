"""Names of zones in the cells of a table."""

from __future__ import annotations

from collections.abc import Callable, Collection

from ..common.text import fold, is_placeholder
from .header_words import ALONE
from .table import Row


def zone_name(
    row: Row, column: str, none: Collection[str], *, blank: str, undeclared: Callable[[str], str]
) -> str:
    """Read the zone of a row; empty where its text means none, which must be declared.

    Parameters
    ----------
    row : Row
    column : str
    none : collection of str
        Texts that mean none, as `fold` writes them; an empty one for a blank cell.
    blank : str
        Remedy for a blank cell that means nothing.
    undeclared : callable
        Gives the remedy for a text that stands for a missing value.
    """
    text = row.text(column, required="" not in none, remedy=blank)
    if not text or fold(text) in none:
        return ""
    if is_placeholder(text) or fold(text) in ALONE:
        what = "this stands for a missing value, and is not taken for a name"
        row.complain(column, what, undeclared(text))
    return text
