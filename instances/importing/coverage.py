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

RUN = 10.0
"""Edges that face each other along more than so many times their distance run side by side by mistake."""


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
    notes : list of str
        Filled on the way.
    """

    shapes: Any
    labels: Sequence[str]
    tolerance: float
    common: SharedEdges
    pieces: Pieces
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
