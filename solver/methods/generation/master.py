"""The restricted linear programme: sets generated so far, and artificial columns that make it feasible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from ortools.math_opt.python import mathopt

from ....instances.common.arrays import FloatArray
from ....models.scorer import NANO
from ...engines import EngineError
from .pricing import Part


@dataclass(frozen=True)
class Solved:
    """Duals of the rows, value of the programme, and the sum of the artificial columns."""

    duals: FloatArray
    value: float
    artificial: float


class RestrictedMaster:
    """Each municipality in exactly one set, fractions allowed; maximised.

    Parameters
    ----------
    size : int
        Number of municipalities.
    unserved : ndarray of float64, shape (size,)
        Points of a municipality in no set: lower than it could have in any, if the frame has a plan.
    """

    def __init__(self, size: int, unserved: FloatArray) -> None:
        self.model = mathopt.Model()
        self.rows = [self.model.add_linear_constraint(lb=1.0, ub=1.0) for _ in range(size)]
        self.model.objective.is_maximize = True
        self.artificial = [self._column((v,), float(unserved[v])) for v in range(size)]
        self.columns: dict[Part, mathopt.Variable] = {}
        self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)

    def _column(self, part: Part, points: float) -> mathopt.Variable:
        variable = self.model.add_variable(lb=0.0)
        self.model.objective.set_linear_coefficient(variable, points)
        for v in part:
            self.rows[v].set_coefficient(variable, 1.0)
        return variable

    def add(self, parts: Iterable[Part], nano: Mapping[Part, int]) -> int:
        """Add sets that are no columns yet; give their number."""
        fresh = [part for part in parts if part not in self.columns]
        for part in fresh:
            self.columns[part] = self._column(part, nano[part] / NANO)
        return len(fresh)

    def drop(self, parts: Iterable[Part]) -> None:
        """Remove columns."""
        for part in parts:
            self.model.delete_variable(self.columns.pop(part))

    def price(self, nano: Mapping[Part, int] | None, unserved: FloatArray) -> None:
        """Set the points of all columns; None for 0."""
        for part, variable in self.columns.items():
            points = 0.0 if nano is None else nano[part] / NANO
            self.model.objective.set_linear_coefficient(variable, points)
        for v, variable in enumerate(self.artificial):
            self.model.objective.set_linear_coefficient(variable, float(unserved[v]))

    def forbid_artificial(self) -> None:
        """Fix the artificial columns at zero."""
        for variable in self.artificial:
            variable.upper_bound = 0.0

    def cover(self, amounts: FloatArray) -> None:
        """Set how much of each municipality has to be covered: 1 but for a moment."""
        for row, amount in zip(self.rows, amounts.tolist(), strict=True):
            row.lower_bound = amount
            row.upper_bound = amount

    def solve(self) -> Solved:
        """Solve; by HiGHS where GLOP finds its own answer too imprecise to give duals.

        Raises
        ------
        EngineError
            Neither of them gives duals.
        """
        for attempt in (self.solver.solve, self._afresh):
            result = attempt()
            if result.has_primal_feasible_solution() and result.has_dual_feasible_solution():
                duals = np.array(result.dual_values(self.rows), dtype=np.float64)
                left = float(sum(result.variable_values(self.artificial)))
                return Solved(duals, result.objective_value(), left)
        raise EngineError("the linear relaxation could not be solved")

    def _afresh(self) -> mathopt.SolveResult:
        return mathopt.solve(self.model, mathopt.SolverType.HIGHS)
