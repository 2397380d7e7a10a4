"""Around the map of differences: its legend, and the list of municipalities that move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import shapely

from ...instances import Instance
from ..dutch import Language, number_text, told
from .colours import PALETTE
from .labels import text_size
from .legend import Entry, dot_sample, entry, hatched_sample, line_sample
from .lettering import drawable
from .page import Box
from .panel import Choice, Row, column_width, draw_rows, exempt_text, wrapped
from .style import GREY, INK, PALE_INK, Pen
from .style import LINES as MAP_LINES
from .two_plans import ACCENT, DASHES, HATCH, LINES, TwoPlans

_SIZES = (9.0, 8.0, 7.0, 6.5, 6.0)
_INDENT = 3.0


def difference_entries(plans: TwoPlans, language: Language, *, regions: bool) -> list[Entry]:
    """List the kinds of borders, fills and marks with what they mean, the most important first."""
    first, second = plans.short_names
    texts = [
        (_fills_sample, f"{plans.part}s of {first}"),
        (line_sample(*LINES["second"]), f"border only in {second}"),
        (line_sample(*LINES["first"], dashes=DASHES), f"border only in {first}"),
        (line_sample(*LINES["both"]), "border in both"),
        (_moves_sample, f"changes {plans.part} in {second}"),
        (dot_sample, f"seat in {first}"),
    ]
    if exempt := exempt_text(plans.before):
        texts.append((hatched_sample, exempt))
    if regions:
        texts.append((line_sample(*MAP_LINES["region"]), "reference region"))
    return [entry(sample, text, language) for sample, text in texts]


def _fills_sample(pen: Pen, box: Box) -> None:
    for k in range(3):
        part = Box(box.left + k * box.width / 3, box.bottom, box.width / 3, box.height)
        pen.rectangle(part, PALETTE[k], edge=GREY)


def _moves_sample(pen: Pen, box: Box) -> None:
    pen.rectangle(box, PALETTE[0])
    spacing, width = HATCH
    shape = shapely.box(box.left, box.bottom, box.right, box.top)
    pen.hatch(shape, spacing, order=2.5, colour=ACCENT, width=width, falling=True)


def draw_changes(
    pen: Pen, box: Box, instance: Instance, plans: TwoPlans, fills: Sequence[str], language: Language
) -> None:
    """List the municipalities that move, by region: from which part of the first plan to which of the second.

    Municipalities that go the same way stand together. Type gets smaller before the ways are left out.
    """
    if not plans.moves:
        text = f"Both plans have the same {plans.part}s" if not plans.transfers else "No municipality moves"
        pen.text(box.left, box.top - 4.0, told(text, language), 9.0)
        return
    count, width = column_width(box)
    draw_rows(pen, box, _choices(instance, plans, count, width, language), plans.before, fills, language)


def _choices(
    instance: Instance, plans: TwoPlans, count: int, width: float, language: Language
) -> Iterator[Choice]:
    for ways in (True, False):
        for points in _SIZES:
            rows = _rows(instance, plans, points, width, language, ways=ways)
            if points == _SIZES[-1] or all(_fits(row, points, width) for row in rows if row.heading):
                yield Choice(points, rows, count)


def _fits(row: Row, points: float, width: float) -> bool:
    """Whether the name of a region leaves room for its inhabitants."""
    return text_size(row.pieces[0][1] + row.right, points, "bold")[0] + 1.5 <= width


def _rows(
    instance: Instance, plans: TwoPlans, points: float, width: float, language: Language, *, ways: bool
) -> list[Row]:
    groups: dict[int, dict[tuple[int, int], list[int]]] = {}
    for transfer in plans.moves:
        of_region = groups.setdefault(int(instance.region[transfer.municipality]), {})
        of_region.setdefault((transfer.before, transfer.after), []).append(transfer.municipality)
    rows: list[Row] = []
    for region, by_way in sorted(groups.items()):
        people = sum(int(instance.population[i]) for members in by_way.values() for i in members)
        heading = ((0.0, drawable(instance.regions[region]), "bold", INK),)
        rows.append(Row(heading, number_text(people, 0, language), keep=True, gap=0.8, heading=True))
        for (before, after), members in by_way.items():
            right = number_text(int(instance.population[list(members)].sum()), 0, language)
            rows += _way(instance, plans, before, after, members, right, points=points, width=width, way=ways)
    return rows


def _way(
    instance: Instance,
    plans: TwoPlans,
    before: int,
    after: int,
    members: Sequence[int],
    right: str,
    *,
    points: float,
    width: float,
    way: bool,
) -> list[Row]:
    """Municipalities in ink with their inhabitants, then the way that they go, in grey."""
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
