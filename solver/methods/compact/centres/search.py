"""The search by sets of seats: which can belong to a plan within a limit, and what plans they have."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import comb

import numpy as np

from .....instances.common.arrays import BoolArray, FloatArray, IntArray
from .....models.formulations.assignment import Assignment, Count
from .....models.formulations.cut import cut_formulation
from .....models.model import Model
from .....models.programmes.reach import Graph
from .....models.scorer import NANO, Scorer
from ....deadline import TimeUpError
from ....engines import Engine
from ..plans import Search
from ..rounds import CutRounds
from ..separator_pool import SeparatorPool
from .given import bound_one
from .parts import TooManyPartsError
from .plans import GivenSeats
from .problem import Seating
from .sets import SeatSets

_FIRST = 0.002  # of the bound: how much more the first plans looked for may cost
_STEPS = ((50, 1.5), (200, 1.25), (np.inf, 1.12))
"""By what that grows, by the number of sets of seats that were looked at: the more, the less."""
_AHEAD = 0.3
"""How much further than the limit sets are listed, seen from the bound."""
_FEW = 2_000  # sets of seats in all, when it may grow faster
_FASTER = 4.0
_FAR = 0.3  # of the bound: beyond this it is first asked whether there is any plan
_MARGIN = 1e-9  # of the cost: plans this close to the best one are looked at too
_ASCENT = 150  # rounds of the subgradient method on prices
_ROUNDS = 15  # the same for one set of seats, each time that somebody has been fixed


@dataclass
class SeatSearch:
    """The search for a plan of a fixed number of parts that costs the least.

    Plans are looked for up to a limit on the cost, which rises until there is one. For every set of seats
    whose bound is within the limit all plans within it are listed; where they are too many to list, a
    programme finds the best one. Where the limit rises far, a programme without costs tells first whether
    there is any plan.

    Attributes
    ----------
    search : Search
        Of the frame; its formulation is not solved as a whole.
    by : Engine
        For the programmes.
    parts : Assignment
    seating : Seating
    count : int
    """

    search: Search
    by: Engine
    parts: Assignment
    seating: Seating
    count: int
    looked_at: int = 0
    _best: float = np.inf
    _proved: float = -np.inf
    _exact: bool = True
    _listed: tuple[float, IntArray, FloatArray, FloatArray] = field(init=False)
    _pool: SeparatorPool = field(init=False)

    def __post_init__(self) -> None:
        self._graph = Graph(self.parts.neighbours, self.parts.population)
        self._pool = SeparatorPool(self.parts)
        self._near = np.zeros((len(self.seating), len(self.seating)), dtype=np.bool_)
        for v, others in enumerate(self.parts.neighbours):
            self._near[v, list(others)] = True
        finite = np.where(np.isfinite(self.seating.cost), self.seating.cost, 0.0)
        self._worst = float(finite.max(axis=1).sum())
        nothing = np.zeros((0, self.count))
        self._listed = -np.inf, nothing.astype(np.int64), np.zeros(0), nothing

    def run(self) -> None:
        """Search, and write what is known into the answer.

        Raises
        ------
        TooManySetsError
            Too many sets of seats are possible.
        """
        try:
            self._rise()
        except TimeUpError:
            self._bound()

    def _rise(self) -> None:
        sets = SeatSets(self.seating, self.count, self.search.deadline)
        sets.prepare(self._worst, _ASCENT)
        self._proved = sets.bound
        few = comb(len(self.seating), self.count) <= _FEW
        room, asked = _FIRST, False
        while True:
            if room > _FAR and not asked:
                asked = True
                if self._find_any():
                    break
            limit = min(self._worst, self._best, sets.bound + room * max(abs(sets.bound), 1e-9))
            number = self._look(sets, limit)
            if self._proved >= min(self._worst, self._best):
                break
            room *= _FASTER if few else next(step for most, step in _STEPS if number <= most)
        if self._best < np.inf:
            if self._exact:
                self.search.settle()
            else:
                self._bound(within_tolerance=True)
        else:
            self.search.rule_out()

    def _look(self, sets: SeatSets, limit: float) -> int:
        """Find the best plans of all sets of seats that can have one within a limit; give their number."""
        found, rates = self._sets_within(sets, self._close_to(limit))
        left = []
        for seats, rate in zip(found, rates, strict=True):
            self.search.deadline.check()
            cost = self._fix(seats, rate, self._close_to(limit))
            if cost is not None:
                left.append((int(np.isfinite(cost).sum()), seats, rate, cost))
        # those with little left to decide come first: a good plan of one makes the others smaller
        for _, seats, rate, cost in sorted(left, key=lambda one: (one[0], one[1].tolist())):
            self.search.deadline.check()
            self._divide(seats, rate, cost, self._close_to(min(limit, self._best)))
        self._proved = min(limit, self._best)
        self.looked_at += len(found)
        return len(found)

    def _sets_within(self, sets: SeatSets, limit: float) -> tuple[IntArray, FloatArray]:
        """Sets of seats within a limit, and their rates; listed up to a higher one, so that it can rise."""
        if limit > self._listed[0]:
            ahead = min(limit + _AHEAD * (limit - sets.bound), self._close_to(min(self._worst, self._best)))
            self._listed = (max(limit, ahead), *sets.within(max(limit, ahead)))
        _, found, bounds, rates = self._listed
        return found[bounds <= limit], rates[bounds <= limit]

    def _close_to(self, cost: float) -> float:
        """A cost, and hardly more: rounded, the score of a plan that costs this much could be higher."""
        return cost + max(_MARGIN * abs(cost), self.count / NANO)

    def _fix(self, seats: IntArray, rates: FloatArray, most: float) -> FloatArray | None:
        """Costs with given seats, infinite where no plan within a limit has them; None when there is none.

        Returns
        -------
        ndarray of float64, shape (k, m), or None
        """
        people, place = self.parts.population, np.arange(self.count)
        low, high = self.parts.bounds
        cost = np.ascontiguousarray(self.seating.cost[:, seats].T)
        cost[:, seats] = np.where(np.eye(self.count, dtype=np.bool_), 0.0, np.inf)
        before, rounds = -1, 1
        while True:
            bound, rates = bound_one(self.seating, cost, most, rounds, rates)
            if bound > most:
                return None
            priced = cost + rates[:, None] * people
            cost[bound + priced - priced.min(axis=0) > most] = np.inf
            allowed = np.isfinite(cost).T
            allowed &= self._graph.least_inhabitants(allowed, seats) <= high
            forced = allowed & (allowed.sum(axis=1) == 1)[:, None]
            held = people @ forced
            allowed &= forced | (held + people[:, None] <= high)
            needed = allowed & (people @ allowed - people[:, None] < low)
            allowed &= needed | ~needed.any(axis=1, keepdims=True)
            lost = (held > high).any() or (people @ allowed < low).any() or not allowed[seats, place].all()
            if lost or not allowed.any(axis=1).all():
                return None
            cost[~allowed.T] = np.inf
            left = int(allowed.sum())
            if left == before:
                return cost
            before, rounds = left, _ROUNDS

    def _divide(self, seats: IntArray, rates: FloatArray, cost: FloatArray, most: float) -> None:
        """Note the plans with given seats that cost no more than a limit."""
        given = GivenSeats(self.seating, self._near, seats, cost.copy(), rates, most, self._admits)
        try:
            plans = given.plans()
        except TooManyPartsError:
            self._solve(seats, np.isfinite(given.cost).T, most)
            return
        for plan in plans:
            self.search.note([tuple(np.flatnonzero(plan == place).tolist()) for place in range(self.count)])
            self._best = min(self._best, float(self.seating.cost[np.arange(len(plan)), seats[plan]].sum()))

    def _admits(self, members: BoolArray) -> BoolArray:
        """Say which sets keep what is locked together and apart, and hold what is required."""
        question, of = self.parts.question, self.parts.of
        place = {i: k for k, i in enumerate(of.tolist())}
        kept = np.ones(len(members), dtype=np.bool_)
        for group in question.together:
            inside = members[:, [place[i] for i in group if i in place]]
            kept &= inside.all(axis=1) | ~inside.any(axis=1)
        for a, b in question.apart:
            if a in place and b in place:
                kept &= ~(members[:, place[a]] & members[:, place[b]])
        for _, has in question.required:
            kept &= members[:, has[of]].any(axis=1)
        return kept

    def _solve(self, seats: IntArray, allowed: BoolArray, most: float) -> None:
        """Find the best plan with given seats by a programme, if it costs no more than a limit."""
        within = np.zeros((len(self.seating), len(self.seating)), dtype=np.bool_)
        within[:, seats] = allowed
        search = self._programme(self.search.scorer, within)
        if search is None:
            return
        rounds = CutRounds(search, self.by, pool=self._pool)
        status = rounds.least(most * search.compact.scale)
        answer = self.search.answer
        answer.rows = max(answer.rows, rounds.programme.shape[0])
        answer.columns = max(answer.columns, rounds.programme.shape[1])
        for plan in search.seen:
            self.search.note(plan)
            self._best = min(self._best, search.cost / search.compact.scale)
            # others may cost hardly more
            self._exact &= rounds.below(self._close_to(self._best) * search.compact.scale)
        if status not in ("optimal", "infeasible"):
            raise TimeUpError

    def _find_any(self) -> bool:
        """Look for plans by a programme without costs; say whether these are all."""
        scenario = self.search.scorer.scenario.model_copy(update={"weights": {}})
        search = self._programme(Scorer(self.search.scorer.instance, scenario))
        if search is None:
            return True
        rounds = CutRounds(search, self.by, pool=self._pool)
        rounds.solve()
        complete = search.answer.infeasible or rounds.below(np.inf)
        for plan in search.seen:
            self._best = min(self._best, -self.search.note(plan) / NANO)
        if not search.seen and not complete:
            raise TimeUpError
        return complete

    def _programme(self, scorer: Scorer, within: BoolArray | None = None) -> Search | None:
        """Begin a search by a programme; None when it is hopeless."""
        mine = self.search
        count: Count = (self.count, self.count)
        compact = cut_formulation(Model(self.parts.question, scorer), self.parts.of, count, within)
        if compact.is_hopeless:
            return None
        answer = type(mine.answer)()
        return Search(compact, scorer, answer, self.count, mine.seed, mine.deadline)

    def _bound(self, *, within_tolerance: bool = False) -> None:
        """Note what is proved of plans that are not proved to be the best."""
        bound = self._close_to(-self._proved)
        nano = int(np.ceil(bound * NANO)) if np.isfinite(bound) else None
        self.search.conclude(nano, within_tolerance=within_tolerance)
