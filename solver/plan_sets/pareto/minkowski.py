"""Fronts of parts that are independent of each other, combined into one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ....instances.common.arrays import IntArray
from .label_setting import efficient

_AT_ONCE = 4_000_000  # sums that are made together


def minkowski_sum(fronts: Sequence[IntArray]) -> tuple[IntArray, IntArray]:
    """Give the non-dominated sums of points, one of each front (a Minkowski sum).

    A sum with a dominated point is dominated itself, so fronts are enough, and they can be added one after
    the other; the shortest go first.

    Parameters
    ----------
    fronts : sequence of ndarray of int64, shape (p, 2)
        None empty; more is better.

    Returns
    -------
    tuple of ndarray of int64, shape (n, 2), and of int64, shape (n, fronts)
        The sums by the first value, and which point of each front they are made of; of equal sums the first
        in the order of these points, front by front as they are added.

    Notes
    -----
    O(n p log(n p)) for each front of p points and n sums so far; all in whole numbers.
    """
    order = sorted(range(len(fronts)), key=lambda k: len(fronts[k]))
    values, parents = np.zeros((1, 2), dtype=np.int64), np.zeros((1, 0), dtype=np.int64)
    for k in order:
        values, places, added = _two(values, fronts[k])
        parents = np.column_stack([parents[places], added])
    back = np.empty_like(parents)
    back[:, order] = parents
    return values, back


def _two(first: IntArray, second: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Non-dominated sums of two fronts, with their places in both."""
    step = max(1, _AT_ONCE // len(first))
    batches: list[IntArray] = []
    for begin in range(0, len(second), step):
        some = np.arange(begin, min(begin + step, len(second)))
        a, b = np.repeat(np.arange(len(first)), len(some)), np.tile(some, len(first))
        batches.append(_kept(first, second, np.column_stack([a, b])))
    pairs = _kept(first, second, np.concatenate(batches)) if len(batches) > 1 else batches[0]
    return first[pairs[:, 0]] + second[pairs[:, 1]], pairs[:, 0], pairs[:, 1]


def _kept(first: IntArray, second: IntArray, pairs: IntArray) -> IntArray:
    sums = first[pairs[:, 0]] + second[pairs[:, 1]]
    rank = pairs[:, 0] * len(second) + pairs[:, 1]
    kept = efficient(np.zeros(len(sums), dtype=np.int64), sums, rank)[::-1]
    return np.asarray(pairs[kept], dtype=np.int64)
