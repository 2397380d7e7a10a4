"""The fractional knapsack, which bounds what fits into a room."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray


def filled(amounts: FloatArray, sizes: FloatArray, room: float) -> float:
    """Give the most that fits into a room, the last item in part (Dantzig 1957).

    Parameters
    ----------
    amounts, sizes : ndarray of float64, shape (k,)
        At least 0 each; what is larger than the room is left out.
    room : float
    """
    amounts, sizes = amounts[sizes <= room], sizes[sizes <= room]
    order = np.argsort(-amounts / np.maximum(sizes, 1e-9), kind="stable")
    before = np.cumsum(sizes[order]) - sizes[order]
    part = np.clip((room - before) / np.maximum(sizes[order], 1e-9), 0.0, 1.0)
    part[sizes[order] == 0] = 1.0
    return float((amounts[order] * part).sum())
