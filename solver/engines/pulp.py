"""CBC, and whatever licensed solver PuLP finds by name; with PuLP 3 (from 3.3.1) and 4 alike."""

from __future__ import annotations

import os
import shutil
import time
from collections import defaultdict
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import numpy as np

from ...instances.common.arrays import FloatArray
from ...instances.common.problems import reject
from ...instances.common.temporary import temporary_folder
from ...models.programmes.programme import Programme
from .base import Answer, AnswerStatus, Engine, EngineError, checked
from .quiet import quiet

if find_spec("highspy"):
    # PuLP loads highspy when it is there, which takes a process down that has OR-Tools loaded
    reject(
        "engines of PuLP (cbc and licensed solvers) cannot run while the package highspy is installed",
        "uninstall highspy, or use highs, scip or cpsat",
    )
with quiet():
    import pulp

CBC = "COIN_CMD"

# HiGHS, SCIP and CP-SAT come with OR-Tools, CBC has a name of its own
_NOT_HERE = ("HiGHS", "CPSAT", CBC, "PULP_CBC_CMD")


class PulpEngine(Engine):
    """A solver that PuLP drives.

    Parameters
    ----------
    solver : str
        Name of the solver in PuLP, such as ``GUROBI``.
    """

    name = "pulp"

    def __init__(self, solver: str) -> None:
        self._solver = solver

    def _solve(
        self, programme: Programme, *, seconds: float | None, seed: int, start: FloatArray | None
    ) -> Answer:
        problem, variables = _problem(programme)
        options: dict[str, Any] = {"msg": False, "timeLimit": seconds, "gapRel": 0.0, **self._options(seed)}
        if start is not None and self._takes_start():
            for variable, value in zip(variables, start.tolist(), strict=True):
                variable.setInitialValue(value)
            options["warmStart"] = True
        begun = time.perf_counter()
        try:
            with temporary_folder() as folder, quiet():
                solver = _solver(self._solver, options)
                if hasattr(solver, "tmpDir"):
                    solver.tmpDir = _without_blanks(str(folder))
                outcome = problem.solve(solver)
        except EngineError:
            raise
        except Exception as error:  # each solver behind PuLP has errors of its own
            raise EngineError(f"{self._said_as()}: {error or type(error).__name__}") from error
        late = seconds is not None and time.perf_counter() - begun >= seconds
        return _answer(programme, _status(problem, outcome), variables, late)

    def version(self) -> str:
        """Version of PuLP."""
        return f"PuLP {version('pulp')}"

    def _options(self, seed: int) -> dict[str, Any]:
        """Give what this solver is told beyond what all are."""
        return {}

    def _takes_start(self) -> bool:
        return True

    def _said_as(self) -> str:
        return self._solver


class CbcEngine(PulpEngine):
    """CBC (Forrest and Lougee-Heimer 2005): PuLP 3 brings it along, the extra ``cbc`` otherwise."""

    name = "cbc"

    def __init__(self) -> None:
        super().__init__(CBC)
        path = cbc_path()
        if path is None:
            reject(
                "the program CBC, which the engine cbc runs, is not installed here",
                "install it with: pip install 'pulp[cbc]'; or use highs, scip or cpsat",
            )
        self._path: str = path

    def version(self) -> str:
        """Version of PuLP, and of the package that CBC comes from where that is another one."""
        own = f", cbcbox {version('cbcbox')}" if _from_cbcbox() == self._path else ""
        return super().version() + own

    def _options(self, seed: int) -> dict[str, Any]:
        return {"path": self._path, "gapAbs": 0.0, "threads": 1, "options": [f"randomSeed {seed + 1}"]}

    def _takes_start(self) -> bool:
        return os.name != "nt"  # PuLP cannot hand it over there

    def _said_as(self) -> str:
        return self.name


def cbc_path() -> str | None:
    """Find the program CBC: in PuLP before version 4, in the package cbcbox, or on the path."""
    for path in (_from_pulp(), _from_cbcbox(), "cbc"):
        found = path and shutil.which(path)
        if found:
            return found
    return None


def licensed() -> list[str]:
    """Names of further solvers that PuLP finds on this machine."""
    with quiet():
        return [name for name in pulp.listSolvers() if not name.startswith(_NOT_HERE) and _is_here(name)]


def _is_here(name: str) -> bool:
    try:
        return bool(pulp.getSolver(name, msg=False).available())
    except Exception:  # a licence that has run out, a library that does not load: errors of all kinds
        return False


def _solver(name: str, options: dict[str, Any]) -> Any:
    """Make a solver of PuLP; some are not told about gaps."""
    try:
        return pulp.getSolver(name, **options)
    except TypeError:
        return pulp.getSolver(name, **{key: options[key] for key in options if key != "gapRel"})


def _from_pulp() -> str | None:
    bundled = getattr(pulp, "PULP_CBC_CMD", None)
    return bundled and str(bundled.pulp_cbc_path)


def _from_cbcbox() -> str | None:
    if not find_spec("cbcbox"):
        return None
    try:
        with quiet():
            return str(import_module("cbcbox").cbc_bin_path())
    except (RuntimeError, ValueError):  # a variable of the environment asks for a build that is not there
        return None


def _without_blanks(folder: str) -> str:
    """Refuse a folder that PuLP, which splits the solver's command line at blanks, would cut in two.

    Raises
    ------
    EngineError
    """
    if folder.split() != [folder]:
        raise EngineError(
            f"cannot work in the temporary folder '{folder}', whose name has blanks: "
            "set TMPDIR (TEMP on Windows) to one without"
        )
    return folder


def _problem(programme: Programme) -> tuple[Any, list[Any]]:
    problem = pulp.LpProblem("partition", pulp.LpMinimize)
    variables = [
        problem.add_variable(
            f"x{j}", _finite(low), _finite(high), pulp.LpInteger if whole else pulp.LpContinuous
        )
        for j, (low, high, whole) in enumerate(
            zip(programme.lower, programme.upper, programme.integer.tolist(), strict=True)
        )
    ]
    problem += _sum(list(zip(variables, programme.cost.tolist(), strict=True)))
    by_row: dict[int, list[tuple[Any, float]]] = defaultdict(list)
    for row, column, coefficient in zip(
        programme.rows.tolist(), programme.columns.tolist(), programme.coefficients.tolist(), strict=True
    ):
        by_row[row].append((variables[column], coefficient))
    for row, (low, high) in enumerate(zip(programme.row_lower, programme.row_upper, strict=True)):
        if low == high:
            problem += _sum(by_row[row]) == float(low)
            continue
        if np.isfinite(low):
            problem += _sum(by_row[row]) >= float(low)
        if np.isfinite(high):
            problem += _sum(by_row[row]) <= float(high)
    return problem, variables


def _sum(terms: list[tuple[Any, float]]) -> Any:
    """Write a linear expression; PuLP 4 has another constructor than 3."""
    from_list = getattr(pulp.LpAffineExpression, "from_list", pulp.LpAffineExpression)
    return from_list(terms)


def _finite(bound: float) -> float | None:
    """A bound of a column as PuLP takes it: nothing where the side is open."""
    return float(bound) if np.isfinite(bound) else None


def _answer(programme: Programme, status: AnswerStatus, variables: list[Any], late: bool) -> Answer:
    """Read the point; what a solver claims that ran out of time is not believed.

    CBC then calls a programme infeasible that it only began to look at, and the relaxation an optimum.
    """
    if status == "unknown" or (status == "infeasible" and late):
        return Answer("unknown", None, None)
    if status == "infeasible":
        return Answer(status, None, None)
    # a column that stands in no row and costs nothing is not handed to the solver
    free = np.clip(0.0, programme.lower, programme.upper)
    values = [rest if v.varValue is None else v.varValue for v, rest in zip(variables, free, strict=True)]
    point = np.array(values, dtype=np.float64)
    if status == "optimal" and not late:
        x = checked(programme, point)
        return Answer(status, x, programme.value(x))
    try:
        return Answer("feasible", checked(programme, point), None)
    except EngineError:
        return Answer("unknown", None, None)


def _status(problem: Any, outcome: Any) -> AnswerStatus:
    """Read how a solver ended: from what `solve` gave with PuLP 4, from the problem with PuLP 3."""
    if hasattr(outcome, "has_solution"):
        status, solved = outcome.status, outcome.has_solution
        optimal = status in _OPTIMAL
    else:
        status, optimal = problem.status, problem.sol_status == pulp.LpSolutionOptimal
        solved = optimal or problem.sol_status == pulp.LpSolutionIntegerFeasible
    if solved:
        return "optimal" if optimal else "feasible"
    return "infeasible" if status == _INFEASIBLE else "unknown"


_INFEASIBLE = -1
_OPTIMAL = (1, -7)  # with PuLP 4; the second within the gap that was asked for, which is none
