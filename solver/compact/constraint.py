"""The constraint programme of a frame, solved by CP-SAT."""

from __future__ import annotations

from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from ...instances.arrays import FloatArray
from ...models.formulations.arborescence import Arborescence, arborescence_model
from ..engines import Engine, EngineError
from .plans import Search
from .rounds import Rounds

_EQUALS = 12  # as in `rounds`


class ConstraintRounds(Rounds):
    """A constraint programme; exact on its whole numbers."""

    def __init__(self, search: Search, by: Engine) -> None:
        self.search = search

    def solve(self) -> None:
        """See `Rounds.solve`."""
        search, model = self.search, arborescence_model(self.search.compact)
        self._model = model
        search.answer.rows = len(model.model.proto.constraints)
        search.answer.columns = len(model.model.proto.variables)
        solver = self._next()
        bound = solver.best_objective_bound / model.per_nano + model.allowance + search.most / 2
        nano = int(np.floor(bound)) if search.compact.programme.cost.any() else 0
        match solver.status():
            case cp_model.INFEASIBLE:
                search.conclude("infeasible", None)
            case cp_model.UNKNOWN:
                search.conclude("no plan within limit", nano)
            case status:
                search.take(values_of(model, solver))
                search.conclude("optimal" if status == cp_model.OPTIMAL else "feasible", nano)
                self._best = round(solver.objective_value)

    def close(self) -> None:
        """See `Rounds.close`."""
        search, model = self.search, self._model
        # the numbers of both plans are rounded
        away = (2 * model.allowance + search.most) * model.per_nano
        model.model.add_linear_constraint(model.score, self._best - int(np.ceil(away)) - 1, cp_model.INT_MAX)
        while len(search.seen) <= _EQUALS:
            model.model.add_bool_or([model.columns[c].negated() for c in search.seen[-1].tolist()])
            solver = self._next()
            if solver.status() == cp_model.INFEASIBLE:
                search.settle()
            if solver.status() not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return
            search.take(values_of(model, solver))

    def _next(self) -> _Solver:
        self.search.answer.rounds += 1
        return run(self._model, self.search)


class _Solver(cp_model.CpSolver):
    """A solver that remembers its status."""

    _status: Any = cp_model.UNKNOWN

    def status(self) -> Any:
        """How the last run ended."""
        return self._status

    def run(self, model: cp_model.CpModel) -> None:
        """Solve a model."""
        self._status = self.solve(model)


def run(model: Arborescence, search: Search, effort: float | None = None) -> _Solver:
    """Solve a constraint programme on one thread; `effort` limits its deterministic seconds.

    Raises
    ------
    EngineError
        The programme is not valid.
    """
    solver = _Solver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = search.seed
    solver.parameters.linearization_level = 2
    # with it, OR-Tools 9.15 calls some programmes infeasible that have solutions: seen when equal plans are
    # set aside one after the other
    solver.parameters.symmetry_level = 0
    if search.deadline.remaining is not None:
        solver.parameters.max_time_in_seconds = search.deadline.remaining
    if effort is not None:
        solver.parameters.max_deterministic_time = effort
    solver.run(model.model)
    if solver.status() == cp_model.MODEL_INVALID:
        raise EngineError(f"cpsat: the programme is not valid ({model.model.validate()})")
    return solver


def values_of(model: Arborescence, solver: cp_model.CpSolver) -> FloatArray:
    """Values of the columns of the formulation, shape (columns,)."""
    return np.array([solver.value(column) for column in model.columns], dtype=np.float64)
