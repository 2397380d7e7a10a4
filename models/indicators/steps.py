"""Steps of inhabitants, as laws and schemes write them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...instances.common.arrays import FloatArray


def value_of_step(inhabitants: FloatArray, below: Sequence[float], values: Sequence[float]) -> FloatArray:
    """Give the value of the step that each number of inhabitants is on.

    Parameters
    ----------
    inhabitants : ndarray of float64, shape (k,)
    below : sequence of float, length s
        Ascending: a step ends below its number of inhabitants. The last step has no end.
    values : sequence of float, length s + 1

    Returns
    -------
    ndarray of float64, shape (k,)
    """
    at = np.searchsorted(np.asarray(below, dtype=np.float64), inhabitants, side="right")
    return np.asarray(values, dtype=np.float64)[at]
