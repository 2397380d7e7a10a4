"""The subgradient method on the multipliers of given centres, compiled where numba is installed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ....candidates.compiled import when_installed

SHRINK = 0.9
"""Of a step after which the bound is no better."""


# one function: with numba what it calls would have to be compiled
def improved(  # noqa: PLR0912
    cost: Any, people: Any, low: float, high: float, limit: float, rounds: int, start: Any, best: Any, at: Any
) -> None:
    """Improve the bounds of some sets of centres; see `bound_sets`.

    Parameters
    ----------
    cost : ndarray of float64, shape (s, k, m)
    people : ndarray of float64, shape (m,)
    low, high : float
    limit : float
        A bound above it does not have to be better.
    rounds : int
    start : ndarray of float64, shape (s, k)
        Multipliers to begin with.
    best : ndarray of float64, shape (s,)
        Where the bounds go; infinite where a municipality has no centre.
    at : ndarray of float64, shape (s, k)
        Where the multipliers go that prove them.
    """
    sets, number, size = cost.shape
    own, held, off = np.empty(number), np.empty(number), np.empty(number)
    for s in range(sets):
        best[s], step = -math.inf, 1.0
        for r in range(number):
            own[r] = at[s, r] = start[s, r]
        for _ in range(rounds):
            bound = 0.0
            for r in range(number):
                held[r] = 0.0
            for i in range(size):
                least, chosen = math.inf, 0
                for r in range(number):
                    priced = cost[s, r, i] + own[r] * people[i]
                    if priced < least:
                        least, chosen = priced, r
                bound += least
                held[chosen] += people[i]
            length = 0.0
            for r in range(number):
                bound -= max(own[r] * low, own[r] * high)
                # what a part holds too much or too little; at 0 anything within the bounds is right
                if own[r] > 0 or (own[r] == 0 and held[r] > high):
                    off[r] = held[r] - high
                elif own[r] < 0 or held[r] < low:
                    off[r] = held[r] - low
                else:
                    off[r] = 0.0
                length += off[r] * off[r]
            if bound > best[s]:
                best[s] = bound
                for r in range(number):
                    at[s, r] = own[r]
            else:
                step *= SHRINK
            # without a limit there is nothing to aim at
            if limit == math.inf or best[s] > limit or length <= 1e-15:
                break
            aim = max(1.001 * limit - bound, 1e-3 * abs(limit)) * step / length
            for r in range(number):
                own[r] += aim * off[r]


fast_improved = when_installed(improved)
