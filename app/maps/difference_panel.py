"""Beside the map of differences: its legend, and the list of municipalities that move."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import shapely

from ...instances import Instance
from .colours import PALETTE
from .labels import text_size
from .lettering import drawable
from .page import Box, Page
from .panel import Row, caption, column_width, draw_rows, exempt_text, scale_bar, wrapped
from .style import GREY, INK, PALE_INK, Pen
from .style import LINES as MAP_LINES
from .two_plans import ACCENT, DASHES, HATCH, LINES, TwoPlans

_SWATCH = 9.0
_SIZES = (9.0, 8.0, 7.0, 6.5, 6.0)
_INDENT = 3.0
_SCALE_BAR = 52.0
"""Room for the scale bar at the right of the legend, in millimetres."""

_Sample = Callable[[Box], None]


def draw_difference_legend(pen: Pen, page: Page, plans: TwoPlans, *, regions: bool) -> None:
    """Draw one row or two with the kinds of borders, fills and marks, and the scale bar."""
    box = page.legend
    rows: list[list[tuple[_Sample, str, float]]] = [[]]
    used = 0.0
    for sample, text in _entries(pen, plans, regions):
        width = _SWATCH + 2 + text_size(text, 7.5)[0] + 7
        if rows[-1] and used + width > box.width - _SCALE_BAR:
            rows.append([])
            used = 0.0
        rows[-1].append((sample, text, used))
        used += width
    step = min(5.4, box.height / len(rows))
    for number, row in enumerate(rows):
        y = box.bottom + box.height / 2 + step * ((len(rows) - 1) / 2 - number)
        for sample, text, offset in row:
            sample(Box(box.left + offset, y - 1.8, _SWATCH, 3.6))
            caption(pen, box.left + offset + _SWATCH + 2, y, text)
    scale_bar(pen, box.right, box.bottom + box.height / 2, page.scale)


def _entries(pen: Pen, plans: TwoPlans, regions: bool) -> Iterator[tuple[_Sample, str]]:
    """Samples with what they mean, the most important first."""
    first, second = plans.short_names

    def line(key: str) -> _Sample:
        def draw(box: Box) -> None:
            pen.rectangle(box, PALETTE[0])
            middle = box.bottom + box.height / 2
            path = shapely.LineString([(box.left, middle), (box.right, middle)])
            pen.lines(path, *LINES[key], order=3, dashes=DASHES if key == "first" else ())

        return draw

    def fill(box: Box) -> None:
        for k in range(3):
            part = Box(box.left + k * box.width / 3, box.bottom, box.width / 3, box.height)
            pen.rectangle(part, PALETTE[k], edge=GREY)

    def moves(box: Box) -> None:
        pen.rectangle(box, PALETTE[0])
        spacing, width = HATCH
        shape = shapely.box(box.left, box.bottom, box.right, box.top)
        pen.hatch(shape, spacing, order=2.5, colour=ACCENT, width=width, falling=True)

    def region(box: Box) -> None:
        middle = box.bottom + box.height / 2
        pen.line([(box.left, middle), (box.right, middle)], *MAP_LINES["region"], order=3)

    yield fill, f"{plans.part}s of {first}"
    yield line("second"), f"border only in {second}"
    yield line("first"), f"border only in {first}"
    yield line("both"), "border in both"
    yield moves, f"changes {plans.part} in {second}"
    yield lambda box: pen.dot(box.left + box.width / 2, box.bottom + box.height / 2), f"seat in {first}"
    exempt = exempt_text(plans.before)
    if exempt:
        yield pen.hatched, exempt
    if regions:
        yield region, "reference region"


def draw_changes(pen: Pen, box: Box, instance: Instance, plans: TwoPlans, fills: Sequence[str]) -> None:
    """List the municipalities that move, by region: from which part of the first plan to which of the second.

    Municipalities that go the same way stand together. Type gets smaller before the ways are left out.
    """
    if not plans.moves:
        text = f"Both plans have the same {plans.part}s." if not plans.transfers else "No municipality moves."
        pen.text(box.left, box.top - 4.0, text, 9.0)
        return
    _, width = column_width(box)
    draw_rows(pen, box, _choices(instance, plans, width), plans.before, fills)


def _choices(instance: Instance, plans: TwoPlans, width: float) -> Iterator[tuple[float, list[Row]]]:
    for ways in (True, False):
        for points in _SIZES:
            rows = _rows(instance, plans, points, width, ways=ways)
            if points == _SIZES[-1] or all(_fits(row, points, width) for row in rows if row.heading):
                yield points, rows


def _fits(row: Row, points: float, width: float) -> bool:
    """Whether the name of a region leaves room for its inhabitants."""
    return text_size(row.pieces[0][1] + row.right, points, "bold")[0] + 1.5 <= width


def _rows(instance: Instance, plans: TwoPlans, points: float, width: float, *, ways: bool) -> list[Row]:
    groups: dict[int, dict[tuple[int, int], list[int]]] = {}
    for transfer in plans.moves:
        of_region = groups.setdefault(int(instance.region[transfer.municipality]), {})
        of_region.setdefault((transfer.before, transfer.after), []).append(transfer.municipality)
    rows: list[Row] = []
    for region, by_way in sorted(groups.items()):
        people = sum(int(instance.population[i]) for members in by_way.values() for i in members)
        heading = ((0.0, drawable(instance.regions[region]), "bold", INK),)
        rows.append(Row(heading, f"{people:,}", keep=True, gap=0.8, heading=True))
        for (before, after), members in by_way.items():
            rows += _way(instance, plans, before, after, members, points=points, width=width, way=ways)
    return rows


def _way(
    instance: Instance,
    plans: TwoPlans,
    before: int,
    after: int,
    members: Sequence[int],
    *,
    points: float,
    width: float,
    way: bool,
) -> list[Row]:
    """Municipalities in ink with their inhabitants, then the way that they go, in grey."""
    right = f"{int(instance.population[list(members)].sum()):,}"
    room = width - _INDENT
    short = room - text_size(right, points)[0] - 1.5
    names = wrapped(", ".join(drawable(instance.names[i]) for i in members), room, points, first=short)
    named = bool(names[0])  # a name too long to have the inhabitants beside it leaves them to the next line
    rows = [Row(((_INDENT, text, "normal", ACCENT),), keep=True) for text in names if text]
    if way or not named:
        text = f"{drawable(plans.before[before].name)} → {drawable(plans.after[after].name)}" if way else ""
        glued = text.replace(" +", "_+")  # the number of others does not stand on a line of its own
        lines = [line.replace("_+", " +") for line in wrapped(glued, room, points, None if named else short)]
        rows += [Row(((_INDENT, line, "normal", PALE_INK),), keep=True) for line in lines]
    numbered = 0 if named else sum(map(bool, names))
    rows[numbered] = replace(rows[numbered], right=right)
    rows[0] = replace(rows[0], swatch=before)
    rows[-1] = replace(rows[-1], keep=False)
    return rows
