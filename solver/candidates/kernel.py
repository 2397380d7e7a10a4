"""Listing connected sets by a compiled search; only kernels and what calls them import this, and late."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled import compiled


@compiled
def lowest_bit(word: Any) -> Any:
    """Give the position of the lowest bit of a word that is not zero."""
    rest = word & (~word + np.uint64(1))
    place, half = 0, 32
    while half > 0:
        if rest >> np.uint64(half) != np.uint64(0):
            rest >>= np.uint64(half)
            place += half
        half //= 2
    return place


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
        vertex = 64 * word + lowest_bit(free)
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


@compiled
def probe(near: Any, population: Any, upper: int, never: Any, probes: int, seed: int, most: float) -> Any:
    """Estimate how many states `walk` looks at, by walks that go one way at random (Knuth 1975).

    Returns
    -------
    float
        The mean of the products of the numbers of ways at each state: what is expected of it is the number
        of states. Where it is more than `most`, the probes end there.
    """
    size, width = near.shape
    one, zero = np.uint64(1), np.uint64(0)
    chosen, barred = np.zeros(width, dtype=np.uint64), np.zeros(width, dtype=np.uint64)
    reach = np.zeros(width, dtype=np.uint64)
    dice = np.uint64(2 * seed + 1)
    total = 0.0
    for number in range(probes * size):
        root = number % size
        if population[root] > upper:
            continue
        for k in range(width):
            chosen[k], barred[k], reach[k] = zero, never[k], near[root, k]
        for v in range(root):
            barred[v // 64] |= one << np.uint64(v % 64)
        chosen[root // 64] |= one << np.uint64(root % 64)
        inhabitants, ways = population[root], 1.0
        while True:
            total += ways / probes
            if total > most:
                return total
            word, free = 0, zero
            while word < width:
                free = reach[word] & ~barred[word] & ~chosen[word]
                if free != zero:
                    break
                word += 1
            if free == zero:
                break
            vertex = 64 * word + lowest_bit(free)
            bit = free & (~free + one)
            taken = inhabitants + population[vertex]
            if taken <= upper:
                ways *= 2.0
                # xorshift of Marsaglia (2003)
                dice ^= dice << np.uint64(13)
                dice ^= dice >> np.uint64(7)
                dice ^= dice << np.uint64(17)
                if dice >> np.uint64(63) != zero:
                    chosen[word] |= bit
                    inhabitants = taken
                    for k in range(width):
                        reach[k] |= near[vertex, k]
                    continue
            barred[word] |= bit
    return total


@compiled
def tally(sets: Any, size: int) -> Any:
    """Count the sets that hold each vertex, shape (size,)."""
    counts = np.zeros(size, dtype=np.int64)
    for row in range(len(sets)):
        for k in range(sets.shape[1]):
            rest = sets[row, k]
            while rest != np.uint64(0):
                counts[64 * k + lowest_bit(rest)] += 1
                rest &= rest - np.uint64(1)
    return counts


@compiled
def by_lowest(sets: Any, size: int) -> Any:
    """Sort sets that are not empty by lowest vertex: where each begins, shape (size + 1,), and the rows."""
    first = np.zeros(size + 1, dtype=np.int64)
    lowest = np.empty(len(sets), dtype=np.int32)
    for row in range(len(sets)):
        for k in range(sets.shape[1]):
            if sets[row, k] != np.uint64(0):
                lowest[row] = 64 * k + lowest_bit(sets[row, k])
                break
        first[lowest[row] + 1] += 1
    for v in range(size):
        first[v + 1] += first[v]
    place = first.copy()
    order = np.empty(len(sets), dtype=np.int64)
    for row in range(len(sets)):
        order[place[lowest[row]]] = row
        place[lowest[row]] += 1
    return first, order
