"""Maps of one region, of several or of all, without a page around them: for documents and previews."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
import shapely

from ...instances import Instance
from ...instances.common.arrays import FloatArray
from ...models.question.each_lock import Lock
from ...solver.review.transfers import transfers
from ..dutch import Language
from .agreed import points_of, shown_locks, sign_boxes
from .areas import Areas
from .difference import borders_of
from .ground import draw_agreed, draw_areas, draw_around, draw_zones, merger_fills, regions_around, write_name
from .merger import MapMerger
from .names import Written, boxes_of, names_inside, names_of_regions, seat_names, town_points
from .output import png, svg
from .page import Page
from .shapes import Shapes, dissolve
from .style import GREY, INK, LINES, PALE_INK, Pen
from .two_plans import ACCENT, DASHES, HATCH
from .window import Window, bounds_of, held_by, open_window

USUAL: Final = 170.0
"""Width in millimetres at which names have their usual size: that of the text on an A4 page."""

_SMALLEST: Final = 0.72
"""Of names, in usual sizes."""

_TALLEST: Final = 1.25
"""Most height of a map that is as high as its region, in widths."""

_MEMBER_TYPE, REGION_TYPES = 6.5, (7.5, 6.5, 5.5)
"""Sizes of the names of members, and of the regions around, in points."""

Groups = Sequence[Sequence[int]]


def picture_of(
    instance: Instance,
    shapes: Shapes,
    regions: Collection[str],
    mergers: Sequence[MapMerger],
    *,
    language: Language,
    width_mm: float = USUAL,
    height_mm: float | None = None,
    locks: Sequence[Lock] = (),
    difference: Groups | None = None,
    zones: Groups = (),
    fills: Sequence[str] | None = None,
    names: bool = True,
    members: bool = True,
    dpi: int = 200,
) -> tuple[bytes, bytes]:
    """Draw mergers on a map of some regions that fills the picture.

    What lies around the regions is drawn pale. Names of mergers stand at their seats; no name overlaps
    another one or reaches over the edge, and those of members without room are left out.

    Parameters
    ----------
    instance : Instance
    shapes : Shapes
        One geometry a municipality of the instance.
    regions : collection of str
        Names of the regions that are shown in full; all of them where it is empty.
    mergers : sequence of MapMerger
        The plan; mergers of other regions are passed over.
    language : {'en', 'nl'}
        Of the texts on the map. (Names of municipalities and regions are those of the instance.)
    width_mm, height_mm : float
        Size of the picture; as high as the regions ask for where no height is given.
    locks : sequence of Lock
        What is agreed, as `locks_of` lists it; those about other regions are passed over.
    difference : sequence of sequence of int, optional
        Groups of another plan of these municipalities: those that left their group of it for another are
        hatched, and borders that only the other plan has are dashed.
    zones : sequence of sequence of int
        Members of the zones that the mergers are nested in, drawn as outlines.
    fills : sequence of str, optional
        Colour of each merger of the plan, as `fills_of` gives them, so that several maps have the same ones.
    names : bool
        Whether seats and the regions around are named.
    members : bool
        Whether other members are named too where there is room.
    dpi : int
        Resolution of the PNG.

    Returns
    -------
    (bytes, bytes)
        An SVG and a PNG of the same drawing.
    """
    held, places = held_by(instance, regions, mergers)
    page = page_of(shapes, held, width_mm, height_mm)
    window = open_window(instance, shapes, held, mergers, places, page)
    colours = [fills[k] for k in places] if fills is not None else _fills(instance, window)
    pen = Pen(size=(page.map.width, page.map.height))
    draw_around(pen, instance, window)
    _draw_plan(pen, window, colours, difference, zones, instance)
    agreed = shown_locks(locks, held)
    points = points_of(held, town_points(instance, shapes, held, page))
    draw_agreed(pen, window, agreed, points)
    dots = np.array([points[m.seat] for m in window.mergers]).reshape(-1, 2)
    pen.dots(dots)
    if names:
        taken = sign_boxes(agreed, window.cells, points)
        for name, colour in placed_names(instance, window, dots, taken, members=members):
            write_name(pen, name, colour)
    return svg(pen.figure), png(pen.figure, dpi)


def fills_of(instance: Instance, shapes: Shapes, mergers: Sequence[MapMerger]) -> list[str]:
    """Give the colour of each merger of a plan on maps: neighbours have different ones.

    Parameters
    ----------
    instance : Instance
    shapes : Shapes
    mergers : sequence of MapMerger

    Returns
    -------
    list of str
        As ``#rrggbb``.
    """
    merged = tuple(shapes.merged(merger.members) for merger in mergers)
    return merger_fills(instance, Areas((), merged, {}), mergers, near=250.0)


def page_of(shapes: Shapes, held: Sequence[int], width: float, height: float | None) -> Page:
    """Lay out a picture of some municipalities, as high as they ask for where no height is given."""
    bounds = bounds_of(shapes, held)
    if height is None:
        ratio = (bounds[3] - bounds[1]) / max(bounds[2] - bounds[0], 1e-9)
        height = width * min(max(ratio, 0.3), _TALLEST)
    return Page.filled(bounds, width, height, edge=0.0)


def size_of(page: Page) -> float:
    """Give the size of names in usual sizes: smaller on small pictures."""
    return min(max(page.map.width / USUAL, _SMALLEST), 1.0)


def _fills(instance: Instance, window: Window) -> list[str]:
    return merger_fills(instance, window.areas, window.mergers)


def _draw_plan(
    pen: Pen,
    window: Window,
    fills: Sequence[str],
    difference: Groups | None,
    zones: Groups,
    instance: Instance,
) -> None:
    areas = window.areas
    shown = Areas(tuple(window.cells.values()), areas.mergers, {})
    draw_areas(pen, shown, window.mergers, fills)
    colour, width = LINES["region"]
    pen.borders(list(areas.regions.values()), colour, width * size_of(window.page), order=5)
    draw_zones(pen, window, zones)
    if difference is not None:
        _draw_difference(pen, window, difference, instance)


def _draw_difference(pen: Pen, window: Window, other: Groups, instance: Instance) -> None:
    """Hatch the municipalities that left their group of another plan; dash the borders that only it has."""
    placed = {i for merger in window.mergers for i in merger.members}
    before = [group for group in (tuple(sorted(placed & set(g))) for g in other) if group]
    both = {i for group in before for i in group}
    after = [group for m in window.mergers if (group := tuple(sorted(both & set(m.members))))]
    moved = [t.municipality for t in transfers(before, after, instance.population) if t.moves]
    if moved:
        spacing, width = HATCH
        shape = shapely.union_all([window.cells[i] for i in moved])
        pen.hatch(shape, spacing, 2, colour=ACCENT, width=width, falling=True)
    theirs = [dissolve([window.cells[i] for i in group]) for group in before]
    left = borders_of(theirs, window.areas.mergers).first if theirs else None
    if left is not None and not left.is_empty:
        pen.lines(left, "white", 1.8, order=4.1)
        pen.lines(left, INK, 0.9, order=4.2, dashes=DASHES)


def placed_names(
    instance: Instance, window: Window, dots: FloatArray, taken: FloatArray, *, members: bool = True
) -> list[tuple[Written, str]]:
    """Place the names of seats, of other members and of the regions around, each with its ink.

    Parameters
    ----------
    dots : ndarray of float64, shape (k, 2)
        Of the seats, in the order of the mergers in full view.
    taken : ndarray of float64, shape (m, 4)
        Boxes that names keep off.
    members : bool
        Whether members that are no seat are named.
    """
    room, size = window.page.room, size_of(window.page)
    seats = seat_names(instance, window.areas, window.mergers, dots, taken=taken, room=room, size=size)
    inside: list[Written] = []
    if members:
        seat = {merger.seat for merger in window.mergers}
        others = sorted(set(window.held) - seat, key=lambda i: (-int(instance.population[i]), i))
        boxes = np.vstack([boxes_of(seats, dots), taken])
        inside = names_inside(instance, window.areas, others, boxes, _MEMBER_TYPE * size, 0.45, room=room)
    boxes = np.vstack([boxes_of([*seats, *inside], dots), taken])
    types = [size * points for points in REGION_TYPES]
    beside = names_of_regions(instance, regions_around(instance, window), boxes, types, room)
    kinds = ((seats, INK), (inside, PALE_INK), (beside, GREY))
    return [(name, colour) for names, colour in kinds for name in names]
