"""A mixed-integer linear programme as plain arrays, the language between formulations and engines."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class Programme:
    """Minimise ``cost @ x`` subject to ``row_lower <= A x <= row_upper`` and ``lower <= x <= upper``.

    The matrix A is given by triples; no pair (row, column) stands twice.

    Attributes
    ----------
    cost, lower, upper : ndarray of float64, shape (columns,)
    integer : ndarray of bool, shape (columns,)
    rows, columns : ndarray of int64, shape (nonzeros,)
    coefficients : ndarray of float64, shape (nonzeros,)
    row_lower, row_upper : ndarray of float64, shape (rows,)
        Infinite where a side is open.
    """

    cost: FloatArray
    lower: FloatArray
    upper: FloatArray
    integer: BoolArray
    rows: IntArray
    columns: IntArray
    coefficients: FloatArray
    row_lower: FloatArray
    row_upper: FloatArray

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of rows and columns."""
        return len(self.row_lower), len(self.cost)

    def value(self, x: FloatArray) -> float:
        """Objective of a point."""
        return float(self.cost @ x)

    def is_feasible(self, x: FloatArray, tolerance: float = 1e-6) -> bool:
        """Say whether a point satisfies every row and bound.

        Where nothing has to be whole, rows are measured by their largest coefficient, as engines scale them:
        a broken point of a row of inhabitants is off by more than the tolerance when it is not wrong.
        """
        activity, off = np.zeros(len(self.row_lower)), np.full(len(self.row_lower), tolerance)
        np.add.at(activity, self.rows, self.coefficients * x[self.columns])
        if not self.integer.any():
            np.maximum.at(off, self.rows, tolerance * np.abs(self.coefficients))
        return bool(
            (activity >= self.row_lower - off).all()
            and (activity <= self.row_upper + off).all()
            and (x >= self.lower - tolerance).all()
            and (x <= self.upper + tolerance).all()
        )


def with_row(
    programme: Programme, coefficients: FloatArray, at_most: float, at_least: float = -np.inf
) -> Programme:
    """Add the row ``at_least <= coefficients @ x <= at_most``; `coefficients` has one entry a column."""
    columns = np.flatnonzero(coefficients)
    rows = len(programme.row_lower)
    return replace(
        programme,
        rows=np.concatenate([programme.rows, np.full(len(columns), rows, dtype=np.int64)]),
        columns=np.concatenate([programme.columns, columns.astype(np.int64)]),
        coefficients=np.concatenate([programme.coefficients, coefficients[columns]]),
        row_lower=np.append(programme.row_lower, float(at_least)),
        row_upper=np.append(programme.row_upper, float(at_most)),
    )
