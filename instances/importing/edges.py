"""Edges of polygons: those that two share, and edge matching of the others by distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.arrays import BoolArray, FloatArray, IntArray

NOBODY = -1
"""Polygon index of a piece that faces none."""

_STEP = 50.0
"""Metres; longer pieces of an edge are cut, because each is matched by its midpoint."""

_MOST_PIECES = 20_000
"""Most pieces of one edge, whatever its length."""

_BLOCK = 100_000
"""Pieces that are looked up at a time, which bounds the memory."""


@dataclass(frozen=True)
class Edges:
    """Edges with their polygon on the left.

    Attributes
    ----------
    owner : ndarray of int64, shape (m,)
        Index of the polygon.
    start, end : ndarray of float64, shape (m, 2)
    """

    owner: IntArray
    start: FloatArray
    end: FloatArray

    @property
    def length(self) -> FloatArray:
        """Metres."""
        along: FloatArray = self.end - self.start
        return np.hypot(along[:, 0], along[:, 1])

    def __len__(self) -> int:
        return len(self.owner)

    def take(self, chosen: Any) -> Edges:
        """Keep some edges, given by index or by mask."""
        return Edges(self.owner[chosen], self.start[chosen], self.end[chosen])


@dataclass(frozen=True)
class SharedEdges:
    """Edges that two polygons share from vertex to vertex; a pair may stand more than once.

    Attributes
    ----------
    pairs : ndarray of int64, shape (k, 2)
        The lower index first.
    length : ndarray of float64, shape (k,)
    same_side : ndarray of bool, shape (k,)
        Both polygons lie on the same side of the edge: they overlap.
    """

    pairs: IntArray
    length: FloatArray
    same_side: BoolArray


@dataclass(frozen=True)
class Pieces:
    """Pieces of edges that are not shared, in the order of the outlines, each with the polygon that it faces.

    Attributes
    ----------
    owner, facing : ndarray of int64, shape (m,)
        The piece's own polygon, and the one with the nearest edge (`NOBODY` where none is within reach).
    length, distance : ndarray of float64, shape (m,)
        Metres; infinite where no polygon is within reach.
    opposed : ndarray of bool, shape (m,)
        The two polygons lie on different sides, as neighbours do.
    inside : ndarray of bool, shape (m,)
        The piece lies on the inner side of the edge that it faces.
    middle : ndarray of float64, shape (m, 2)
    follows : ndarray of bool, shape (m,)
        The piece begins where the one before it ends.
    """

    owner: IntArray
    facing: IntArray
    length: FloatArray
    distance: FloatArray
    opposed: BoolArray
    inside: BoolArray
    middle: FloatArray
    follows: BoolArray


def edges_of(shapes: Any) -> Edges:
    """List the edges of polygons and multi-polygons.

    Parameters
    ----------
    shapes : ndarray of polygons, shape (n,)
        Valid.

    Returns
    -------
    Edges
        In the order of each outline; those without length are left out.
    """
    from shapely import get_coordinates, get_parts, get_rings, is_ccw

    parts, shape_of = get_parts(shapes, return_index=True)
    rings, part_of = get_rings(parts, return_index=True)
    is_hole = np.r_[False, part_of[1:] == part_of[:-1]][: len(part_of)]
    on_the_left = is_ccw(rings) ^ is_hole
    points, ring_of = get_coordinates(rings, return_index=True)
    points = points + 0.0  # -0.0 becomes 0.0
    edge = np.flatnonzero((ring_of[1:] == ring_of[:-1]) & (points[1:] != points[:-1]).any(axis=1))
    turned = ~on_the_left[ring_of[edge]]
    order = np.lexsort((np.where(turned, -edge, edge), ring_of[edge]))
    edge, turned = edge[order], turned[order]
    owner = shape_of[part_of[ring_of[edge]]].astype(np.int64)
    return Edges(owner, points[edge + turned], points[edge + ~turned])


def split_shared(edges: Edges) -> tuple[SharedEdges, Edges]:
    """Separate edges that two polygons share from those of one polygon alone."""
    start, end = edges.start, edges.end
    upwards = (start[:, 0] < end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] < end[:, 1]))
    low, high = np.where(upwards[:, None], start, end), np.where(upwards[:, None], end, start)
    order = np.lexsort((edges.owner, high[:, 1], high[:, 0], low[:, 1], low[:, 0]))
    ends, owner = np.column_stack((low, high))[order], edges.owner[order]
    alone = np.ones(len(edges), dtype=np.bool_)
    twins = []
    for step in (1, 2):  # of three polygons at one edge, two are on the same side
        same = (ends[step:] == ends[:-step]).all(axis=1) & (owner[step:] != owner[:-step])
        first, second = order[:-step][same], order[step:][same]
        alone[first] = alone[second] = False
        twins.append((first, second))
    first, second = (np.concatenate(side) for side in zip(*twins, strict=True))
    pairs = np.sort(np.column_stack((edges.owner[first], edges.owner[second])), axis=1)
    common = SharedEdges(pairs, edges.length[first], upwards[first] == upwards[second])
    return common, edges.take(alone)


class EdgeMatcher:
    """Matches edges to the nearest edges of other polygons.

    Parameters
    ----------
    edges : Edges
        Edges that are not shared.
    near : float
        Metres; edges are cut beside each corner of another polygon within this distance.
    """

    def __init__(self, edges: Edges, near: float) -> None:
        from shapely import STRtree, linestrings

        self._edges = edges
        self._length = edges.length
        self._tree = STRtree(linestrings(np.stack((edges.start, edges.end), axis=1)))
        self._near = near

    def pieces(self, most: int, reach: float) -> Pieces:
        """Cut the edges of the first `most` polygons, and match each piece within `reach` metres.

        The nearest edge of another polygon counts, edges within `near` before others.
        """
        edge, low, high = self._cut(most)
        length = (high - low) * self._length[edge]
        direction = self._edges.end[edge] - self._edges.start[edge]
        middle = self._edges.start[edge] + ((low + high) / 2)[:, None] * direction
        owner = self._edges.owner[edge]
        nearest = np.full(len(edge), -1, dtype=np.int64)
        distance = np.full(len(edge), np.inf)
        self._look(np.arange(len(edge)), edge, middle, self._near, nearest, distance)
        alone = np.flatnonzero(nearest < 0)
        self._look(alone[self._has_company(middle[alone], reach)], edge, middle, reach, nearest, distance)
        facing = np.where(nearest < 0, NOBODY, self._edges.owner[nearest]) if len(self._edges) else nearest
        along = self._edges.end[nearest] - self._edges.start[nearest] if len(self._edges) else direction
        aside = middle - self._edges.start[nearest] if len(self._edges) else middle
        return Pieces(
            owner,
            facing,
            length,
            distance,
            (direction * along).sum(axis=1) < 0,
            along[:, 0] * aside[:, 1] - along[:, 1] * aside[:, 0] > 0,
            middle,
            self._follows(edge, low, high),
        )

    def _follows(self, edge: IntArray, low: FloatArray, high: FloatArray) -> BoolArray:
        """Tell which pieces begin where the one before ends."""
        edges = self._edges
        before, after = edge[:-1], edge[1:]
        along = (before == after) & (low[1:] == high[:-1])
        meets = (edges.owner[before] == edges.owner[after]) & (low[1:] == 0) & (high[:-1] == 1)
        meets &= (edges.end[before] == edges.start[after]).all(axis=1)
        follows: BoolArray = np.r_[False, along | meets][: len(edge)]
        return follows

    def _cut(self, most: int) -> tuple[IntArray, FloatArray, FloatArray]:
        """Cut edges into pieces (edge, from, to), the latter as shares of the edge."""
        from shapely import points

        edges = self._edges
        own = np.flatnonzero(edges.owner < most)
        times = np.clip(np.ceil(self._length[own] / _STEP), 1, _MOST_PIECES).astype(np.int64)
        number = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        corner, edge = self._tree.query(points(edges.start), predicate="dwithin", distance=self._near)
        other = (edges.owner[corner] != edges.owner[edge]) & (edges.owner[edge] < most)
        corner, edge = corner[other], edge[other]
        along = edges.end[edge] - edges.start[edge]
        place = ((edges.start[corner] - edges.start[edge]) * along).sum(axis=1) / self._length[edge] ** 2
        between = (place > 0) & (place < 1)
        edge_of = np.r_[np.repeat(own, times), edge[between]]
        low = np.r_[number / np.repeat(times, times), place[between]]
        order = np.lexsort((low, edge_of))
        edge_of, low = edge_of[order], low[order]
        high = np.r_[np.where(edge_of[1:] == edge_of[:-1], low[1:], 1.0), 1.0][: len(edge_of)]
        real = (high - low) * self._length[edge_of] > 1e-9
        return edge_of[real], low[real], high[real]

    def _has_company(self, places: FloatArray, reach: float) -> BoolArray:
        """Tell which places have edges of two polygons near them, unlike most of a coast.

        By squares that are wider than the reach, with those around them.
        """
        times = np.clip(np.ceil(2 * self._length / reach), 1, _MOST_PIECES).astype(np.int64)
        edge = np.repeat(np.arange(len(times)), times)
        share = (np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times) + 0.5) / times[edge]
        along = self._edges.end[edge] - self._edges.start[edge]
        squares = _squares(self._edges.start[edge] + share[:, None] * along, 1.5 * reach)
        held = np.unique(np.column_stack((squares, self._edges.owner[edge])), axis=0)
        around = [(right, up, 0) for right in (-1, 0, 1) for up in (-1, 0, 1)]
        near = np.unique(np.concatenate([held + step for step in around]), axis=0)
        same = (near[1:, :2] == near[:-1, :2]).all(axis=1)
        shared = {tuple(square) for square in near[1:, :2][same].tolist()}
        own = _squares(places, 1.5 * reach)
        unique, number = np.unique(own, axis=0, return_inverse=True)
        is_shared = np.array([tuple(square) in shared for square in unique.tolist()], dtype=np.bool_)
        return is_shared[number.reshape(-1)] if len(unique) else np.zeros(0, dtype=np.bool_)

    def _look(
        self,
        which: IntArray,
        own: IntArray,
        middle: FloatArray,
        within: float,
        nearest: IntArray,
        distance: FloatArray,
    ) -> None:
        """Enter the nearest edge of another polygon for the pieces that have one within reach.

        Edges whose polygon lies on the opposite side come first, as both sides of a spike can be near.
        """
        from shapely import points

        edges = self._edges
        for begin in range(0, len(which), _BLOCK):
            some = which[begin : begin + _BLOCK]
            place, edge = self._tree.query(points(middle[some]), predicate="dwithin", distance=within)
            piece = some[place]
            other = edges.owner[own[piece]] != edges.owner[edge]
            piece, edge = piece[other], edge[other]
            along, aside = edges.end[edge] - edges.start[edge], middle[piece] - edges.start[edge]
            share = np.clip((along * aside).sum(axis=1) / self._length[edge] ** 2, 0, 1)
            away = np.hypot(*(aside - share[:, None] * along).T)
            mine = own[piece]
            alike = ((edges.end[mine] - edges.start[mine]) * along).sum(axis=1) >= 0
            order = np.lexsort((edge, away, alike, piece))
            piece, edge, away = piece[order], edge[order], away[order]
            is_nearest = np.r_[True, piece[1:] != piece[:-1]][: len(piece)]
            nearest[piece[is_nearest]] = edge[is_nearest]
            distance[piece[is_nearest]] = away[is_nearest]


def _squares(points: FloatArray, side: float) -> IntArray:
    """Give column and row of the square of each point."""
    return np.floor(points / side).astype(np.int64)
