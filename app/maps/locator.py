"""A small map of all the land, on which a larger one is marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely

from ...instances import Instance
from .areas import simplified
from .page import Page
from .shapes import Geometry, Shapes, dissolve
from .style import GREY, PALE_INK, Pen

_LAND: Final = "#f4f3f0"


def land_ratio(shapes: Shapes) -> float:
    """Give the height of all the land, in widths."""
    left, bottom, right, top = shapely.total_bounds(np.array(shapes.geometry, dtype=object)).tolist()
    return float((top - bottom) / max(right - left, 1e-9))


def draw_locator(pen: Pen, page: Page, instance: Instance, shapes: Shapes, held: Sequence[int]) -> None:
    """Draw the regions of all the land, those that the page shows dark; nothing where it has no place."""
    box = page.locator
    if box is None:
        return
    bounds = shapely.total_bounds(np.array(shapes.geometry, dtype=object)).tolist()
    small = Page.filled(tuple(bounds), box.width, box.height, edge=0.5)
    cells = [
        shapely.affinity.translate(cell, box.left, box.bottom)
        for cell in simplified(shapes.geometry, small, fine=0, detail=0.3)
    ]
    parts: dict[int, list[Geometry]] = {}
    for i, cell in enumerate(cells):
        parts.setdefault(int(instance.region[i]), []).append(cell)
    regions = [dissolve(some) for _, some in sorted(parts.items())]
    pen.areas(regions, [_LAND] * len(regions), order=1)
    pen.areas([dissolve([cells[i] for i in held])], [PALE_INK], order=1.1)
    pen.borders(regions, GREY, 0.4, order=1.2)
