"""Scores of many candidates."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...models.scoring.scorer import Scorer
from .sets import Candidates


def score_all(scorer: Scorer, candidates: Candidates) -> IntArray:
    """Score every candidate, a slice at a time over the municipalities that occur in it.

    Returns
    -------
    ndarray of int64, shape (k,)
        Nano-points.
    """
    nano = [scorer.score(*candidates.local(rows)).nano for rows in candidates.chunks()]
    return np.concatenate(nano) if nano else np.zeros(0, dtype=np.int64)


def values_of_all(scorer: Scorer, candidates: Candidates) -> FloatArray:
    """Work out the value of every candidate in each term, in the same way.

    Returns
    -------
    ndarray of float64, shape (k, t)
        See `Scorer`.
    """
    values = [scorer.values(*candidates.local(rows)) for rows in candidates.chunks()]
    return np.concatenate(values) if values else np.zeros((0, len(scorer.terms)))
