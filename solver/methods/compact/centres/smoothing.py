"""Multipliers of given centres that are as good as there are: Newton's method on a smooth bound.

The bound of a set of centres (see `bounding`) is concave in its k multipliers, with an edge wherever a
municipality changes hands. A mean of the centres, by weights that fall exponentially with what each costs an
inhabitant, smooths the edges (Nesterov 2005; Cuturi 2013), and some Newton steps lead to the top of
the smooth bound. It is made less and less smooth. Whatever the multipliers are, the bound itself is worked
out from them without smoothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .....instances.common.arrays import BoolArray, FloatArray
from .params import SmoothParams
from .problem import CentreProblem
from .smoothing_kernel import fast_climbed

_TINY = 1e-300


def sharpen(
    problem: CentreProblem,
    cost: FloatArray,
    limit: float,
    multipliers: FloatArray,
    bounds: FloatArray,
    params: SmoothParams = SmoothParams(),
) -> tuple[FloatArray, FloatArray]:
    """Improve multipliers of problems with few centres.

    Parameters
    ----------
    problem : CentreProblem
    cost : ndarray of float64, shape (s, k, m)
    limit : float
        Bounds above it do not have to be better.
    multipliers : ndarray of float64, shape (s, k)
        To start from.
    bounds : ndarray of float64, shape (s,)
        That they prove.
    params : SmoothParams

    Returns
    -------
    bounds, multipliers : ndarray of float64
        No worse than those given.
    """
    best, best_at = bounds.copy(), multipliers.copy()
    open_ = np.flatnonzero((bounds <= limit) & np.isfinite(bounds))
    if not len(open_):
        return best, best_at
    climb = _Climb(problem, cost[open_], multipliers[open_], params)
    fast = fast_climbed()
    if fast is not None:
        best[open_], best_at[open_] = climb.compiled(fast, limit, bounds[open_])
        return best, best_at
    for _ in range(params.steps):
        hard = climb.step()
        better = hard > best[open_]
        best[open_[better]], best_at[open_[better]] = hard[better], climb.tried[better]
        going = climb.going & (best[open_] <= limit)
        if not going.any():
            break
        if going.mean() < 0.7:
            climb.keep(going)
            open_ = open_[going]
    return best, best_at


class _Climb:
    """Newton steps on some problems at once."""

    def __init__(
        self, problem: CentreProblem, cost: FloatArray, multipliers: FloatArray, params: SmoothParams
    ) -> None:
        self.problem, self.params = problem, params
        self.people = problem.population / (float(problem.population.mean()) or 1.0)
        self.unit = float(problem.population.mean()) or 1.0
        self.cost, self.at = cost, multipliers * self.unit
        self.trial = self.at
        self.middle = (problem.low + problem.high) / 2 / self.unit
        self.half = max((problem.high - problem.low) / 2 / self.unit, 1e-6)
        with np.errstate(divide="ignore", invalid="ignore"):
            self.each = np.where(
                self.people > 0,
                cost / np.maximum(self.people, _TINY),
                np.where(np.isfinite(cost), 0.0, np.inf),
            )
        least = self.each.min(axis=1)
        scale = (least * self.people).sum(axis=1) / self.people.sum()
        spread = np.abs(self.at).max(axis=1)
        self.smooth = params.first * np.maximum(np.maximum(scale, spread), 1e-12)
        self.last = params.last * np.maximum(scale, 1e-12)
        self.value = np.full(len(cost), -np.inf)
        self.pace = np.ones(len(cost))
        self.direction = np.zeros_like(self.at)
        self.going = np.ones(len(cost), dtype=np.bool_)

    @property
    def tried(self) -> FloatArray:
        """Multipliers of the bounds that the last step gave."""
        return self.trial / self.unit

    def keep(self, rows: BoolArray) -> None:
        """Go on with some of the problems."""
        for name in ("cost", "each", "at", "trial", "smooth", "last", "value", "pace", "direction", "going"):
            setattr(self, name, getattr(self, name)[rows])

    def step(self) -> FloatArray:
        """Take a step from each point; give the bounds there, not smoothed."""
        self.trial = self.at + self.pace[:, None] * self.direction
        hard, entropy, held, shared = _smoothed(self.each, self.people, self.trial, self.smooth)
        smooth = hard - self.smooth * entropy
        root = np.sqrt(self.trial**2 + self.smooth[:, None] ** 2)
        value = smooth - (self.middle * self.trial + self.half * root).sum(axis=1)
        bound: FloatArray = hard - (self.middle * self.trial + self.half * np.abs(self.trial)).sum(axis=1)
        up = value >= self.value - 1e-12 * np.abs(self.value)
        self.at = np.where(up[:, None], self.trial, self.at)
        self.value = np.where(up, value, self.value)
        slope = held - self.middle - self.half * self.trial / root
        near = np.abs(slope).sum(axis=1) < self.params.near * self.half
        down = up & near
        self.going &= ~(down & (self.smooth <= self.last))
        self.smooth = np.where(down, np.maximum(self.smooth * self.params.sharper, self.last), self.smooth)
        # another function is climbed from here on
        self.value = np.where(down, -np.inf, self.value)
        curved = -shared / self.smooth[:, None, None]
        places = np.arange(curved.shape[1])
        curved[:, places, places] += held / self.smooth[:, None]
        curved[:, places, places] += (
            self.half * self.smooth[:, None] ** 2 / root**3 + 1e-9 * self.middle / self.smooth[:, None]
        )
        newton = np.linalg.solve(curved, slope[:, :, None])[:, :, 0]
        # where hardly anybody is near an edge the curve says little
        longest = np.maximum(np.abs(newton).max(axis=1), _TINY)
        newton *= np.minimum(1.0, self.params.longest * self.smooth / longest)[:, None]
        self.direction = np.where(up[:, None], newton, self.direction)
        self.pace = np.where(up, np.minimum(1.0, self.pace * 4), self.pace / 4)
        self.going &= self.pace > 1e-6
        return bound

    def compiled(self, fast: Any, limit: float, bounds: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Take all steps, one problem after the other; give bounds and multipliers that prove them."""
        best, best_at, params = bounds.copy(), self.at.copy(), self.params
        fast(
            self.each,
            self.people,
            self.at,
            self.smooth,
            self.last,
            self.middle,
            self.half,
            params.near,
            params.sharper,
            params.longest,
            params.steps,
            limit,
            best,
            best_at,
        )
        return best, best_at / self.unit


def _smoothed(
    each: FloatArray, people: FloatArray, at: FloatArray, smooth: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Give the least costs, their entropy, the inhabitants held, and those shared."""
    priced = each + at[:, :, None]
    least = priced.min(axis=1)
    weight = np.exp((least[:, None] - priced) / smooth[:, None, None])
    total = weight.sum(axis=1)
    weight /= total[:, None]
    held = weight * people
    return (
        (least * people).sum(axis=1),
        (np.log(total) * people).sum(axis=1),
        held.sum(axis=2),
        np.einsum("ski,sli->skl", held, weight),
    )
