"""The printed map of a plan: A3, one page, legible in colour and in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import shapely

from ...instances import Instance
from ...instances.activity import doing
from ...instances.arrays import FloatArray
from .areas import Areas, lay_out
from .colours import STANDALONE, assign_colours, neighbours, palette
from .merger import MapMerger
from .names import Written, boxes_of, member_names, region_names, seat_names, seat_points
from .panel import draw_foot, draw_head, draw_index, draw_legend
from .shapes import Shapes, dissolve
from .style import INK, LINES, PALE_INK, Pen

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
) -> None:
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
        What the legend calls a part of the plan.
    zones : sequence of tuple of int
        Members of the zones that the mergers are nested in, drawn as outlines.
    dpi : int
        Resolution; 200 gives 3307 by 2338 pixels.
    """
    page, areas = lay_out(instance, shapes, mergers)
    fills = merger_fills(instance, areas, mergers)
    pen = Pen()
    draw_areas(pen, areas, mergers, fills)
    if zones:
        outlines = [dissolve([areas.municipalities[i] for i in zone]) for zone in zones]
        pen.outlines(outlines, *LINES["zone"], order=4.5)
    dots = seat_points(instance, shapes, mergers, page)
    seats = seat_names(instance, areas, mergers, dots)
    regions = region_names(instance, areas, seats, dots)
    members = member_names(instance, areas, mergers, page, boxes_of([*seats, *regions], dots))
    _draw_names(pen, seats, [*regions, *members], dots)
    draw_head(pen, title, subtitle)
    alone = any(merger.standalone for merger in mergers)
    draw_legend(pen, page.legend, page, alone, len(areas.regions) > 1, part, zones=bool(zones))
    draw_index(pen, page.index, instance, mergers, fills)
    source = shapes.source[:1].upper() + shapes.source[1:]
    draw_foot(pen, " · ".join(part for part in (source, source_line) if part))
    pen.save(path, dpi)


def merger_fills(instance: Instance, areas: Areas, mergers: Sequence[MapMerger]) -> list[str]:
    """Colour of each merger; those that stand alone by rule are grey and take no part in the colouring."""
    coloured = [k for k, merger in enumerate(mergers) if not merger.standalone]
    fills = [STANDALONE] * len(mergers)
    if not coloured:
        return fills
    pairs = neighbours(
        instance, [mergers[k].members for k in coloured], [areas.mergers[k] for k in coloured], _NEAR
    )
    numbers = assign_colours(len(coloured), pairs)
    tints = palette(max(numbers) + 1)
    for k, number in zip(coloured, numbers, strict=True):
        fills[k] = tints[number]
    return fills


def draw_areas(pen: Pen, areas: Areas, mergers: Sequence[MapMerger], fills: Sequence[str]) -> None:
    """Areas first, then borders from light to heavy."""
    pen.areas(areas.mergers, fills, order=1)
    alone = [shape for shape, merger in zip(areas.mergers, mergers, strict=True) if merger.standalone]
    if alone:
        pen.hatch(shapely.union_all(alone), order=1.5)
    pen.outlines(areas.municipalities, *LINES["municipality"], order=3)
    pen.outlines(areas.mergers, *LINES["merger"], order=4)
    if len(areas.regions) > 1:
        pen.outlines(list(areas.regions.values()), *LINES["region"], order=5)


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
