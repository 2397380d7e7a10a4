"""Bounds for given sets of seats: with rates on inhabitants, everybody chooses the cheapest of k seats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .....instances.common.arrays import FloatArray, IntArray
from .problem import Seating

_AT_ONCE = 1_500_000  # costs that are looked at together
_SHRINK = 0.9


@dataclass(frozen=True)
class Given:
    """Bounds of some sets of seats.

    Attributes
    ----------
    bounds : ndarray of float64, shape (s,)
        No plan with these seats costs less.
    rates : ndarray of float64, shape (s, k)
        Rates on an inhabitant of each part that prove it.
    """

    bounds: FloatArray
    rates: FloatArray


def bound_sets(
    seating: Seating, sets: IntArray, limit: float, rounds: int, rates: FloatArray | None = None
) -> Given:
    """Bound sets of seats, each by a subgradient method on its rates.

        sum_i min_r (c_ir + r_r p_i) - sum_r max(r_r L, r_r U)

    Parameters
    ----------
    seating : Seating
    sets : ndarray of int64, shape (s, k)
    limit : float
        Bounds above it do not have to be better.
    rounds : int
    rates : ndarray of float64, shape (s, k), optional
        To start from.

    Returns
    -------
    Given
    """
    count = sets.shape[1]
    start = np.zeros(sets.shape) if rates is None else rates
    block = max(1, _AT_ONCE // max(1, len(seating) * count))
    found = [
        _bound_block(seating, sets[k : k + block], limit, rounds, start[k : k + block])
        for k in range(0, len(sets), block)
    ]
    if not found:
        return Given(np.zeros(0), np.zeros((0, count)))
    return Given(
        np.concatenate([given.bounds for given in found]), np.concatenate([given.rates for given in found])
    )


def _bound_block(seating: Seating, sets: IntArray, limit: float, rounds: int, rates: FloatArray) -> Given:
    cost = costs_of(seating, sets)
    return bound_costs(seating, cost, limit, rounds, rates)


def costs_of(seating: Seating, sets: IntArray) -> FloatArray:
    """Costs of everybody with each seat of some sets, a seat only with itself; shape (s, k, m)."""
    cost = np.ascontiguousarray(seating.cost.T[sets])
    rows = np.arange(len(sets))
    for place in range(sets.shape[1]):
        cost[rows, :, sets[:, place]] = np.inf
        cost[rows, place, sets[:, place]] = 0.0
    return cost


def bound_costs(seating: Seating, cost: FloatArray, limit: float, rounds: int, rates: FloatArray) -> Given:
    """Bound problems with few seats; see `bound_sets`. `cost` has shape (s, k, m)."""
    unit = float(seating.population.mean()) or 1.0
    people, low, high = seating.population / unit, seating.low / unit, seating.high / unit
    rate = rates * unit
    best, best_rate = np.full(len(cost), -np.inf), rate.copy()
    step = np.ones(len(cost))
    open_ = np.flatnonzero(np.isfinite(cost.min(axis=1)).all(axis=1))
    best[np.setdiff1d(np.arange(len(cost)), open_)] = np.inf
    for _ in range(rounds):
        if not len(open_):
            break
        own = rate[open_]
        priced = cost[open_] + own[:, :, None] * people
        chosen = priced.argmin(axis=1)
        least = np.take_along_axis(priced, chosen[:, None, :], axis=1)[:, 0].sum(axis=1)
        held = np.stack([(people * (chosen == place)).sum(axis=1) for place in range(cost.shape[1])], axis=1)
        bound = least - np.maximum(own * low, own * high).sum(axis=1)
        better = bound > best[open_]
        best[open_] = np.where(better, bound, best[open_])
        best_rate[open_[better]] = own[better]
        step[open_] *= np.where(better, 1.0, _SHRINK)
        # what a part holds too much or too little; at rate 0 anything within the bounds is right
        off = np.where(own > 0, held - high, np.where(own < 0, held - low, held - np.clip(held, low, high)))
        length = (off**2).sum(axis=1)
        aim = np.maximum(1.001 * limit - bound, 1e-3 * abs(limit)) * step[open_]
        rate[open_] = own + np.where(length > 0, aim / np.maximum(length, 1e-300), 0.0)[:, None] * off
        open_ = open_[(best[open_] <= limit) & (length > 1e-15)]
    return Given(best, best_rate / unit)


def bound_one(
    seating: Seating, cost: FloatArray, limit: float, rounds: int, rates: FloatArray
) -> tuple[float, FloatArray]:
    """Bound one set of seats, like `bound_costs`, without its care for many at a time.

    Parameters
    ----------
    seating : Seating
    cost : ndarray of float64, shape (k, m)
    limit, rounds
        As for `bound_sets`.
    rates : ndarray of float64, shape (k,)

    Returns
    -------
    bound, rates
        Infinite when somebody has no seat left.
    """
    unit = float(seating.population.mean()) or 1.0
    people, low, high = seating.population / unit, seating.low / unit, seating.high / unit
    rate = rates * unit
    best, best_rate, step = -np.inf, rate, 1.0
    for _ in range(rounds):
        priced = cost + rate[:, None] * people
        chosen = priced.argmin(axis=0)
        least = priced.min(axis=0).sum()
        held = np.bincount(chosen, weights=people, minlength=len(rate))
        bound = float(least - np.maximum(rate * low, rate * high).sum())
        if bound > best:
            best, best_rate = bound, rate
        else:
            step *= _SHRINK
        if best > limit:
            break
        off = np.where(rate > 0, held - high, np.where(rate < 0, held - low, held - np.clip(held, low, high)))
        length = float(off @ off)
        if length <= 1e-15:
            break
        rate = rate + max(1.001 * limit - bound, 1e-3 * abs(limit)) * step / length * off
    return best, best_rate / unit
