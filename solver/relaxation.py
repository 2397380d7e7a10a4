"""The linear relaxation of the partition model, with bounds and certificates in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from ortools.math_opt.python import mathopt

from ..instances.arrays import BoolArray, FloatArray, IntArray
from ..models.scorer import NANO
from .candidates import Candidates
from .limits import Deadline

_BATCH = 100  # columns added a round: measured best between 30 and 300 on the Flemish regions
_TOLERANCE = 1e-10  # points
_ARTIFICIAL_LEFT = 1e-7


@dataclass(frozen=True)
class Relaxation:
    """What the linear relaxation says.

    Attributes
    ----------
    feasible : bool
        False when no partition exists: proved by `certificate`.
    duals : ndarray of int64, shape (m,)
        Dual values in nano-points, such that ``slack`` is nowhere negative.
    bound : int
        Sum of the duals: no partition scores more.
    slack : ndarray of int64, shape (k,)
        Sum of a candidate's duals less its score. A partition scores `bound` less the slack of its mergers.
    certificate : ndarray of int64, shape (m,), or None
        A Farkas vector: every candidate sums to at least 0 and all municipalities to less than 0.
    rounds, columns : int
        Rounds of pricing, and columns that the restricted problems came to hold.
    """

    feasible: bool
    duals: IntArray
    bound: int
    slack: IntArray
    certificate: IntArray | None = None
    rounds: int = 0
    columns: int = 0


class _Master:
    """The restricted linear programme: some candidates, and artificial columns that make it feasible."""

    def __init__(self, size: int, penalty: float) -> None:
        self.model = mathopt.Model()
        self.rows = [self.model.add_linear_constraint(lb=1.0, ub=1.0) for _ in range(size)]
        self.model.objective.is_maximize = True
        self.artificial = [self._column([row], -penalty) for row in range(size)]
        self.columns: dict[int, mathopt.Variable] = {}
        self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)

    def _column(self, rows: list[int], cost: float) -> mathopt.Variable:
        variable = self.model.add_variable(lb=0.0)
        self.model.objective.set_linear_coefficient(variable, cost)
        for row in rows:
            self.rows[row].set_coefficient(variable, 1.0)
        return variable

    def add(self, candidate: int, rows: list[int], cost: float) -> None:
        """Add a candidate as a column."""
        self.columns[candidate] = self._column(rows, cost)

    def price(self, costs: FloatArray, penalty: float) -> None:
        """Set the costs of all columns."""
        for candidate, variable in self.columns.items():
            self.model.objective.set_linear_coefficient(variable, float(costs[candidate]))
        for variable in self.artificial:
            self.model.objective.set_linear_coefficient(variable, -penalty)

    def forbid_artificial(self) -> None:
        """Fix the artificial columns at zero."""
        for variable in self.artificial:
            variable.upper_bound = 0.0

    def solve(self) -> tuple[FloatArray, float] | None:
        """Solve; give the duals of the rows and the sum of the artificial columns.

        GLOP gives up its duals when it finds its answer imprecise (seen once in some thousand drawn
        questions); HiGHS then solves the same programme afresh. None when that does not help either.
        """
        for attempt in (self.solver.solve, self._afresh):
            result = attempt()
            if result.has_primal_feasible_solution() and result.has_dual_feasible_solution():
                duals = np.array(result.dual_values(self.rows), dtype=np.float64)
                return duals, float(sum(result.variable_values(self.artificial)))
        return None

    def _afresh(self) -> mathopt.SolveResult:
        return mathopt.solve(self.model, mathopt.SolverType.HIGHS)


def relax(candidates: Candidates, nano: IntArray, deadline: Deadline = Deadline()) -> Relaxation:
    """Solve the linear relaxation of the partition model by sifting.

    Columns enter a restricted programme a batch at a time, those with the best reduced cost first (sifting,
    Bixby et al. 1992); with some tens of rows and many thousands of columns this takes a fraction of the time
    that the whole programme takes. The duals are then rounded up to whole nano-points and lifted until no
    candidate has a negative slack, so that bound and slack are exact whatever the tolerance of the linear
    solver.

    Parameters
    ----------
    candidates : Candidates
    nano : ndarray of int64, shape (k,)
        Score of each candidate in nano-points.
    deadline : Deadline
        When it passes, the bound is what the duals so far prove.

    Returns
    -------
    Relaxation
    """
    size = len(candidates.of)
    points = nano / NANO
    penalty = 100.0 * (float(np.abs(points).max(initial=0.0)) + 1.0)
    master = _Master(size, penalty)
    duals, artificial, rounds = _sift(master, candidates, points, deadline, 0)
    if artificial > _ARTIFICIAL_LEFT and not deadline.passed:
        zero = np.zeros(len(candidates))
        master.price(zero, 1.0)
        farkas, artificial, rounds = _sift(master, candidates, zero, deadline, rounds)
        if artificial > _ARTIFICIAL_LEFT and not deadline.passed:
            certificate = _certificate(farkas, candidates)
            if certificate is not None:
                found = _in_whole_numbers(duals, candidates, nano, master, rounds)
                return replace(found, feasible=False, certificate=certificate)
        else:
            master.price(points, 0.0)
            master.forbid_artificial()
            duals, _, rounds = _sift(master, candidates, points, deadline, rounds)
    return _in_whole_numbers(duals, candidates, nano, master, rounds)


def _sift(
    master: _Master, candidates: Candidates, costs: FloatArray, deadline: Deadline, rounds: int
) -> tuple[FloatArray, float, int]:
    """Add columns until none has a positive reduced cost; give duals, artificial sum and rounds."""
    inside = np.zeros(len(candidates), dtype=np.bool_)
    inside[list(master.columns)] = True
    # before anything is solved, an even share of a typical score ranks the first batch
    duals = np.full(len(candidates.of), float(costs.mean()) if len(costs) else 0.0)
    # without an answer of the solver nothing is known to be missing
    answer = (duals, 0.0)
    if master.columns:
        answer = master.solve() or answer
    while True:
        reduced = costs - candidates.sums(answer[0])
        entering = _best(reduced, inside, first=not master.columns)
        if not len(entering):
            return *answer, rounds
        for candidate, members in zip(entering.tolist(), candidates.dense(entering), strict=True):
            master.add(candidate, np.flatnonzero(members).tolist(), float(costs[candidate]))
        inside[entering] = True
        rounds += 1
        found = master.solve()
        if found is None:
            # any duals give a valid bound; those of the round before will do
            return answer[0], 0.0, rounds
        answer = found
        if deadline.passed:
            return *answer, rounds


def _best(reduced: FloatArray, inside: BoolArray, *, first: bool) -> IntArray:
    """Indices of the columns to add: the most promising that are not inside yet."""
    rank = np.where(inside, -np.inf, reduced)
    count = min(_BATCH, len(rank))
    best = np.argpartition(-rank, count - 1)[:count] if count else np.zeros(0, dtype=np.int64)
    promising = best[np.isfinite(rank[best]) & (first | (rank[best] > _TOLERANCE))]
    return np.sort(promising).astype(np.int64)


def _certificate(farkas: FloatArray, candidates: Candidates) -> IntArray | None:
    """Round a Farkas vector to whole numbers; None when rounding breaks it."""
    scale = 1_000_000
    vector = np.ceil(farkas * scale - 1e-3).astype(np.int64)
    worst = int(candidates.sums(vector).min(initial=0))
    vector -= min(0, worst)
    return vector if int(vector.sum()) < 0 else None


def _in_whole_numbers(
    duals: FloatArray, candidates: Candidates, nano: IntArray, master: _Master, rounds: int
) -> Relaxation:
    """Round the duals up and lift them until every slack is at least zero."""
    whole = np.ceil(duals * NANO - 1e-3).astype(np.int64)
    lowest = int((candidates.sums(whole) - nano).min(initial=0))
    # every candidate has at least one member, so this much on each municipality is enough
    whole += max(0, -lowest)
    slack = candidates.sums(whole) - nano
    return Relaxation(True, whole, int(whole.sum()), slack, None, rounds, len(master.columns))
