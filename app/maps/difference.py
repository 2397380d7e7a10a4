"""The map of what differs between two plans: the first in colour, new borders as strong lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import shapely

from ...instances import Instance
from ...instances.common.activity import doing
from ...instances.common.arrays import FloatArray
from ..dutch import Language
from .difference_panel import difference_entries, draw_changes
from .drawing import lay_out_page, sources
from .ground import draw_around, merger_fills, write_name
from .legend import draw_legend
from .locator import draw_locator
from .names import (
    LARGE_SCALE,
    Written,
    boxes_of,
    member_names,
    names_inside,
    region_names,
    seat_names,
    seat_points,
)
from .output import save
from .panel import draw_foot, draw_head
from .shapes import Geometry, Shapes, dissolve
from .style import GREY, INK, PALE_INK, Pen
from .style import LINES as MAP_LINES
from .two_plans import ACCENT, DASHES, HATCH, LINES, TwoPlans
from .window import Window, open_window

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
    path: Path | Sequence[Path],
    instance: Instance,
    shapes: Shapes,
    plans: TwoPlans,
    *,
    title: str,
    subtitle: str = "",
    source_line: str = "",
    language: Language = "en",
    dpi: int = 200,
) -> None:
    """Draw two plans on one map, as an A3 page, landscape: as PNG, SVG or PDF, by the ending of the file.

    The municipalities that the plans hold fill the page; what lies around them is drawn pale.

    Parameters
    ----------
    path : Path or sequence of Path
        Where the page goes; several files hold the same one.
    instance : Instance
    shapes : Shapes
        One geometry a municipality of the instance.
    plans : TwoPlans
    title, subtitle : str
        Above the map, in its language.
    source_line : str
        Below it; where the shapes come from is added.
    language : {'en', 'nl'}
        Of all texts.
    dpi : int
        Resolution of a PNG; 200 gives 3307 by 2338 pixels.
    """
    held = tuple(sorted(i for merger in plans.before for i in merger.members))
    entries = difference_entries(plans, language, regions=len({int(instance.region[i]) for i in held}) > 1)
    page = lay_out_page(shapes, held, entries, whole=len(held) == len(instance))
    window = open_window(instance, shapes, held, plans.before, range(len(plans.before)), page)
    fills = merger_fills(instance, window.areas, plans.before)
    pen = Pen()
    draw_around(pen, instance, window)
    if window.around:
        pen.rectangle(page.map, "none", edge=GREY)
    _draw_areas(pen, window, plans, fills)
    dots = seat_points(instance, shapes, plans.before, page)
    pen.dots(dots)
    for name, colour in difference_names(instance, window, plans, dots):
        write_name(pen, name, colour)
    draw_head(pen, title, subtitle)
    draw_legend(pen, page, entries, language)
    draw_changes(pen, page.index, instance, plans, fills, language)
    draw_locator(pen, page, instance, shapes, held)
    draw_foot(pen, sources(shapes, source_line, language))
    for one in [path] if isinstance(path, Path) else path:
        save(pen.figure, one, dpi)


def _draw_areas(pen: Pen, window: Window, plans: TwoPlans, fills: Sequence[str]) -> None:
    """Areas first, then hatching, then borders from light to heavy; new borders stand off from all others."""
    areas, cells = window.areas, window.cells
    pen.areas(areas.mergers, fills, order=1)
    alone = [shape for shape, merger in zip(areas.mergers, plans.before, strict=True) if merger.standalone]
    if alone:
        pen.hatch(shapely.union_all(alone), order=1.5)
    movers = [cells[transfer.municipality] for transfer in plans.moves]
    if movers:
        spacing, width = HATCH
        pen.hatch(shapely.union_all(movers), spacing, 2, colour=ACCENT, width=width, falling=True)
    pen.borders(list(cells.values()), *MAP_LINES["municipality"], order=3)
    borders = borders_of(areas.mergers, [dissolve([cells[i] for i in m.members]) for m in plans.after])
    pen.lines(borders.both, *LINES["both"], order=4)
    pen.lines(borders.first, "white", LINES["first"][1] + 1.2, order=4.1)
    pen.lines(borders.first, *LINES["first"], order=4.2, dashes=DASHES)
    if len(areas.regions) > 1:
        pen.borders(list(areas.regions.values()), *MAP_LINES["region"], order=4.5)
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


def difference_names(
    instance: Instance, window: Window, plans: TwoPlans, dots: FloatArray
) -> list[tuple[Written, str]]:
    """Place names, each with its ink: seats of the first plan, those that move, regions, then others."""
    page, areas = window.page, window.areas
    room = page.room
    seats = seat_names(instance, areas, plans.before, dots, room=room)
    moving = {transfer.municipality for transfer in plans.moves}
    wanted = sorted(moving - {m.seat for m in plans.before}, key=lambda i: (-int(instance.population[i]), i))
    points = _MOVER_TYPES[page.scale >= LARGE_SCALE]
    movers = names_inside(instance, areas, wanted, boxes_of(seats, dots), points, outside=0.6, room=room)
    regions = region_names(instance, areas, boxes_of([*seats, *movers], dots), room)
    staying = [replace(m, members=tuple(set(m.members) - moving)) for m in plans.before]
    taken = boxes_of([*seats, *movers, *regions], dots)
    members = member_names(instance, areas, staying, page, taken, room)
    inks = [(name, ACCENT if name.of in moving else INK) for name in seats]
    inks += [(name, ACCENT) for name in movers]
    return inks + [(name, PALE_INK) for name in (*regions, *members)]
