"""Choosing seats and assigning everybody to one: the relaxation of districting without contiguity.

    minimise   sum_ij c_ij x_ij
    such that  sum_j x_ij = 1,  sum_j x_jj = k,  L x_jj <= sum_i p_i x_ij <= U x_jj,  x_ij <= x_jj

This is the model of Hess et al. (1965). Two of its Lagrangian relaxations bound it from below. With prices
a_i on the first rows every seat fills its part by itself, and a seat is worth

    W_j(a) = the least sum_i (c_ij - a_i) x_i with x_j = 1 and inhabitants within the bounds, x broken

so that sum_i a_i + the sum of W_j over any set of seats bounds every plan with these seats (Hojati 1996;
Validi, Buchanan and Lykhovyd 2022). With seats given, rates r_j on the inhabitants of each part leave
everybody to choose the cheapest of k seats (Hess et al. 1965 alternate like this): a bound in k dimensions,
worked out for thousands of sets of seats at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .....instances.common.arrays import FloatArray, IntArray


@dataclass(frozen=True)
class Seating:
    """Costs and bounds.

    Attributes
    ----------
    cost : ndarray of float64, shape (m, m)
        Cost of i (row) in the part with seat j (column); infinite where it cannot be.
    population : ndarray of float64, shape (m,)
    low, high : float
        Fewest and most inhabitants of a part.
    """

    cost: FloatArray
    population: FloatArray
    low: float
    high: float

    def __len__(self) -> int:
        return len(self.population)


def seat_values(seating: Seating, prices: FloatArray) -> FloatArray:
    """Value W_j of every seat under prices on municipalities; O(m^2 log m).

    The broken knapsack of each seat is filled by what each inhabitant is worth (Dantzig 1957), from the best
    until inhabitants suffice and nothing gains any more, or until they are too many.

    Parameters
    ----------
    seating : Seating
    prices : ndarray of float64, shape (m,)

    Returns
    -------
    ndarray of float64, shape (m,)
        Infinite where a seat can have no part.
    """
    size = len(seating)
    seat = np.arange(size)
    reduced = seating.cost - prices[:, None]
    allowed = np.isfinite(reduced)
    inhabitants = np.where(allowed, seating.population[:, None], 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = np.where(inhabitants > 0, -reduced / inhabitants, np.where(reduced < 0, np.inf, -np.inf))
    worth[seat, seat] = np.inf
    order = np.argsort(-worth, axis=0)
    filled = np.cumsum(np.take_along_axis(inhabitants, order, axis=0), axis=0)
    gaining = np.take_along_axis(filled, (worth > 0).sum(axis=0)[None, :] - 1, axis=0)[0]
    # the rate at which an inhabitant changes hands where a bound stops the filling
    last = np.where(
        gaining > seating.high, (filled <= seating.high).sum(axis=0), (filled < seating.low).sum(axis=0)
    )
    bound = np.where(gaining > seating.high, seating.high, seating.low)
    stopped = (gaining > seating.high) | (gaining < seating.low)
    possible = filled[-1] >= seating.low
    at = np.take_along_axis(
        worth, np.take_along_axis(order, np.minimum(last, size - 1)[None, :], axis=0), axis=0
    )[0]
    rate = np.where(stopped & possible, at, 0.0)
    shifted = np.where(allowed, reduced + rate * inhabitants, 0.0)
    own = shifted[seat, seat].copy()
    shifted[seat, seat] = 0.0
    values = own + np.minimum(shifted, 0.0).sum(axis=0) - rate * bound
    return np.where(possible & np.isfinite(own), values, np.inf)


def filled_parts(seating: Seating, prices: FloatArray, seats: IntArray) -> FloatArray:
    """Parts that give some seats their value W_j: who is in them, in shares, shape (m, seats)."""
    shares = np.zeros((len(seating), len(seats)))
    for place, seat in enumerate(seats.tolist()):
        reduced = seating.cost[:, seat] - prices
        others = np.flatnonzero(np.isfinite(reduced) & (np.arange(len(seating)) != seat))
        people = seating.population[others]
        with np.errstate(divide="ignore", invalid="ignore"):
            worth = np.where(
                people > 0, -reduced[others] / people, np.where(reduced[others] < 0, np.inf, -np.inf)
            )
        best = np.argsort(-worth, kind="stable")
        room = seating.high - seating.population[seat]
        wanted = seating.low - seating.population[seat]
        before = np.cumsum(people[best]) - people[best]
        limit = np.where(worth[best] > 0, room, wanted)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(people[best] > 0, (limit - before) / people[best], worth[best] > 0)
        shares[others[best], place] = np.clip(share, 0.0, 1.0)
        shares[seat, place] = 1.0
    return shares
