"""The constraint programme of a component, solved by CP-SAT."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from ....instances.common.arrays import FloatArray
from ....models.formulations.arborescence import Arborescence, arborescence_model
from ....models.formulations.no_good import Plan, inside_columns
from ...engines import Engine, EngineError
from ...engines.cpsat import new_solver
from .cutting.rounds import EQUALS, Rounds
from .cutting.state import SearchState


class ConstraintRounds(Rounds):
    """A constraint programme; exact on its whole numbers."""

    def __init__(self, state: SearchState, by: Engine) -> None:
        self.state = state

    def solve(self) -> None:
        """See `Rounds.solve`."""
        state, model = self.state, arborescence_model(self.state.compact)
        self._model = model
        proto = model.model.proto
        state.answer.figures |= {"rows": len(proto.constraints), "columns": len(proto.variables)}
        solver, status = self._next()
        bound = solver.best_objective_bound / model.per_nano + model.allowance + state.most / 2
        nano = int(np.floor(bound)) if state.compact.programme.cost.any() else 0
        if status == cp_model.INFEASIBLE:
            state.rule_out()
        elif status == cp_model.UNKNOWN:
            # without a plan the solver may not have come to a bound, and says 0 then
            state.conclude(None)
        else:
            state.take(values_of(model, solver))
            state.conclude(nano, within_tolerance=status == cp_model.OPTIMAL)
            self._best = round(solver.objective_value)

    def close(self) -> None:
        """See `Rounds.close`."""
        state, model = self.state, self._model
        # the numbers of both plans are rounded
        away = (2 * model.allowance + state.most) * model.per_nano
        model.model.add_linear_constraint(model.score, self._best - int(np.ceil(away)) - 1, cp_model.INT_MAX)
        while len(state.seen) <= EQUALS:
            self._forbid(state.seen[-1])
            solver, status = self._next()
            if status == cp_model.INFEASIBLE:
                state.settle()
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return
            state.take(values_of(model, solver))

    def _forbid(self, plan: Plan) -> None:
        """Forbid a plan by a no-good cut, as `without_plan` does."""
        parts, model = self.state.compact.parts, self._model
        more = model.model.new_bool_var("")
        inside = [model.columns[c] for c in inside_columns(parts, plan).tolist()]
        roots = [model.columns[c] for c in parts.x[parts.roots, parts.roots].tolist()]
        model.model.add(sum(inside) - more <= len(parts.municipalities) - 1)
        model.model.add(sum(roots) >= len(plan) + 1).only_enforce_if(more)

    def _next(self) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        self.state.answer.add("rounds")
        return run(self._model, self.state)


def run(
    model: Arborescence, state: SearchState, effort: float | None = None
) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
    """Solve a constraint programme on one thread; `effort` limits its deterministic seconds.

    Raises
    ------
    EngineError
        The programme is not valid.
    """
    solver = new_solver(state.seed, state.deadline.remaining)
    solver.parameters.linearization_level = 2
    if effort is not None:
        solver.parameters.max_deterministic_time = effort
    status = solver.solve(model.model)
    if status == cp_model.MODEL_INVALID:
        raise EngineError(f"cpsat: the programme is not valid ({model.model.validate()})")
    return solver, status


def values_of(model: Arborescence, solver: cp_model.CpSolver) -> FloatArray:
    """Values of the columns of the formulation, shape (columns,)."""
    return np.array([solver.value(column) for column in model.columns], dtype=np.float64)
