"""Newton steps on the smooth bound of given centres, compiled where numba is installed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ....candidates.compiled import when_installed


# one function: with numba what it calls would have to be compiled
def climbed(  # noqa: PLR0912, PLR0915
    each: Any,
    people: Any,
    start: Any,
    smooth_of: Any,
    last_of: Any,
    middle: float,
    half: float,
    near: float,
    sharper: float,
    longest: float,
    steps: int,
    limit: float,
    best: Any,
    best_at: Any,
) -> None:
    """Climb the smooth bounds of some sets of centres, one after the other; see `sharpen`.

    Parameters
    ----------
    each : ndarray of float64, shape (s, k, m)
        Cost of an inhabitant at each centre.
    people : ndarray of float64, shape (m,)
    start : ndarray of float64, shape (s, k)
        Multipliers.
    smooth_of, last_of : ndarray of float64, shape (s,)
        By how much dearer a centre may be and still have a share, at first and at last.
    middle, half : float
        Of the bounds on inhabitants, and half their distance.
    near, sharper, longest, steps
        As in `SmoothParams`.
    limit : float
    best : ndarray of float64, shape (s,)
        The bounds so far; replaced by better ones.
    best_at : ndarray of float64, shape (s, k)
        The same for the multipliers that prove them.
    """
    sets, number, size = each.shape
    price, share, held = np.empty(number), np.empty(number), np.empty(number)
    at, trial, direction = np.empty(number), np.empty(number), np.empty(number)
    slope, root, newton = np.empty(number), np.empty(number), np.empty(number)
    curved = np.empty((number, number))
    for s in range(sets):
        smooth, value, pace = smooth_of[s], -math.inf, 1.0
        for r in range(number):
            at[r], direction[r] = start[s, r], 0.0
        for _ in range(steps):
            for r in range(number):
                trial[r] = at[r] + pace * direction[r]
                held[r] = 0.0
                for q in range(number):
                    curved[r, q] = 0.0
            hard, entropy = 0.0, 0.0
            for i in range(size):
                # each municipality is shared by its cheapest centres
                least, first = math.inf, 0
                for r in range(number):
                    price[r] = each[s, r, i] + trial[r]
                    if price[r] < least:
                        least, first = price[r], r
                hard += least * people[i]
                total = 0.0
                for r in range(number):
                    far = (price[r] - least) / smooth
                    share[r] = math.exp(-far) if far < 40.0 else 0.0
                    total += share[r]
                if total == 1.0:
                    held[first] += people[i]
                    curved[first, first] += people[i]
                    continue
                entropy += math.log(total) * people[i]
                for r in range(number):
                    if share[r] > 0.0:
                        share[r] /= total
                        held[r] += share[r] * people[i]
                        for q in range(r + 1):
                            curved[r, q] += share[r] * share[q] * people[i]
            bound, climb, off = hard, hard - smooth * entropy, 0.0
            for r in range(number):
                root[r] = math.sqrt(trial[r] ** 2 + smooth**2)
                bound -= middle * trial[r] + half * abs(trial[r])
                climb -= middle * trial[r] + half * root[r]
                slope[r] = held[r] - middle - half * trial[r] / root[r]
                off += abs(slope[r])
            if bound > best[s]:
                best[s] = bound
                for r in range(number):
                    best_at[s, r] = trial[r]
            up = climb >= value - 1e-12 * abs(value)
            if up:
                value = climb
                for r in range(number):
                    at[r] = trial[r]
            if best[s] > limit:
                break
            if up and off < near * half:
                if smooth <= last_of[s]:
                    break
                # another function is climbed from here on
                smooth, value = max(smooth * sharper, last_of[s]), -math.inf
            if not up:
                pace /= 4
                if pace <= 1e-6:
                    break
                continue
            pace = min(1.0, pace * 4)
            # the curve is positive definite: elimination needs no pivoting
            for r in range(number):
                for q in range(r):
                    curved[r, q] = curved[q, r] = -curved[r, q] / smooth
                # where hardly anybody is near an edge the curve says little
                curved[r, r] = (held[r] - curved[r, r] + 1e-9 * middle) / smooth
                curved[r, r] += half * smooth**2 / root[r] ** 3
                newton[r] = slope[r]
            for r in range(number):
                for q in range(r + 1, number):
                    share_of = curved[q, r] / curved[r, r]
                    for t in range(r, number):
                        curved[q, t] -= share_of * curved[r, t]
                    newton[q] -= share_of * newton[r]
            far = 0.0
            for r in range(number - 1, -1, -1):
                for q in range(r + 1, number):
                    newton[r] -= curved[r, q] * newton[q]
                newton[r] /= curved[r, r]
                far = max(far, abs(newton[r]))
            shorter = min(1.0, longest * smooth / far) if far > 0 else 1.0
            for r in range(number):
                direction[r] = newton[r] * shorter


fast_climbed = when_installed(climbed)
