"""The printed map of a plan: A3, one page, legible in colour and in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import shapely

from ...instances import Instance
from ...instances.common.activity import doing
from ...instances.common.arrays import FloatArray
from ...solver.deadline import Deadline
from .areas import Areas, lay_out
from .colours import STANDALONE, assign_colours, neighbours, palette
from .merger import MapMerger
from .names import Written, boxes_of, member_names, region_names, seat_names, seat_points
from .panel import draw_foot, draw_head, draw_index, draw_legend, exempt_text
from .shapes import Shapes, dissolve
from .style import INK, LINES, PALE_INK, Pen

_NAMING, _MAKING = 0.004, 0.0003
"""Seconds to name a merger, and to draw a municipality; on top of half a second."""

_COARSE = 100  # dots an inch where there is no time for more


class Hurry:
    """What of a map there is time for.

    Parameters
    ----------
    deadline : Deadline
    mergers, municipalities : int
        How many are to be drawn.
    """

    def __init__(self, deadline: Deadline, mergers: int, municipalities: int) -> None:
        self._deadline = deadline
        self._making = 0.5 + _MAKING * municipalities
        left = deadline.remaining
        self.names = left is None or left > self._making + _NAMING * mergers
        self._coarse = False

    def dpi(self, wanted: int) -> int:
        """Give the resolution that there is time for."""
        left = self._deadline.remaining
        self._coarse = left is not None and left < self._making
        return min(wanted, _COARSE) if self._coarse else wanted

    @property
    def left_out(self) -> str:
        """Say what there was no time for; empty for nothing."""
        if self.names and not self._coarse:
            return ""
        coarse = "a low resolution" if self._coarse else ""
        has = " and ".join(filter(None, ["no names and no index" if not self.names else "", coarse]))
        return f"the map has {has}: the time limit left no more"


__all__ = ["MapMerger", "draw_map"]

_NEAR = 0.4
"""Mergers nearer than this, in millimetres on the page, get different colours."""


@doing("drawing the map")
def draw_map(
    path: Path,
    instance: Instance,
    shapes: Shapes,
    mergers: Sequence[MapMerger],
    *,
    title: str,
    subtitle: str = "",
    source_line: str = "",
    part: str = "merger",
    zones: Sequence[tuple[int, ...]] = (),
    dpi: int = 200,
    deadline: Deadline = Deadline(),
) -> str:
    """Draw a plan as a PNG of an A3 page, landscape.

    Parameters
    ----------
    path : Path
        Where the PNG goes.
    instance : Instance
    shapes : Shapes
        One geometry a municipality of the instance.
    mergers : sequence of MapMerger
        The plan. Municipalities that are in no merger are left white.
    title, subtitle : str
        Above the map.
    source_line : str
        Below it; where the shapes come from is added.
    part : str
        What the legend calls it: merger, or reference zone.
    zones : sequence of tuple of int
        Members of the zones that the mergers are nested in, drawn as outlines.
    dpi : int
        Resolution; 200 gives 3307 by 2338 pixels.
    deadline : Deadline
        Names are left out, and the resolution is lower, where there is too little time.

    Returns
    -------
    str
        What was left out for want of time; empty for nothing.
    """
    page, areas = lay_out(instance, shapes, mergers)
    fills = merger_fills(instance, areas, mergers)
    pen = Pen()
    draw_areas(pen, areas, mergers, fills)
    if zones:
        outlines = [dissolve([areas.municipalities[i] for i in zone]) for zone in zones]
        pen.outlines(outlines, *LINES["zone"], order=4.5)
    dots = seat_points(instance, shapes, mergers, page)
    hurry = Hurry(deadline, len(mergers), len(instance))
    if hurry.names:
        seats = seat_names(instance, areas, mergers, dots)
        regions = region_names(instance, areas, seats, dots)
        members = member_names(instance, areas, mergers, page, boxes_of([*seats, *regions], dots))
        _draw_names(pen, seats, [*regions, *members], dots)
    draw_head(pen, title, subtitle)
    draw_legend(pen, page.legend, page, exempt_text(mergers), len(areas.regions) > 1, part, zones=bool(zones))
    if hurry.names:
        draw_index(pen, page.index, instance, mergers, fills)
    source = shapes.source[:1].upper() + shapes.source[1:]
    draw_foot(pen, " · ".join(part for part in (source, source_line) if part))
    pen.save(path, hurry.dpi(dpi))
    return hurry.left_out


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


def _draw_names(pen: Pen, seats: Sequence[Written], pale: Sequence[Written], dots: FloatArray) -> None:
    pen.dots(dots)
    for name in seats:
        write_name(pen, name, INK)
    for name in pale:
        write_name(pen, name, PALE_INK)


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
