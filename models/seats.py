"""Where the seat of a merger is: the member nearest to all its inhabitants."""

from __future__ import annotations

import numpy as np

from ..instances.common.arrays import FloatArray, IntArray
from ..instances.instance import Instance

METRES_PER_KM = 1000.0


def straight_lines(instance: Instance, municipalities: IntArray) -> FloatArray:
    """Straight-line distances between the points of municipalities, in metres, not rounded.

    Returns
    -------
    ndarray of float64, shape (m, m)
    """
    x, y = instance.x[municipalities], instance.y[municipalities]
    distance: FloatArray = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :])
    return distance


def whole_metres(instance: Instance, municipalities: IntArray) -> FloatArray:
    """Straight-line distances between the points of municipalities, rounded to whole metres.

    Returns
    -------
    ndarray of float64, shape (m, m)
    """
    distance: FloatArray = np.rint(straight_lines(instance, municipalities))
    return distance


def total_efforts(
    instance: Instance, efforts: FloatArray, members: FloatArray, municipalities: IntArray
) -> FloatArray:
    """Sum what the inhabitants of each candidate take upon them to reach each member.

    Parameters
    ----------
    instance : Instance
    efforts : ndarray of float64, shape (m, m)
        Whole numbers: what one inhabitant of each municipality needs to each other.
    members : ndarray of float64, shape (k, m)
        One where a candidate holds a municipality, zero elsewhere.
    municipalities : ndarray of int64, shape (m,)
        Index in the instance of each column.

    Returns
    -------
    ndarray of float64, shape (k, m)
        Infinite for municipalities that are no members.
    """
    weighted = instance.population[municipalities].astype(np.float64)[:, None] * efforts
    totals: FloatArray = members @ weighted
    totals[members == 0] = np.inf
    return totals


def find_seats(instance: Instance, members: FloatArray, municipalities: IntArray) -> IntArray:
    """Find the seat of each candidate: the 1-median of its inhabitants (Hakimi 1964), in whole metres.

    Parameters
    ----------
    instance : Instance
    members : ndarray of float64, shape (k, m)
        One where a candidate holds a municipality, zero elsewhere.
    municipalities : ndarray of int64, shape (m,)
        Index in the instance of each column.

    Returns
    -------
    ndarray of int64, shape (k,)
        Indices in the instance; of equals, the one with the lowest code.
    """
    totals = total_efforts(instance, whole_metres(instance, municipalities), members, municipalities)
    seats: IntArray = municipalities[totals.argmin(axis=1)]
    return seats
