"""Frames whose score depends on seats alone, for a fixed number of parts: seat by seat, then part by part.

Districting as published (Hess et al. 1965; Validi, Buchanan and Lykhovyd 2022) asks for k parts and scores
distances to their seats, nothing else. Then few sets of k seats can belong to a good plan (`seat_sets`), and
with its seats given a plan is a small programme: m k variables, most of them fixed by what the bound of the
set leaves to spend.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import comb

import numpy as np

from ...instances.arrays import BoolArray, FloatArray, IntArray
from ...models.formulations.assignment import Assignment, Count, assign
from ...models.formulations.cut import cut_formulation
from ...models.formulations.reach import Graph
from ...models.formulations.rules import count_limits
from ...models.question import Question
from ...models.scorer import NANO, Scorer
from ...models.terms.seated import SeatTerm
from ..engines import Engine
from ..limits import Deadline, TimeUpError
from ..result import Status
from .answer import CompactAnswer
from .given_seats import bound_costs
from .plans import Search
from .rounds import CutRounds
from .seat_sets import SeatSets, TooManySetsError
from .seating import Seating
from .separator_pool import SeparatorPool

_FIRST = 0.01  # of the bound: how much more the first plans looked for may cost
_WIDER = 1.5  # by which that grows
_FEW = 2_000  # sets of seats, when it may grow faster
_FASTER = 4.0
_FAR = 0.3  # of the bound: beyond this it is first asked whether there is any plan
_MARGIN = 1e-6  # of the largest cost: plans this close to the best one are looked at too
_ASCENT = 150  # rounds of the subgradient method on prices
_ROUNDS = 25  # the same for one set of seats, each time that variables have been fixed


@dataclass
class SeatsOnly:
    """The search for a plan of a fixed number of parts that costs the least, by sets of seats.

    Plans are looked for up to a limit on the cost, which rises until there is one. Every set of seats whose
    bound is within the limit is either shown to have no plan, or has its best plan found by a programme.
    Where the limit rises far, a programme without costs tells first whether there is any plan.
    """

    question: Question
    scorer: Scorer
    by: Engine
    answer: CompactAnswer
    seed: int
    deadline: Deadline
    parts: Assignment
    seating: Seating
    count: int
    _best: float = np.inf
    _proved: float = -np.inf
    _near: list[tuple[float, CutRounds]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._graph = Graph(self.parts.neighbours, self.parts.population)
        self._pool = SeparatorPool(self.parts)
        finite = np.where(np.isfinite(self.seating.cost), self.seating.cost, 0.0)
        self._worst = float(finite.max(axis=1).sum())
        self._margin = _MARGIN * float(finite.max(initial=0.0))

    def solve(self) -> bool:
        """Solve; False, and nothing said, when too many sets of seats are possible."""
        try:
            self._search()
        except TooManySetsError:
            return False
        except TimeUpError:
            self._conclude("feasible" if self.answer.parts else "no plan within limit")
        return True

    def _search(self) -> None:
        sets = SeatSets(self.seating, self.count, self.deadline)
        sets.prepare(self._worst, _ASCENT)
        self._proved = sets.bound
        few = comb(len(self.seating), self.count) <= _FEW
        room, asked = _FIRST, False
        while self._proved < min(self._worst, self._best):
            if room > _FAR and not asked:
                asked = True
                if self._find_any():
                    break
            limit = min(self._worst, self._best, sets.bound + room * abs(sets.bound))
            self._look(sets, limit)
            room *= _FASTER if few else _WIDER
        if self._best < np.inf:
            self._proved = self._best
            self._set_equals_aside()
        else:
            self.answer.status = "infeasible"

    def _look(self, sets: SeatSets, limit: float) -> None:
        """Find the best plans of all sets of seats that can have one within a limit."""
        found, _, rates = sets.within(limit + self._margin)
        left = []
        for seats, rate in zip(found, rates, strict=True):
            self.deadline.check()
            allowed = self._fix(seats, rate, limit + self._margin)
            if allowed is not None:
                left.append((int(allowed.sum()), seats, rate, allowed))
        # those with little left to decide come first: a good plan of one makes the others smaller
        for _, seats, rate, allowed in sorted(left, key=lambda one: (one[0], one[1].tolist())):
            self.deadline.check()
            most = min(limit, self._best) + self._margin
            now = self._fix(seats, rate, most) if self._best < limit else allowed
            if now is not None:
                self._divide(seats, now, most)
        self._proved = min(limit, self._best)

    def _find_any(self) -> bool:
        """Look for plans by a programme without costs; say whether these are all."""
        scenario = self.scorer.scenario.model_copy(update={"weights": {}})
        scorer = Scorer(self.scorer.instance, scenario)
        count = (self.count, self.count)
        compact = cut_formulation(self.question, scorer, self.parts.of, count)
        found = CompactAnswer("infeasible")
        search = Search(compact, scorer, found, self.count, self.seed, self.deadline)
        if compact.is_hopeless:
            return True
        rounds = CutRounds(search, self.by, pool=self._pool)
        rounds.solve()
        complete = found.status == "infeasible" or rounds.below(np.inf)
        self.answer.rounds += found.rounds
        for plan in search.seen:
            self._note(plan)
        if not search.seen and not complete:
            raise TimeUpError
        return complete

    def _note(self, plan: list[tuple[int, ...]]) -> None:
        """Note a plan that was found without regard to costs."""
        of = self.parts.of
        members = np.zeros((len(plan), len(of)))
        for k, part in enumerate(plan):
            members[k, list(part)] = 1.0
        score = int(self.scorer.score(members, of).nano.sum())
        if self.answer.score_nano is None or score > self.answer.score_nano:
            self.answer.score_nano = score
            self.answer.parts = tuple(sorted(tuple(of[list(part)].tolist()) for part in plan))
            self._best = -score / NANO

    def _fix(self, seats: IntArray, rates: FloatArray, most: float) -> BoolArray | None:
        """Say who can still be with which seat in a plan within a limit, shape (m, k); None: no plan."""
        people, place = self.parts.population, np.arange(self.count)
        low, high = self.parts.bounds
        cost = np.ascontiguousarray(self.seating.cost[:, seats].T)
        cost[:, seats] = np.where(np.eye(self.count, dtype=np.bool_), 0.0, np.inf)
        before = -1
        while True:
            given = bound_costs(self.seating, cost[None], most, _ROUNDS, rates[None])
            rates, bound = given.rates[0], float(given.bounds[0])
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
            allowed &= needed | ~np.any(needed, axis=1, keepdims=True)
            if not allowed.any(axis=1).all() or (held > high).any() or (people @ allowed < low).any():
                return None
            cost[~allowed.T] = np.inf
            left = int(allowed.sum())
            if left == before or not allowed[seats, place].all():
                return allowed if allowed[seats, place].all() else None
            before = left

    def _divide(self, seats: IntArray, allowed: BoolArray, most: float) -> None:
        """Find the best plan with given seats if it costs no more than a limit."""
        within = np.zeros((len(self.seating), len(self.seating)), dtype=np.bool_)
        within[:, seats] = allowed
        count: Count = (self.count, self.count)
        compact = cut_formulation(self.question, self.scorer, self.parts.of, count, within)
        if compact.is_hopeless:
            return
        search = Search(compact, self.scorer, self.answer, self.count, self.seed, self.deadline)
        rounds = CutRounds(search, self.by, pool=self._pool)
        status = rounds.least(most * compact.scale)
        self.answer.rows = max(self.answer.rows, rounds.programme.shape[0])
        self.answer.columns = max(self.answer.columns, rounds.programme.shape[1])
        if search.seen:
            self._near.append((search.cost / compact.scale, rounds))
            self._best = min(self._best, search.cost / compact.scale)
        if status not in ("optimal", "infeasible"):
            raise TimeUpError

    def _set_equals_aside(self) -> None:
        """Look at plans that cost hardly more than the best one: rounded, their score could be higher."""
        most = self._best + self._margin
        complete = True
        for cost, rounds in self._near:
            if cost <= most:
                complete &= rounds.below(most * rounds.search.compact.scale)
        self._conclude("optimal")
        if complete:
            self.answer.bound_nano, self.answer.proof = self.answer.score_nano, "exact"

    def _conclude(self, status: Status) -> None:
        """Note how the search ended, with what is proved."""
        answer = self.answer
        answer.status = status
        answer.bound_nano = int(np.floor((self._margin - self._proved) * NANO + self.count / 2))
        if answer.score_nano is not None:
            answer.bound_nano = max(answer.bound_nano, answer.score_nano)
        if status == "optimal":
            answer.proof = "exact" if answer.bound_nano == answer.score_nano else "tolerance"


def seats_only(
    question: Question,
    scorer: Scorer,
    of: IntArray,
    count: Count | None,
    by: Engine,
    answer: CompactAnswer,
    seed: int,
    deadline: Deadline,
) -> SeatsOnly | None:
    """Give the search if a frame is one whose score depends on seats alone; None otherwise."""
    weighed = [term for term in scorer.terms if scorer.scenario.weights[term.name] > 0]
    if len(weighed) != 1 or not isinstance(weighed[0], SeatTerm):
        return None
    parts = assign(question, scorer, of)
    least, most = count_limits(parts, count)
    if not parts.seated or least != most or not parts.allowed.any(axis=1).all() or most > len(parts.roots):
        return None
    (term,) = weighed
    term.linear(parts, scorer.scenario.weights[term.name] / scorer.divisor(term))
    costs = np.append(parts.draft.programme().cost, np.inf)[parts.x]
    low, high = parts.bounds
    seating = Seating(costs, parts.population.astype(np.float64), float(low), float(high))
    return SeatsOnly(question, scorer, by, answer, seed, deadline, parts, seating, most)
