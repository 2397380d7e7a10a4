"""Values of centres under prices, compiled where numba is installed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ....candidates.compiled import when_installed


# one function: with numba what it calls would have to be compiled
def values(cost: Any, people: Any, prices: Any, low: float, high: float, chosen: Any, given: Any) -> None:  # noqa: PLR0912, PLR0915
    """Work out the value of each chosen centre; O(m) each on average.

    Where the best members are too many or too few, the one at which a bound stops the filling is found by
    weighted selection (Balas and Zemel 1980), without sorting.

    Parameters
    ----------
    cost : ndarray of float64, shape (m, m)
        By centre and municipality; infinite where it cannot be.
    people, prices : ndarray of float64, shape (m,)
    low, high : float
    chosen : ndarray of int64, shape (c,)
    given : ndarray of float64, shape (c,)
        Where the values go; infinite where a centre can have no part.
    """
    size = len(people)
    loss, weight = np.empty(size), np.empty(size)
    for place in range(len(chosen)):
        centre = chosen[place]
        own = cost[centre, centre] - prices[centre]
        given[place] = math.inf
        if own == math.inf:
            continue
        gained, held, all_held = 0.0, people[centre], people[centre]
        for i in range(size):
            reduced = cost[centre, i] - prices[i]
            if i == centre or reduced == math.inf:
                continue
            all_held += people[i]
            if reduced < 0:
                gained += reduced
                held += people[i]
        if all_held < low:
            continue
        if low <= held <= high:
            given[place] = own + gained
            continue
        # among members that gain when there are too many, among all others when there are too few
        above = held > high
        begin, end = 0, 0
        for i in range(size):
            reduced = cost[centre, i] - prices[i]
            if i != centre and reduced != math.inf and people[i] > 0 and (reduced < 0) == above:
                loss[end] = reduced / people[i]
                weight[end] = people[i]
                end += 1
        before = people[centre] if above else held
        rate = 0.0
        while begin < end:
            a, b, c = loss[begin], loss[(begin + end) // 2], loss[end - 1]
            pivot = max(min(a, b), min(max(a, b), c))
            less, more, at, lighter, same = begin, end, begin, 0.0, 0.0
            while at < more:
                here, heavy = loss[at], weight[at]
                if here < pivot:
                    loss[at], weight[at] = loss[less], weight[less]
                    loss[less], weight[less] = here, heavy
                    lighter += heavy
                    less += 1
                    at += 1
                elif here > pivot:
                    more -= 1
                    loss[at], weight[at] = loss[more], weight[more]
                    loss[more], weight[more] = here, heavy
                else:
                    same += heavy
                    at += 1
            if before + lighter > high if above else before + lighter >= low:
                end = less
            elif before + lighter + same > high if above else before + lighter + same >= low:
                rate = -pivot
                break
            else:
                before += lighter + same
                begin = more
        total = own + rate * people[centre]
        for i in range(size):
            if i != centre and cost[centre, i] != math.inf:
                total += min(cost[centre, i] - prices[i] + rate * people[i], 0.0)
        given[place] = total - rate * (high if above else low)


fast_values = when_installed(values)
