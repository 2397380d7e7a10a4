"""Sorted sums along the ways into states, merged state by state, compiled; see `partial_sums`."""

from __future__ import annotations

from typing import Any

from ...candidates.compiled import compiled


@compiled
def sums_of_state(
    state: Any,
    lead: Any,
    arcs: Any,
    other: Any,
    adds: Any,
    known: Any,
    pool: Any,
    buffers: Any,
    ends: Any,
    repeats: Any,
) -> Any:
    """Merge the sums of all ways into a state into one sorted list.

    Parameters
    ----------
    state : int
    lead, arcs, other, adds : ndarray of int64
        First place of the arcs of each state in `arcs`; state at the other end of each, and what it adds.
    known : tuple of ndarray of int64
        Of each state: where its sums begin in the pool, how many they are, and where their numbers begin; -1
        where each stands for itself.
    pool : tuple of ndarray of int64
        Sums, and how often they occur.
    buffers : tuple of ndarray of int64
        Two pairs of such arrays to work in.
    ends : ndarray of int64
        Room for the bounds of as many runs as a state has arcs, and one more.
    repeats : int
        Equal sums are held once where they are this many times as many.

    Returns
    -------
    tuple of (int, int, bool)
        The buffer that holds the list, its length, and whether it has numbers.
    """
    mine, mine_often, yours, yours_often = buffers
    runs, length, weighted = _gathered(state, lead, arcs, other, adds, known, pool, buffers, ends)
    in_first = True
    while runs > 1:
        if weighted and in_first:
            length = _merge_numbers(mine, mine_often, yours, yours_often, ends, runs)
        elif weighted:
            length = _merge_numbers(yours, yours_often, mine, mine_often, ends, runs)
        elif in_first:
            _merge(mine, yours, ends, runs)
        else:
            _merge(yours, mine, ends, runs)
        runs = (runs + 1) // 2
        in_first = not in_first
    if not weighted:
        single = _different(mine if in_first else yours, length)
        if repeats * single <= length:
            weighted = True
            if in_first:
                _hold_once(mine, mine_often, length)
            else:
                _hold_once(yours, yours_often, length)
            length = single
    return in_first, length, weighted


@compiled
def _gathered(
    state: Any, lead: Any, arcs: Any, other: Any, adds: Any, known: Any, pool: Any, buffers: Any, ends: Any
) -> Any:
    """Copy the sums of all ways into the first buffer, one run each: runs, length, whether with numbers."""
    first, size, heavy = known
    values, often = pool
    mine, mine_often = buffers[0], buffers[1]
    weighted = False
    for at in range(lead[state], lead[state + 1]):
        weighted |= heavy[other[arcs[at]]] >= 0
    length = 0
    ends[0] = 0
    runs = 0
    for at in range(lead[state], lead[state + 1]):
        arc = arcs[at]
        there = other[arc]
        more, begin, number = adds[arc], first[there], size[there]
        for k in range(number):
            mine[length + k] = values[begin + k] + more
        if weighted:
            place = heavy[there]
            for k in range(number):
                mine_often[length + k] = often[place + k] if place >= 0 else 1
        length += number
        runs += 1
        ends[runs] = length
    return runs, length, weighted


@compiled
def _merge(source: Any, target: Any, ends: Any, runs: Any) -> None:
    """Merge neighbouring runs of sorted sums, two by two."""
    for run in range(0, runs, 2):
        i, middle = ends[run], ends[run + 1]
        j, end = middle, ends[min(run + 2, runs)]
        out = i
        while i < middle and j < end:
            a, b = source[i], source[j]
            take = a <= b
            target[out] = a if take else b
            i += take
            j += not take
            out += 1
        while i < middle:
            target[out] = source[i]
            i += 1
            out += 1
        while j < end:
            target[out] = source[j]
            j += 1
            out += 1
        ends[run // 2 + 1] = out


@compiled
def _merge_numbers(source: Any, counts: Any, target: Any, numbers: Any, ends: Any, runs: Any) -> Any:
    """Merge neighbouring runs, two by two, and hold equal sums once; give the length."""
    out = 0
    begin = ends[0]
    for run in range(0, runs, 2):
        i, middle = begin, ends[run + 1]
        j, end = middle, ends[min(run + 2, runs)]
        begin = end
        while i < middle or j < end:
            if j >= end or (i < middle and source[i] < source[j]):
                target[out], numbers[out] = source[i], counts[i]
                i += 1
            elif i >= middle or source[j] < source[i]:
                target[out], numbers[out] = source[j], counts[j]
                j += 1
            else:
                target[out], numbers[out] = source[i], counts[i] + counts[j]
                i += 1
                j += 1
            out += 1
        ends[run // 2 + 1] = out
    return out


@compiled
def _different(sums: Any, length: Any) -> Any:
    number = min(length, 1)
    for k in range(1, length):
        number += sums[k] != sums[k - 1]
    return number


@compiled
def _hold_once(sums: Any, often: Any, length: Any) -> None:
    out = -1
    for k in range(length):
        if k and sums[k] == sums[out]:
            often[out] += 1
        else:
            out += 1
            sums[out] = sums[k]
            often[out] = 1
