"""Scores of many candidates."""

from __future__ import annotations

import numpy as np

from ..instances.arrays import IntArray
from ..models.scorer import Scorer
from .candidates import Candidates


def score_all(scorer: Scorer, candidates: Candidates) -> IntArray:
    """Score every candidate, a slice at a time over the municipalities that occur in it.

    Returns
    -------
    ndarray of int64, shape (k,)
        Nano-points.
    """
    nano = [scorer.score(*candidates.local(rows)).nano for rows in candidates.chunks()]
    return np.concatenate(nano) if nano else np.zeros(0, dtype=np.int64)
