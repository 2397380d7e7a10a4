"""The printed page: its size, its parts and the scale of the map on it. All in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ...instances.common.arrays import FloatArray
from .shapes import Geometry

WIDTH, HEIGHT = 420.0, 297.0
"""A3, landscape."""

MARGIN = 10.0
_HEAD = 23.0
_FOOT = 7.0
_LEGEND = 13.0
_WIDE = 1.75
_EDGE = 0.6
"""Room between names and the edge of the map."""

_LOCATOR = 72.0
"""Width of the small map that shows where a map lies."""


@dataclass(frozen=True)
class Box:
    """A rectangle on the page."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.bottom + self.height


@dataclass(frozen=True)
class Page:
    """Where the parts of the page are, and how the map is brought into its part.

    Attributes
    ----------
    map, legend, index : Box
    scale : float
        Millimetres on paper for one unit of the CRS.
    origin : tuple of float
        Point of the CRS that lies in the lower left corner of the page.
    locator : Box or None
        Where a small map shows where this one lies.
    """

    map: Box
    legend: Box
    index: Box
    scale: float
    origin: tuple[float, float]
    locator: Box | None = None

    @classmethod
    def around(
        cls, bounds: tuple[float, float, float, float], legend: float = _LEGEND, ratio: float = 0.0
    ) -> Page:
        """Lay the page out for a map with these bounds: a wide one has its index below, others beside.

        Parameters
        ----------
        bounds : (float, float, float, float)
            In the CRS.
        legend : float
            Height that the legend takes at least, in millimetres.
        ratio : float
            Height of a small map that shows where this one lies, in widths; 0 for none. It stands at the end
            of the index.
        """
        left, bottom, right, top = bounds
        wide, high = max(right - left, 1e-9), max(top - bottom, 1e-9)
        inner = Box(MARGIN, MARGIN + _FOOT, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN - _FOOT - _HEAD)
        strip = max(legend, _LEGEND)
        if wide / high > _WIDE:
            map_height = min(inner.width * high / wide + 4, inner.height - 47 - strip)
            room = Box(inner.left, inner.top - map_height, inner.width, map_height)
            key = Box(inner.left, room.bottom - strip, inner.width, strip)
            index = Box(inner.left, inner.bottom, inner.width, key.bottom - inner.bottom - 2)
        else:
            side = 108.0
            room = Box(inner.left, inner.bottom + strip, inner.width - side - 6, inner.height - strip)
            key = Box(inner.left, inner.bottom, room.width, strip)
            index = Box(room.right + 6, inner.bottom, side, inner.height)
        scale = min((room.width - 2) / wide, (room.height - 2) / high)
        middle = (room.left + room.width / 2, room.bottom + room.height / 2)
        origin = ((left + right) / 2 - middle[0] / scale, (bottom + top) / 2 - middle[1] / scale)
        index, locator = _parted(index, ratio)
        return cls(room, key, index, scale, origin, locator)

    @classmethod
    def filled(
        cls, bounds: tuple[float, float, float, float], width: float, height: float, edge: float = 1.0
    ) -> Page:
        """Lay out a page of this size that holds nothing but the map, with an edge in millimetres."""
        left, bottom, right, top = bounds
        wide, high = max(right - left, 1e-9), max(top - bottom, 1e-9)
        room, none = Box(0.0, 0.0, width, height), Box(0.0, 0.0, 0.0, 0.0)
        scale = min((width - 2 * edge) / wide, (height - 2 * edge) / high)
        origin = ((left + right) / 2 - width / 2 / scale, (bottom + top) / 2 - height / 2 / scale)
        return cls(room, none, none, scale, origin)

    @property
    def room(self) -> tuple[float, float, float, float]:
        """Box that no name on the map reaches out of: left, bottom, right, top."""
        box = self.map
        return box.left + _EDGE, box.bottom + _EDGE, box.right - _EDGE, box.top - _EDGE

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Bring a point of the CRS onto the page."""
        return (x - self.origin[0]) * self.scale, (y - self.origin[1]) * self.scale

    def shape(self, geometry: Geometry) -> Geometry:
        """Bring a geometry of the CRS onto the page."""
        origin = np.array(self.origin)

        def move(points: FloatArray) -> FloatArray:
            return np.asarray((points - origin) * self.scale, dtype=np.float64)

        return shapely.transform(geometry, move)


def _parted(index: Box, ratio: float) -> tuple[Box, Box | None]:
    """Take the room for a small map off the end of the index: below a column, beside a row."""
    if not ratio:
        return index, None
    if index.width > 2 * index.height:
        height = min(index.height, _LOCATOR * ratio)
        width = height / ratio
        rest = Box(index.left, index.bottom, index.width - width - 6, index.height)
        return rest, Box(index.right - width, index.top - height, width, height)
    height = min(_LOCATOR * ratio, index.height / 3)
    width = height / ratio
    rest = Box(index.left, index.bottom + height + 4, index.width, index.height - height - 4)
    return rest, Box(index.right - width, index.bottom, width, height)
