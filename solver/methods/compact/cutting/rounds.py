"""Programmes solved by an engine one after the other, each with rows against what the last solution broke."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from .....instances.common.arrays import FloatArray
from .....instances.common.problems import reject
from .....models.formulations.budgets import all_kept
from .....models.formulations.compact import Compact
from .....models.formulations.cut import Separator, separators, separators_of_relaxation, with_separators
from .....models.formulations.no_good import without_plan
from .....models.programmes.programme import Programme, with_row
from .....models.scoring.scorer import NANO
from ....engines import Answer, Engine
from ....engines.base import AnswerStatus
from .locked_seats import misplaced
from .separator_pool import SeparatorPool
from .state import TOLERANCE, SearchState

EQUALS = 30
"""Plans forbidden by no-good cuts, within tolerance of the best one, before another method is tried."""
_HARDLY_OFF = 0.25  # nano-points
_RELAXED = 20  # rounds on the linear relaxation


def is_whole(compact: Compact) -> bool:
    """Say whether the columns and rows of a formulation take whole numbers only, as CP-SAT needs."""
    return bool(compact.whole.all()) and not (compact.programme.coefficients % 1).any()


class Rounds(ABC):
    """Solves a compact formulation, and closes the proof that a plan is the best."""

    @abstractmethod
    def __init__(self, state: SearchState, by: Engine) -> None: ...

    @abstractmethod
    def solve(self) -> None:
        """Find the best plan, as far as tolerances tell, and a bound."""

    @abstractmethod
    def close(self) -> None:
        """Look for other plans among those that cost hardly more, until there is none."""


@dataclass
class EngineRounds(Rounds):
    """A programme that holds parts together by itself."""

    state: SearchState
    by: Engine
    programme: Programme = field(init=False)
    unit: float = 1.0
    _limited: float = np.inf
    _rounded: float = 0.0

    def __post_init__(self) -> None:
        compact = self.state.compact
        self.programme = compact.programme
        if self.by.name == "cpsat":
            if not is_whole(compact):
                reject(
                    "the engine 'cpsat' takes only whole numbers, and what some of these terms or rules add "
                    "to the compact formulation may be broken",
                    "use highs, scip or cbc, or the formulation 'partition' or 'cpsat'",
                )
            # it takes whole numbers only; as precise as what other engines tell apart
            self.unit = 1 / TOLERANCE
            exact = self.programme.cost * self.unit
            cost = np.rint(exact)
            self._rounded = float(np.abs(cost - exact).sum()) / self.unit
            self.programme = replace(self.programme, cost=cost, integer=np.ones_like(self.programme.integer))

    @property
    def is_exact(self) -> bool:
        """Whether the engine adds up costs as they are: no plan is off by a nano-point.

        Its optimum is one of the scorer's then, and no other plan has to be looked for.
        """
        return self.unit != 1.0 and self._rounded / self.state.compact.scale < _HARDLY_OFF / NANO

    def solve(self) -> None:
        """See `Rounds.solve`."""
        solved, bound = self._next(self.state.bounded)
        self.state.answer.figures["rows"] = self.programme.shape[0]
        nano = None if bound is None else self.state.bound_in_nano(bound)
        if solved.status == "infeasible":
            self.state.rule_out()
        elif solved.x is None:
            self.state.conclude(nano)
        else:
            self.state.take(solved.x)
            self.state.conclude(nano, within_tolerance=solved.status == "optimal")

    def least(self, limit: float) -> AnswerStatus:
        """Find the plan that costs the least, if one costs no more than a limit; say how the search ended."""
        self._limit(limit)
        solved, _ = self._next()
        if solved.x is not None:
            self.state.take(solved.x)
        return solved.status

    def close(self) -> None:
        """See `Rounds.close`."""
        if self.below(self.state.nearly):
            self.state.settle()

    def below(self, limit: float) -> bool:
        """Find all plans but those seen that cost no more than a limit, or hardly more than the best one.

        Returns
        -------
        bool
            Whether there are no others; False when there are too many, or time ran out.
        """
        while len(self.state.seen) <= EQUALS:
            if self.state.seen:
                self.programme = without_plan(self.programme, self.state.compact.parts, self.state.seen[-1])
            self._limit(min(limit, self.state.nearly))
            solved, _ = self._next()
            if solved.x is None:
                return solved.status == "infeasible"
            self.state.take(solved.x)
        return False

    def _limit(self, limit: float) -> None:
        """Let solutions cost no more than a limit."""
        if limit < self._limited:
            self._limited = limit
            # costs that were rounded up may add up to more
            at_most = (limit + self._rounded) * self.unit
            self.programme = with_row(self.programme, self.programme.cost, at_most=at_most)

    def _next(self, tell: Callable[[float], object] | None = None) -> tuple[Answer, float | None]:
        """Solve until a solution keeps every rule; give it, with the best bound in costs, told meanwhile."""
        bound: float | None = None
        while True:
            solved = self._solve(self.programme)
            self.state.answer.add("rounds")
            if solved.bound is not None and np.isfinite(solved.bound):
                bound = max(solved.bound / self.unit - self._rounded, -np.inf if bound is None else bound)
                if tell is not None:
                    tell(bound)
            if solved.x is None or not self._repair(solved.x):
                return solved, bound
            if self.state.deadline.passed:
                return Answer("unknown", None, None), bound

    def _solve(self, programme: Programme) -> Answer:
        return self.by.solve(programme, seconds=self.state.deadline.remaining, seed=self.state.seed)

    def _repair(self, values: FloatArray) -> bool:
        """Add rows against what keeps a solution from being a plan; say whether there was anything."""
        wrong = misplaced(self.state.compact.parts, self.state.scorer, self.state.compact.members(values))
        x = self._x(values)
        for part in wrong:
            (root,) = (i for i in part if x[i, i] > 0.5)
            column = self.state.compact.parts.x[:, root]
            inside = np.isin(np.arange(len(column)), part)
            row = np.zeros(self.programme.shape[1])
            row[column[inside]] = 1.0
            row[column[~inside & (column >= 0)]] = -1.0
            self.programme = with_row(self.programme, row, at_most=float(len(part) - 1))
        return bool(wrong) or self._forbid_beyond_budgets(values)

    def _forbid_beyond_budgets(self, values: FloatArray) -> bool:
        """Forbid a plan that the tolerance of the engine lets slip through a budget; say whether it does."""
        parts = self.state.compact.parts
        plan = self.state.compact.members(values)
        if all_kept(parts, plan):
            return False
        self.programme = without_plan(self.programme, parts, plan)
        return True

    def _x(self, values: FloatArray) -> FloatArray:
        """Values of x, shape (m, m)."""
        columns = self.state.compact.parts.x
        return np.where(columns >= 0, values[columns], 0.0)


@dataclass
class CutRounds(EngineRounds):
    """A programme that lacks separators, added when a solution violates them.

    With a pool, it starts from those that others found, and leaves its own there.
    """

    pool: SeparatorPool | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.pool is not None:
            parts = self.state.compact.parts
            known = self.pool.holding_for(parts.roots)
            self._add([cut for cut in known if parts.x[cut.member, cut.root] >= 0])

    def solve(self) -> None:
        """See `Rounds.solve`; begins with separators that the linear relaxation violates."""
        if self.by.name != "cpsat":
            self._relax()
        super().solve()

    def _relax(self) -> None:
        for _ in range(_RELAXED):
            linear = replace(self.programme, integer=np.zeros(self.programme.shape[1], dtype=np.bool_))
            solved = self._solve(linear)
            if solved.x is None or self.state.deadline.passed:
                return
            self.state.bounded(solved.bound)
            cuts = separators_of_relaxation(self.state.compact.parts, self._x(solved.x))
            if not cuts:
                return
            self._add(cuts)

    def _repair(self, values: FloatArray) -> bool:
        """Add separators that a solution violates, then what else keeps it from being a plan."""
        parts = self.state.compact.parts
        # what goes into the pool must hold where more is allowed
        cuts = separators(parts if self.pool is None else self.pool.parts, self._x(values))
        if self.pool is not None:
            self.pool.add(cuts)
        self._add(cuts)
        return bool(cuts) or super()._repair(values)

    def _add(self, cuts: list[Separator]) -> None:
        self.programme = with_separators(self.programme, self.state.compact.parts, cuts)
