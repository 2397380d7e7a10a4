"""The linear relaxation of set partitioning, with bounds and certificates in whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ...instances.common.problems import reject
from ...models.programmes.set_partition import SideConstraint
from ...models.scoring.scorer import NANO
from ..deadline import Deadline
from .params import SiftingParams
from .problem import IMPOSSIBLE, PartitionProblem, PricedProblem

if TYPE_CHECKING:
    from .restricted_master import RestrictedMaster

_TOLERANCE = 1e-10  # points
_ARTIFICIAL_LEFT = 1e-7
_CHOSEN = 1e-6
_MOST_NANO = 2.0**61  # sums of duals up to this, less a score, fit in 64 bits


@dataclass(frozen=True)
class Relaxation:
    """Solution of the linear relaxation in whole numbers.

    Attributes
    ----------
    feasible : bool
        False when no partition exists: proved by `certificate`.
    duals : ndarray of int64, shape (m,)
        Dual values in nano-points, such that no reduced cost is negative.
    prices : tuple of int
        Dual values of the side constraints, in nano-points a unit; above 0 the upper bound is what binds,
        below 0 the lower.
    bound : int
        Sum of the duals, and of each side constraint's price times the bound that binds: no partition scores
        more.
    reduced_costs : ndarray of int64, shape (k,)
        Sum of a candidate's duals and of what it costs in the side constraints, less its score; more than any
        plan costs where it may not be chosen (its score is `IMPOSSIBLE` or less). A partition
        scores `bound` less the reduced costs of its mergers, less what each side constraint is away from the
        bound that binds, at its price.
    certificate : ndarray of int64, shape (m + side constraints,), or None
        A Farkas vector: every candidate sums to at least 0, and municipalities and bounds to less than 0.
    rounds, columns : int
        Rounds of pricing, and columns that the restricted problems came to hold.
    """

    feasible: bool
    duals: IntArray
    prices: tuple[int, ...]
    bound: int
    reduced_costs: IntArray
    certificate: IntArray | None = None
    rounds: int = 0
    columns: int = 0

    def price(self, problem: PartitionProblem) -> PricedProblem:
        """Give a problem the prices that its relaxation leads to."""
        return PricedProblem(problem, self.reduced_costs, self.prices, self.bound, self.feasible)


def relax(
    problem: PartitionProblem, deadline: Deadline = Deadline(), params: SiftingParams = SiftingParams()
) -> Relaxation:
    """Solve the linear relaxation of a set partitioning problem by sifting.

    Columns enter a restricted master problem a batch at a time, those with the best reduced cost first
    (sifting, Bixby et al. 1992); with some tens of rows and many thousands of columns this takes a fraction
    of the time that the whole programme takes. The duals are then rounded up to whole nano-points and lifted
    until no candidate has a negative reduced cost, so that the bound is exact whatever the tolerance of the
    linear solver.

    Parameters
    ----------
    problem : PartitionProblem
    deadline : Deadline
        When it passes, the bound is what the duals so far prove.
    params : SiftingParams

    Returns
    -------
    Relaxation
    """
    return Relaxer(problem, params).run(deadline)


Relaxing = Callable[[PartitionProblem, Deadline, SiftingParams], Relaxation]
"""Does what `relax` does, from what it may know of the same problem under other scores."""


class Relaxer:
    """The linear relaxation, kept so that scores can change and rows be added; see `relax`.

    Parameters
    ----------
    problem : PartitionProblem
    params : SiftingParams
    """

    def __init__(self, problem: PartitionProblem, params: SiftingParams = SiftingParams()) -> None:
        from .restricted_master import RestrictedMaster  # loads MathOpt, which many questions never need

        self._problem, self._params = problem, params
        self._take_scores()
        bounds = [(1.0, 1.0)] * problem.size
        bounds += [(float(one.lower), float(one.upper)) for one in problem.constraints]
        # nothing chosen is below every upper bound, so one artificial column a row is enough
        self._master: RestrictedMaster[int] = RestrictedMaster(
            bounds, np.full(len(bounds), -_penalty(self._points))
        )
        self._rounds = 0
        self._in_order = True

    def _take_scores(self) -> None:
        self._may = self._problem.scores > IMPOSSIBLE
        self._points = np.where(self._may, self._problem.scores, 0) / NANO

    @property
    def problem(self) -> PartitionProblem:
        """The problem with its latest scores and all its rows."""
        return self._problem

    def reprice(self, scores: IntArray) -> None:
        """Give the candidates other scores; columns and basis stay, so that near scores take few pivots."""
        self._problem = self._problem.rescore(scores)
        self._take_scores()
        self._master.allow_artificial()
        self._reprice(self._points, _penalty(self._points))
        for row in self._master.columns:
            self._master.allow(row, may=bool(self._may[row]))
        self._in_order = True

    def rescore(self, scores: IntArray) -> None:
        """Do the same where few scores are others than before: only their columns are looked at."""
        if not self._in_order:
            self.reprice(scores)
            return
        changed = np.flatnonzero(scores != self._problem.scores).tolist()
        self._problem = self._problem.rescore(scores)
        self._take_scores()
        for row in changed:
            if row in self._master.columns:
                self._master.rescore(row, float(self._points[row]) if self._may[row] else None)

    @property
    def columns(self) -> int:
        """Columns that the restricted master problem has come to hold."""
        return len(self._master.columns)

    def run(self, deadline: Deadline = Deadline()) -> Relaxation:
        """Solve the relaxation with the rows it has."""
        duals, artificial = self._sift(self._points, deadline)
        # a penalty that is still in the duals of rows that few candidates hold may be more than fits
        if (artificial > _ARTIFICIAL_LEFT or _is_too_much(duals)) and not deadline.passed:
            self._in_order = False
            zero = np.zeros(len(self._problem))
            self._reprice(zero, 1.0)
            farkas, artificial = self._sift(zero, deadline)
            if artificial > _ARTIFICIAL_LEFT and not deadline.passed:
                certificate = _certificate(farkas, self._problem.restrict(self._may))
                if certificate is not None:
                    # the duals, which the penalty drives up, are of no use to anybody
                    relaxed = self._in_whole_numbers(np.zeros_like(duals))
                    return replace(relaxed, feasible=False, certificate=certificate)
            else:
                self._reprice(self._points, 0.0)
                self._master.forbid_artificial()
                duals, _ = self._sift(self._points, deadline)
        return self._in_whole_numbers(duals)

    def add_rows(self, constraints: Sequence[SideConstraint]) -> None:
        """Add side constraints that every partition keeps, such as cutting planes."""
        for one in constraints:
            coefficients = {row: float(one.coefficients[row]) for row in self._master.columns}
            nonzero = {row: value for row, value in coefficients.items() if value}
            self._master.add_row((float(one.lower), float(one.upper)), nonzero)
        together = (*self._problem.constraints, *constraints)
        self._problem = replace(self._problem, constraints=together)

    def solution(self) -> tuple[IntArray, FloatArray]:
        """Candidates in the last solution, and how much of each is chosen."""
        solution = self._master.solution()
        candidates = np.array(list(solution), dtype=np.int64)
        chosen = np.array(list(solution.values()), dtype=np.float64)
        some = chosen > _CHOSEN
        return candidates[some], chosen[some]

    def _reprice(self, points: FloatArray, penalty: float) -> None:
        artificial = np.full(len(self._master.artificial), -penalty)
        self._master.reprice(lambda row: float(points[row]), artificial)

    def _sift(self, points: FloatArray, deadline: Deadline) -> tuple[FloatArray, float]:
        """Add columns until none has a positive reduced cost; give duals and artificial sum."""
        master, problem = self._master, self._problem
        inside = ~self._may  # what may not be chosen never enters
        inside[list(master.columns)] = True
        # before anything is solved, an even share of a typical score ranks the first batch
        rows = problem.size + len(problem.constraints)
        duals = np.full(rows, float(points.mean()) if len(points) else 0.0)
        duals[problem.size :] = 0.0
        # without an answer of the solver nothing is known to be missing
        artificial = 0.0
        if master.columns and (solved := master.solve(deadline)) is not None:
            duals, artificial = solved.duals, solved.artificial
        batch = max(self._params.batch, self._params.batch_by_row * rows)
        pricing = _Pricing(problem, points, batch, self._params.pool)
        while True:
            entering = pricing.entering(duals, inside, first=not master.columns)
            if not len(entering):
                return duals, artificial
            self._add(entering, points)
            inside[entering] = True
            self._rounds += 1
            solved = master.solve(deadline)
            if solved is None:
                # any duals give a valid bound; those of the round before will do
                return duals, 0.0
            duals, artificial = solved.duals, solved.artificial
            if deadline.passed:
                return duals, artificial

    def _add(self, entering: IntArray, points: FloatArray) -> None:
        """Add candidates as columns."""
        problem = self._problem
        places, rows = problem.candidates.places(entering)
        entries = [(rows, places, np.ones(len(rows)))]
        for row, one in enumerate(problem.constraints, problem.size):
            values = one.coefficients[entering].astype(np.float64)
            held = np.flatnonzero(values)
            entries.append((np.full(len(held), row), held, values[held]))
        in_rows, of_places, values = (np.concatenate(column) for column in zip(*entries, strict=True))
        self._master.add_columns(entering.tolist(), (in_rows, of_places, values), points[entering])

    def _in_whole_numbers(self, duals: FloatArray) -> Relaxation:
        """Round the duals up and lift them until every reduced cost is at least zero."""
        problem = self._problem
        if _is_too_much(duals):
            reject(
                "the weights are too heavy for this instance: a proof to the last billionth of a point would "
                "not fit in 64 bits",
                "divide all of them by a thousand",
            )
        whole = np.ceil(duals * NANO - 1e-3).astype(np.int64)
        lowest = int((problem.dual_sums(whole) - problem.scores)[self._may].min(initial=0))
        # every candidate has at least one member, so this much on each municipality is enough
        whole[: problem.size] += max(0, -lowest)
        reduced_costs = np.where(self._may, problem.dual_sums(whole) - problem.scores, -IMPOSSIBLE)
        return Relaxation(
            feasible=True,
            duals=whole[: problem.size],
            prices=tuple(whole[problem.size :].tolist()),
            bound=problem.dual_bound(whole),
            reduced_costs=reduced_costs,
            rounds=self._rounds,
            columns=len(self._master.columns),
        )


def price(problem: PartitionProblem, deadline: Deadline = Deadline()) -> PricedProblem:
    """Price a problem by its relaxation, the bits of its candidates in the order of the municipalities."""
    problem = problem.in_order()
    if problem.infeasible_at_sight:
        return PricedProblem.without_costs(problem, feasible=False)
    if problem.is_solved_at_sight:
        return replace(PricedProblem.without_costs(problem), bound=int(problem.scores[0]))
    return relax(problem, deadline).price(problem)


@dataclass
class WarmRelaxation:
    """The relaxation of a problem under one scoring after the other: columns and basis stay.

    Attributes
    ----------
    problem : PartitionProblem
        Its own scores do not matter.
    most_columns : int, optional
        Columns of the restricted master problem beyond which it is begun afresh; never by default.
    params : SiftingParams
    """

    problem: PartitionProblem
    most_columns: int | None = None
    params: SiftingParams = field(default_factory=SiftingParams)
    _relaxer: Relaxer | None = field(default=None, init=False)

    def relax(self, scores: IntArray, deadline: Deadline = Deadline()) -> Relaxation:
        """Solve the relaxation under some scores."""
        most = self.most_columns
        if self._relaxer is None or (most is not None and self._relaxer.columns > most):
            self._relaxer = Relaxer(self.problem.rescore(scores), self.params)
        else:
            self._relaxer.reprice(scores)
        return self._relaxer.run(deadline)

    def price(self, scores: IntArray, deadline: Deadline = Deadline()) -> PricedProblem:
        """Price the problem with some scores."""
        return self.relax(scores, deadline).price(self.problem.rescore(scores))

    def solution(self) -> tuple[IntArray, FloatArray]:
        """Candidates in the last solution, and how much of each is chosen."""
        assert self._relaxer is not None, "something was priced before"
        return self._relaxer.solution()


def _penalty(points: FloatArray) -> float:
    """What a unit of an artificial column costs: more than any candidate could bring."""
    return 100.0 * (float(np.abs(points).max(initial=0.0)) + 1.0)


@dataclass
class _Pricing:
    """Finds the columns to add by partial pricing: among the most promising ones, as long as there are any.

    Reduced costs change little from round to round, and to price a million candidates takes longer than the
    linear programme itself.
    """

    problem: PartitionProblem
    points: FloatArray
    batch: int
    size: int
    _pool: tuple[IntArray, PartitionProblem] | None = None

    def entering(self, duals: FloatArray, inside: BoolArray, *, first: bool) -> IntArray:
        """Give the most promising columns that are not inside yet, by index."""
        if self._pool is not None:
            rows, pool = self._pool
            rank = np.where(inside[rows], -np.inf, self.points[rows] - pool.dual_sums(duals))
            best = self._best(rank, first=first)
            if len(best):
                return np.sort(rows[best])
        rank = np.where(inside, -np.inf, self.points - self.problem.dual_sums(duals))
        if len(rank) > 2 * self.size:
            rows = np.sort(np.argpartition(-rank, self.size)[: self.size]).astype(np.int64)
            self._pool = rows, self.problem.restrict(rows)
        return np.sort(self._best(rank, first=first))

    def _best(self, rank: FloatArray, *, first: bool) -> IntArray:
        count = min(self.batch, len(rank))
        best = np.argpartition(-rank, count - 1)[:count] if count else np.zeros(0, dtype=np.int64)
        return best[np.isfinite(rank[best]) & (first | (rank[best] > _TOLERANCE))].astype(np.int64)


def _certificate(farkas: FloatArray, problem: PartitionProblem) -> IntArray | None:
    """Round a Farkas vector to whole numbers; None when rounding breaks it."""
    scale = 1_000_000
    vector = np.ceil(farkas * scale - 1e-3).astype(np.int64)
    worst = int(problem.dual_sums(vector).min(initial=0))
    vector[: problem.size] -= min(0, worst)
    return vector if problem.dual_bound(vector) < 0 else None


def _is_too_much(duals: FloatArray) -> bool:
    return not float(np.abs(duals).sum()) * NANO < _MOST_NANO
