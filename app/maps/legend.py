"""The legend of a printed map: rows of samples with what they mean, and the scale bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import shapely

from ..dutch import Language, number_text, told
from .colours import PALETTE
from .labels import text_size
from .page import Box, Page
from .style import INK, Pen

TYPE: Final = 7.5
"""Size of its type, in points."""

SWATCH_WIDTH, SWATCH_HEIGHT = 9.0, 3.6
_GAP, _BETWEEN = 2.0, 7.0
_STEP: Final = 5.4
"""From one row to the next, in millimetres."""

_BAR_TYPE: Final = 6.5
_BAR_ROOM: Final = 52.0
"""Room for the scale bar at the right, in millimetres."""


@dataclass(frozen=True)
class Entry:
    """One thing that a map shows.

    Attributes
    ----------
    sample : callable
        Draws a sample of it into a box.
    text : str
        What it means, in the language of the map.
    """

    sample: Callable[[Pen, Box], None]
    text: str


def entry(sample: Callable[[Pen, Box], None], text: str, language: Language) -> Entry:
    """Make an entry of a text in English."""
    return Entry(sample, told(text, language))


def legend_height(entries: Sequence[Entry], width: float) -> float:
    """Give the height that a legend of some width takes, in millimetres."""
    return _STEP * len(_rows(entries, width)) + 2.2


def draw_legend(pen: Pen, page: Page, entries: Sequence[Entry], language: Language) -> None:
    """Draw as many rows as the entries take, and the scale bar beside them."""
    box = page.legend
    rows = _rows(entries, box.width)
    middle = box.bottom + box.height / 2
    step = min(_STEP, box.height / len(rows))
    for number, row in enumerate(rows):
        y = middle + step * ((len(rows) - 1) / 2 - number)
        for one, left in row:
            one.sample(pen, Box(box.left + left, y - SWATCH_HEIGHT / 2, SWATCH_WIDTH, SWATCH_HEIGHT))
            pen.text(box.left + left + SWATCH_WIDTH + _GAP, y, one.text, TYPE, vertical="center")
    draw_scale_bar(pen, box.right, middle, page.scale, language)


def _rows(entries: Sequence[Entry], width: float) -> list[list[tuple[Entry, float]]]:
    """Share entries out over rows, each with its distance from the left."""
    rows: list[list[tuple[Entry, float]]] = [[]]
    used = 0.0
    for one in entries:
        wide = SWATCH_WIDTH + _GAP + text_size(one.text, TYPE)[0]
        if rows[-1] and used + wide > width - _BAR_ROOM:
            rows.append([])
            used = 0.0
        rows[-1].append((one, used))
        used += wide + _BETWEEN
    return rows


def draw_scale_bar(pen: Pen, right: float, y: float, scale: float, language: Language) -> None:
    """Draw a scale bar of a round number of kilometres, about 40 mm long."""
    steps = [factor * 10.0**power for power in range(-3, 6) for factor in (1, 2, 5)]
    km = max((step for step in steps if step * 1000 * scale <= 45), default=steps[0])
    length = km * 1000 * scale
    whole = f"{_kilometres(km, language)} km"
    left = right - length - text_size(whole, _BAR_TYPE)[0] / 2
    for k in range(4):
        part = Box(left + k * length / 4, y - 1.4, length / 4, 1.1)
        pen.rectangle(part, INK if k % 2 == 0 else "white", edge=INK)
    for share, text in ((0.0, "0"), (0.5, _kilometres(km / 2, language)), (1.0, whole)):
        pen.text(left + share * length, y + 0.4, text, _BAR_TYPE, horizontal="center", vertical="bottom")


def _kilometres(km: float, language: Language) -> str:
    plain = f"{km:g}"
    return number_text(km, len(plain.partition(".")[2]), language)


def line_sample(
    colour: str, width: float, dashes: tuple[float, ...] = (), fill: str = PALETTE[0]
) -> Callable[[Pen, Box], None]:
    """Give the sample of a border, on a fill of mergers."""

    def draw(pen: Pen, box: Box) -> None:
        pen.rectangle(box, fill)
        middle = box.bottom + box.height / 2
        path = shapely.LineString([(box.left, middle), (box.right, middle)])
        pen.lines(path, colour, width, order=3, dashes=dashes)

    return draw


def dot_sample(pen: Pen, box: Box) -> None:
    """Draw the sample of a seat."""
    pen.dot(box.left + box.width / 2, box.bottom + box.height / 2)


def hatched_sample(pen: Pen, box: Box) -> None:
    """Draw the sample of what is exempt."""
    pen.hatched(box)
