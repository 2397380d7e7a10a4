"""Where the seat of a merger is: of its members that rank first by rule, the one nearest to all inhabitants.

A seat is a 1-median (Hakimi 1964) among the members of the lowest rank. With ``rules.seat = "central"`` all
municipalities have the same rank; with ``"best_equipped"`` ranks follow from degree of equipment, centre
functions and inhabitants, and a locked seat ranks before all.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..instances.common.arrays import BoolArray, FloatArray, IntArray
from ..instances.entities import EQUIPMENT
from ..instances.instance import Instance
from .scenario.demands import Demands

METRES_PER_KM = 1000.0


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


def best_seats(
    instance: Instance, efforts: FloatArray, members: FloatArray, municipalities: IntArray, ranks: IntArray
) -> tuple[IntArray, FloatArray]:
    """Find the seat of each candidate, and what its inhabitants take upon them to reach it.

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
    columns : ndarray of int64, shape (k,)
        Of the members of the lowest rank the one with the least sum; of equals, the one with the lowest code.
    sums : ndarray of float64, shape (k,)

    Notes
    -----
    O(k m^2).
    """
    weighted = instance.population[municipalities].astype(np.float64)[:, None] * efforts
    own = ranks[municipalities]
    order = np.argsort(own, kind="stable")
    ranked = own[order]
    if len(ranked) > 1 and (np.diff(ranked) > 0).all():
        columns = _first(members, order)
        # sums are needed to the few municipalities alone that are a seat
        seats, place = np.unique(columns, return_inverse=True)
        return columns, (members @ weighted[:, seats])[np.arange(len(members)), place.reshape(-1)]
    totals: FloatArray = members @ weighted
    outside = members == 0
    if len(ranked) and ranked[0] < ranked[-1]:
        outside |= own > own[_first(members, order)][:, None]
    totals[outside] = np.inf
    columns = totals.argmin(axis=1).astype(np.int64)
    return columns, totals[np.arange(len(totals)), columns]


def _first(members: FloatArray, order: IntArray) -> IntArray:
    """Give the first column in an order that each candidate holds."""
    first = np.full(len(members), order[0], dtype=np.int64)
    held: BoolArray = np.asarray(members.any(axis=0))
    for column in order[held[order]][::-1].tolist():
        first[members[:, column] != 0] = column
    return first


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
    metres = whole_metres(instance, municipalities)
    seats: IntArray = municipalities[best_seats(instance, metres, members, municipalities, ranks)[0]]
    return seats
