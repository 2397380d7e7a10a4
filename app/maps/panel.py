"""Around the map: title, source line, and the index of the mergers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...instances import Instance
from ..dutch import Language, number_text, told
from .labels import text_size
from .lettering import drawable
from .merger import MapMerger
from .page import HEIGHT, MARGIN, WIDTH, Box
from .style import GREY, INK, PALE_INK, Pen

_LEADING = 1.28
_INDENT = 3.0
_GUTTER = 5.0
_FEW = 40
_TITLE, _SUBTITLE, _SOURCE = 160, 320, 700
"""Most characters of the texts around the map."""

_SET = 1.03
"""How much wider a long text is set than its characters are by themselves, at most."""

_LINES = 2
"""Most lines below the title."""


def draw_head(pen: Pen, title: str, subtitle: str) -> None:
    """Write the title, and what is below it on one line or two."""
    room = WIDTH - 2 * MARGIN
    title = drawable(title, _TITLE)
    points = min(20.0, 20.0 * room / max(1.0, _SET * text_size(title, 20, "bold")[0]))
    pen.text(MARGIN, HEIGHT - MARGIN - 6.0, title, points, weight="bold")
    subtitle = drawable(subtitle, _SUBTITLE)
    points = next(
        (size for size in (10.5, 9.5, 8.5) if len(wrapped(subtitle, room / _SET, size)) <= _LINES), 7.5
    )
    for k, line in enumerate(wrapped(subtitle, room / _SET, points)[:_LINES]):
        pen.text(MARGIN, HEIGHT - MARGIN - 13.0 - 5.0 * k, line, points, colour=PALE_INK)


def draw_foot(pen: Pen, source: str) -> None:
    """Write the source line; a long one runs over two lines."""
    lines = wrapped(drawable(source, _SOURCE), (WIDTH - 2 * MARGIN) / _SET, 6.5)
    for k, line in enumerate(lines[:2]):
        pen.text(MARGIN, MARGIN + 1.0 - 2.9 * k, line, 6.5, colour=PALE_INK)


def exempt_text(mergers: Sequence[MapMerger]) -> str:
    """Say what is hatched: municipalities alone by rule, and mergers that are kept; empty where none is."""
    sizes = {min(len(merger.members), 2) for merger in mergers if merger.standalone}
    if not sizes:
        return ""
    what = {1: "alone by rule", 2: "kept by rule"}
    return f"{' or '.join(what[size] for size in sorted(sizes))}, exempt from the population bounds"


@dataclass(frozen=True)
class Row:
    """One line of the index: pieces of text with their offset, and what stands before and after them."""

    pieces: tuple[tuple[float, str, str, str], ...]
    right: str = ""
    swatch: int = -1
    keep: bool = False
    gap: float = 0.0
    heading: bool = False


@dataclass(frozen=True)
class Choice:
    """Rows as they could be set: the size of their type in points, and the number of columns."""

    points: float
    rows: list[Row]
    count: int


def draw_index(
    pen: Pen,
    box: Box,
    instance: Instance,
    mergers: Sequence[MapMerger],
    fills: Sequence[str],
    language: Language,
) -> None:
    """List the mergers by region with their members and inhabitants, as many columns as fit.

    Type gets a little smaller before members are left out, and members before mergers.
    """
    few = len(mergers) <= _FEW
    counts = [1] if few and box.height > box.width else []
    counts.append(column_width(box)[0])
    sizes = (10.0, 9.0, 8.0, 7.0, 6.5, 6.0) if few else (7.0, 6.5, 6.0)

    def choices() -> Iterator[Choice]:
        for count in counts:
            _, width = column_width(box, count)
            for members in (True, False) if count == counts[-1] else (True,):
                for points in sizes:
                    rows = _rows(instance, mergers, language, points=points, width=width, members=members)
                    yield Choice(points, rows, count)
        yield Choice(7.0, [heading for heading, _ in _by_region(instance, mergers, language)], counts[-1])

    draw_rows(pen, box, choices(), mergers, fills, language)


def draw_rows(
    pen: Pen,
    box: Box,
    choices: Iterable[Choice],
    mergers: Sequence[MapMerger],
    fills: Sequence[str],
    language: Language,
) -> None:
    """Draw rows in columns: the first choice that fits, else the last one.

    Parameters
    ----------
    pen : Pen
    box : Box
    choices : iterable of Choice
        At least one.
    mergers, fills
        What the swatches of rows refer to.
    language : {'en', 'nl'}
    """
    for choice in choices:
        columns = _columns(choice.rows, choice.points, box.height, choice.count, language)
        if columns is not None:
            break
    _draw_columns(pen, box, columns or [choice.rows], mergers, fills, choice)


def _rows(
    instance: Instance,
    mergers: Sequence[MapMerger],
    language: Language,
    *,
    points: float,
    width: float,
    members: bool,
) -> list[Row]:
    rows: list[Row] = []
    for heading, group in _by_region(instance, mergers, language):
        rows.append(_narrowed(heading, points, width))
        for k in group:
            right = number_text(mergers[k].population, 0, language)
            rows += _merger_rows(instance, mergers[k], k, right, points=points, width=width, members=members)
        if len(group) > 1:  # the last merger of a region does not stand alone on top of a column
            before = len(rows) - 2
            while rows[before].keep:
                before -= 1
            rows[before] = replace(rows[before], keep=True)
    return rows


def _by_region(
    instance: Instance, mergers: Sequence[MapMerger], language: Language
) -> list[tuple[Row, list[int]]]:
    """Heading of each region with its mergers, by name of the merger."""
    groups: dict[int, list[int]] = {}
    for k, merger in enumerate(mergers):
        groups.setdefault(int(instance.region[merger.seat]), []).append(k)
    headed = []
    for region, group in sorted(groups.items()):
        group.sort(key=lambda k: (mergers[k].standalone, mergers[k].name))
        total = sum(mergers[k].population for k in group)
        pieces = ((0.0, drawable(instance.regions[region]), "bold", INK),)
        headed.append((Row(pieces, number_text(total, 0, language), keep=True, gap=0.8, heading=True), group))
    return headed


def _narrowed(heading: Row, points: float, width: float) -> Row:
    """Cut the name of a region where it would run into its inhabitants."""
    (offset, name, weight, colour), *others = heading.pieces
    room = width - text_size(heading.right, points, "bold")[0] - 2.5
    return replace(heading, pieces=((offset, _fitted(name, room, points, weight), weight, colour), *others))


def _merger_rows(
    instance: Instance,
    merger: MapMerger,
    number: int,
    right: str,
    *,
    points: float,
    width: float,
    members: bool,
) -> list[Row]:
    """The seat in ink, the other members in grey behind it, wrapped; inhabitants at the end of the line."""
    seat = drawable(instance.names[merger.seat])
    others = sorted(drawable(instance.names[i]) for i in merger.members if i != merger.seat)
    room = width - _INDENT - text_size(right, points)[0] - 1.5
    if not members:
        more = f" +{len(others)}" if others else ""
        seat = _fitted(seat, room - text_size(more, points)[0], points)
        return [Row(((_INDENT, seat + more, "normal", INK),), right, number)]
    rows: list[Row] = []
    head, seat = _broken(seat, room - text_size(",", points)[0], points)
    if head:
        rows.append(Row(((_INDENT, head, "normal", INK),), right, number, keep=True))
        right, number, room = "", -1, width - _INDENT
    start = text_size(seat + ", ", points)[0]
    lines = (
        wrapped(", ".join(others), room, points, first=room - start, after=width - _INDENT) if others else []
    )
    first = [(_INDENT, seat + (", " if others else ""), "normal", INK)]
    if lines:
        first.append((_INDENT + start, lines[0], "normal", PALE_INK))
    rows.append(Row(tuple(first), right, number, keep=len(lines) > 1))
    rows += [
        Row(((_INDENT, line, "normal", PALE_INK),), keep=k < len(lines) - 1)
        for k, line in enumerate(lines[1:], start=1)
    ]
    return rows


def _broken(name: str, width: float, points: float) -> tuple[str, str]:
    """Break a name that is wider than a line behind a hyphen or blank; the first piece is empty if it is not.

    What cannot be broken is cut.
    """
    if text_size(name, points)[0] <= width:
        return "", name
    for k in range(len(name) - 1, 0, -1):
        if name[k - 1] in "- " and text_size(name[:k], points)[0] <= width:
            return name[:k], _fitted(name[k:], width, points)
    return "", _fitted(name, width, points)


def wrapped(
    text: str, width: float, points: float, first: float | None = None, after: float | None = None
) -> list[str]:
    """Break a text at spaces into lines of a width; the first may be shorter, even empty.

    What is wider than a line by itself is cut.
    """
    lines = [""]
    for word in (_fitted(word, width, points) for word in text.split()):
        longer = f"{lines[-1]} {word}".strip()
        limit = (
            (width if first is None else first) if len(lines) == 1 else (width if after is None else after)
        )
        fits = text_size(longer, points)[0] <= limit
        if fits or (not lines[-1] and len(lines) > 1):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _fitted(word: str, width: float, points: float, weight: str = "normal") -> str:
    """Cut a word that is wider than a line."""
    if text_size(word, points, weight)[0] <= width:
        return word
    kept = len(word)
    while kept and text_size(word[:kept] + "…", points, weight)[0] > width:
        kept -= 1
    return word[:kept] + "…"


def _columns(
    rows: Sequence[Row], points: float, height: float, count: int, language: Language = "en"
) -> list[list[Row]] | None:
    """Spread rows evenly over columns, no heading at a foot; None when they do not fit."""
    step = _step(points)
    total = sum(step * (1 + row.gap) for row in rows)
    for limit in np.linspace(min(total / count, height), height, 12):
        columns = _filled(rows, step, float(limit), language)
        if len(columns) <= count:
            return columns
    return None


def _step(points: float) -> float:
    return text_size("X", points)[1] * _LEADING


def _filled(rows: Sequence[Row], step: float, limit: float, language: Language) -> list[list[Row]]:
    """Fill columns up to a limit; rows that keep with the next one move together.

    A region that runs on in the next column gets its name repeated there.
    """
    blocks: list[list[Row]] = [[]]
    for row in rows:
        blocks[-1].append(row)
        if not row.keep:
            blocks.append([])
    columns: list[list[Row]] = [[]]
    used = 0.0
    heading: Row | None = None
    for block in filter(None, blocks):
        high = sum(step * (1 + row.gap) for row in block)
        if columns[-1] and used + high > limit:
            columns.append([])
            used = 0.0
            if heading is not None and not block[0].heading:
                columns[-1].append(_continued(heading, language))
                used = step * (1 + heading.gap)
        columns[-1] += block
        used += high
        heading = next((row for row in reversed(block) if row.heading), heading)
    return columns


def _continued(heading: Row, language: Language) -> Row:
    _, name, _, _ = heading.pieces[0]
    text = told(f"{name} (continued)", language)
    return replace(heading, pieces=((0.0, text, "normal", PALE_INK),), right="")


def column_width(box: Box, count: int = 0) -> tuple[int, float]:
    """Give the number of columns, about 45 mm wide where none is given, and their width."""
    count = count or max(round(box.width / 50), 1)
    return count, (box.width - _GUTTER * (count - 1)) / count


def _draw_columns(
    pen: Pen,
    box: Box,
    columns: Sequence[Sequence[Row]],
    mergers: Sequence[MapMerger],
    fills: Sequence[str],
    choice: Choice,
) -> None:
    points, step = choice.points, _step(choice.points)
    _, width = column_width(box, choice.count)
    for number, column in enumerate(columns):
        left, y = box.left + number * (width + _GUTTER), box.top
        for place, row in enumerate(column):
            y -= step * (1 + (row.gap if place else 0.0))
            _draw_row(pen, row, Box(left, y, width, step), points)
            if row.swatch >= 0:
                swatch = Box(left, y - 0.1, 2.0, 0.62 * step)
                if mergers[row.swatch].standalone:
                    pen.hatched(swatch, spacing=0.8)
                else:
                    pen.rectangle(swatch, fills[row.swatch], edge=GREY)


def _draw_row(pen: Pen, row: Row, line: Box, points: float) -> None:
    if row.heading:
        under = line.bottom - 0.22 * line.height
        pen.line([(line.left, under), (line.right, under)], GREY, 0.4)
    for offset, text, weight, colour in row.pieces:
        pen.text(line.left + offset, line.bottom, text, points, weight=weight, colour=colour)
    if row.right:
        weight = "bold" if row.heading else "normal"
        pen.text(line.right, line.bottom, row.right, points, weight=weight, horizontal="right")
