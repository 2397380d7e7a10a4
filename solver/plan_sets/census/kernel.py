"""Pairs of sums below thresholds, compiled; `meet_in_the_middle` imports this module when it counts."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...candidates.compiled import compiled


@compiled
def pairs_below(first: Any, weight: Any, second: Any, before: Any, thresholds: Any) -> Any:
    """Count the pairs of a sum of one list and one of another that together are below each threshold.

    Both lists are sorted, so that one pointer goes down the second list while another goes up the first:
    O(len(first) + len(second)) for each threshold.

    Parameters
    ----------
    first, second : ndarray of int64
        Ascending.
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
    for k in range(len(thresholds)):
        threshold = thresholds[k]
        place = len(second)
        total = 0
        for i in range(len(first)):
            left = threshold - first[i]
            while place > 0 and second[place - 1] >= left:
                place -= 1
            if place == 0:
                break
            smaller = before[place] if len(before) else place
            total += smaller * weight[i] if len(weight) else smaller
        pairs[k] = total
    return pairs
