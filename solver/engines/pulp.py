"""CBC, and whatever licensed solver PuLP finds by name."""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from ...instances.arrays import FloatArray
from ...instances.problems import reject
from ...models.programme import Programme
from .base import Answer, Engine, EngineError, checked

if find_spec("highspy"):
    # PuLP loads highspy when it is there, which takes a process down that has OR-Tools loaded
    reject(
        "engines of PuLP (cbc and licensed solvers) cannot run while the package highspy is installed",
        "uninstall highspy, or use highs, scip or cpsat",
    )
import pulp

CBC = "PULP_CBC_CMD"

# HiGHS and SCIP come with OR-Tools, CBC has a name of its own
_NOT_HERE = ("HiGHS", CBC)


class PulpEngine(Engine):
    """A solver that PuLP drives.

    Parameters
    ----------
    solver : str
        Name of the solver in PuLP, such as ``GUROBI``.
    """

    name = "pulp"

    def __init__(self, solver: str = CBC) -> None:
        self._solver = solver

    def solve(
        self,
        programme: Programme,
        *,
        seconds: float | None = None,
        seed: int = 0,
        start: FloatArray | None = None,
    ) -> Answer:
        """Minimise a programme; see `Engine.solve`."""
        problem, variables = _problem(programme)
        options: dict[str, Any] = {"msg": False, "timeLimit": seconds, "gapRel": 0.0}
        if self._solver == CBC:
            options |= {"gapAbs": 0.0, "threads": 1, "options": [f"randomSeed {seed + 1}"]}
        if start is not None:
            for variable, value in zip(variables, start.tolist(), strict=True):
                variable.setInitialValue(value)
            options["warmStart"] = True
        begun = time.perf_counter()
        try:
            with tempfile.TemporaryDirectory() as folder:
                solver = pulp.getSolver(self._solver, **options)
                if hasattr(solver, "tmpDir"):
                    solver.tmpDir = str(Path(folder))
                problem.solve(solver)
        except (pulp.PulpSolverError, OSError, TypeError) as error:
            raise EngineError(f"{self._solver}: {error}") from error
        answer = _answer(programme, problem, variables)
        if answer.status == "infeasible" and seconds is not None and time.perf_counter() - begun >= seconds:
            # CBC calls a programme infeasible when time runs out in its preprocessing
            return Answer("unknown", None, None)
        return answer

    def version(self) -> str:
        """Version of PuLP."""
        return f"PuLP {version('pulp')}"


class CbcEngine(PulpEngine):
    """CBC (Forrest and Lougee-Heimer 2005), as it comes with PuLP."""

    name = "cbc"

    def __init__(self) -> None:
        super().__init__(CBC)


def licensed() -> list[str]:
    """Names of further solvers that PuLP finds on this machine."""
    return [name for name in pulp.listSolvers(onlyAvailable=True) if not name.startswith(_NOT_HERE)]


def _problem(programme: Programme) -> tuple[Any, list[Any]]:
    problem = pulp.LpProblem("partition", pulp.LpMinimize)
    variables = [
        pulp.LpVariable(f"x{j}", float(low), float(high), pulp.LpInteger if whole else pulp.LpContinuous)
        for j, (low, high, whole) in enumerate(
            zip(programme.lower, programme.upper, programme.integer.tolist(), strict=True)
        )
    ]
    problem += pulp.LpAffineExpression(zip(variables, programme.cost.tolist(), strict=True))
    by_row: dict[int, list[tuple[Any, float]]] = defaultdict(list)
    for row, column, coefficient in zip(
        programme.rows.tolist(), programme.columns.tolist(), programme.coefficients.tolist(), strict=True
    ):
        by_row[row].append((variables[column], coefficient))
    for row, (low, high) in enumerate(zip(programme.row_lower, programme.row_upper, strict=True)):
        expression = pulp.LpAffineExpression(by_row[row])
        if low == high:
            problem += expression == float(low)
            continue
        if np.isfinite(low):
            problem += expression >= float(low)
        if np.isfinite(high):
            problem += expression <= float(high)
    return problem, variables


def _answer(programme: Programme, problem: Any, variables: list[Any]) -> Answer:
    if problem.status in (pulp.LpStatusInfeasible, pulp.LpStatusUndefined):
        return Answer("infeasible" if problem.status == pulp.LpStatusInfeasible else "unknown", None, None)
    if problem.status == pulp.LpStatusNotSolved or any(v.varValue is None for v in variables):
        return Answer("unknown", None, None)
    x = checked(programme, np.array([v.varValue for v in variables], dtype=np.float64))
    if problem.sol_status == pulp.LpSolutionOptimal:
        return Answer("optimal", x, programme.value(x))
    return Answer("feasible", x, None)
