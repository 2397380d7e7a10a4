"""Scores of many candidates."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ...instances.common.arrays import FloatArray, IntArray
from ...models.scoring.scorer import Scorer
from ...models.terms import Term
from ..deadline import Deadline
from .sets import Candidates

_Numbers = TypeVar("_Numbers", bound=NDArray[Any])

_SLICES_IN_THREADS = 8  # from which on it is worth starting them


def score_all(scorer: Scorer, candidates: Candidates, deadline: Deadline = Deadline()) -> IntArray:
    """Score every candidate, a slice at a time over the municipalities that occur in it.

    Parameters
    ----------
    scorer : Scorer
    candidates : Candidates
        Slices of many are worked on side by side, one for each processor.
    deadline : Deadline

    Returns
    -------
    ndarray of int64, shape (k,)
        Nano-points.

    Raises
    ------
    TimeUpError
    """
    nano = _by_slice(candidates, lambda rows: scorer.score(*candidates.local(rows)).nano, deadline)
    return np.concatenate(nano) if nano else np.zeros(0, dtype=np.int64)


def values_of_all(scorer: Scorer, candidates: Candidates, deadline: Deadline = Deadline()) -> FloatArray:
    """Work out the value of every candidate in each term, in the same way.

    Returns
    -------
    ndarray of float64, shape (k, t)
        See `Scorer`.

    Raises
    ------
    TimeUpError
    """
    return values_of_terms(scorer.terms, candidates, deadline)


def values_of_terms(
    terms: Sequence[Term], candidates: Candidates, deadline: Deadline = Deadline()
) -> FloatArray:
    """Work out the value of every candidate in some terms, shape (k, t); see `values_of_all`."""

    def of(rows: slice) -> FloatArray:
        members = candidates.local(rows)
        return np.column_stack([term.values(*members) for term in terms])

    values = _by_slice(candidates, of, deadline) if terms else []
    return np.concatenate(values) if values else np.zeros((len(candidates), len(terms)))


def _by_slice(
    candidates: Candidates, numbers: Callable[[slice], _Numbers], deadline: Deadline
) -> list[_Numbers]:
    """Work out numbers of each slice of candidates, in their order."""

    def in_time(rows: slice) -> _Numbers:
        deadline.check()
        return numbers(rows)

    slices = list(candidates.chunks())
    threads = min(len(slices) // _SLICES_IN_THREADS, os.cpu_count() or 1)
    if threads < 2:
        return [in_time(rows) for rows in slices]
    # the first one alone: it fills what terms keep for the others
    first = in_time(slices[0])
    with ThreadPoolExecutor(max_workers=threads) as pool:
        return [first, *pool.map(in_time, slices[1:])]
