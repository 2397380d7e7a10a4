"""What is agreed already, drawn as the page draws it: links, walls, rings, frames, stars."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

import numpy as np
import shapely

from ...instances.common.arrays import FloatArray
from ...models.question.each_lock import Lock
from .joining import Point, shared_border, shortest_tree
from .page import Box
from .shapes import Geometry, dissolve
from .style import INK, Pen

WARM: Final = "#a3281c"
GOLD: Final = "#ffd24a"
HALO: Final = "#fffefb"
_ZONE: Final = "#1b3f8f"
"""Ink of what is agreed of zones."""

SIGN: Final = 1.7
"""Half the width of a sign at a municipality, in millimetres."""

_LINK: Final = 1.2
"""Width of a link with its edges, in millimetres."""

_SAME: Final = 0.15
"""Borders nearer to each other than this, in millimetres on the page, are the same border."""

_KINDS: Final = ("existing", "together", "apart", "alone", "seat", "added", "removed")
"""Kinds of locks that a map shows, from below to above."""

_SAID: Final = {
    "existing": "merger that is kept",
    "together": "agreed: together",
    "apart": "agreed: apart",
    "alone": "agreed: alone",
    "seat": "agreed: seat",
    "added": "border added",
    "removed": "border removed",
}
_SAID_OF_ZONES: Final = {
    "existing": "zone that is kept",
    "together": "agreed: together in one zone",
    "apart": "agreed: in different zones",
    "alone": "agreed: a zone by itself",
    "seat": "agreed: centre of its zone",
    "added": "border added for zones",
    "removed": "border removed for zones",
}


def shown_locks(locks: Iterable[Lock], held: Iterable[int]) -> list[Lock]:
    """Keep the locks that a map of some municipalities shows, from below to above."""
    known = set(held)
    shown = [lock for lock in locks if lock.kind in _KINDS and known.intersection(lock.municipalities)]
    return sorted(shown, key=lambda lock: _KINDS.index(lock.kind))


def sign_boxes(
    locks: Sequence[Lock], cells: Mapping[int, Geometry], points: Mapping[int, Point]
) -> FloatArray:
    """Give the boxes (left, bottom, right, top) of signs and links, which names keep off; shape (k, 4)."""
    places: list[Point] = []
    along: list[FloatArray] = []
    for lock in locks:
        members = tuple(i for i in lock.municipalities if i in cells)
        if lock.kind in ("together", "alone", "seat"):
            places += [points[i] for i in members]
        if lock.kind == "together":
            along += [_steps(points[a], points[b]) for a, b in shortest_tree(members, cells, points, _SAME)]
        if lock.kind == "added" and len(members) == 2:
            along.append(_steps(points[members[0]], points[members[1]]))
    signs = np.array(places, dtype=np.float64).reshape(-1, 2)
    links = np.vstack([*along, np.empty((0, 2))])
    return np.vstack(
        [np.hstack([signs - SIGN, signs + SIGN]), np.hstack([links - _LINK / 2, links + _LINK / 2])]
    )


def _steps(start: Point, end: Point) -> FloatArray:
    """Give points along a line, a link's width apart."""
    ends = np.array([start, end])
    count = max(2, int(np.hypot(*(ends[1] - ends[0])) / _LINK))
    return np.asarray(ends[0] + np.linspace(0, 1, count)[:, None] * (ends[1] - ends[0]), dtype=np.float64)


def draw_locks(
    pen: Pen, locks: Sequence[Lock], cells: Mapping[int, Geometry], points: Mapping[int, Point]
) -> None:
    """Draw locks onto the areas of a map.

    Parameters
    ----------
    pen : Pen
    locks : sequence of Lock
        From below to above, as `shown_locks` gives them; what lies off the map is left out.
    cells : mapping of int to shapely geometry
        Municipalities that are drawn, on the page.
    points : mapping of int to (float, float)
        Where each of them has its dot.
    """
    for lock in locks:
        members = tuple(i for i in lock.municipalities if i in cells)
        ink = _ZONE if lock.level else INK
        if lock.kind == "existing" and members:
            draw_frame(pen, dissolve([cells[i] for i in members]), ink)
        elif lock.kind == "together":
            _draw_link(pen, members, cells, points, ink)
        elif lock.kind == "apart":
            for pair in combinations(members, 2):
                _draw_wall(pen, pair, cells, points)
        elif lock.kind == "added" and len(members) == 2:
            _draw_bridge(pen, [points[i] for i in members], ink)
        elif lock.kind == "removed" and len(members) == 2:
            _draw_cut(pen, members, cells, points)
        elif lock.kind in ("alone", "seat"):
            for i in members:
                (_draw_ring if lock.kind == "alone" else _draw_star)(pen, points[i], ink)


def draw_frame(pen: Pen, shape: Geometry, ink: str = INK) -> None:
    """Draw the frame of a merger that is kept as it is."""
    for colour, width, order in ((HALO, 4.2, 5.11), (ink, 3.2, 5.12), (GOLD, 1.3, 5.13)):
        pen.outlines([shape], colour, width, order)


def _draw_link(
    pen: Pen,
    members: Sequence[int],
    cells: Mapping[int, Geometry],
    points: Mapping[int, Point],
    ink: str,
) -> None:
    for a, b in shortest_tree(members, cells, points, _SAME):
        for colour, width, order in ((HALO, 3.2, 5.3), (ink, 1.8, 5.31)):
            pen.line([points[a], points[b]], colour, width, order)
    for i in members:
        _draw_knot(pen, points[i], ink)


def _draw_knot(pen: Pen, point: Point, ink: str) -> None:
    pen.sign(point, "o", 1.9, GOLD, ink, 1.0, order=6.2)


def _draw_ring(pen: Pen, point: Point, ink: str) -> None:
    pen.sign(point, "o", 2 * SIGN, "none", HALO, 2.4, order=6.1)
    pen.sign(point, "o", 2 * SIGN, "none", ink, 1.3, order=6.15)


def _draw_star(pen: Pen, point: Point, ink: str) -> None:
    pen.sign(point, (5, 1, 0), 2.1 * SIGN, GOLD, ink, 0.8, order=6.3)


def _draw_wall(
    pen: Pen, pair: tuple[int, int], cells: Mapping[int, Geometry], points: Mapping[int, Point]
) -> None:
    border = shared_border(cells[pair[0]], cells[pair[1]], _SAME)
    if border is None:
        ends = [points[i] for i in pair]
        _stroke(pen, shapely.LineString(ends), ((HALO, 3.0, ()), (WARM, 1.5, (2.2, 1.7))), 5.2)
        _draw_cross(pen, _middle(ends))
        return
    _stroke(pen, border, ((HALO, 4.8, ()), (WARM, 3.4, ()), (HALO, 3.4, (0.25, 1.3))), 5.2)


def _draw_cut(
    pen: Pen, pair: Sequence[int], cells: Mapping[int, Geometry], points: Mapping[int, Point]
) -> None:
    border = shared_border(cells[pair[0]], cells[pair[1]], _SAME)
    if border is None:
        _draw_cross(pen, _middle([points[i] for i in pair]))
        return
    _stroke(pen, border, ((HALO, 3.0, ()), (WARM, 1.5, (0.7, 1.6))), 5.25)
    middle = border.interpolate(0.5, normalized=True)
    _draw_cross(pen, (middle.x, middle.y))


def _draw_bridge(pen: Pen, ends: Sequence[Point], ink: str) -> None:
    line = shapely.LineString(ends)
    _stroke(pen, line, ((HALO, 4.4, ()), (ink, 3.2, ()), (HALO, 1.6, ())), 5.27)


def _draw_cross(pen: Pen, point: Point) -> None:
    pen.sign(point, "o", 2.6, HALO, WARM, 0.7, order=5.4)
    pen.sign(point, "x", 1.3, WARM, WARM, 1.2, order=5.41)


def _stroke(
    pen: Pen, line: Geometry, strokes: Sequence[tuple[str, float, tuple[float, ...]]], order: float
) -> None:
    for k, (colour, width, dashes) in enumerate(strokes):
        pen.lines(line, colour, width, order + 0.01 * k, dashes)


def _middle(ends: Sequence[Point]) -> Point:
    (x, y), (u, v) = ends
    return (x + u) / 2, (y + v) / 2


def lock_samples(locks: Iterable[Lock]) -> list[tuple[Callable[[Pen, Box], None], str]]:
    """Give a sample and a text, in English, for each kind of lock that is there."""
    kinds = dict.fromkeys((lock.kind, lock.level) for lock in locks if lock.kind in _KINDS)
    return [
        (_sampler(kind, _ZONE if level else INK), (_SAID_OF_ZONES if level else _SAID)[kind])
        for kind, level in sorted(kinds, key=lambda key: (key[1], _KINDS.index(key[0])))
    ]


def frame_sample(pen: Pen, box: Box) -> None:
    """Draw the sample of a merger that is kept."""
    inner = 0.5
    draw_frame(
        pen, shapely.box(box.left + inner, box.bottom + inner, box.right - inner, box.top - inner), INK
    )


def _sampler(kind: str, ink: str) -> Callable[[Pen, Box], None]:
    def draw(pen: Pen, box: Box) -> None:
        y = box.bottom + box.height / 2
        across = [(box.left + 1.0, y), (box.right - 1.0, y)]
        line = shapely.LineString(across)
        middle = _middle(across)
        if kind == "existing":
            draw_frame(
                pen, shapely.box(box.left + 0.5, box.bottom + 0.5, box.right - 0.5, box.top - 0.5), ink
            )
        elif kind == "together":
            pen.line(across, ink, 1.8, 5.31)
            for point in across:
                _draw_knot(pen, point, ink)
        elif kind == "apart":
            _stroke(pen, line, ((WARM, 3.4, ()), (HALO, 3.4, (0.25, 1.3))), 5.2)
        elif kind == "alone":
            pen.dot(*middle)
            _draw_ring(pen, middle, ink)
        elif kind == "seat":
            _draw_star(pen, middle, ink)
        elif kind == "added":
            _draw_bridge(pen, across, ink)
        else:
            _stroke(pen, line, ((WARM, 1.5, (0.7, 1.6)),), 5.25)
            _draw_cross(pen, middle)

    return draw


def points_of(indices: Sequence[int], places: FloatArray) -> dict[int, Point]:
    """Look up places by municipality."""
    return {i: (float(x), float(y)) for i, (x, y) in zip(indices, places, strict=True)}
