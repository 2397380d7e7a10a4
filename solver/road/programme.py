"""A road as a CP-SAT model: each merger takes one of the dates, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ortools.sat.python import cp_model

from ..deadline import Deadline, TimeUpError
from ..engines.cpsat import new_solver
from .problem import RoadProblem
from .rules import RoadRule, Row

DatesStatus = Literal["optimal", "feasible", "infeasible", "unknown"]

_STATUSES: dict[cp_model.CpSolverStatus, DatesStatus] = {
    cp_model.OPTIMAL: "optimal",
    cp_model.FEASIBLE: "feasible",
    cp_model.INFEASIBLE: "infeasible",
}


@dataclass(frozen=True)
class DatesAnswer:
    """What CP-SAT says.

    Attributes
    ----------
    status : str
    when : tuple of int or None
        Place of the date of each merger.
    bound : int
        The sum is at least this.
    """

    status: DatesStatus
    when: tuple[int, ...] | None
    bound: int = 0


class RoadProgramme:
    """A model to which rules and objectives are added, and which is solved again and again.

    Parameters
    ----------
    problem : RoadProblem
    seed : int
    """

    def __init__(self, problem: RoadProblem, seed: int = 0) -> None:
        self._seed = seed
        self._model = cp_model.CpModel()
        self._x = [
            [self._model.new_bool_var(f"x{m},{t}") for t in range(problem.never + 1)]
            for m in range(len(problem.mergers))
        ]
        for row in self._x:
            self._model.add_exactly_one(row)

    def keep(self, rules: Iterable[RoadRule]) -> None:
        """Add rules that every schedule keeps."""
        for rule in rules:
            for row in rule.rows:
                self.keep_row(row, row.most)

    def keep_row(self, row: Row, most: int) -> None:
        """Bound what a row counts."""
        if row.terms:
            self._model.add(self._sum(row) <= most)

    def at_most(self, costs: Sequence[Sequence[int]], most: int) -> None:
        """Bound a sum of costs."""
        self._model.add(self._costs(costs) <= most)

    def fix(self, merger: int, date: int) -> None:
        """Settle the date of a merger."""
        self._model.add(self._x[merger][date] == 1)

    def minimise(
        self, costs: Sequence[Sequence[int]], deadline: Deadline, *, start: Sequence[int] | None = None
    ) -> DatesAnswer:
        """Find the schedule of least cost."""
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for row, t in zip(self._x, start or (), strict=False):
            for place, variable in enumerate(row):
                self._model.add_hint(variable, int(place == t))
        self._model.minimize(self._costs(costs))
        return self._solved(deadline)

    def least(self, row: Row, deadline: Deadline) -> int | None:
        """Find the least that a row can count; None where there is no schedule."""
        self._model.minimize(self._sum(row))
        answer = self._certain(deadline)
        return None if answer.when is None else answer.bound

    def any(self, deadline: Deadline) -> tuple[int, ...] | None:
        """Find some schedule; None where there is none."""
        self._model.clear_objective()  # type: ignore[no-untyped-call]
        return self._certain(deadline).when

    def _certain(self, deadline: Deadline) -> DatesAnswer:
        answer = self._solved(deadline)
        if answer.status not in ("optimal", "infeasible"):
            raise TimeUpError
        return answer

    def _solved(self, deadline: Deadline) -> DatesAnswer:
        if deadline.passed:
            return DatesAnswer("unknown", None)
        solver = new_solver(self._seed, deadline.remaining)
        status = _STATUSES.get(solver.solve(self._model), "unknown")
        if status in ("infeasible", "unknown"):
            return DatesAnswer(status, None)
        when = tuple(next(t for t, x in enumerate(row) if solver.boolean_value(x)) for row in self._x)
        return DatesAnswer(status, when, round(solver.best_objective_bound))

    def _sum(self, row: Row) -> cp_model.LinearExpr:
        variables = [self._x[m][t] for m, t, _ in row.terms]
        return cp_model.LinearExpr.weighted_sum(variables, [count for *_, count in row.terms])

    def _costs(self, costs: Sequence[Sequence[int]]) -> cp_model.LinearExpr:
        variables = [x for row in self._x for x in row]
        return cp_model.LinearExpr.weighted_sum(variables, [cost for row in costs for cost in row])
