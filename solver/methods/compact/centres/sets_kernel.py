"""Sets of centres made longer by a centre, compiled where numba is installed."""

from __future__ import annotations

from typing import Any

import numpy as np

from ....candidates.compiled import when_installed


def longer(sets: Any, base: Any, values: Any, least: Any, limit: float, given: Any) -> int:
    """Add a later centre to each set in every way that all inequalities leave open; O(s n) and rarely more.

    Parameters
    ----------
    sets : ndarray of int64, shape (s, k)
        Places in the order of centres, ascending.
    base : ndarray of float64, shape (r,)
        Of each inequality, as are the others.
    values : ndarray of float64, shape (r, n)
        What a centre adds.
    least : ndarray of float64, shape (r, n + 1)
        The least that centres which are still missing add, from a place on.
    limit : float
    given : ndarray of int64, shape (s n, k + 1)
        Where the sets go.

    Returns
    -------
    int
        How many there are.
    """
    rows, size = values.shape
    number, found = sets.shape[1], 0
    total = np.empty(rows)
    for s in range(len(sets)):
        for row in range(rows):
            total[row] = 0.0
            for place in range(number):
                total[row] += values[row, sets[s, place]]
        for v in range(sets[s, number - 1] + 1 if number else 0, size):
            fits = True
            for row in range(rows - 1, -1, -1):
                if base[row] + (total[row] + values[row, v]) + least[row, v + 1] > limit:
                    fits = False
                    break
            if fits:
                given[found, :number] = sets[s]
                given[found, number] = v
                found += 1
    return found


fast_longer = when_installed(longer)
