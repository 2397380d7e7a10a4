"""Bounds for given sets of centres: each municipality at the cheapest of k centres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .....instances.common.arrays import FloatArray, IntArray
from .bounding_kernel import SHRINK, fast_improved
from .params import WARM, SmoothParams
from .problem import CentreProblem
from .smoothing import sharpen

_AT_ONCE = 1_500_000  # costs that are looked at together
_SMALL = 1_000  # costs of a set of centres


@dataclass(frozen=True)
class SetBounds:
    """Bounds of some sets of centres.

    Attributes
    ----------
    bounds : ndarray of float64, shape (s,)
        No plan with these centres costs less.
    multipliers : ndarray of float64, shape (s, k)
        Multipliers on an inhabitant of each part that prove it.
    """

    bounds: FloatArray
    multipliers: FloatArray


def bound_sets(
    problem: CentreProblem, sets: IntArray, limit: float, rounds: int, multipliers: FloatArray | None = None
) -> SetBounds:
    """Bound sets of centres, each by a subgradient method on its multipliers, then by Newton steps.

        sum_i min_r (c_ir + r_r p_i) - sum_r max(r_r L, r_r U)

    Parameters
    ----------
    problem : CentreProblem
    sets : ndarray of int64, shape (s, k)
    limit : float
        Bounds above it do not have to be better.
    rounds : int
    multipliers : ndarray of float64, shape (s, k), optional
        To start from.

    Returns
    -------
    Given
    """
    count = sets.shape[1]
    start = np.zeros(sets.shape) if multipliers is None else multipliers
    block = max(1, _AT_ONCE // max(1, len(problem) * count))
    blocks = [
        _bound_block(problem, sets[k : k + block], limit, rounds, start[k : k + block])
        for k in range(0, len(sets), block)
    ]
    if not blocks:
        return SetBounds(np.zeros(0), np.zeros((0, count)))
    return SetBounds(
        np.concatenate([bounds_of_sets.bounds for bounds_of_sets in blocks]),
        np.concatenate([bounds_of_sets.multipliers for bounds_of_sets in blocks]),
    )


def _bound_block(
    problem: CentreProblem, sets: IntArray, limit: float, rounds: int, multipliers: FloatArray
) -> SetBounds:
    cost = costs_of(problem, sets)
    return bound_costs(problem, cost, limit, rounds, multipliers)


def costs_of(problem: CentreProblem, sets: IntArray) -> FloatArray:
    """Give the costs at each centre of some sets, those of a centre only at itself; shape (s, k, m)."""
    cost = np.ascontiguousarray(problem.cost.T[sets])
    rows = np.arange(len(sets))
    for place in range(sets.shape[1]):
        cost[rows, :, sets[:, place]] = np.inf
        cost[rows, place, sets[:, place]] = 0.0
    return cost


def bound_costs(
    problem: CentreProblem, cost: FloatArray, limit: float, rounds: int, multipliers: FloatArray
) -> SetBounds:
    """Bound problems with few centres; see `bound_sets`. `cost` has shape (s, k, m)."""
    bounds, multipliers = _improved(problem, cost, limit, rounds, multipliers)
    return SetBounds(*sharpen(problem, cost, limit, multipliers, bounds))


def _improved(
    problem: CentreProblem, cost: FloatArray, limit: float, rounds: int, multipliers: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Improve multipliers by a subgradient method: bounds, shape (s,), and multipliers that prove them."""
    unit = float(problem.population.mean()) or 1.0
    people, low, high = problem.population / unit, problem.low / unit, problem.high / unit
    best, at = np.full(len(cost), -np.inf), multipliers * unit
    fast = fast_improved()
    if fast is None:
        improved_at_once(cost, people, low, high, limit, rounds, at.copy(), best, at)
    else:
        fast(cost, people, low, high, limit, rounds, at.copy(), best, at)
    return best, at / unit


def improved_at_once(
    cost: FloatArray,
    people: FloatArray,
    low: float,
    high: float,
    limit: float,
    rounds: int,
    start: FloatArray,
    best: FloatArray,
    at: FloatArray,
) -> None:
    """Do the same as `improved` without numba, all sets at a time."""
    multiplier, step = start.copy(), np.ones(len(cost))
    best[:], at[:] = -np.inf, start
    open_ = np.flatnonzero(np.isfinite(cost.min(axis=1)).all(axis=1))
    best[np.setdiff1d(np.arange(len(cost)), open_)] = np.inf
    for _ in range(rounds):
        if not len(open_):
            break
        own = multiplier[open_]
        priced = cost[open_] + own[:, :, None] * people
        chosen = priced.argmin(axis=1)
        least = np.take_along_axis(priced, chosen[:, None, :], axis=1)[:, 0].sum(axis=1)
        held = np.stack([(people * (chosen == place)).sum(axis=1) for place in range(cost.shape[1])], axis=1)
        bound = least - np.maximum(own * low, own * high).sum(axis=1)
        better = bound > best[open_]
        best[open_] = np.where(better, bound, best[open_])
        at[open_[better]] = own[better]
        if not np.isfinite(limit):
            break  # there is nothing to aim at
        step[open_] *= np.where(better, 1.0, SHRINK)
        # what a part holds too much or too little; at rate 0 anything within the bounds is right
        off = np.where(own > 0, held - high, np.where(own < 0, held - low, held - np.clip(held, low, high)))
        length = (off**2).sum(axis=1)
        aim = np.maximum(1.001 * limit - bound, 1e-3 * abs(limit)) * step[open_]
        multiplier[open_] = own + np.where(length > 0, aim / np.maximum(length, 1e-300), 0.0)[:, None] * off
        open_ = open_[(best[open_] <= limit) & (length > 1e-15)]


def bound_one(
    problem: CentreProblem,
    cost: FloatArray,
    limit: float,
    multipliers: FloatArray,
    params: SmoothParams = SmoothParams(),
) -> tuple[float, FloatArray]:
    """Bound one set of centres, like `bound_costs`, by Newton steps alone.

    Parameters
    ----------
    problem : CentreProblem
    cost : ndarray of float64, shape (k, m)
    limit : float
        As for `bound_sets`.
    multipliers : ndarray of float64, shape (k,)
        To start from.
    params : SmoothParams

    Returns
    -------
    bound, multipliers
        Infinite when a municipality has no centre left.
    """
    priced = cost + multipliers[:, None] * problem.population
    ends = np.maximum(multipliers * problem.low, multipliers * problem.high)
    begun = np.array([priced.min(axis=0).sum() - ends.sum()])
    if not np.isfinite(begun[0]):
        return float(begun[0]), multipliers
    bounds, improved = sharpen(problem, cost[None], limit, multipliers[None], begun, params)
    return float(bounds[0]), improved[0]


def bound_again(
    problem: CentreProblem, cost: FloatArray, limit: float, multipliers: FloatArray, rounds: int
) -> tuple[float, FloatArray]:
    """Bound one set of centres whose multipliers were good before a municipality was fixed.

    Newton steps where that pays, a few rounds of the subgradient method where the problem is small.

    Parameters and returns as for `bound_one`.
    """
    if cost.size > _SMALL:
        return bound_one(problem, cost, limit, multipliers, WARM)
    bounds, improved = _improved(problem, cost[None], limit, rounds, multipliers[None])
    return float(bounds[0]), improved[0]
