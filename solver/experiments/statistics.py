"""How steps agree with measures, and with what they were before.

All correlations of a map are one matrix product. `scipy` has the same statistics for a pair of variables at a
time, which is too slow for thousands of maps; the tests compare with it.
"""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray


def midranks(values: FloatArray) -> FloatArray:
    """Rank values from 1 on, the least first; equal ones share the mean of their ranks.

    Parameters
    ----------
    values : ndarray, shape (n,)
    """
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2)[place], dtype=np.float64)


def spearman(steps: FloatArray, measures: FloatArray) -> FloatArray:
    """Correlate the ranks of steps and measures (Spearman 1904), with mean ranks where values are equal.

    Parameters
    ----------
    steps : ndarray, shape (k, n)
    measures : ndarray, shape (m, n)

    Returns
    -------
    ndarray of float64, shape (k, m)
        NaN where all values are equal.
    """
    return _cosines(_centred_ranks(steps), _centred_ranks(measures))


def kendall(steps: FloatArray, measures: FloatArray) -> FloatArray:
    """Correlate the order of pairs by steps and by measures: tau-b, which allows for ties (Kendall 1945).

    Parameters
    ----------
    steps : ndarray, shape (k, n)
    measures : ndarray, shape (m, n)

    Returns
    -------
    ndarray of float64, shape (k, m)
        NaN where all values are equal.
    """
    return _cosines(_signs(steps), _signs(measures))


def explained(steps: FloatArray, measures: FloatArray) -> FloatArray:
    """Give the share of the variance of measures that lies between steps: eta squared.

    Parameters
    ----------
    steps : ndarray, shape (k, n)
    measures : ndarray, shape (m, n)
        Of ranks instead of amounts it is the statistic of Kruskal and Wallis (1952) over n - 1.

    Returns
    -------
    ndarray of float64, shape (k, m)
        NaN where all values of a measure are equal.
    """
    centred = measures - measures.mean(axis=1, keepdims=True)
    whole = (centred**2).sum(axis=1)
    # equal values differ from their mean by rounding alone
    whole[np.ptp(measures, axis=1) == 0] = np.nan
    shares = []
    for row in steps:
        _, place, count = np.unique(row, return_inverse=True, return_counts=True)
        held = np.zeros((len(count), len(row)))
        held[place, np.arange(len(row))] = 1.0
        shares.append((((held @ centred.T) ** 2) / count[:, None]).sum(axis=0) / whole)
    return np.array(shares)


def weighted_kappa(before: IntArray, after: IntArray) -> float:
    """Measure how far two classifications by the same steps agree beyond chance (Cohen 1968).

    The weight of a disagreement is the square of its number of steps.

    Parameters
    ----------
    before, after : ndarray of int64, shape (n,)

    Returns
    -------
    float
        1 where they agree; NaN where both put all on one step, the same one.
    """
    found = float(((before - after) ** 2).mean())
    expected = float(before.var() + after.var() + (before.mean() - after.mean()) ** 2)
    return 1.0 - found / expected if expected > 0 else float("nan")


def _centred_ranks(rows: FloatArray) -> FloatArray:
    ranks = np.array([midranks(row) for row in rows])
    return np.asarray(ranks - (rows.shape[1] + 1) / 2, dtype=np.float64)


def _signs(rows: FloatArray) -> FloatArray:
    """Say of each pair of columns, for each row, which one is greater; shape (rows, pairs)."""
    return np.sign(rows[:, :, None] - rows[:, None, :]).reshape(len(rows), -1)


def _cosines(a: FloatArray, b: FloatArray) -> FloatArray:
    lengths = np.sqrt(np.outer((a**2).sum(axis=1), (b**2).sum(axis=1)))
    lengths[lengths == 0] = np.nan
    return np.asarray(a @ b.T / lengths, dtype=np.float64)
