"""The partition formulation: one binary variable a candidate merger.

    minimise   sum_j cost_j x_j
    such that  sum_{j : i in S_j} x_j = 1   for every municipality i
               x_j in {0, 1}

Set partitioning (Balas and Padberg 1976), used for political districting by Garfinkel and Nemhauser (1970)
and, with columns generated, by Mehrotra, Johnson and Nemhauser (1998).
"""

from __future__ import annotations

import numpy as np

from ...instances.arrays import FloatArray
from ..programme import Programme


def partition_programme(members: FloatArray, cost: FloatArray) -> Programme:
    """Write a set partitioning problem as a programme.

    Parameters
    ----------
    members : ndarray of float64, shape (k, m)
        One where a candidate holds a municipality, zero elsewhere.
    cost : ndarray of float64, shape (k,)

    Returns
    -------
    Programme
        k columns, m rows.
    """
    count, size = members.shape
    columns, rows = np.nonzero(members)
    return Programme(
        cost=cost,
        lower=np.zeros(count),
        upper=np.ones(count),
        integer=np.ones(count, dtype=np.bool_),
        rows=rows.astype(np.int64),
        columns=columns.astype(np.int64),
        coefficients=np.ones(len(rows)),
        row_lower=np.ones(size),
        row_upper=np.ones(size),
    )
