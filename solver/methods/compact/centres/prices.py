"""Prices on municipalities that bound sets of seats from below, and how good ones are found."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .....instances.common.arrays import FloatArray, IntArray
from ....deadline import Deadline
from .params import AscentParams
from .problem import CentreProblem, centre_values, filled_parts

_LEAST_AIM = 1e-4  # of the target
_HARDLY = 1e-5  # a bound that rises by less has stalled
_KEPT = 400  # sets of centres that are remembered


def first_prices(problem: CentreProblem, nearest: int = 4) -> FloatArray:
    """Prices to start from: what it costs to be with one of the nearest seats; shape (m,)."""
    finite = np.where(np.isfinite(problem.cost), problem.cost, np.nan)
    ranked = np.sort(finite, axis=1)[:, : min(nearest, len(problem))]
    return np.asarray(np.nanmax(ranked, axis=1), dtype=np.float64)


@dataclass
class Ascent:
    """Improves prices, so that the bound over all sets of `count` seats rises; a subgradient method.

    Steps after Polyak (1969), halved when the bound has not risen for a while (Held, Wolfe and Crowder 1974),
    along a mean of the last directions (Camerini, Fratta and Maffioli 1975). Most rounds look at promising
    centres only. Their bound may be too high, and is not believed before all centres have been looked at.

    Attributes
    ----------
    problem : CentreProblem
    count : int
    prices : ndarray of float64, shape (m,)
        The best ones; at first those to start from.
    bound : float
        No plan costs less.
    values : ndarray of float64, shape (m,)
        Of all centres under the best prices.
    seen : list of ndarray
        Sets of centres that were the best under some prices, the last ones.
    """

    problem: CentreProblem
    count: int
    prices: FloatArray
    params: AscentParams = field(default_factory=AscentParams)
    bound: float = -np.inf
    values: FloatArray = field(default_factory=lambda: np.zeros(0))
    seen: dict[tuple[int, ...], None] = field(default_factory=dict)

    def climb(self, target: float, rounds: int, deadline: Deadline = Deadline()) -> None:
        """Go on from the best prices; the bound never falls.

        Parameters
        ----------
        target : float
            A bound worth aiming at: what a plan costs.
        rounds : int
        deadline : Deadline
        """
        params = self.params
        prices, reached, stalled, step = self.prices, -np.inf, 0, params.step
        good, direction = prices, np.zeros(len(prices))
        promising = np.zeros(0, dtype=np.int64)
        for number in range(rounds):
            if deadline.passed:
                break
            whole = number < params.whole or number % params.every == 0
            if whole:
                values = self._look(prices)
                best = np.argsort(values, kind="stable")[: params.promising * self.count]
                promising = best if number < params.whole else np.union1d(promising, best)
                if self.bound < reached:
                    reached, good = self.bound, self.prices  # what was believed was too high
                values = values[promising]
            else:
                values = centre_values(self.problem, prices, promising)
            centres = promising[np.argsort(values, kind="stable")[: self.count]]
            bound = float(prices.sum() + np.sort(values)[: self.count].sum())
            if not np.isfinite(bound):
                break
            self._note(centres)
            stalled += 1
            if bound > reached + _HARDLY * abs(bound):
                reached, good, stalled = bound, prices, 0
            missing = 1.0 - filled_parts(self.problem, prices, centres).sum(axis=1)
            if float(missing @ missing) < 1e-12:
                break
            if stalled == params.patience:
                step, stalled, prices, direction = step / 2, 0, good, np.zeros(len(prices))
                if step < params.least_step:
                    break
                continue
            direction = missing + params.memory * direction
            aim = max(target - bound, _LEAST_AIM * abs(target))
            prices = prices + step * aim / max(float(direction @ direction), 1e-300) * direction
        self._look(good)

    def _look(self, prices: FloatArray) -> FloatArray:
        """Give the values of all centres, and keep the prices if they are the best."""
        values = centre_values(self.problem, prices)
        bound = float(prices.sum() + np.partition(values, self.count - 1)[: self.count].sum())
        if bound > self.bound or not len(self.values):
            self.bound, self.prices, self.values = bound, prices, values
        return values

    def _note(self, centres: IntArray) -> None:
        key = tuple(sorted(centres.tolist()))
        self.seen.pop(key, None)
        self.seen[key] = None
        if len(self.seen) > _KEPT:
            del self.seen[next(iter(self.seen))]
