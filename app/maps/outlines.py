"""Outlines for a page that draws them itself: one path a municipality, and the borders between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import shapely
from shapely.geometry.polygon import orient
from shapely.ops import polylabel

from ...instances.common.activity import doing
from ...instances.common.arrays import FloatArray
from .coverage import fitted, simplified
from .shapes import Geometry, Shapes, without_specks

WIDTH = 1000.0
"""Width of the map in its own units."""

_DECIMAL = 10
"""Coordinates are whole tenths of a unit."""

_DETAIL = 0.45
"""Detail smaller than this, in units, is left out."""

_SPECK = 0.3
"""Parts smaller than this, in square units, are left out."""

_HOLE = 1e-4
"""Holes in what the municipalities cover together are drawn from this share of it."""

_FLAT = 0.5
"""A name is about twice as wide as high: so is the room that is looked for around its point."""

_EXACT = 0.01
"""How exactly that ellipse is found, in sides of a square as large as the municipality."""

_NOBODY = -1
"""What is on the other side of an outer border."""

Point: TypeAlias = tuple[int, int]
Line: TypeAlias = list[Point]


@dataclass(frozen=True)
class Arc:
    """A line between two municipalities, or between one and the outside.

    Attributes
    ----------
    path : str
    left, right : int
        Index of the municipality on either side, seen along the line on the page; the right one is -1 where
        there is none.
    """

    path: str
    left: int
    right: int


@dataclass(frozen=True)
class Place:
    """Outline of one municipality.

    Attributes
    ----------
    path : str
        In the notation of SVG: ``M`` and ``l`` for each ring, closed by ``z``.
    x, y : float
        Where its name stands: inside its largest part, where there is most room for a line of text.
    room : float
        Half the height of the ellipse, twice as wide as high, that fits around that point.
    """

    path: str
    x: float
    y: float
    room: float


@dataclass(frozen=True)
class Outlines:
    """The map as a page draws it: y goes down, coordinates have one decimal.

    Attributes
    ----------
    width, height : float
        Of the whole map, in its own units.
    generalised : bool
        Drawn by the project from points, not official boundaries.
    source : str
        For the source line of the map.
    municipalities : tuple of Place
        By index.
    arcs : tuple of Arc
        All borders, each once.
    outside : str or None
        Path of what lies between the municipalities but belongs to none, such as Brussels.
    """

    width: float
    height: float
    generalised: bool
    source: str
    municipalities: tuple[Place, ...]
    arcs: tuple[Arc, ...]
    outside: str | None

    def to_dict(self) -> dict[str, Any]:
        """Give plain dictionaries and lists, ready for JSON."""
        return {
            "width": self.width,
            "height": self.height,
            "generalised": self.generalised,
            "source": self.source,
            "municipalities": [vars(place) for place in self.municipalities],
            "arcs": [vars(arc) for arc in self.arcs],
            "outside": self.outside,
        }


@doing("drawing the outlines of municipalities")
def outlines_of(shapes: Shapes) -> Outlines:
    """Draw shapes for a page: simplified together, rounded, cut into the borders between neighbours.

    Parameters
    ----------
    shapes : Shapes
        Generalised or official; official ones that do not fit together to the vertex are made to.

    Returns
    -------
    Outlines

    Notes
    -----
    O(v log v) for v vertices; the 285 Flemish municipalities take about 0.1 seconds.
    """
    left, bottom, right, top = shapely.total_bounds(np.array(shapes.geometry, dtype=object)).tolist()
    scale = WIDTH / max(right - left, top - bottom, 1.0)
    n = len(shapes.geometry)
    fit = fitted([*shapes.geometry, *([] if shapes.outside is None else [shapes.outside])])
    drawn = simplified([*fit, *_holes(fit)], _DETAIL / scale)
    rounded = _Rounding(left, top, scale * _DECIMAL)
    rings = [rounded.rings(without_specks(shape, _SPECK / scale**2)) for shape in drawn]
    return Outlines(
        width=round((right - left) * scale, 1),
        height=round((top - bottom) * scale, 1),
        generalised=shapes.generalised,
        source=shapes.source,
        municipalities=tuple(
            Place(_closed(lines), *_label(shape, rounded))
            for lines, shape in zip(rings[:n], drawn, strict=False)
        ),
        arcs=tuple(_arcs(rings[:n])),
        outside=_closed([line for lines in rings[n:] for line in lines]) or None,
    )


def _holes(coverage: list[Geometry]) -> list[Geometry]:
    """Find the large holes in what polygons cover together."""
    union = shapely.coverage_union_all(coverage)
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(union) for ring in part.interiors]
    return [hole for hole in holes if hole.area > _HOLE * union.area]


class _Rounding:
    """Coordinates on the page, as whole tenths of a unit, y down."""

    def __init__(self, left: float, top: float, scale: float) -> None:
        self.left, self.top, self.scale = left, top, scale

    def points(self, coordinates: FloatArray) -> list[Point]:
        """Round points of the shapes' own CRS."""
        x, y = coordinates.T
        rounded = np.rint(np.column_stack([x - self.left, self.top - y]) * self.scale)
        return [(int(a), int(b)) for a, b in rounded.tolist()]

    def rings(self, shape: Geometry) -> list[Line]:
        """Round a polygon's rings, its surface on the left of each; rings that vanish are left out.

        The closing vertex is not repeated.
        """
        parts = [orient(part) for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
        lines = [_without_spikes(self.points(shapely.get_coordinates(ring)[:-1])) for ring in rings]
        return [line for line in lines if len(line) > 2]


def _without_spikes(ring: Line) -> Line:
    """Drop vertices that rounding made equal, and those where the ring turns back on itself."""
    kept: Line = []
    for point in ring:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and point == kept[-2]:
            kept.pop()
            continue
        kept.append(point)
    while len(kept) > 2 and (kept[0] == kept[-1] or kept[1] == kept[-1] or kept[0] == kept[-2]):
        kept = kept[:-1] if kept[0] == kept[-1] or kept[0] == kept[-2] else kept[1:]
    return kept


def _arcs(rings: Sequence[list[Line]]) -> Iterator[Arc]:
    """Cut the rings of all municipalities into lines with the same two sides, each once."""
    owner: dict[tuple[Point, Point], int] = {}
    for i, lines in enumerate(rings):
        for line in lines:
            owner.update(((a, b), i) for a, b in pairwise([*line, line[0]]))
    steps: dict[tuple[int, int], list[tuple[Point, Point]]] = {}
    for (a, b), left in owner.items():
        right = owner.get((b, a), _NOBODY)
        if right == _NOBODY or left < right:
            steps.setdefault((left, right), []).append((a, b))
    for (left, right), edges in sorted(steps.items()):
        yield from (Arc(_drawn(line), left, right) for line in _chained(edges))


def _chained(edges: list[tuple[Point, Point]]) -> Iterator[Line]:
    """Put directed edges together into lines as long as possible; closed ones end where they begin."""
    after: dict[Point, list[Point]] = {}
    enters = {b for _, b in edges}
    for a, b in edges:
        after.setdefault(a, []).append(b)
    for start in sorted(after, key=lambda point: point in enters):  # open lines first
        while after[start]:
            line = [start]
            while after.get(line[-1]):
                line.append(after[line[-1]].pop())
            yield line


def _closed(lines: Sequence[Line]) -> str:
    """Write rings as one path."""
    return "".join(f"{_drawn(line)}z" for line in lines)


def _drawn(line: Line) -> str:
    """Write a line as a path: where it begins, then the steps, which are shorter to write than the points."""
    (x, y), *_ = line
    steps = (_number(end - start) for a, b in pairwise(line) for start, end in zip(a, b, strict=True))
    return f"M{_joined([_number(x), _number(y)])}l{_joined(steps)}"


def _number(tenths: int) -> str:
    """Write a number of tenths as short as SVG allows: 12.5, -3, .4."""
    whole, rest = divmod(abs(tenths), _DECIMAL)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole or ''}.{rest}" if rest else f"{sign}{whole}"


def _joined(numbers: Iterable[str]) -> str:
    """Put numbers behind one another; a minus sign separates them as well as a space."""
    return " ".join(numbers).replace(" -", "-")


def _label(shape: Geometry, rounding: _Rounding) -> tuple[float, float, float]:
    """Find where most room for a name is: the middle of the largest ellipse inside, and half its height."""
    part = max(shapely.get_parts(shape), key=lambda part: part.area)
    flattened = shapely.transform(part, lambda points: points * (_FLAT, 1.0))
    middle, radius = _inscribed(flattened, _EXACT * float(np.sqrt(part.area)))
    ((x, y),) = rounding.points(middle / (_FLAT, 1.0))
    return x / _DECIMAL, y / _DECIMAL, round(radius * rounding.scale / _DECIMAL, 1)


def _inscribed(polygon: Geometry, exact: float) -> tuple[FloatArray, float]:
    """Find middle, shape (1, 2), and radius of the largest circle in a polygon."""
    if hasattr(shapely, "maximum_inscribed_circle"):  # from shapely 2.1 on
        circle = shapely.maximum_inscribed_circle(polygon, tolerance=exact)
        return shapely.get_coordinates(circle)[:1], float(shapely.length(circle))
    middle = polylabel(polygon, exact)
    return shapely.get_coordinates(middle), float(shapely.distance(middle, polygon.boundary))
