"""Partial sums of plans, and pairs of them below thresholds, compiled; imported when it counts."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...candidates.compiled import compiled
from .merging_kernel import sums_of_state


@compiled
def keep_sums(
    order: Any, lead: Any, arcs: Any, other: Any, adds: Any, known: Any, pool: Any, used: Any, buffers: Any,
    ends: Any, repeats: Any, most: Any,
) -> Any:  # fmt: skip
    """Work out the sums of some states in turn, and keep them in the pool; see `sums_of_state`.

    Parameters
    ----------
    order : ndarray of int64
        The states.
    used : ndarray of int64, shape (2,)
        How much of the pool is taken.
    most : int
        Sums after which to come back.

    Returns
    -------
    int
        How many states are done: fewer than all where `most` is reached.
    """
    first, size, heavy = known
    values, often = pool
    done = 0
    for place in range(len(order)):
        state = order[place]
        if done > most:
            return place
        in_first, length, weighted = sums_of_state(
            state, lead, arcs, other, adds, known, pool, buffers, ends, repeats
        )
        sums = buffers[0] if in_first else buffers[2]
        values[used[0] : used[0] + length] = sums[:length]
        first[state], size[state], heavy[state] = used[0], length, -1
        used[0] += length
        if weighted:
            numbers = buffers[1] if in_first else buffers[3]
            often[used[1] : used[1] + length] = numbers[:length]
            heavy[state] = used[1]
            used[1] += length
        done += length
    return len(order)


@compiled
def count_pairs(
    order: Any, lead: Any, arcs: Any, other: Any, adds: Any, known: Any, pool: Any, buffers: Any, ends: Any,
    repeats: Any, behind: Any, behind_pool: Any, thresholds: Any, pairs: Any, most: Any,
) -> Any:  # fmt: skip
    """Count pairs at some states: of a sum of the ways to it, and one of the ways on from it.

    Parameters
    ----------
    order, lead, arcs, other, adds, known, pool, buffers, ends, repeats, most
        See `keep_sums`; of the ways to the states.
    behind, behind_pool
        As `known` and `pool`, of the ways on from them.
    thresholds : ndarray of int64
    pairs : ndarray of int64
        To which the pairs below each are added.

    Returns
    -------
    int
        How many states are done.
    """
    first, size, heavy = behind
    values, often = behind_pool
    done = 0
    for place in range(len(order)):
        if done > most:
            return place
        state = order[place]
        in_first, length, weighted = sums_of_state(
            state, lead, arcs, other, adds, known, pool, buffers, ends, repeats
        )
        done += length
        begin, number, at = first[state], size[state], heavy[state]
        weight = (buffers[1] if in_first else buffers[3])[: length if weighted else 0]
        before = np.zeros(number + 1 if at >= 0 else 0, np.int64)
        for k in range(len(before) - 1):
            before[k + 1] = before[k] + often[at + k]
        pairs += pairs_below(
            (buffers[0] if in_first else buffers[2])[:length],
            weight,
            values[begin : begin + number],
            before,
            thresholds,
        )
    return len(order)


@compiled
def _number_below(sums: Any, limit: Any) -> Any:
    """Count the sums of a sorted list that are below a limit."""
    low, high = 0, len(sums)
    while low < high:
        middle = (low + high) // 2
        if sums[middle] < limit:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def pairs_below(first: Any, weight: Any, second: Any, before: Any, thresholds: Any) -> Any:
    """Count the pairs of a sum of one list and one of another that together are below each threshold.

    Both lists are sorted, so that one pointer goes down the second list while another goes up the first:
    O(len(first) + len(second)) for each threshold that lies between the least and the greatest pair.

    Parameters
    ----------
    first, second : ndarray of int64
        Ascending, none of them empty.
    weight : ndarray of int64
        How often each sum of the first list occurs; empty for once each.
    before : ndarray of int64
        How many of the sums of the second list stand before each place, one longer than it; empty for as many
        as the place says.
    thresholds : ndarray of int64

    Returns
    -------
    ndarray of int64
    """
    pairs = np.zeros(len(thresholds), np.int64)
    every = before[-1] if len(before) else len(second)
    every *= weight.sum() if len(weight) else len(first)
    for k in range(len(thresholds)):
        threshold = thresholds[k]
        if first[0] + second[0] >= threshold:
            continue
        if first[-1] + second[-1] < threshold:
            pairs[k] = every
            continue
        # with the first sums all of the other list are below, and with the last ones none
        all_fit = _number_below(first, threshold - second[-1])
        place = _number_below(second, threshold - first[all_fit])
        total = (before[-1] if len(before) else len(second)) * (
            weight[:all_fit].sum() if len(weight) else all_fit
        )
        for i in range(all_fit, len(first)):
            left = threshold - first[i]
            while place > 0 and second[place - 1] >= left:
                place -= 1
            if place == 0:
                break
            smaller = before[place] if len(before) else place
            total += smaller * weight[i] if len(weight) else smaller
        pairs[k] = total
    return pairs
