"""The ground of a map: areas, lines, what lies around, what is agreed; and how a name is written on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import shapely

from ...instances import Instance
from ...models.question.each_lock import Lock
from .agreed import draw_frame, draw_locks
from .areas import Areas
from .colours import STANDALONE, assign_colours, neighbours, palette
from .joining import Point
from .merger import MapMerger
from .names import Written
from .shapes import Geometry, dissolve
from .style import INK, LINES, Pen
from .window import Window

_NEAR: Final = 0.4
"""Mergers nearer than this, in millimetres on the page, get different colours."""

_AROUND, _AROUND_LINE, _AROUND_EDGE = "#f4f3f0", ("#d3d4d5", 0.4), ("#8d9399", 0.9)
"""Fill and lines of what lies around."""


def merger_fills(
    instance: Instance, areas: Areas, mergers: Sequence[MapMerger], near: float = _NEAR
) -> list[str]:
    """Colour of each merger; those that stand alone by rule are grey and take no part in the colouring."""
    coloured = [k for k, merger in enumerate(mergers) if not merger.standalone]
    fills = [STANDALONE] * len(mergers)
    if not coloured:
        return fills
    pairs = neighbours(
        instance, [mergers[k].members for k in coloured], [areas.mergers[k] for k in coloured], near
    )
    numbers = assign_colours(len(coloured), pairs)
    tints = palette(max(numbers) + 1)
    for k, number in zip(coloured, numbers, strict=True):
        fills[k] = tints[number]
    return fills


def draw_areas(pen: Pen, areas: Areas, mergers: Sequence[MapMerger], fills: Sequence[str]) -> None:
    """Draw areas first, then borders from light to heavy."""
    pen.areas(areas.mergers, fills, order=1)
    alone = [shape for shape, merger in zip(areas.mergers, mergers, strict=True) if merger.standalone]
    if alone:
        pen.hatch(shapely.union_all(alone), order=1.5)
    pen.borders(areas.municipalities, *LINES["municipality"], order=3)
    pen.borders(areas.mergers, *LINES["merger"], order=4)
    if len(areas.regions) > 1:
        pen.borders(list(areas.regions.values()), *LINES["region"], order=5)


def draw_around(pen: Pen, instance: Instance, window: Window) -> None:
    """Draw what lies around, pale, with the borders of its regions."""
    if not window.around:
        return
    cells = list(window.around.values())
    regions = list(regions_around(instance, window).values())
    pen.areas(regions, [_AROUND] * len(regions), order=0.5)
    pen.borders(cells, *_AROUND_LINE, order=0.6)
    pen.borders(regions, *_AROUND_EDGE, order=0.7)


def regions_around(instance: Instance, window: Window) -> dict[int, Geometry]:
    """Give the shapes of the regions around, as far as the map reaches."""
    parts: dict[int, list[Geometry]] = {}
    for i, cell in window.around.items():
        parts.setdefault(int(instance.region[i]), []).append(cell)
    return {region: dissolve(cells) for region, cells in sorted(parts.items())}


def draw_zones(pen: Pen, window: Window, zones: Sequence[Sequence[int]]) -> None:
    """Draw the outlines of the zones that lie in full view."""
    held = set(window.held)
    within = [dissolve([window.cells[i] for i in zone]) for zone in zones if set(zone) <= held]
    pen.borders(within, *LINES["zone"], order=4.5)


def draw_agreed(pen: Pen, window: Window, locks: Sequence[Lock], points: dict[int, Point]) -> None:
    """Draw what is agreed, and frames around mergers that a rule keeps."""
    framed = {frozenset(lock.municipalities) for lock in locks if lock.kind == "existing"}
    for merger, shape in zip(window.mergers, window.areas.mergers, strict=True):
        if merger.kept and frozenset(merger.members) not in framed:
            draw_frame(pen, shape)
    draw_locks(pen, locks, window.cells, points)


def write_name(pen: Pen, written: Written, colour: str) -> None:
    """Write a text in its place, with a line to what it names where it stands far off."""
    if written.anchor is not None:
        pen.line([(written.x, written.y), written.anchor], INK, 0.4, order=5.5)
    pen.text(
        written.x,
        written.y,
        written.text,
        written.points,
        weight=written.weight,
        colour=colour,
        horizontal="center",
        vertical="center",
        halo=1.8,
    )
