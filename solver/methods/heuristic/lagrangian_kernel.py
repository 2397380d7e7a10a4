"""The best parts under prices, one after the other; compiled where numba is installed."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...candidates.compiled import when_installed


# one function: with numba what it calls would have to be compiled, and without numba it is not called
def best_parts(  # noqa: PLR0912, PLR0915
    others: Any,
    real: Any,
    base: Any,
    own: Any,
    covered: Any,
    has: Any,
    weight: Any,
    prices: Any,
    seats: Any,
    functions: Any,
    shares: Any,
    lowest: float,
    highest: float,
    worths: Any,
) -> None:
    """Bound the worth of the best part of each problem, as `LagrangianRelaxation.solve` does.

    The worth of the last neighbour that fits is selected (Hoare 1961) and not sorted for: O(r) a problem.

    Parameters
    ----------
    others, real, base : ndarray, shape (m, r)
        Neighbours of each seat, whether they may be with it, and what they are worth there.
    own, covered : ndarray of float64, shape (m,)
    has : ndarray of int64, shape (m,)
        Functions as bits.
    weight, prices : ndarray of float64, shape (m,)
    seats, functions : ndarray of int64, shape (p,)
        The problems.
    shares : ndarray of float64, shape (f,)
        Of the functions.
    lowest, highest : float
    worths : ndarray of float64, shape (p,)
        Written.
    """
    width = others.shape[1]
    worth, people, held = np.empty(width), np.empty(width), np.empty(width, np.int64)
    rate, load = np.empty(width), np.empty(width)
    for row in range(len(seats)):
        s, chosen = seats[row], functions[row]
        share = 0.0
        for k in range(len(shares)):
            if (chosen >> k) & 1:
                share += shares[k]
        count, full, positive = 0, 0.0, 0.0
        for place in range(width):
            v = others[s, place]
            if real[s, place] and (has[v] & ~chosen) == 0:
                gain = base[s, place] + covered[v] * share - prices[v]
                worth[count], people[count], held[count] = gain, weight[v], has[v]
                rate[count] = gain / max(weight[v], 1e-3)
                load[count] = weight[v]
                full += weight[v]
                if gain > 0:
                    positive += weight[v]
                count += 1
        low, high = lowest - weight[s], highest - weight[s]
        if full < low or high < 0:
            worths[row] = -np.inf
            continue
        room = min(max(positive, low), high)
        mu = 0.0
        if abs(room - positive) > 0.5 and count > 0:
            first, last, before = 0, count, 0.0
            while True:
                a, b, c = rate[first], rate[(first + last) // 2], rate[last - 1]
                mu = max(min(a, b), min(max(a, b), c))
                # those that are worth more come first, then equals
                more, same, at, more_load, same_load = first, first, first, 0.0, 0.0
                while at < last:
                    r, w = rate[at], load[at]
                    if r >= mu:
                        rate[at], load[at] = rate[same], load[same]
                        if r > mu:
                            rate[same], load[same] = rate[more], load[more]
                            rate[more], load[more] = r, w
                            more += 1
                            more_load += w
                        else:
                            rate[same], load[same] = r, w
                            same_load += w
                        same += 1
                    at += 1
                if more > first and before + more_load >= room:
                    last = more
                elif before + more_load + same_load >= room or same in (first, last):
                    break
                else:
                    before += more_load + same_load
                    first = same
        total = own[s] + covered[s] * share - prices[s] + mu * (high if mu > 0 else low)
        missing = chosen & ~has[s]
        for k in range(count):
            reduced = worth[k] - mu * people[k]
            worth[k] = reduced
            total += max(reduced, 0.0)
        loss = 0.0
        for k in range(len(shares)):
            if (missing >> k) & 1:
                best = -np.inf
                for place in range(count):
                    if (held[place] >> k) & 1 and worth[place] > best:
                        best = worth[place]
                loss = min(loss, best)
        worths[row] = total + loss


fast_best_parts = when_installed(best_parts)
