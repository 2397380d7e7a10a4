"""What is known before sets of centres are listed: prices, promising sets, a first plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from .....instances.common.arrays import FloatArray, IntArray
from ....deadline import Deadline
from .bounding import costs_of
from .local_search import LocalSearch
from .params import CentreParams
from .prices import Ascent, first_prices
from .problem import CentreProblem
from .starting import Starts, StartSet

Taken = Callable[[IntArray, IntArray], float]
"""Takes a plan, given by the place of each centre, and the centres; gives the least cost so far."""


@dataclass
class Beginning:
    """Finds prices, and plans by local search, each making the other better.

    Attributes
    ----------
    problem : CentreProblem
    count : int
    neighbours : sequence of sequence of int
    take : callable
    seed : int
    deadline : Deadline
    params : CentreParams
    ascent : Ascent
        Set by `run`.
    starts : list of StartSet
        The same: promising sets of centres, the best first.
    """

    problem: CentreProblem
    count: int
    neighbours: Sequence[Sequence[int]]
    take: Taken
    seed: int
    deadline: Deadline
    params: CentreParams
    ascent: Ascent = field(init=False)
    starts: list[StartSet] = field(default_factory=list)

    def run(self, best: float, worst: float) -> float:
        """Find prices and plans; gives the least cost of a plan.

        Parameters
        ----------
        best : float
            What the best plan known so far costs; infinite where there is none.
        worst : float
            What no plan costs more than.
        """
        search = Starts(self.problem, self.count, self.seed, self.deadline, self.params.starts)
        drawn = search.drawn()
        if drawn is None:
            self.ascent = Ascent(self.problem, self.count, first_prices(self.problem), self.params.ascent)
            self.ascent.climb(min(best, worst), self.params.ascents, self.deadline)
            return best
        best = self._searched(drawn, best)
        self.ascent = Ascent(self.problem, self.count, self._prices(drawn), self.params.ascent)
        self.ascent.climb(min(best, self._hardly_more(drawn)), self.params.ascents, self.deadline)
        seen = [*self.ascent.seen, tuple(drawn.centres.tolist())]
        self.starts = search.best(seen, min(best, worst))
        for start in self.starts[: self.params.searched]:
            if self.deadline.passed or start.bound >= best:
                break
            best = self._searched(start, best)
        return best

    def _hardly_more(self, start: StartSet) -> float:
        return start.bound + 1e-3 * abs(start.bound)

    def _prices(self, start: StartSet) -> FloatArray:
        """Prices that prove the bound of a set of centres as if there were no others."""
        cost = costs_of(self.problem, start.centres[None])[0]
        priced: FloatArray = (cost + start.multipliers[:, None] * self.problem.population).min(axis=0)
        return priced

    def _searched(self, start: StartSet, best: float) -> float:
        """Search plans of a set of centres; where others suit a plan better, of these too."""
        local = LocalSearch(self.problem, self.neighbours, self.seed, self.deadline, self.params.local)
        centres = start.centres
        for _ in range(self.params.recentred):
            cost = costs_of(self.problem, centres[None])[0]
            plan = local.plan(centres, cost, start.multipliers)
            if plan is None:
                break
            best = self.take(plan, centres)
            moved = self._recentred(plan, centres)
            if (moved == centres).all():
                break
            centres = moved
        return best

    def _recentred(self, plan: IntArray, centres: IntArray) -> IntArray:
        moved = []
        for place, centre in enumerate(centres.tolist()):
            inside = np.flatnonzero(plan == place)
            total = self.problem.cost[np.ix_(inside, inside)].sum(axis=0)
            k = int(total.argmin())
            moved.append(int(inside[k]) if np.isfinite(total[k]) else centre)
        return np.array(moved, dtype=np.int64)
