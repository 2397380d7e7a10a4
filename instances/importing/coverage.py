"""A polygon coverage: polygons that should fit, their shared edges, and what the other edges face."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..common.arrays import BoolArray, FloatArray, IntArray
from .edges import NOBODY, Pieces, SharedEdges

LISTED = 20
"""Pairs that are named before the rest is counted."""

EXACT = 1e-3
"""Metres; nearer edges lie on the same line, drawn with other vertices."""


@dataclass(frozen=True)
class MatchingParams:
    """Constants of edge matching beside the tolerance; lengths are in multiples of the distance of two edges.

    Attributes
    ----------
    point : float
        Polygons whose edges face each other along less touch in a point.
    doubtful : float
        Along less, they may touch in a point only, which is reported.
    run : float
        Along more, they run side by side: a gap or an overlap, and no end of a border.
    across, sure : float
        As `point` and `doubtful`, in multiples of the shift of two opposite polygons at a corner of four, and
        of the tolerance: shifts within it can make corners face each other so far.
    reach : float
        Metres; polygons side by side at a smaller distance are taken for neighbours, and the gap for a
        mistake.
    narrow : float
        Metres; overlaps up to this width may be closed, and strips up to this width are reported.
    hole : float
        Square metres; a smaller hole in one municipality is no missing municipality.
    """

    point: float = 3.0
    doubtful: float = 10.0
    run: float = 10.0
    across: float = 1.5
    sure: float = 2.0
    reach: float = 250.0
    narrow: float = 100.0
    hole: float = 5e5


@dataclass
class Coverage:
    """Polygons with their edges; the first ones are the municipalities, one label each.

    Attributes
    ----------
    shapes : ndarray of polygons
    labels : sequence of str
    tolerance : float
    common : SharedEdges
    pieces : Pieces
    params : MatchingParams
    notes : list of str
        Filled on the way.
    """

    shapes: Any
    labels: Sequence[str]
    tolerance: float
    common: SharedEdges
    pieces: Pieces
    params: MatchingParams = MatchingParams()
    notes: list[str] = field(default_factory=list)

    def pair(self, i: int, j: int) -> str:
        """Name two municipalities."""
        return f"{self.labels[i]} and {self.labels[j]}"


def by_pair(pieces: Pieces, chosen: BoolArray) -> Iterator[tuple[tuple[int, int], IntArray]]:
    """Group pieces by the pair of polygons that face each other."""
    which = np.flatnonzero(chosen & (pieces.facing != NOBODY))
    low = np.minimum(pieces.owner[which], pieces.facing[which])
    high = np.maximum(pieces.owner[which], pieces.facing[which])
    order = np.lexsort((high, low))
    which, low, high = which[order], low[order], high[order]
    changes = np.flatnonzero((np.diff(low) != 0) | (np.diff(high) != 0)) + 1
    for some in np.split(np.arange(len(which)), changes) if len(which) else ():
        yield (int(low[some[0]]), int(high[some[0]])), which[some]


def usual_distance(distance: FloatArray, length: FloatArray) -> float:
    """Give the distance that three quarters of a length stay within."""
    order = np.argsort(distance, kind="stable")
    share = np.cumsum(length[order])
    return float(distance[order][np.searchsorted(share, 0.75 * share[-1])])


def are_empty(shapes: Any) -> BoolArray:
    """Tell which geometries are empty."""
    from shapely import is_empty

    empty: BoolArray = is_empty(shapes)
    return empty


def in_metres(value: float) -> str:
    """Write a length."""
    return f"{value:,.0f} m" if value >= 10 else f"{value:.3g} m"


def in_square_metres(value: float) -> str:
    """Write an area."""
    if value >= 1e5:
        return f"{value / 1e6:,.4g} km2"
    return f"{value:,.0f} m2" if value >= 10 else f"{value:.3g} m2"
