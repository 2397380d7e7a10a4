"""The map of what differs between two plans: the first in colour, new borders as strong lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import shapely

from ...instances import Instance
from ...instances.common.activity import doing
from .areas import Areas, lay_out
from .difference_panel import draw_changes, draw_difference_legend
from .drawing import merger_fills, write_name
from .names import (
    LARGE_SCALE,
    boxes_of,
    member_names,
    names_inside,
    region_names,
    seat_names,
    seat_points,
    short_name,
)
from .page import Page
from .panel import draw_foot, draw_head
from .shapes import Geometry, Shapes, dissolve
from .style import INK, PALE_INK, Pen
from .style import LINES as MAP_LINES
from .two_plans import ACCENT, DASHES, HATCH, LINES, TwoPlans, focused

_NEAR: Final = 0.15
"""Borders nearer to each other than this, in millimetres on the page, are the same border."""

_MOVER_TYPES: Final = (7.0, 8.5)
"""Size of the names of municipalities that move, in points: on maps of a small scale, and of a large one."""


@dataclass(frozen=True)
class Borders:
    """Borders between parts, by the plans that have them; on the page."""

    both: Geometry
    first: Geometry
    second: Geometry


@doing("drawing the map of differences")
def draw_difference(
    path: Path,
    instance: Instance,
    shapes: Shapes,
    plans: TwoPlans,
    *,
    title: str,
    subtitle: str = "",
    source_line: str = "",
    dpi: int = 200,
) -> None:
    """Draw two plans on one map, as a PNG of an A3 page, landscape.

    Only the municipalities that the plans hold are drawn.

    Parameters
    ----------
    path : Path
        Where the PNG goes.
    instance : Instance
    shapes : Shapes
        One geometry a municipality of the instance.
    plans : TwoPlans
    title, subtitle : str
        Above the map.
    source_line : str
        Below it; where the shapes come from is added.
    dpi : int
        Resolution; 200 gives 3307 by 2338 pixels.
    """
    instance, shapes, plans = focused(instance, shapes, plans)
    page, areas = lay_out(instance, shapes, plans.before)
    fills = merger_fills(instance, areas, plans.before)
    pen = Pen()
    _draw_areas(pen, areas, plans, fills)
    _draw_names(pen, instance, shapes, plans, page, areas)
    draw_head(pen, title, subtitle)
    draw_difference_legend(pen, page, plans, regions=len(areas.regions) > 1)
    draw_changes(pen, page.index, instance, plans, fills)
    source = shapes.source[:1].upper() + shapes.source[1:]
    draw_foot(pen, " · ".join(part for part in (source, source_line) if part))
    pen.save(path, dpi)


def _draw_areas(pen: Pen, areas: Areas, plans: TwoPlans, fills: Sequence[str]) -> None:
    """Areas first, then hatching, then borders from light to heavy; new borders stand off from all others."""
    pen.areas(areas.mergers, fills, order=1)
    alone = [shape for shape, merger in zip(areas.mergers, plans.before, strict=True) if merger.standalone]
    if alone:
        pen.hatch(shapely.union_all(alone), order=1.5)
    movers = [areas.municipalities[transfer.municipality] for transfer in plans.moves]
    if movers:
        spacing, width = HATCH
        pen.hatch(shapely.union_all(movers), spacing, 2, colour=ACCENT, width=width, falling=True)
    pen.outlines(areas.municipalities, *MAP_LINES["municipality"], order=3)
    borders = borders_of(
        areas.mergers, [dissolve([areas.municipalities[i] for i in merger.members]) for merger in plans.after]
    )
    pen.lines(borders.both, *LINES["both"], order=4)
    pen.lines(borders.first, "white", LINES["first"][1] + 1.2, order=4.1)
    pen.lines(borders.first, *LINES["first"], order=4.2, dashes=DASHES)
    if len(areas.regions) > 1:
        pen.outlines(list(areas.regions.values()), *MAP_LINES["region"], order=4.5)
    pen.lines(borders.second, "white", LINES["second"][1] + 1.4, order=4.6)
    pen.lines(borders.second, *LINES["second"], order=5)


def borders_of(first: Sequence[Geometry], second: Sequence[Geometry]) -> Borders:
    """Sort the borders of two divisions of the same area by the division that has them.

    Borders that run within a hair of each other are the same: official shapes do not always fit exactly.
    """
    ours = shapely.union_all([shape.boundary for shape in first])
    theirs = shapely.union_all([shape.boundary for shape in second])
    near_ours, near_theirs = shapely.buffer(ours, _NEAR), shapely.buffer(theirs, _NEAR)
    return Borders(
        shapely.intersection(theirs, near_ours),
        shapely.difference(ours, near_theirs),
        shapely.difference(theirs, near_ours),
    )


def _draw_names(
    pen: Pen, instance: Instance, shapes: Shapes, plans: TwoPlans, page: Page, areas: Areas
) -> None:
    """Seats of the first plan, then municipalities that move, regions, and others where there is room."""
    dots = seat_points(instance, shapes, plans.before, page)
    seats = seat_names(instance, areas, plans.before, dots)
    moving = {transfer.municipality for transfer in plans.moves}
    wanted = sorted(moving - {m.seat for m in plans.before}, key=lambda i: (-int(instance.population[i]), i))
    points = _MOVER_TYPES[page.scale >= LARGE_SCALE]
    movers = names_inside(instance, areas, wanted, boxes_of(seats, dots), points, outside=0.6)
    regions = region_names(instance, areas, [*seats, *movers], dots)
    staying = [replace(m, members=tuple(set(m.members) - moving)) for m in plans.before]
    members = member_names(instance, areas, staying, page, boxes_of([*seats, *movers, *regions], dots))
    pen.dots(dots)
    going = {_letters(short_name(m, instance)) for m in plans.before if m.seat in moving}
    for name in seats:
        write_name(pen, name, ACCENT if _letters(name.text) in going else INK)
    for name in movers:
        write_name(pen, name, ACCENT)
    for name in [*regions, *members]:
        write_name(pen, name, PALE_INK)


def _letters(text: str) -> str:
    """Give a name without what its layout changes."""
    return "".join(text.split())
