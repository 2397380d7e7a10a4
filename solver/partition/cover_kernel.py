"""An exact cover search that numba compiles; only `in_some_partition` imports this module, and late."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..candidates.compiled import compiled
from ..candidates.kernel import lowest_bit

_SMALL = 64  # rows that count for a node: it costs as much as looking at so many


@compiled
def cover(
    sets: Any,
    first: Any,
    near: Any,
    people: Any,
    bounds: Any,
    at: Any,
    covered: Any,
    found: Any,
    known: Any,
    used: Any,
    state: Any,
    effort: int,
) -> Any:
    """Go on with a search for all partitions, depth first, until it ends or has done its share.

    Vertices are numbered in the order in which they are branched on. What is left after some sets is worked
    on once: the number of its partitions is noted in a table, as far as that has room.

    Parameters
    ----------
    sets : ndarray of uint64, shape (k, w)
        Sorted by lowest vertex.
    first : ndarray of int64, shape (m + 1,)
        Where the sets with each lowest vertex begin.
    near : ndarray of uint64, shape (m, w)
        Neighbours of each vertex.
    people : ndarray of int64, shape (m,)
    bounds : tuple of int
        People of a set, at least and at most; sets of a partition, at least and at most.
    at, found : ndarray of int64, shape (d,)
        By depth: the set looked at next, and partitions found of what is left.
    covered : ndarray of uint64, shape (d, w)
    known : ndarray of int64, shape (t, w + 2)
        The table: one more than the partitions, or 0 where a row is empty; sets before; and what is covered.
    used : ndarray of bool, shape (k,)
        Whether a set is in a partition.
    state : ndarray of int64, shape (3,)
        Depth, rows of the table that are taken, and nodes.
    effort : int
        Most rows of `sets` to look at.

    Returns
    -------
    bool
        Whether it ended. The number of partitions is the first of `found` then.
    """
    width, size = sets.shape[1], len(first) - 1
    full = np.zeros(width, dtype=np.uint64)
    for v in range(size):
        full[v // 64] |= np.uint64(1) << np.uint64(v % 64)
    left, edge = np.zeros(width, dtype=np.uint64), np.zeros(width, dtype=np.uint64)
    depth, looked = state[0], 0
    while depth >= 0:
        begun, end = at[depth], first[_lowest(covered[depth], full) + 1]
        row = _next(sets, covered[depth], begun, end)
        looked += row - begun
        at[depth] = row + 1
        if row >= end:
            # nothing more here: what was learnt is kept, and told to who asked
            if depth > 0:
                state[1] += _keep(known, covered[depth], depth, found[depth], state[1])
                used[at[depth - 1] - 1] |= found[depth] > 0
                found[depth - 1] = _sum(found[depth - 1], found[depth])
            depth -= 1
            continue
        looked += _SMALL
        state[2] += 1
        for k in range(width):
            covered[depth + 1, k] = covered[depth, k] | sets[row, k]
            left[k] = full[k] & ~covered[depth + 1, k]
        partitions = _known(known, covered[depth + 1], left, edge, near, people, bounds, depth + 1)
        if partitions < 0:
            depth += 1
            at[depth] = first[_lowest(covered[depth], full)]
            found[depth] = 0
        elif partitions > 0:
            used[row] = True
            found[depth] = _sum(found[depth], partitions)
        if looked >= effort:
            break
    state[0] = depth
    return depth < 0


@compiled
def _next(sets: Any, covered: Any, row: int, end: int) -> Any:
    """Find the next set that holds nothing that is covered."""
    while row < end:
        clash = np.uint64(0)
        for k in range(len(covered)):
            clash |= sets[row, k] & covered[k]
        if clash == np.uint64(0):
            break
        row += 1
    return row


@compiled
def _known(
    known: Any, covered: Any, left: Any, edge: Any, near: Any, people: Any, bounds: Any, sets: int
) -> Any:
    """Give the partitions of what is left beside so many sets, where they are known; -1 where they are not.

    `left` is used up.
    """
    fewest, most, least, greatest = bounds
    whole = True
    for k in range(len(left)):
        whole = whole and left[k] == np.uint64(0)
    if whole:
        return 1 if least <= sets <= greatest else 0
    if not _may(left, edge, near, people, fewest, most, least - sets, greatest - sets):
        return 0
    return known[_slot(known, covered, sets), 0] - 1


@compiled
def _keep(known: Any, covered: Any, depth: int, partitions: int, taken: int) -> Any:
    """Note the partitions of what is left, where the table has room; give the rows that this takes."""
    place = _slot(known, covered, depth)
    if known[place, 0] != 0 or taken >= len(known) // 4 * 3:
        return 0
    known[place, 0], known[place, 1] = partitions + 1, depth
    for k in range(len(covered)):
        known[place, 2 + k] = np.int64(covered[k])
    return 1


@compiled
def _sum(one: int, other: int) -> Any:
    """Add two numbers of partitions; what is beyond 2^62 is no more counted."""
    most = 1 << 62
    return most if one > most - other else one + other


@compiled
def _lowest(covered: Any, full: Any) -> Any:
    """Give the lowest vertex that is not covered; there is one."""
    for k in range(len(full)):
        free = full[k] & ~covered[k]
        if free != np.uint64(0):
            return 64 * k + lowest_bit(free)
    return 0


@compiled
def _may(
    left: Any, edge: Any, near: Any, people: Any, fewest: int, most: int, least: int, greatest: int
) -> Any:
    """Whether the connected pieces of what is left can be shared out by the number of their people.

    `left` is used up.
    """
    zero, one = np.uint64(0), np.uint64(1)
    width = len(left)
    start, at_least, at_most = 0, 0, 0
    while start < width:
        if left[start] == zero:
            start += 1
            continue
        for k in range(width):
            edge[k] = zero
        edge[start] = left[start] & (~left[start] + one)
        total, word = 0, 0
        while word < width:
            if edge[word] == zero:
                word += 1
                continue
            bit = edge[word] & (~edge[word] + one)
            vertex = 64 * word + lowest_bit(bit)
            left[word] &= ~bit
            edge[word] &= ~bit
            total += people[vertex]
            for k in range(width):
                edge[k] |= near[vertex, k] & left[k]
            word = 0
        few, many = (total + most - 1) // most, total // fewest
        if few > many:
            return False
        at_least += few
        at_most += many
    return at_least <= greatest and at_most >= least


@compiled
def _slot(known: Any, covered: Any, depth: int) -> Any:
    """Find the row of the table for what is covered by so many sets, or the empty one where it goes."""
    width = len(covered)
    mixed = np.uint64(depth) * np.uint64(0x9E3779B97F4A7C15)
    for k in range(width):
        mixed = (mixed ^ covered[k]) * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(32)
    place = np.int64(mixed & np.uint64(len(known) - 1))
    while known[place, 0] != 0:
        same = known[place, 1] == depth
        for k in range(width):
            same = same and np.uint64(known[place, 2 + k]) == covered[k]
        if same:
            return place
        place = (place + 1) & (len(known) - 1)
    return place
