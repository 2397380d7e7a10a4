"""Programmes through OR-Tools MathOpt; importing this module loads it."""

from __future__ import annotations

import datetime
from functools import partial
from math import isfinite
from typing import Any

import numpy as np
from ortools.math_opt import model_pb2

from ...instances.common.arrays import FloatArray
from ...models.programmes.programme import Programme
from ..limit_errors import TimeUpError
from ..memory import budget
from .base import Answer, EngineError, checked
from .in_time import in_time
from .mathopt_threads import mathopt

_LEAST_MB = 10.0


def solve_programme(
    programme: Programme,
    solver: str,
    name: str,
    *,
    seconds: float | None,
    seed: int,
    start: FloatArray | None,
    threads: int | None,
) -> Answer:
    """Solve a programme by a solver of MathOpt; see `Engine.solve`.

    Parameters
    ----------
    programme : Programme
    solver : str
        As MathOpt calls it.
    name : str
        As errors call it.
    seconds, seed, start
        As for `Engine.solve`.
    threads : int or None
        None leaves that to the solver.

    Raises
    ------
    EngineError
    """
    model = mathopt.Model.from_model_proto(_proto(programme))
    parameters = mathopt.SolveParameters(
        time_limit=None if seconds is None else datetime.timedelta(seconds=seconds),
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=0.0,
        random_seed=seed,
        threads=threads,
    )
    # Ctrl-C is for the program, not for one of many models
    parameters.gscip.bool_params["misc/catchctrlc"] = False
    if isfinite(budget().left):
        parameters.gscip.real_params["limits/memory"] = max(_LEAST_MB, budget().left / 1e6)
    try:
        result = in_time(
            partial(
                mathopt.solve,
                model,
                mathopt.SolverType[solver],
                params=parameters,
                model_params=_hint(model, start),
            ),
            seconds,
        )
    except TimeUpError:
        return Answer("unknown", None, None)
    except (RuntimeError, ValueError, TypeError, AttributeError) as error:
        # OR-Tools 9.15 fails to translate some errors of its own, with an attribute that they do not have
        said = getattr(error, "obj", error)
        raise EngineError(f"{name}: {said}") from error
    return _answer(programme, result)


def _proto(programme: Programme) -> model_pb2.ModelProto:
    rows, columns = programme.shape
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend(programme.lower.tolist())
    proto.variables.upper_bounds.extend(programme.upper.tolist())
    proto.variables.integers.extend(programme.integer.tolist())
    proto.objective.linear_coefficients.ids.extend(range(columns))
    proto.objective.linear_coefficients.values.extend(programme.cost.tolist())
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(programme.row_lower.tolist())
    proto.linear_constraints.upper_bounds.extend(programme.row_upper.tolist())
    order = np.lexsort((programme.columns, programme.rows))
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend(programme.rows[order].tolist())
    matrix.column_ids.extend(programme.columns[order].tolist())
    matrix.coefficients.extend(programme.coefficients[order].tolist())
    return proto


def _hint(model: mathopt.Model, start: FloatArray | None) -> mathopt.ModelSolveParameters:
    if start is None:
        return mathopt.ModelSolveParameters()
    values = dict(zip(model.variables(), start.tolist(), strict=True))
    return mathopt.ModelSolveParameters(solution_hints=[mathopt.SolutionHint(variable_values=values)])


def _answer(programme: Programme, result: Any) -> Answer:
    reason = result.termination.reason
    bound = result.termination.objective_bounds.dual_bound
    if reason in (mathopt.TerminationReason.INFEASIBLE, mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED):
        return Answer("infeasible", None, None)
    if not result.has_primal_feasible_solution():
        return Answer("unknown", None, bound)
    values = result.variable_values()
    ordered = np.array([values[v] for v in sorted(values, key=lambda v: v.id)], dtype=np.float64)
    optimal = reason == mathopt.TerminationReason.OPTIMAL
    return Answer("optimal" if optimal else "feasible", checked(programme, ordered), bound)
