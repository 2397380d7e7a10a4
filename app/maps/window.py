"""A window on the land: some regions in full, and what lies around them for orientation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from ...instances import Instance
from .areas import Areas, simplified
from .merger import MapMerger
from .page import Page
from .shapes import Geometry, Shapes, dissolve

_DETAIL = 0.18
"""Detail smaller than this, in millimetres on the page, is left out: it is below what a reader sees."""

_ROOM = 0.035
"""Share of the longer side that is left free around what is shown in full."""


@dataclass(frozen=True)
class Window:
    """What a map of some regions shows.

    Attributes
    ----------
    page : Page
    held : tuple of int
        Municipalities that are shown in full.
    mergers : tuple of MapMerger
        Those that lie in full view, in the order of the plan.
    places : tuple of int
        The place of each of them in the plan.
    areas : Areas
        Of what is shown in full; None in place of other municipalities.
    around : dict of int to shapely geometry
        Municipalities around it, cut off at the edge of the map.
    """

    page: Page
    held: tuple[int, ...]
    mergers: tuple[MapMerger, ...]
    places: tuple[int, ...]
    areas: Areas
    around: dict[int, Geometry]

    @property
    def cells(self) -> dict[int, Geometry]:
        """Municipalities in full view, on the page."""
        return {i: self.areas.municipalities[i] for i in self.held}


def held_by(
    instance: Instance, regions: Collection[str], mergers: Sequence[MapMerger]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Find what a map of some regions shows in full: municipalities, and places of mergers in the plan.

    A merger that crosses the border of a region is shown as a whole. All regions where none is named.
    """
    asked = instance.region_indices(list(regions)) if regions else range(len(instance.regions))
    inside = np.isin(instance.region, list(asked))
    places = tuple(k for k, merger in enumerate(mergers) if inside[list(merger.members)].any())
    held = {int(i) for i in np.flatnonzero(inside)} | {i for k in places for i in mergers[k].members}
    return tuple(sorted(held)), places


def regions_of(instance: Instance, mergers: Sequence[MapMerger]) -> list[str]:
    """Name the regions that mergers lie in."""
    found = sorted({int(instance.region[i]) for merger in mergers for i in merger.members})
    return [instance.regions[region] for region in found]


def bounds_of(shapes: Shapes, held: Sequence[int], *, room: bool = True) -> tuple[float, float, float, float]:
    """Give the bounds of some municipalities, in the CRS of the instance, perhaps with room around them."""
    some = np.array([shapes.geometry[i] for i in held], dtype=object)
    left, bottom, right, top = shapely.total_bounds(some).tolist()
    more = _ROOM * max(right - left, top - bottom) if room else 0.0
    return left - more, bottom - more, right + more, top + more


def open_window(
    instance: Instance,
    shapes: Shapes,
    held: Sequence[int],
    mergers: Sequence[MapMerger],
    places: Sequence[int],
    page: Page,
) -> Window:
    """Bring what is shown in full onto a page, and what lies around it as far as the map reaches."""
    view = _view(page)
    tree = shapely.STRtree(np.array(shapes.geometry, dtype=object))
    seen = {int(i) for i in tree.query(view, predicate="intersects")} | set(held)
    shown = sorted(seen)
    on_page = dict(
        zip(shown, simplified([shapes.geometry[i] for i in shown], page, fine=0, detail=_DETAIL), strict=True)
    )
    inside = set(held)
    room = page.map
    around = {}
    for i in shown:
        if i not in inside:
            cut = shapely.clip_by_rect(on_page[i], room.left, room.bottom, room.right, room.top)
            if not cut.is_empty and cut.area > 0:
                around[i] = cut
    some = [mergers[k] for k in places]
    cells = tuple(on_page[i] if i in inside else None for i in range(len(instance)))
    merged = tuple(dissolve([on_page[i] for i in merger.members]) for merger in some)
    by_region: dict[int, list[Geometry]] = {}
    for i in held:
        by_region.setdefault(int(instance.region[i]), []).append(on_page[i])
    regions = {region: dissolve(parts) for region, parts in sorted(by_region.items())}
    areas = Areas(cells, merged, regions)
    return Window(page, tuple(held), tuple(some), tuple(places), areas, around)


def _view(page: Page) -> Geometry:
    """Give what of the land the map shows, in the CRS of the instance."""
    (x, y), room = page.origin, page.map
    left, bottom = x + room.left / page.scale, y + room.bottom / page.scale
    return shapely.box(left, bottom, left + room.width / page.scale, bottom + room.height / page.scale)
