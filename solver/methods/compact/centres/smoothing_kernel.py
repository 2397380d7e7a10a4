"""The smooth bound of given centres with its slope and curve, compiled where numba is installed."""

from __future__ import annotations

import math
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np


# one function: with numba what it calls would have to be compiled
def smoothed(  # noqa: PLR0912
    each: Any, people: Any, at: Any, smooth: Any, hard: Any, entropy: Any, held: Any, shared: Any
) -> None:
    """Work out bounds at some multipliers, each municipality shared by its cheapest centres.

    Parameters
    ----------
    each : ndarray of float64, shape (s, k, m)
        Cost of an inhabitant at each centre.
    people : ndarray of float64, shape (m,)
    at : ndarray of float64, shape (s, k)
        Multipliers.
    smooth : ndarray of float64, shape (s,)
        By how much dearer a centre may be and still have a share.
    hard : ndarray of float64, shape (s,)
        Where the least costs go, multipliers included.
    entropy : ndarray of float64, shape (s,)
        Where the sum of inhabitants times the logarithm of their weights goes.
    held : ndarray of float64, shape (s, k)
        Where the inhabitants of each centre go.
    shared : ndarray of float64, shape (s, k, k)
        Where the inhabitants that two centres share go.
    """
    sets, number, size = each.shape
    price, share = np.empty(number), np.empty(number)
    for s in range(sets):
        lowest_sum, entropy_sum = 0.0, 0.0
        for r in range(number):
            held[s, r] = 0.0
            for q in range(number):
                shared[s, r, q] = 0.0
        for i in range(size):
            least = math.inf
            first = 0
            for r in range(number):
                price[r] = each[s, r, i] + at[s, r]
                if price[r] < least:
                    least, first = price[r], r
            lowest_sum += least * people[i]
            total = 0.0
            for r in range(number):
                far = (price[r] - least) / smooth[s]
                share[r] = math.exp(-far) if far < 40.0 else 0.0
                total += share[r]
            if total == 1.0:
                held[s, first] += people[i]
                shared[s, first, first] += people[i]
                continue
            entropy_sum += math.log(total) * people[i]
            for r in range(number):
                if share[r] > 0.0:
                    share[r] /= total
                    held[s, r] += share[r] * people[i]
                    for q in range(r + 1):
                        shared[s, r, q] += share[r] * share[q] * people[i]
        for r in range(number):
            for q in range(r):
                shared[s, q, r] = shared[s, r, q]
        hard[s], entropy[s] = lowest_sum, entropy_sum


@cache
def fast_smoothed() -> Any:
    """Compile it; None where numba is not installed."""
    if find_spec("numba") is None:
        return None
    from ....candidates.compiled import compiled

    return compiled(smoothed)
