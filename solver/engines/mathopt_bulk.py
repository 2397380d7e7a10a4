"""MathOpt by arrays: coefficients are set many at a time, and bases, which nobody asks for, are not read.

One by one, coefficients take longer than the linear programmes that they are for; so does reading the basis
of each answer, which the solver keeps itself. Neither is in the public interface of every version: where one
is missing it is done the slow way, with the same outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from .mathopt_threads import mathopt

try:
    from ortools.math_opt.elemental.python import enums
except ImportError:  # of another version
    enums = None


def set_points(model: mathopt.Model, variables: Sequence[mathopt.Variable], points: FloatArray) -> None:
    """Set what a unit of each variable brings."""
    elemental = _elemental(model.objective)
    if elemental is None or not len(variables):
        for variable, value in zip(variables, points.tolist(), strict=True):
            model.objective.set_linear_coefficient(variable, value)
        return
    keys = _ids(variables)[:, None]
    elemental.set_attrs(enums.DoubleAttr1.OBJECTIVE_LINEAR_COEFFICIENT, keys, np.asarray(points, np.float64))


def set_coefficients(
    rows: Sequence[mathopt.LinearConstraint],
    variables: Sequence[mathopt.Variable],
    entries: tuple[IntArray, IntArray, FloatArray],
) -> None:
    """Set coefficients of a programme: places of rows and of variables, and the value of each."""
    elemental = _elemental(rows[0]) if rows else None
    if elemental is None or not len(entries[0]):
        for row, column, value in zip(*(one.tolist() for one in entries), strict=True):
            rows[row].set_coefficient(variables[column], value)
        return
    keys = np.column_stack([_ids(rows)[entries[0]], _ids(variables)[entries[1]]])
    elemental.set_attrs(enums.DoubleAttr2.LINEAR_CONSTRAINT_COEFFICIENT, keys, entries[2])


def without_bases(solver: mathopt.IncrementalSolver) -> mathopt.IncrementalSolver:
    """Give a solver whose answers are read without their bases; it still starts from the last one."""
    inner = getattr(solver, "_proto_solver", None)
    if inner is not None:
        solver._proto_solver = _WithoutBases(inner)
    return solver


class _WithoutBases:
    """Stands before the solver of MathOpt and takes the bases out of its answers."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def update(self, *given: Any) -> Any:
        return self._inner.update(*given)

    def solve(self, *given: Any) -> Any:
        answer = self._inner.solve(*given)
        for solution in answer.solutions:
            solution.ClearField("basis")
        return answer


def _elemental(thing: Any) -> Any:
    """Give the store of a model that takes arrays; None where there is none."""
    found = getattr(thing, "elemental", None) or getattr(thing, "_elemental", None)
    return found if enums is not None and hasattr(found, "set_attrs") else None


def _ids(things: Sequence[Any]) -> IntArray:
    return np.fromiter((thing.id for thing in things), dtype=np.int64, count=len(things))
