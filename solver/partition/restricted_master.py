"""The restricted master problem of sifting and column generation: some columns of a linear relaxation."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ..deadline import Deadline
from ..engines.mathopt_bulk import set_coefficients, set_points, without_bases
from ..engines.mathopt_threads import mathopt

K = TypeVar("K", bound=Hashable)

_LEAST = 0.01  # seconds that an engine is given


@dataclass(frozen=True)
class MasterSolution:
    """Duals of the rows, value of the programme, and the sum of the artificial columns."""

    duals: FloatArray
    value: float
    artificial: float


class RestrictedMaster(Generic[K]):
    """A linear programme to be maximised whose columns come and go, each known by a key.

    One artificial column a row makes it feasible: what a row asks for beyond the columns.

    Parameters
    ----------
    bounds : sequence of (float, float)
        Of each row.
    artificial : ndarray of float64, shape (rows,)
        Points of a unit of each artificial column: less than any other column could bring.
    """

    def __init__(self, bounds: Sequence[tuple[float, float]], artificial: FloatArray) -> None:
        self.model = mathopt.Model()
        self.rows = [self.model.add_linear_constraint(lb=lower, ub=upper) for lower, upper in bounds]
        self.model.objective.is_maximize = True
        self.columns: dict[K, mathopt.Variable] = {}
        self._shut: set[K] = set()
        each = np.arange(len(self.rows), dtype=np.int64)
        self.artificial = self._added(artificial, (each, each, np.ones(len(each))))
        self._last: mathopt.SolveResult | None = None
        self._solver = without_bases(mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP))
        # what nobody asks for is not read: with many columns that takes longer than solving the programme
        self._asked = mathopt.ModelSolveParameters(
            variable_values_filter=mathopt.SparseVectorFilter(skip_zero_values=True),
            reduced_costs_filter=mathopt.SparseVectorFilter(filtered_items=()),
        )

    def _added(
        self, points: FloatArray, entries: tuple[IntArray, IntArray, FloatArray]
    ) -> list[mathopt.Variable]:
        variables = [self.model.add_variable(lb=0.0) for _ in range(len(points))]
        set_points(self.model, variables, points)
        set_coefficients(self.rows, variables, entries)
        return variables

    def add_columns(
        self, keys: Sequence[K], entries: tuple[IntArray, IntArray, FloatArray], points: FloatArray
    ) -> None:
        """Add columns.

        Parameters
        ----------
        keys : sequence
        entries : (ndarray of int64, ndarray of int64, ndarray of float64)
            Row and place among the keys of each coefficient, and its value.
        points : ndarray of float64
            Of each column.
        """
        self.columns.update(zip(keys, self._added(points, entries), strict=True))

    def add_column(self, key: K, entries: Iterable[tuple[int, float]], points: float) -> None:
        """Add a column: what it holds of each row, and its points."""
        rows, values = zip(*entries, strict=True)
        places = np.zeros(len(rows), dtype=np.int64)
        self.add_columns(
            [key],
            (np.array(rows, dtype=np.int64), places, np.array(values, dtype=np.float64)),
            np.array([points]),
        )

    def add_row(self, bounds: tuple[float, float], coefficients: Mapping[K, float]) -> None:
        """Add a row without an artificial column; it must hold when nothing is chosen."""
        row = self.model.add_linear_constraint(lb=bounds[0], ub=bounds[1])
        for key, coefficient in coefficients.items():
            row.set_coefficient(self.columns[key], coefficient)
        self.rows.append(row)

    def reprice(self, points: Callable[[K], float], artificial: FloatArray) -> None:
        """Give all columns other points."""
        values = np.fromiter((points(key) for key in self.columns), dtype=np.float64, count=len(self.columns))
        set_points(self.model, list(self.columns.values()), values)
        set_points(self.model, self.artificial, artificial)

    def rescore(self, key: K, points: float | None) -> None:
        """Give one column other points; without any it may not be chosen."""
        self.model.objective.set_linear_coefficient(self.columns[key], points or 0.0)
        self.allow(key, may=points is not None)

    def allow(self, key: K, *, may: bool) -> None:
        """Say whether a column may be chosen."""
        if may != (key in self._shut):
            return
        self.columns[key].upper_bound = float("inf") if may else 0.0
        self._shut ^= {key}

    def allow_artificial(self) -> None:
        """Let the artificial columns take any value again."""
        for variable in self.artificial:
            variable.upper_bound = float("inf")

    def forbid_artificial(self) -> None:
        """Fix the artificial columns at zero."""
        for variable in self.artificial:
            variable.upper_bound = 0.0

    def cover(self, amounts: FloatArray) -> None:
        """Set how much of each of the first rows has to be covered."""
        for row, amount in zip(self.rows[: len(amounts)], amounts.tolist(), strict=True):
            row.lower_bound = amount
            row.upper_bound = amount

    def solve(self, deadline: Deadline = Deadline()) -> MasterSolution | None:
        """Solve the programme with the columns it has; None where no duals are to be had in time.

        GLOP gives up its duals when it finds its answer imprecise (seen once in some thousand drawn
        questions), and may end abnormally; HiGHS then solves the same programme afresh.
        """
        for attempt in (self._by_glop, self._afresh):
            result = attempt(self._asked, _in_time(deadline))
            if result is None:
                continue
            if deadline.passed and not result.has_dual_feasible_solution():
                return None
            if result.has_primal_feasible_solution() and result.has_dual_feasible_solution():
                self._last = result
                duals = np.array(result.dual_values(self.rows), dtype=np.float64)
                values = result.variable_values()
                left = float(sum(values.get(column, 0.0) for column in self.artificial))
                return MasterSolution(duals, result.objective_value(), left)
        return None

    def solution(self) -> dict[K, float]:
        """Give how much of each column is chosen in the last solution."""
        if self._last is None:
            return {}
        values = self._last.variable_values()
        return {key: values.get(variable, 0.0) for key, variable in self.columns.items()}

    def _by_glop(
        self, model_params: mathopt.ModelSolveParameters, params: mathopt.SolveParameters
    ) -> mathopt.SolveResult | None:
        """Go on from the last basis; None where GLOP ends abnormally."""
        try:
            return self._solver.solve(params=params, model_params=model_params)
        except (RuntimeError, AttributeError):  # with some versions of pybind11 the error itself has no code
            return None

    def _afresh(
        self, model_params: mathopt.ModelSolveParameters, params: mathopt.SolveParameters
    ) -> mathopt.SolveResult:
        return mathopt.solve(self.model, mathopt.SolverType.HIGHS, params=params, model_params=model_params)


def _in_time(deadline: Deadline) -> mathopt.SolveParameters:
    """Let an engine end when time is up."""
    if deadline.remaining is None:
        return mathopt.SolveParameters()
    return mathopt.SolveParameters(time_limit=timedelta(seconds=max(_LEAST, deadline.remaining)))
