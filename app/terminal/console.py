"""Text on the terminal: names are shown as they are, and control nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.text import Text

from ..dutch.speaking import told
from .plain import visible
from .status import spoke
from .tables import FittedTable


class PlainConsole(Console):
    """A console to which every text is just text: no markup, no emoji codes, no highlighting, no control.

    Styles are given by `rich.text.Text`, see `styled`.

    Parameters
    ----------
    stderr : bool
        Where it prints: standard output, or errors.
    """

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, markup=False, emoji=False, highlight=False)

    def print(self, *things: Any, **options: Any) -> None:
        """Print, and clear the line that says what goes on."""
        spoke()
        super().print(*things, **options)

    def render_str(self, text: str, **options: Any) -> Text:
        """Make a text of a string, all of it visible."""
        return super().render_str(visible(text), **options)


def styled(text: str, style: str) -> Text:
    """Give a text in a style, all of it visible."""
    return Text(visible(text), style=style)


def new_table(title: str, texts: Iterable[str], numbers: Iterable[str]) -> FittedTable:
    """Start a table with columns of texts, then of numbers, which keep to the right.

    Title and headings are in English here, and are said in the language that the program speaks.
    """
    table = FittedTable(title)
    for heading in texts:
        table.add_column(heading)
    for heading in numbers:
        table.add_column(heading, is_figure=True)
    return table


console = PlainConsole()
_errors = PlainConsole(stderr=True)


def say(text: str) -> None:
    """Say a sentence of the program in the language that it speaks, in one line, however long."""
    console.print(told(text), soft_wrap=True)


def warn(text: str) -> None:
    """Say a sentence of the program among the errors, in one line, however long."""
    _errors.print(told(text), soft_wrap=True)
