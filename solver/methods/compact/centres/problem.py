"""Choosing centres and assigning each municipality to one: districting relaxed of contiguity.

    minimise   sum_ij c_ij x_ij
    such that  sum_j x_ij = 1,  sum_j x_jj = k,  L x_jj <= sum_i p_i x_ij <= U x_jj,  x_ij <= x_jj

This is the model of Hess et al. (1965). Two of its Lagrangian relaxations bound it from below. With prices
a_i on the first rows every centre fills its part by itself, and a centre is worth

    W_j(a) = the least sum_i (c_ij - a_i) x_i with x_j = 1 and inhabitants within the bounds, x broken

so that sum_i a_i + the sum of W_j over any set of centres bounds every plan with these (Hojati 1996;
Validi, Buchanan and Lykhovyd 2022). With centres given, multipliers r_j on the inhabitants of each part
leave each municipality the cheapest of k centres (Hess et al. 1965 alternate like this): a bound in k
dimensions, worked out for thousands of sets of centres at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .....instances.common.arrays import FloatArray, IntArray


@dataclass(frozen=True)
class CentreProblem:
    """Costs and bounds.

    Attributes
    ----------
    cost : ndarray of float64, shape (m, m)
        Cost of i (row) in the part with centre j (column); infinite where it cannot be.
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


def centre_values(problem: CentreProblem, prices: FloatArray) -> FloatArray:
    """Give the value W_j of every centre under prices on municipalities; O(m^2 log m).

    The fractional knapsack of each centre is filled by what each inhabitant is worth (Dantzig 1957), from the
    best until inhabitants suffice and nothing gains any more, or until they are too many.

    Parameters
    ----------
    problem : CentreProblem
    prices : ndarray of float64, shape (m,)

    Returns
    -------
    ndarray of float64, shape (m,)
        Infinite where a centre can have no part.
    """
    size = len(problem)
    centre = np.arange(size)
    reduced = problem.cost - prices[:, None]
    allowed = np.isfinite(reduced)
    inhabitants = np.where(allowed, problem.population[:, None], 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = np.where(inhabitants > 0, -reduced / inhabitants, np.where(reduced < 0, np.inf, -np.inf))
    worth[centre, centre] = np.inf
    order = np.argsort(-worth, axis=0)
    filled = np.cumsum(np.take_along_axis(inhabitants, order, axis=0), axis=0)
    gaining = np.take_along_axis(filled, (worth > 0).sum(axis=0)[None, :] - 1, axis=0)[0]
    # the rate at which an inhabitant changes hands where a bound stops the filling
    last = np.where(
        gaining > problem.high, (filled <= problem.high).sum(axis=0), (filled < problem.low).sum(axis=0)
    )
    bound = np.where(gaining > problem.high, problem.high, problem.low)
    stopped = (gaining > problem.high) | (gaining < problem.low)
    possible = filled[-1] >= problem.low
    at = np.take_along_axis(
        worth, np.take_along_axis(order, np.minimum(last, size - 1)[None, :], axis=0), axis=0
    )[0]
    multiplier = np.where(stopped & possible, at, 0.0)
    shifted = np.where(allowed, reduced + multiplier * inhabitants, 0.0)
    own = shifted[centre, centre].copy()
    shifted[centre, centre] = 0.0
    values = own + np.minimum(shifted, 0.0).sum(axis=0) - multiplier * bound
    return np.where(possible & np.isfinite(own), values, np.inf)


def filled_parts(problem: CentreProblem, prices: FloatArray, centres: IntArray) -> FloatArray:
    """Give the parts behind the values W_j of some centres, in shares, shape (m, centres)."""
    shares = np.zeros((len(problem), len(centres)))
    for place, centre in enumerate(centres.tolist()):
        reduced = problem.cost[:, centre] - prices
        others = np.flatnonzero(np.isfinite(reduced) & (np.arange(len(problem)) != centre))
        people = problem.population[others]
        with np.errstate(divide="ignore", invalid="ignore"):
            worth = np.where(
                people > 0, -reduced[others] / people, np.where(reduced[others] < 0, np.inf, -np.inf)
            )
        best = np.argsort(-worth, kind="stable")
        room = problem.high - problem.population[centre]
        wanted = problem.low - problem.population[centre]
        before = np.cumsum(people[best]) - people[best]
        limit = np.where(worth[best] > 0, room, wanted)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(people[best] > 0, (limit - before) / people[best], worth[best] > 0)
        shares[others[best], place] = np.clip(share, 0.0, 1.0)
        shares[centre, place] = 1.0
    return shares
