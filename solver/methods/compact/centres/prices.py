"""Prices on municipalities that bound sets of seats from below, and how good ones are found."""

from __future__ import annotations

import numpy as np

from .....instances.common.arrays import FloatArray
from .problem import CentreProblem, centre_values, filled_parts

_PATIENCE = 8  # rounds without a better bound after which steps are halved
_LEAST_STEP = 1e-4  # of the target


def first_prices(problem: CentreProblem, nearest: int = 4) -> FloatArray:
    """Prices to start from: what it costs to be with one of the nearest seats; shape (m,)."""
    finite = np.where(np.isfinite(problem.cost), problem.cost, np.nan)
    ranked = np.sort(finite, axis=1)[:, : min(nearest, len(problem))]
    return np.asarray(np.nanmax(ranked, axis=1), dtype=np.float64)


def ascend(
    problem: CentreProblem, prices: FloatArray, count: int, target: float, rounds: int
) -> tuple[FloatArray, float]:
    """Improve prices, so that the bound over all sets of `count` seats rises; a subgradient method.

    Steps after Polyak (1969), halved when the bound has not risen for a while (Held, Wolfe and Crowder 1974).

    Parameters
    ----------
    problem : CentreProblem
    prices : ndarray of float64, shape (m,)
    count : int
    target : float
        A bound worth aiming at.
    rounds : int

    Returns
    -------
    prices, bound
        The best ones.
    """
    best, best_prices, step, stalled = -np.inf, prices, 1.0, 0
    for _ in range(rounds):
        values = centre_values(problem, prices)
        centres = np.argpartition(values, count - 1)[:count]
        bound = float(prices.sum() + values[centres].sum())
        if bound > best:
            best, best_prices, stalled = bound, prices, 0
        else:
            stalled += 1
        if not np.isfinite(bound):
            break
        missing = 1.0 - filled_parts(problem, prices, centres).sum(axis=1)
        length = float(missing @ missing)
        if length < 1e-12:
            break
        if stalled == _PATIENCE:
            step, stalled, prices = step / 2, 0, best_prices
        else:
            prices = prices + step * max(target - bound, _LEAST_STEP * abs(target)) / length * missing
    return best_prices, best
