"""Municipalities, mergers and regions as shapes on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from ...instances import Instance
from .merger import MapMerger
from .page import Page
from .shapes import Geometry, Shapes, dissolve

_DETAIL = 0.12
"""Detail smaller than this, in millimetres on the page, is left out: it is below the printer's dot."""

_FINE = 20_000
"""Shapes with fewer vertices than this are drawn as they are."""


@dataclass(frozen=True)
class Areas:
    """What is drawn, in millimetres on the page.

    Attributes
    ----------
    municipalities, mergers : tuple of shapely geometries
        By index, and in the order of the plan.
    regions : dict of int to shapely geometry
        By index of the region.
    """

    municipalities: tuple[Geometry, ...]
    mergers: tuple[Geometry, ...]
    regions: dict[int, Geometry]


def lay_out(
    instance: Instance, shapes: Shapes, mergers: Sequence[MapMerger], page: Page | None = None
) -> tuple[Page, Areas]:
    """Bring all shapes onto a page, laid out for all of them where none is given."""
    if page is None:
        left, bottom, right, top = shapely.total_bounds(np.array(shapes.geometry, dtype=object)).tolist()
        page = Page.around((left, bottom, right, top))
    municipalities = simplified(shapes.geometry, page)
    merged = tuple(dissolve([municipalities[i] for i in merger.members]) for merger in mergers)
    by_region: dict[int, list[Geometry]] = {}
    for merger, shape in zip(mergers, merged, strict=True):
        by_region.setdefault(int(instance.region[merger.seat]), []).append(shape)
    regions = {region: dissolve(parts) for region, parts in sorted(by_region.items())}
    return page, Areas(tuple(municipalities), merged, regions)


def simplified(
    geometry: Sequence[Geometry], page: Page, fine: int = _FINE, detail: float = _DETAIL
) -> list[Geometry]:
    """Bring shapes onto a page, without detail that the page does not show.

    Shapes with fewer vertices than `fine` are left as they are. `detail` is in millimetres on the page.
    """
    return [page.shape(shape) for shape in _lighter(geometry, detail / page.scale, fine)]


def _lighter(geometry: Sequence[Geometry], detail: float, fine: int) -> list[Geometry]:
    """Simplify shapes together, so that neighbours still fit; leave them alone where that is not possible."""
    shapes = list(geometry)
    heavy = int(shapely.get_num_coordinates(shapes).sum()) > fine
    # Both functions came with shapely 2.1; without them the map is drawn in full, only slower.
    if not heavy or not hasattr(shapely, "coverage_simplify") or not shapely.coverage_is_valid(shapes):
        return shapes
    simple = list(shapely.coverage_simplify(shapes, detail))
    return [
        new if new.is_valid and not new.is_empty else old for new, old in zip(simple, shapes, strict=True)
    ]
