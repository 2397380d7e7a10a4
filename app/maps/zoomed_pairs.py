"""What good plans agree on in one region, or in several, as a picture without a page around it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import shapely

from ...instances import Instance
from ...instances.common.arrays import FloatArray, IntArray
from ..dutch import Language
from .ground import draw_around, regions_around, write_name
from .names import boxes_of, names_inside, names_of_regions, town_points
from .output import png, svg
from .pairs import draw_pair_lines, ground, pair_boxes
from .shapes import Shapes
from .style import GREY, HATCH, INK, LINES, Pen
from .window import Window, held_by, open_window
from .zoomed import REGION_TYPES, USUAL, page_of, size_of

_TYPE = 6.5
"""Size of the names, in points."""


def pairs_picture(
    instance: Instance,
    shapes: Shapes,
    regions: Collection[str],
    pairs: IntArray,
    share: FloatArray,
    *,
    language: Language,
    width_mm: float = USUAL,
    height_mm: float | None = None,
    names: bool = True,
    dpi: int = 200,
) -> tuple[bytes, bytes]:
    """Draw for each pair of neighbours how many of the good plans merge them.

    Neighbours that share a merger in all of them are joined by a thick blue line, and those that never do by
    a dotted grey one; all others are open, in orange, thicker the more plans merge them. Municipalities that
    no pair is about are hatched: they stand alone by rule.

    Parameters
    ----------
    instance : Instance
    shapes : Shapes
    regions : collection of str
        Names of the regions that are shown in full; all of them where it is empty.
    pairs : ndarray of int64, shape (p, 2)
        Neighbours that may merge, by index; pairs of other regions are passed over.
    share : ndarray of float64, shape (p,)
        Share of the plans that merge the two, 0 to 1.
    language : {'en', 'nl'}
    width_mm, height_mm : float
        Size of the picture; as high as the regions ask for where no height is given.
    names : bool
        Whether municipalities are named where there is room.
    dpi : int
        Resolution of the PNG.

    Returns
    -------
    (bytes, bytes)
        An SVG and a PNG of the same drawing.
    """
    held, _ = held_by(instance, regions, ())
    inside = np.isin(pairs, held).all(axis=1).reshape(-1)
    pairs, share = pairs.reshape(-1, 2)[inside], share[inside]
    page = page_of(shapes, held, width_mm, height_mm)
    window = open_window(instance, shapes, held, (), (), page)
    pen = Pen(size=(page.map.width, page.map.height))
    draw_around(pen, instance, window)
    _draw_ground(pen, window, pairs, share)
    dots = town_points(instance, shapes, held, page)
    place = {i: k for k, i in enumerate(held)}
    ends = dots[np.array([[place[a], place[b]] for a, b in pairs.tolist()], dtype=np.int64).reshape(-1, 2)]
    draw_pair_lines(pen.axes, ends, share)
    pen.dots(dots)
    if names:
        _write_names(pen, instance, window, dots, pair_boxes(dots, ends, share))
    return svg(pen.figure), png(pen.figure, dpi)


def _draw_ground(pen: Pen, window: Window, pairs: IntArray, share: FloatArray) -> None:
    fills, alone = ground(window.held, pairs, share)
    cells: dict[int, Any] = window.cells
    pen.areas(list(cells.values()), fills)
    if alone:
        pen.hatch(shapely.union_all([cells[i] for i in alone]), order=1.5, colour=HATCH)
    pen.borders(list(cells.values()), *LINES["municipality"], order=2)
    pen.borders(list(window.areas.regions.values()), *LINES["region"], order=3)


def _write_names(pen: Pen, instance: Instance, window: Window, dots: FloatArray, taken: FloatArray) -> None:
    """Name the municipalities, the most populous first, beside the lines where possible, else over them."""
    room, points = window.page.room, _TYPE * size_of(window.page)
    order = sorted(window.held, key=lambda i: (-int(instance.population[i]), i))
    beside = names_inside(instance, window.areas, order, taken, points, 0.45, room=room)
    named = {written.of for written in beside}
    left = [i for i in order if i not in named]
    over = names_inside(instance, window.areas, left, boxes_of(beside, dots), points, 0.45, room=room)
    for name in [*beside, *over]:
        write_name(pen, name, INK)
    regions = regions_around(instance, window)
    boxes = boxes_of([*beside, *over], dots)
    types = [size_of(window.page) * size for size in REGION_TYPES]
    for name in names_of_regions(instance, regions, boxes, types, room):
        write_name(pen, name, GREY)
