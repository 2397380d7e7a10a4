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
from functools import cached_property

import numpy as np

from .....instances.common.arrays import FloatArray, IntArray
from .values_kernel import fast_values

_AT_ONCE = 500_000  # costs that are looked at together


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

    @cached_property
    def by_centre(self) -> FloatArray:
        """Costs by centre and municipality, one centre after the other in memory."""
        return np.ascontiguousarray(self.cost.T)


def centre_values(problem: CentreProblem, prices: FloatArray, centres: IntArray | None = None) -> FloatArray:
    """Give the value W_j of centres under prices on municipalities; O(m) each compiled, else O(m log m).

    The fractional knapsack of each centre is filled by what each inhabitant is worth (Dantzig 1957), from the
    best until inhabitants suffice and nothing gains any more, or until they are too many.

    Parameters
    ----------
    problem : CentreProblem
    prices : ndarray of float64, shape (m,)
    centres : ndarray of int64, shape (c,), optional
        By default all municipalities.

    Returns
    -------
    ndarray of float64, shape (c,)
        Infinite where a centre can have no part.
    """
    chosen = np.arange(len(problem)) if centres is None else centres
    fast = fast_values()
    if fast is not None:
        given = np.empty(len(chosen))
        fast(problem.by_centre, problem.population, prices, problem.low, problem.high, chosen, given)
        return given
    return values_by_sorting(problem, prices, chosen)


def values_by_sorting(problem: CentreProblem, prices: FloatArray, chosen: IntArray) -> FloatArray:
    """Do so without numba, for some centres at a time."""
    block = max(1, _AT_ONCE // max(1, len(problem)))
    values = [np.zeros(0)]
    values += [
        _values(problem, prices, chosen[start : start + block]) for start in range(0, len(chosen), block)
    ]
    return np.concatenate(values)


def _values(problem: CentreProblem, prices: FloatArray, centres: IntArray) -> FloatArray:
    """Give the values of some centres at once; arrays are by centre and municipality."""
    row = np.arange(len(centres))
    reduced = np.ascontiguousarray(problem.cost[:, centres].T) - prices
    allowed = np.isfinite(reduced)
    inhabitants = np.where(allowed, problem.population, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = np.where(inhabitants > 0, reduced / inhabitants, np.where(reduced < 0, -np.inf, np.inf))
    loss[row, centres] = -np.inf
    order = np.argsort(loss, axis=1)
    filled = np.cumsum(np.take_along_axis(inhabitants, order, axis=1), axis=1)
    gaining = filled[row, (loss < 0).sum(axis=1) - 1]
    # the rate at which an inhabitant changes hands where a bound stops the filling
    above, below = gaining > problem.high, gaining < problem.low
    last = np.where(above, (filled <= problem.high).sum(axis=1), (filled < problem.low).sum(axis=1))
    possible = filled[:, -1] >= problem.low
    at = -loss[row, order[row, np.minimum(last, len(problem) - 1)]]
    multiplier = np.where((above | below) & possible, at, 0.0)
    shifted = np.where(allowed, reduced + multiplier[:, None] * inhabitants, 0.0)
    own = shifted[row, centres].copy()
    shifted[row, centres] = 0.0
    bound = np.where(above, problem.high, problem.low)
    values = own + np.minimum(shifted, 0.0).sum(axis=1) - multiplier * bound
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
