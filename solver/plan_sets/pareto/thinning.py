"""Fronts of three values combined, to a stated precision."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from ....instances.common.arrays import IntArray


def thinned_sums(fronts: Sequence[IntArray], cell: Sequence[int]) -> tuple[IntArray, IntArray]:
    """Give sums of points, one of each front, such that every sum is near one of them.

    Parameters
    ----------
    fronts : sequence of ndarray of int64, shape (p, 3)
        None empty; more is better.
    cell : sequence of int
        Of sums that differ by no more than this in the first two values only the best in the third is kept,
        after each front that is added.

    Returns
    -------
    tuple of ndarray of int64, shape (n, 3), and of int64, shape (n, fronts)
        The sums that no other one given dominates, by their values, and which point of each front they are
        made of. For every sum there is one that is nowhere worse by more than the number of fronts less one
        times the cell.
    """
    values, parents = fronts[0], np.arange(len(fronts[0]), dtype=np.int64)[:, None]
    for front in fronts[1:]:
        a = np.repeat(np.arange(len(values)), len(front))
        b = np.tile(np.arange(len(front)), len(values))
        sums = values[a] + front[b]
        kept = _thinned(sums, cell)
        kept = kept[undominated(sums[kept])]
        values, parents = sums[kept], np.column_stack([parents[a[kept]], b[kept]])
    return values, parents


def _thinned(values: IntArray, cell: Sequence[int]) -> IntArray:
    """Keep the best in the third value of each cell of the first two."""
    lowest = values.min(axis=0)
    places = [(values[:, k] - lowest[k]) // (cell[k] + 1) for k in range(2)]
    order = np.lexsort((-values[:, 0], -values[:, 2], places[1], places[0]))
    new = np.ones(len(order), dtype=np.bool_)
    first, second = places[0][order], places[1][order]
    new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return np.asarray(order[new], dtype=np.int64)


def undominated(values: IntArray) -> IntArray:
    """Find the points that no other one dominates, of equal ones the first; places by the values, ascending.

    Notes
    -----
    From the best first value on, the other two are held against a staircase of those met (Kung, Luccio and
    Preparata 1975): O(n log n), but for moving steps in a list.
    """
    order = np.lexsort((np.arange(len(values)), -values[:, 2], -values[:, 1], -values[:, 0]))
    seconds: list[int] = []  # ascending; the third value falls along it
    thirds: list[int] = []
    kept = []
    for place in order.tolist():
        _, second, third = values[place].tolist()
        step = bisect_left(seconds, second)
        if step < len(seconds) and thirds[step] >= third:
            continue
        kept.append(place)
        begin = step
        while begin > 0 and thirds[begin - 1] <= third:
            begin -= 1
        if step < len(seconds) and seconds[step] == second:
            step += 1
        seconds[begin:step], thirds[begin:step] = [second], [third]
    return np.array(kept[::-1], dtype=np.int64)
