"""For which weights each point of a front is best."""

from __future__ import annotations

import numpy as np

from ....instances.common.arrays import FloatArray, IntArray


def weight_intervals(points: IntArray) -> tuple[FloatArray, FloatArray]:
    """Give the shares of the first value's weight in both weights for which each point is best.

    Parameters
    ----------
    points : ndarray of int64, shape (p, 2)
        None dominated, by the first value.

    Returns
    -------
    tuple of ndarray of float64, shape (p,)
        Lowest and highest share; both are the same for a point between two corners of the hull, and NaN for
        one below it (not supported). Worked out in whole numbers, so that each is correctly rounded.

    Notes
    -----
    The upper hull by a monotone chain (Andrew 1979): O(p).
    """
    low, high = np.full(len(points), np.nan), np.full(len(points), np.nan)
    where = [(int(a), int(b)) for a, b in points.tolist()]
    hull: list[int] = []
    for k in range(len(where)):
        while len(hull) > 1 and _turn(where[hull[-2]], where[hull[-1]], where[k]) > 0:
            hull.pop()
        hull.append(k)
    for place, k in enumerate(hull):
        low[k] = 0.0 if place == 0 else _equal(where[hull[place - 1]], where[k])
        high[k] = 1.0 if place == len(hull) - 1 else _equal(where[k], where[hull[place + 1]])
    return low, high


def _turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    """Above 0 where the way from a over b to c turns left: b is then below the line from a to c."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _equal(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Share of the first value's weight for which two points are equal."""
    return (a[1] - b[1]) / ((a[1] - b[1]) + (b[0] - a[0]))
