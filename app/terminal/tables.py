"""Tables that fit the terminal: no figure is ever cut, and no name folded in the middle of a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from ..dutch.speaking import told
from .plain import visible

Spare = Literal["", "below", "drop"]
"""What becomes of a column for which there is no room: it stays, it goes below the first one, or it is left
out."""

_COMFORT: Final = 30
"""Characters of a column of texts from which on it may fold before other columns give way."""
_FRAME: Final = 3  # characters that a column needs besides its text, and one more for all


@dataclass
class _Column:
    heading: str
    is_figure: bool
    spare: Spare
    cells: list[Text] = field(default_factory=list)

    @property
    def natural(self) -> int:
        """Width in which nothing folds."""
        return max(_widest(self.heading), *(_widest(cell.plain) for cell in self.cells), 1)

    @property
    def least(self) -> int:
        """Width in which no figure and no word folds."""
        return self._least(_longest_word)

    @property
    def narrowest(self) -> int:
        """Width in which words fold behind hyphens and brackets alone."""
        return self.least if self.is_figure else self._least(_longest_piece)

    def _least(self, longest: Callable[[str], int]) -> int:
        cells = (_widest(cell.plain) if self.is_figure else longest(cell.plain) for cell in self.cells)
        return max(longest(self.heading), *cells, 1)

    @property
    def comfortable(self) -> int:
        """Width in which it is read with ease: headings of figures have two lines, long texts may fold."""
        if self.is_figure:
            return max(self.least, _halved(self.heading))
        return max(self.least, min(self.natural, _COMFORT))


class FittedTable:
    """A table that fits the terminal it is printed on.

    Where there is no room for all columns, some go below the first one or are left out, then texts fold
    between words, and at last each row is told in lines of its own.

    Parameters
    ----------
    title : str
        In English; it is said in the language that the program speaks, and so are the headings.
    ruled : bool
        Whether a line stands between rows.
    """

    def __init__(self, title: str, *, ruled: bool = False) -> None:
        self.title = told(title)
        self._ruled = ruled
        self._columns: list[_Column] = []
        self._ends: set[int] = set()

    def add_column(self, heading: str, *, is_figure: bool = False, spare: Spare = "") -> None:
        """Add a column of texts, or of figures, which keep to the right and never fold."""
        self._columns.append(_Column(told(heading), is_figure, spare))

    def add_row(self, *cells: str | Text) -> None:
        """Add a row with a cell for each column."""
        for column, cell in zip(self._columns, cells, strict=True):
            column.cells.append(cell if isinstance(cell, Text) else Text(visible(cell)))

    def add_section(self) -> None:
        """Draw a line below the last row."""
        self._ends.add(self.row_count - 1)

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._columns[0].cells) if self._columns else 0

    def fits(self, width: int) -> bool:
        """Whether all columns fit a width, and can be read with ease."""
        return _needed(column.comfortable for column in self._columns) <= width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Give the table that fits."""
        width = options.max_width
        choices = list(self._choices())
        for columns in choices:
            if _needed(column.comfortable for column in columns) <= width:
                yield self._table(columns, width)
                return
        if _needed(column.narrowest for column in choices[-1]) <= width:
            yield self._table(choices[-1], width)
        else:
            yield from self._lines()

    def _choices(self) -> Iterator[list[_Column]]:
        """All columns, then those that are left if some give way."""
        yield self._columns
        below = [column for column in self._columns if column.spare == "below"]
        if below:
            yield self._with_below(self._columns, below)
        kept = [column for column in self._columns if column.spare != "drop"]
        if len(kept) < len(self._columns):
            yield self._with_below(kept, below)

    @staticmethod
    def _with_below(columns: Sequence[_Column], below: Sequence[_Column]) -> list[_Column]:
        """Put some columns below the first one."""
        first, *others = (column for column in columns if column not in below)
        joined = _Column("\n".join([first.heading, *(f"  {one.heading}" for one in below)]), False, "")
        for row, cell in enumerate(first.cells):
            under = [column.cells[row].plain for column in below if column.cells[row].plain]
            joined.cells.append(Text("\n").join([cell, *(Text(f"  {text}", style="dim") for text in under)]))
        return [joined, *others]

    def _table(self, columns: Sequence[_Column], width: int) -> Table:
        table = Table(title=Text(visible(self.title)) if self.title else None, show_lines=self._ruled)
        rooms = _widths(columns, width)
        for column, room in zip(columns, rooms, strict=True):
            justify: Literal["left", "right"] = "right" if column.is_figure else "left"
            table.add_column(Text(visible(column.heading)), justify=justify, width=room, overflow="fold")
        for row in range(self.row_count):
            cells = (_folded(column.cells[row], room) for column, room in zip(columns, rooms, strict=True))
            table.add_row(*cells, end_section=row in self._ends)
        return table

    def _lines(self) -> Iterator[RenderableType]:
        """Tell each row in lines of its own, for a terminal that is narrower than any table."""
        if self.title:
            yield Text(visible(self.title), style="italic")
        first, *others = self._columns
        for row in range(self.row_count):
            yield Text("").join([first.cells[row]])
            for column in others:
                if column.cells[row].plain:
                    heading = f"  {visible(column.heading)}: " if column.heading else "  "
                    yield Text(heading).append_text(column.cells[row])


def _needed(widths: Iterator[int]) -> int:
    return 1 + sum(width + _FRAME for width in widths)


def _widths(columns: Sequence[_Column], width: int) -> list[int]:
    """Share a width among columns: what figures need, then texts, short ones first, then headings."""
    rooms = [column.least for column in columns]
    if _needed(iter(rooms)) > width:
        rooms = [column.narrowest for column in columns]
    left = width - _needed(iter(rooms))
    order = sorted(range(len(columns)), key=lambda k: (columns[k].is_figure, columns[k].natural))
    for place, k in enumerate(order):
        held = sum(max(0, columns[other].comfortable - rooms[other]) for other in order[place + 1 :])
        more = min(columns[k].natural - rooms[k], max(left - held, min(left, _COMFORT - rooms[k]), 0))
        rooms[k] += more
        left -= more
    return rooms


def _widest(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def _longest_word(text: str) -> int:
    return max(map(cell_len, text.split()), default=0)


def _longest_piece(text: str) -> int:
    return max((cell_len(piece) for word in text.split() for piece in _pieces(word)), default=0)


def _pieces(word: str) -> list[str]:
    """Divide a word behind its hyphens, and a term before what it is about."""
    return re.findall(r"[^-(]*[-(]+|[^-(]+", word)


def _halved(heading: str) -> int:
    """Width in which a heading has two lines, or as few as it must."""
    words = heading.split()
    halves = (max(len(" ".join(words[:k])), len(" ".join(words[k:]))) for k in range(1, len(words)))
    return min(halves, default=cell_len(heading))


def _folded(cell: Text, width: int) -> Text:
    """Fold words that are wider than a column behind their hyphens and brackets."""
    ends: list[int] = []
    for word in re.finditer(r"\S+", cell.plain):
        if cell_len(word[0]) > width:
            at, line = word.start(), 0
            for piece in _pieces(word[0]):
                if line and line + cell_len(piece) > width:
                    ends.append(at)
                    line = 0
                at, line = at + len(piece), line + cell_len(piece)
    return Text("\n").join(cell.divide(ends)) if ends else cell
