"""An engine made by the recipe of CONTRIBUTING."""

from __future__ import annotations

import numpy as np
from ortools.linear_solver import pywraplp
from refzones.instances.common.arrays import FloatArray
from refzones.models.programmes.programme import Programme
from refzones.solver.engines import Answer, Engine
from refzones.solver.engines.base import checked


class Wrapped(Engine):
    """SCIP by the older interface of OR-Tools."""

    name = "wrapped"

    def _solve(
        self, programme: Programme, *, seconds: float | None, seed: int, start: FloatArray | None
    ) -> Answer:
        solver = pywraplp.Solver.CreateSolver("SCIP")
        if seconds is not None:
            solver.SetTimeLimit(max(1, int(1000 * seconds)))
        columns = [
            solver.Var(low, high, bool(whole), "")
            for low, high, whole in zip(programme.lower, programme.upper, programme.integer, strict=True)
        ]
        rows = [
            solver.Constraint(low, high)
            for low, high in zip(programme.row_lower, programme.row_upper, strict=True)
        ]
        for row, column, number in zip(
            programme.rows, programme.columns, programme.coefficients, strict=True
        ):
            rows[row].SetCoefficient(columns[column], number)
        for column, cost in zip(columns, programme.cost, strict=True):
            solver.Objective().SetCoefficient(column, cost)
        status = solver.Solve()
        if status == solver.INFEASIBLE:
            return Answer("infeasible", None, None)
        if status not in (solver.OPTIMAL, solver.FEASIBLE):
            return Answer("unknown", None, None)
        x = checked(programme, np.array([column.solution_value() for column in columns]))
        optimal = status == solver.OPTIMAL
        return Answer("optimal" if optimal else "feasible", x, solver.Objective().BestBound())

    def version(self) -> str:
        return "SCIP 1"
