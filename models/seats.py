"""Where the seat of a merger is: of its members that rank first by rule, the one nearest to all inhabitants.

A seat is a 1-median (Hakimi 1964) among the members of the lowest rank. With ``rules.seat = "central"`` all
municipalities have the same rank; with ``"best_equipped"`` ranks follow from degree of equipment, centre
functions and inhabitants, and a locked seat ranks before all.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..instances.common.arrays import BoolArray, FloatArray, IntArray
from ..instances.instance import Instance
from .scenario.demands import Demands

METRES_PER_KM = 1000.0

EQUIPMENT = (("a0",), ("a1",), ("a2",), ("c0",), ("b0",), ("c1",), ("b1", "c2"), ("c3",))
"""Degrees of equipment, the best first: b0 is (very) well and b1 moderately or weakly equipped, inside the
sphere of a centre city; c0 is very well, c1 well, c2 moderately and c3 weakly equipped, outside one."""


def seat_ranks(instance: Instance, demands: Demands, locked: Iterable[int] | None = None) -> IntArray:
    """Rank all municipalities as seats: the seat of a merger has the lowest rank among its members.

    Parameters
    ----------
    instance : Instance
    demands : Demands
        What is asked at one level.
    locked : iterable of int, optional
        Municipalities that are locked as seats; those of `demands` by default, texts that name no
        municipality left out (`ask` reports them).

    Returns
    -------
    ndarray of int64, shape (n,)
        With the rule "central" all 0. With "best_equipped" 0 for locked seats and at least 1 for others: by
        degree of equipment, an unknown one last, then by number of centre functions, then by inhabitants.
        Equals share a rank.
    """
    if demands.rules.seat == "central":
        return np.zeros(len(instance), dtype=np.int64)
    place = {name: k for k, names in enumerate(EQUIPMENT) for name in names}
    equipment = [place.get(name, len(EQUIPMENT)) for name in instance.classes]
    functions = np.zeros(len(instance), dtype=np.int64)
    for function in instance.functions.values():
        functions += function.present
    keys = np.column_stack([equipment, -functions, -instance.population])
    ranks: IntArray = 1 + np.unique(keys, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)
    ranks[list(_found(instance, demands.locks.seat) if locked is None else locked)] = 0
    return ranks


def _found(instance: Instance, texts: Iterable[str]) -> Iterable[int]:
    for text in texts:
        try:
            yield instance.find(text)
        except KeyError:
            continue


def may_be_seat(ranks: IntArray) -> BoolArray:
    """Say whether i (row) and j (column) may share a merger whose seat is j: whether i ranks no lower.

    Returns
    -------
    ndarray of bool, shape (m, m)
    """
    allowed: BoolArray = ranks[:, None] >= ranks[None, :]
    return allowed


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
    instance: Instance, efforts: FloatArray, members: FloatArray, municipalities: IntArray, ranks: IntArray
) -> FloatArray:
    """Sum what the inhabitants of each candidate take upon them to reach each member that may be the seat.

    Parameters
    ----------
    instance : Instance
    efforts : ndarray of float64, shape (m, m)
        Whole numbers: what one inhabitant of each municipality needs to each other.
    members : ndarray of float64, shape (k, m)
        One where a candidate holds a municipality, zero elsewhere.
    municipalities : ndarray of int64, shape (m,)
        Index in the instance of each column.
    ranks : ndarray of int64, shape (n,)
        See `seat_ranks`.

    Returns
    -------
    ndarray of float64, shape (k, m)
        Infinite for municipalities that are no members, and for members that another one ranks before.
    """
    weighted = instance.population[municipalities].astype(np.float64)[:, None] * efforts
    totals: FloatArray = members @ weighted
    totals[members == 0] = np.inf
    own = ranks[municipalities]
    if len(own) and (own != own[0]).any():
        last = own.max()
        first = np.where(members == 0, last, own).min(axis=1)
        totals[own > first[:, None]] = np.inf
    return totals


def find_seats(
    instance: Instance, members: FloatArray, municipalities: IntArray, ranks: IntArray
) -> IntArray:
    """Find the seat of each candidate: the 1-median of its inhabitants among the members that rank first.

    Parameters
    ----------
    instance : Instance
    members : ndarray of float64, shape (k, m)
        One where a candidate holds a municipality, zero elsewhere.
    municipalities : ndarray of int64, shape (m,)
        Index in the instance of each column.
    ranks : ndarray of int64, shape (n,)
        See `seat_ranks`.

    Returns
    -------
    ndarray of int64, shape (k,)
        Indices in the instance; of equals, the one with the lowest code.
    """
    totals = total_efforts(instance, whole_metres(instance, municipalities), members, municipalities, ranks)
    seats: IntArray = municipalities[totals.argmin(axis=1)]
    return seats
