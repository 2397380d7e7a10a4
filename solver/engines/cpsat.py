"""CP-SAT, the constraint programming solver of OR-Tools; exact on whole numbers."""

from __future__ import annotations

from importlib.metadata import version
from math import isfinite

import numpy as np
from ortools.sat.python import cp_model

from ...instances.common.arrays import FloatArray
from ...models.programmes.programme import Programme
from ..memory import budget
from .base import Answer, Engine, EngineError, checked

_LEAST_MB, _MOST_MB = 200.0, 10_000.0  # the latter is what the solver takes by itself


class CpSatEngine(Engine):
    """CP-SAT (Perron, Didier and Gay 2023); takes programmes whose numbers are all whole."""

    name = "cpsat"

    def _solve(
        self, programme: Programme, *, seconds: float | None, seed: int, start: FloatArray | None
    ) -> Answer:
        try:
            model, variables = _model(programme)
        except (OverflowError, TypeError, ValueError, RuntimeError) as error:
            raise EngineError(f"cpsat: takes only numbers of less than 64 bits ({error})") from error
        if start is not None:
            for variable, value in zip(variables, start.tolist(), strict=True):
                model.add_hint(variable, round(value))
        solver = new_solver(seed, seconds)
        status = solver.solve(model)
        if status == cp_model.MODEL_INVALID:
            raise EngineError(f"cpsat: the programme is not valid ({model.validate()})")
        if status == cp_model.INFEASIBLE:
            return Answer("infeasible", None, None)
        if status == cp_model.UNKNOWN:
            return Answer("unknown", None, solver.best_objective_bound)
        x = np.array([solver.value(variable) for variable in variables], dtype=np.float64)
        optimal = status == cp_model.OPTIMAL
        return Answer(
            "optimal" if optimal else "feasible", checked(programme, x), solver.best_objective_bound
        )

    def version(self) -> str:
        """Version of OR-Tools."""
        return f"OR-Tools {version('ortools')}"


def new_solver(seed: int = 0, seconds: float | None = None) -> cp_model.CpSolver:
    """Make a solver that works on one thread, without a step of OR-Tools 9.15 that can be wrong.

    Its presolve compares rows that include each other, and has been seen to lose the best solution, or all
    of them, of programmes with a linear row inside another one: reported optima were not, with large
    coefficients in particular. Detected symmetries are left alone for the same reason. Neither is worth its
    while here.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.presolve_inclusion_work_limit = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is for the program, not for one of many models
    if isfinite(budget().left):
        solver.parameters.max_memory_in_mb = int(max(_LEAST_MB, min(budget().left / 1e6, _MOST_MB)))
    if seconds is not None:
        solver.parameters.max_time_in_seconds = seconds
    return solver


def _model(programme: Programme) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Write a programme as a CP-SAT model.

    Raises
    ------
    EngineError
        A number of the programme is not whole.
    """
    numbers = np.concatenate([programme.cost, programme.coefficients])
    if not programme.integer.all() or (numbers != np.rint(numbers)).any():
        raise EngineError("cpsat: takes only programmes in whole numbers")
    if not (np.isfinite(programme.lower).all() and np.isfinite(programme.upper).all()):
        raise EngineError("cpsat: takes only columns with bounds on both sides")
    binary = (programme.lower == 0) & (programme.upper == 1)
    model = cp_model.CpModel()
    variables = [
        model.new_int_var(int(low), int(high), f"x{j}")
        for j, (low, high) in enumerate(zip(programme.lower, programme.upper, strict=True))
    ]
    by_row: list[tuple[list[cp_model.IntVar], list[int]]] = [([], []) for _ in programme.row_lower]
    choices = np.ones(len(programme.row_lower), dtype=np.bool_)
    choices[programme.rows[~binary[programme.columns]]] = False
    for row, column, coefficient in zip(
        programme.rows.tolist(), programme.columns.tolist(), programme.coefficients.tolist(), strict=True
    ):
        by_row[row][0].append(variables[column])
        by_row[row][1].append(int(coefficient))
    for (terms, weights), low, high, chosen in zip(
        by_row, programme.row_lower, programme.row_upper, choices.tolist(), strict=True
    ):
        expression = cp_model.LinearExpr.weighted_sum(terms, weights)
        if low == high == 1 and terms and set(weights) == {1} and chosen:
            model.add_exactly_one(terms)
        else:
            model.add_linear_constraint(expression, _whole(low), _whole(high))
    model.minimize(cp_model.LinearExpr.weighted_sum(variables, [int(c) for c in programme.cost]))
    return model, variables


def _whole(side: float) -> int:
    """A side of a row as CP-SAT takes it."""
    if np.isinf(side):
        return cp_model.INT_MAX if side > 0 else cp_model.INT_MIN
    return int(side)
