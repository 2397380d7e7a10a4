"""The linear relaxation of the partition model, with bounds and certificates in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from ortools.math_opt.python import mathopt

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ...instances.common.problems import reject
from ...models.programmes.set_partition import SideConstraint
from ...models.scorer import NANO
from ..candidates.sets import Candidates
from ..deadline import Deadline

_BATCH = 100  # columns added a round: measured best between 30 and 300 on the Flemish regions
_BATCH_BY_ROW = 2  # or twice the municipalities where there are more: measured on Flanders as one frame
_POOL = 50_000  # candidates priced in most rounds; all of them only when none of these is left to add
_TOLERANCE = 1e-10  # points
_ARTIFICIAL_LEFT = 1e-7
_CHOSEN = 1e-6
_MOST_NANO = 2.0**61  # sums of duals up to this, less a score, fit in 64 bits

_Duals = TypeVar("_Duals", IntArray, FloatArray)


@dataclass(frozen=True)
class Relaxation:
    """What the linear relaxation says.

    Attributes
    ----------
    feasible : bool
        False when no partition exists: proved by `certificate`.
    duals : ndarray of int64, shape (m,)
        Dual values in nano-points, such that ``slack`` is nowhere negative.
    prices : tuple of int
        Dual values of the side rows, in nano-points a unit; above 0 the upper bound is what binds, below 0
        the lower.
    bound : int
        Sum of the duals, and of each side row's price times the bound that binds: no partition scores more.
    slack : ndarray of int64, shape (k,)
        Sum of a candidate's duals and of what it costs in the side rows, less its score. A partition scores
        `bound` less the slack of its mergers, less what each side row is away from the bound that binds, at
        its price.
    certificate : ndarray of int64, shape (m + side rows,), or None
        A Farkas vector: every candidate sums to at least 0, and municipalities and bounds to less than 0.
    rounds, columns : int
        Rounds of pricing, and columns that the restricted problems came to hold.
    """

    feasible: bool
    duals: IntArray
    prices: tuple[int, ...]
    bound: int
    slack: IntArray
    certificate: IntArray | None = None
    rounds: int = 0
    columns: int = 0


class _Master:
    """The restricted linear programme: some candidates, and artificial columns that make it feasible."""

    def __init__(self, size: int, sides: Sequence[SideConstraint], penalty: float) -> None:
        self.model = mathopt.Model()
        self.sides = sides
        self.rows = [self.model.add_linear_constraint(lb=1.0, ub=1.0) for _ in range(size)]
        self.rows += [self.model.add_linear_constraint(lb=float(s.lower), ub=float(s.upper)) for s in sides]
        self.model.objective.is_maximize = True
        # nothing chosen is below every upper bound, so one artificial column a row is enough
        self.artificial = [self._column({row: 1.0}, -penalty) for row in range(len(self.rows))]
        self.columns: dict[int, mathopt.Variable] = {}
        self.last: mathopt.SolveResult | None = None
        self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)

    def _column(self, entries: dict[int, float], cost: float) -> mathopt.Variable:
        variable = self.model.add_variable(lb=0.0)
        self.model.objective.set_linear_coefficient(variable, cost)
        for row, coefficient in entries.items():
            self.rows[row].set_coefficient(variable, coefficient)
        return variable

    def add(self, candidate: int, members: list[int], cost: float) -> None:
        """Add a candidate as a column."""
        entries = dict.fromkeys(members, 1.0)
        first = len(self.rows) - len(self.sides)
        for row, side in enumerate(self.sides, first):
            if side.coefficients[candidate]:
                entries[row] = float(side.coefficients[candidate])
        self.columns[candidate] = self._column(entries, cost)

    def cut(self, side: SideConstraint) -> None:
        """Add a side row that every partition keeps."""
        row = self.model.add_linear_constraint(lb=float(side.lower), ub=float(side.upper))
        for candidate, variable in self.columns.items():
            if side.coefficients[candidate]:
                row.set_coefficient(variable, float(side.coefficients[candidate]))
        self.rows.append(row)
        self.sides = (*self.sides, side)

    def price(self, costs: FloatArray, penalty: float) -> None:
        """Set the costs of all columns."""
        for candidate, variable in self.columns.items():
            self.model.objective.set_linear_coefficient(variable, float(costs[candidate]))
        for variable in self.artificial:
            self.model.objective.set_linear_coefficient(variable, -penalty)

    def allow_artificial(self) -> None:
        """Let the artificial columns take any value again."""
        for variable in self.artificial:
            variable.upper_bound = float("inf")

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
                self.last = result
                duals = np.array(result.dual_values(self.rows), dtype=np.float64)
                return duals, float(sum(result.variable_values(self.artificial)))
        return None

    def solution(self) -> tuple[IntArray, FloatArray]:
        """Candidates in the last solution, and how much of each is chosen."""
        if self.last is None:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        candidates = np.array(list(self.columns), dtype=np.int64)
        values = self.last.variable_values()
        chosen = np.array([values.get(v, 0.0) for v in self.columns.values()], dtype=np.float64)
        some = chosen > _CHOSEN
        return candidates[some], chosen[some]

    def _afresh(self) -> mathopt.SolveResult:
        return mathopt.solve(self.model, mathopt.SolverType.HIGHS)


@dataclass(frozen=True)
class _Columns:
    """All candidates as columns: their members and side rows together."""

    candidates: Candidates
    sides: tuple[SideConstraint, ...]

    def __len__(self) -> int:
        return len(self.candidates)

    @property
    def rows(self) -> int:
        return len(self.candidates.municipalities) + len(self.sides)

    def take(self, rows: IntArray) -> _Columns:
        """Keep some candidates."""
        return _Columns(self.candidates.take(rows), tuple(side.take(rows) for side in self.sides))

    def sums(self, duals: _Duals) -> _Duals:
        """Sum of the duals of each candidate's rows, shape (k,)."""
        size = len(self.candidates.municipalities)
        total = self.candidates.sums(duals[:size])
        for side, price in zip(self.sides, duals[size:], strict=True):
            if price:
                total = total + price * side.coefficients.astype(duals.dtype)
        return total

    def bound(self, duals: IntArray) -> int:
        """What no partition can score more than, when `duals` leave no candidate with a negative slack."""
        size = len(self.candidates.municipalities)
        prices = duals[size:].tolist()
        return int(duals[:size].sum()) + sum(map(at_bound, self.sides, prices))


def at_bound(side: SideConstraint, price: int) -> int:
    """What a side row adds to the bound: its price at the side that binds."""
    return price * (side.upper if price > 0 else side.lower)


def relax(
    candidates: Candidates,
    nano: IntArray,
    deadline: Deadline = Deadline(),
    sides: Sequence[SideConstraint] = (),
) -> Relaxation:
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
    sides : sequence of SideConstraint

    Returns
    -------
    Relaxation
    """
    return Relaxer(candidates, nano, sides).run(deadline)


class Relaxer:
    """The linear relaxation, kept so that rows can be added to it; see `relax`.

    Parameters
    ----------
    candidates : Candidates
    nano : ndarray of int64, shape (k,)
    sides : sequence of SideConstraint
    """

    def __init__(self, candidates: Candidates, nano: IntArray, sides: Sequence[SideConstraint] = ()) -> None:
        self._columns = _Columns(candidates, tuple(sides))
        self._nano = nano
        self._points = nano / NANO
        self._master = _Master(len(candidates.municipalities), self._columns.sides, _penalty(self._points))
        self._rounds = 0

    def reprice(self, nano: IntArray) -> None:
        """Give the candidates other scores; columns and basis stay, so that near scores take few pivots."""
        self._nano, self._points = nano, nano / NANO
        self._master.allow_artificial()
        self._master.price(self._points, _penalty(self._points))

    @property
    def columns(self) -> int:
        """Columns that the restricted programme has come to hold."""
        return len(self._master.columns)

    def run(self, deadline: Deadline = Deadline()) -> Relaxation:
        """Solve the relaxation with the rows it has."""
        master = self._master
        duals, artificial = self._sift(self._points, deadline)
        # a penalty that is still in the duals of rows that few candidates hold may be more than fits
        if (artificial > _ARTIFICIAL_LEFT or _is_too_much(duals)) and not deadline.passed:
            zero = np.zeros(len(self._columns))
            master.price(zero, 1.0)
            farkas, artificial = self._sift(zero, deadline)
            if artificial > _ARTIFICIAL_LEFT and not deadline.passed:
                certificate = _certificate(farkas, self._columns)
                if certificate is not None:
                    # the duals, which the penalty drives up, are of no use to anybody
                    found = self._whole(np.zeros_like(duals))
                    return replace(found, feasible=False, certificate=certificate)
            else:
                master.price(self._points, 0.0)
                master.forbid_artificial()
                duals, _ = self._sift(self._points, deadline)
        return self._whole(duals)

    def cut(self, sides: Sequence[SideConstraint]) -> None:
        """Add side rows that every partition keeps."""
        for side in sides:
            self._master.cut(side)
        self._columns = replace(self._columns, sides=(*self._columns.sides, *sides))

    def solution(self) -> tuple[IntArray, FloatArray]:
        """Candidates in the last solution, and how much of each is chosen."""
        return self._master.solution()

    def _sift(self, costs: FloatArray, deadline: Deadline) -> tuple[FloatArray, float]:
        duals, artificial, self._rounds = _sift(self._master, self._columns, costs, deadline, self._rounds)
        return duals, artificial

    def _whole(self, duals: FloatArray) -> Relaxation:
        return _in_whole_numbers(duals, self._columns, self._nano, self._master, self._rounds)


def _penalty(points: FloatArray) -> float:
    """What a unit of an artificial column costs: more than any candidate could bring."""
    return 100.0 * (float(np.abs(points).max(initial=0.0)) + 1.0)


def _sift(
    master: _Master, columns: _Columns, costs: FloatArray, deadline: Deadline, rounds: int
) -> tuple[FloatArray, float, int]:
    """Add columns until none has a positive reduced cost; give duals, artificial sum and rounds."""
    inside = np.zeros(len(columns), dtype=np.bool_)
    inside[list(master.columns)] = True
    # before anything is solved, an even share of a typical score ranks the first batch
    duals = np.full(columns.rows, float(costs.mean()) if len(costs) else 0.0)
    duals[len(columns.candidates.municipalities) :] = 0.0
    # without an answer of the solver nothing is known to be missing
    answer = (duals, 0.0)
    if master.columns:
        answer = master.solve() or answer
    pricing = _Pricing(columns, costs, max(_BATCH, _BATCH_BY_ROW * columns.rows))
    while True:
        entering = pricing.entering(answer[0], inside, first=not master.columns)
        if not len(entering):
            return *answer, rounds
        for candidate, members in zip(entering.tolist(), columns.candidates.dense(entering), strict=True):
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


@dataclass
class _Pricing:
    """Finds the columns to add, among the most promising ones of the last look at all as long as it can.

    Partial pricing: reduced costs change little from round to round, and a look at a million candidates takes
    longer than the linear programme itself.
    """

    columns: _Columns
    costs: FloatArray
    batch: int
    _pool: tuple[IntArray, _Columns] | None = None

    def entering(self, duals: FloatArray, inside: BoolArray, *, first: bool) -> IntArray:
        """Indices of the columns to add: the most promising that are not inside yet."""
        if self._pool is not None:
            rows, pool = self._pool
            rank = np.where(inside[rows], -np.inf, self.costs[rows] - pool.sums(duals))
            found = self._best(rank, first=first)
            if len(found):
                return np.sort(rows[found])
        rank = np.where(inside, -np.inf, self.costs - self.columns.sums(duals))
        if len(rank) > 2 * _POOL:
            rows = np.sort(np.argpartition(-rank, _POOL)[:_POOL]).astype(np.int64)
            self._pool = rows, self.columns.take(rows)
        return np.sort(self._best(rank, first=first))

    def _best(self, rank: FloatArray, *, first: bool) -> IntArray:
        count = min(self.batch, len(rank))
        best = np.argpartition(-rank, count - 1)[:count] if count else np.zeros(0, dtype=np.int64)
        return best[np.isfinite(rank[best]) & (first | (rank[best] > _TOLERANCE))].astype(np.int64)


def _certificate(farkas: FloatArray, columns: _Columns) -> IntArray | None:
    """Round a Farkas vector to whole numbers; None when rounding breaks it."""
    scale = 1_000_000
    vector = np.ceil(farkas * scale - 1e-3).astype(np.int64)
    worst = int(columns.sums(vector).min(initial=0))
    vector[: len(columns.candidates.municipalities)] -= min(0, worst)
    return vector if columns.bound(vector) < 0 else None


def _is_too_much(duals: FloatArray) -> bool:
    return not float(np.abs(duals).sum()) * NANO < _MOST_NANO


def _in_whole_numbers(
    duals: FloatArray, columns: _Columns, nano: IntArray, master: _Master, rounds: int
) -> Relaxation:
    """Round the duals up and lift them until every slack is at least zero."""
    size = len(columns.candidates.municipalities)
    if _is_too_much(duals):
        reject(
            "the weights are too heavy for this instance: a proof to the last billionth of a point would not "
            "fit in 64 bits",
            "divide all of them by a thousand",
        )
    whole = np.ceil(duals * NANO - 1e-3).astype(np.int64)
    lowest = int((columns.sums(whole) - nano).min(initial=0))
    # every candidate has at least one member, so this much on each municipality is enough
    whole[:size] += max(0, -lowest)
    return Relaxation(
        feasible=True,
        duals=whole[:size],
        prices=tuple(whole[size:].tolist()),
        bound=columns.bound(whole),
        slack=columns.sums(whole) - nano,
        rounds=rounds,
        columns=len(master.columns),
    )
