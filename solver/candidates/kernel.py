"""Listing connected sets by a compiled search; only `candidates` imports this module, and late."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled import compiled


@compiled
def walk(
    near: Any,
    population: Any,
    lower: int,
    upper: int,
    chosen: Any,
    barred: Any,
    reach: Any,
    inhabitants: Any,
    depth: int,
    sets: Any,
    number: int,
    branches: int,
) -> Any:
    """Go on with a search for connected sets, depth first, until it ends, has no room, or has done its share.

    The scheme is that of `connected_sets`: a state is a set with vertices that it may never take, and
    branches on the lowest vertex beside it.

    Parameters
    ----------
    near : ndarray of uint64, shape (m, w)
        Neighbours of each vertex.
    population : ndarray of int64, shape (m,)
    lower, upper : int
    chosen, barred, reach : ndarray of uint64, shape (s, w)
        The states that are open, as a stack; three for each vertex are room enough.
    inhabitants : ndarray of int64, shape (s,)
    depth : int
        Number of open states.
    sets : ndarray of uint64, shape (r, w)
        Where complete sets go.
    number : int
        Sets that stand there already.
    branches : int
        Most states to look at.

    Returns
    -------
    tuple of (int, int, int)
        Open states, complete sets, and states looked at.
    """
    width = near.shape[1]
    one, zero = np.uint64(1), np.uint64(0)
    looked = 0
    while depth > 0 and number < len(sets) and looked < branches:
        looked += 1
        at = depth - 1
        word = 0
        free = zero
        while word < width:
            free = reach[at, word] & ~barred[at, word] & ~chosen[at, word]
            if free != zero:
                break
            word += 1
        if free == zero:
            if inhabitants[at] >= lower:
                sets[number] = chosen[at]
                number += 1
            depth -= 1
            continue
        bit = free & (~free + one)
        vertex, half = 64 * word, 32
        rest = bit
        while half > 0:
            if rest >> np.uint64(half) != zero:
                rest >>= np.uint64(half)
                vertex += half
            half //= 2
        taken = inhabitants[at] + population[vertex]
        if taken <= upper:
            for k in range(width):
                chosen[depth, k] = chosen[at, k]
                barred[depth, k] = barred[at, k]
                reach[depth, k] = reach[at, k] | near[vertex, k]
            chosen[depth, word] |= bit
            inhabitants[depth] = taken
            depth += 1
        barred[at, word] |= bit
    return depth, number, looked
