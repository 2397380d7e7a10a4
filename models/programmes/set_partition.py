"""The partition formulation: one binary variable a candidate merger.

::

    minimise   sum_j cost_j x_j
    such that  sum_{j : i in S_j} x_j = 1   for every municipality i
               lower_r <= sum_j a_rj x_j <= upper_r   for side constraints r, such as the number of mergers
               x_j in {0, 1}

Set partitioning (Balas and Padberg 1976), used for political districting by Garfinkel and Nemhauser (1970)
and, with columns generated, by Mehrotra, Johnson and Nemhauser (1998).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from .programme import Programme, with_row


@dataclass(frozen=True)
class SideConstraint:
    """A bound on a whole-number sum over the chosen candidates, such as their number.

    Attributes
    ----------
    coefficients : ndarray of int64, shape (k,)
        At least 0 each.
    lower, upper : int
        Both included.
    """

    coefficients: IntArray
    lower: int
    upper: int

    def take(self, rows: IntArray | BoolArray) -> SideConstraint:
        """Keep some candidates."""
        return SideConstraint(self.coefficients[rows], self.lower, self.upper)

    def binding(self, price: int) -> int:
        """Give the bound that binds at a dual price: the upper one above 0, else the lower."""
        return self.upper if price > 0 else self.lower

    def less(self, spent: int) -> SideConstraint:
        """Give what is left to choose when candidates that sum to `spent` are chosen."""
        return SideConstraint(self.coefficients, self.lower - spent, self.upper - spent)


def partition_programme(
    members: FloatArray, cost: FloatArray, sides: Sequence[SideConstraint] = ()
) -> Programme:
    """Write a set partitioning problem as a programme.

    Parameters
    ----------
    members : ndarray of float64, shape (k, m)
        One where a candidate holds a municipality, zero elsewhere.
    cost : ndarray of float64, shape (k,)
    sides : sequence of SideConstraint

    Returns
    -------
    Programme
        k columns, m rows, and one for each side constraint.
    """
    count, size = members.shape
    columns, rows = np.nonzero(members)
    programme = Programme(
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
    for side in sides:
        programme = with_row(
            programme, side.coefficients.astype(np.float64), at_most=side.upper, at_least=side.lower
        )
    return programme
