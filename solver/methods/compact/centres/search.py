"""The search by sets of centres: which can belong to a plan within a limit, and what plans they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from math import comb

import numpy as np

from .....instances.common.arrays import BoolArray, FloatArray, IntArray
from .....models.formulations.assignment import Assignment, Count
from .....models.formulations.cut import cut_formulation
from .....models.programmes.reach import Graph
from .....models.scoring.model import Model
from .....models.scoring.scorer import NANO, Scorer
from ....deadline import TimeUpError
from ....engines import DEFAULT, Engine, engine
from ....limit_errors import OutOfMemoryError
from ....partition.answer import ComponentAnswer
from ..cutting.rounds import CutRounds, is_whole
from ..cutting.separator_pool import SeparatorPool
from ..cutting.state import SearchState
from .admitting import admits
from .beginning import Beginning
from .bounding import bound_again
from .completion import PlanCompletion
from .enumeration import TooManyPartsError
from .params import CentreParams
from .problem import CentreProblem
from .sets import CentreSets, TooManySetsError
from .starting import StartSet

_MARGIN = 1e-9  # of the cost: plans this close to the best one are looked at too


@dataclass
class CentreSearch:
    """The search for a plan of a fixed number of parts that costs the least.

    Plans are looked for up to a limit on the cost, which rises until there is one. For every set of centres
    whose bound is within the limit all plans within it are listed; where they are too many to list, a
    programme finds the best one. Where the limit rises far, a programme without costs tells first whether
    there is any plan.

    Attributes
    ----------
    state : SearchState
        Of the component; its formulation is not solved as a whole.
    by : Engine
        For the programmes.
    parts : Assignment
    problem : CentreProblem
    count : int
    params : CentreParams
    """

    state: SearchState
    by: Engine
    parts: Assignment
    problem: CentreProblem
    count: int
    params: CentreParams = field(default_factory=CentreParams)
    looked_at: int = 0
    _best: float = np.inf
    _proved: float = -np.inf
    _least: float = -np.inf
    _exact: bool = True
    _hard: list[tuple[float, IntArray, FloatArray]] = field(default_factory=list)
    _solved: dict[tuple[int, ...], float] = field(default_factory=dict)
    _listed: tuple[float, IntArray, FloatArray, FloatArray] = field(init=False)
    _pool: SeparatorPool = field(init=False)

    def __post_init__(self) -> None:
        self._graph = Graph(self.parts.neighbours, self.parts.population)
        self._pool = SeparatorPool(self.parts)
        self._near = np.zeros((len(self.problem), len(self.problem)), dtype=np.bool_)
        for v, others in enumerate(self.parts.neighbours):
            self._near[v, list(others)] = True
        finite = np.where(np.isfinite(self.problem.cost), self.problem.cost, 0.0)
        self._worst = float(finite.max(axis=1).sum())
        nothing = np.zeros((0, self.count))
        self._listed = -np.inf, nothing.astype(np.int64), np.zeros(0), nothing

    def start(self, plan: Sequence[Sequence[int]]) -> None:
        """Start from a plan that keeps the rules, by places in the component."""
        self._best = min(self._best, -self.state.note([tuple(part) for part in plan]) / NANO)

    def run(self) -> None:
        """Search, and write what is known into the answer.

        Raises
        ------
        TooManySetsError
            Too many sets of centres are possible.
        """
        try:
            self._rise()
        except (TimeUpError, OutOfMemoryError):
            self._bound()
        except TooManySetsError:
            self._bound()
            if self._best == np.inf:
                raise

    def _rise(self) -> None:
        sets = self._begun()
        few = comb(len(self.problem), self.count) <= self.params.few
        room, asked = self.params.first, False
        while True:
            if room > self.params.far and self._best == np.inf and not asked:
                asked = True
                if self._find_any():
                    break
            limit = min(self._worst, self._best, self._least + room * max(abs(self._least), 1e-9))
            number = self._look(sets, limit)
            if self._proved >= min(self._worst, self._best):
                break
            room *= (
                self.params.faster
                if few
                else next(step for most, step in self.params.steps if number <= most)
            )
        if self._best < np.inf:
            if self._exact:
                self.state.settle()
            else:
                self._bound(within_tolerance=True)
        else:
            self.state.rule_out()

    def _begun(self) -> CentreSets:
        """Find prices, the sets of centres that promise most, and their plans."""
        beginning = Beginning(
            self.problem,
            self.count,
            self.parts.neighbours,
            self._take,
            self.state.seed,
            self.state.deadline,
            self.params,
        )
        beginning.run(self._best, self._worst)
        sets = CentreSets(self.problem, self.count, self.state.deadline, self.params.sets)
        sets.prepare(beginning.ascent)
        self._rise_to(sets.bound)
        for start in beginning.starts[: self.params.dives]:
            self.state.deadline.check()
            self._dive(start)
        self._least = sets.bound if not beginning.starts else max(sets.bound, beginning.starts[0].bound)
        return sets

    def _take(self, plan: IntArray, centres: IntArray) -> float:
        """Note a plan if it keeps the rules; give the least cost so far."""
        members = plan == np.arange(self.count)[:, None]
        held = members @ self.problem.population
        kept = (held >= self.problem.low) & (held <= self.problem.high) & admits(self.parts, members)
        if kept.all():
            self._note(plan, centres)
        return self._best

    def _note(self, plan: IntArray, centres: IntArray) -> None:
        self.state.note([tuple(np.flatnonzero(plan == place).tolist()) for place in range(self.count)])
        self._best = min(self._best, float(self.problem.cost[np.arange(len(plan)), centres[plan]].sum()))

    def _dive(self, start: StartSet) -> None:
        """Look for the best plan of one set of centres, among those that are listed fast."""
        room = self.params.first * max(abs(start.bound), 1e-9)
        while True:
            most = self._close_to(min(self._best, start.bound + room))
            cost = self._fix(start.centres, start.multipliers, most)
            if cost is not None and not (
                self._is_listable(cost) and self._divide(start.centres, start.multipliers, cost, most)
            ):
                return
            if self._best <= most or room > self.params.far * abs(start.bound):
                return
            room *= self.params.deeper

    def _is_listable(self, cost: FloatArray) -> bool:
        """Whether so little is left to decide that the parts of given centres may be listed."""
        left = int(np.isfinite(cost).sum()) - cost.shape[1]
        return bool(left <= self.params.listable)

    def _completion(
        self, centres: IntArray, multipliers: FloatArray, cost: FloatArray, most: float
    ) -> PlanCompletion:
        return PlanCompletion(
            self.problem,
            self._near,
            centres,
            cost.copy(),
            multipliers,
            most,
            partial(admits, self.parts),
            self.params.completion,
        )

    def _rise_to(self, proved: float) -> None:
        """Tell that no plan costs less."""
        if proved > self._proved:
            self._proved = proved
            self.state.bounded(self._close_to(-proved) * -self.state.compact.scale)

    def _look(self, sets: CentreSets, limit: float) -> int:
        """Find the best plans of all sets of centres that can have one within a limit; give their number."""
        if self._hard and self._best > limit:
            # where the most promising set has a plan now, fewer others have to be looked at
            self._solve(*self._hard[0][1:], self._close_to(limit))
            limit = min(limit, self._best)
        within, bounds, multipliers = self._sets_within(sets, self._close_to(limit))
        self._hard = []
        for centres, bound, multiplier in zip(within, bounds.tolist(), multipliers, strict=True):
            self.state.deadline.check()
            most = self._close_to(min(limit, self._best))
            if bound > most:
                break
            if self._is_solved(centres, most):
                continue
            # no plan of a set that is left costs less
            self._rise_to(min(limit, self._hard[0][0] if self._hard else bound))
            cost = self._fix(centres, multiplier, most)
            if cost is None:
                continue
            if not self._is_listable(cost) or not self._divide(centres, multiplier, cost, most):
                self._hard.append((bound, centres, multiplier))
        for bound, centres, multiplier in self._hard:
            self.state.deadline.check()
            self._rise_to(min(limit, bound))
            self._solve(centres, multiplier, self._close_to(min(limit, self._best)))
        self._rise_to(min(limit, self._best))
        self.looked_at += len(within)
        return len(within)

    def _sets_within(self, sets: CentreSets, limit: float) -> tuple[IntArray, FloatArray, FloatArray]:
        """Give sets of centres within a limit, with bounds and multipliers; listed ahead."""
        if limit > self._listed[0]:
            ahead = min(
                limit + self.params.ahead * (limit - self._least),
                self._close_to(min(self._worst, self._best)),
            )
            self._listed = (max(limit, ahead), *sets.within(max(limit, ahead)))
        _, centres, bounds, multipliers = self._listed
        return centres[bounds <= limit], bounds[bounds <= limit], multipliers[bounds <= limit]

    def _close_to(self, cost: float) -> float:
        """A cost, and hardly more: rounded, the score of a plan that costs this much could be higher."""
        return cost + max(_MARGIN * abs(cost), self.count / NANO)

    def _fix(self, centres: IntArray, multipliers: FloatArray, most: float) -> FloatArray | None:
        """Costs with given centres, infinite where no plan within a limit has them; None when there is none.

        Returns
        -------
        ndarray of float64, shape (k, m), or None
        """
        people, place = self.parts.population, np.arange(self.count)
        low, high = self.parts.bounds
        cost = np.ascontiguousarray(self.problem.cost[:, centres].T)
        cost[:, centres] = np.where(np.eye(self.count, dtype=np.bool_), 0.0, np.inf)
        before, rounds = -1, 1
        while True:
            bound, multipliers = bound_again(self.problem, cost, most, multipliers, rounds)
            if bound > most:
                return None
            priced = cost + multipliers[:, None] * people
            cost[bound + priced - priced.min(axis=0) > most] = np.inf
            allowed = np.isfinite(cost).T
            allowed &= self._graph.least_inhabitants(allowed, centres) <= high
            forced = allowed & (allowed.sum(axis=1) == 1)[:, None]
            held = people @ forced
            allowed &= forced | (held + people[:, None] <= high)
            needed = allowed & (people @ allowed - people[:, None] < low)
            allowed &= needed | ~needed.any(axis=1, keepdims=True)
            lost = (held > high).any() or (people @ allowed < low).any() or not allowed[centres, place].all()
            if lost or not allowed.any(axis=1).all():
                return None
            cost[~allowed.T] = np.inf
            left = int(allowed.sum())
            if left == before:
                return cost
            before, rounds = left, self.params.rounds

    def _divide(self, centres: IntArray, multipliers: FloatArray, cost: FloatArray, most: float) -> bool:
        """Note the plans with given centres that cost no more than a limit; False where they are too many."""
        try:
            plans = self._completion(centres, multipliers, cost, most).plans()
        except TooManyPartsError:
            return False
        for plan in plans:
            self._note(plan, centres)
        return True

    def _solve(self, centres: IntArray, multipliers: FloatArray, most: float) -> None:
        """Find the best plan with given centres by a programme, if it costs no more than a limit."""
        if self._is_solved(centres, most):
            return
        rounds = self._rounds(centres, multipliers, most)
        if rounds is None:
            self._solved[tuple(centres.tolist())] = most
            return
        status = rounds.least(most * rounds.state.compact.scale)
        figures = self.state.answer.figures
        for name, size in zip(("rows", "columns"), rounds.programme.shape, strict=True):
            figures[name] = max(figures.get(name, 0), size)
        for plan in rounds.state.seen:
            self.state.note(plan)
            self._best = min(self._best, rounds.state.cost / rounds.state.compact.scale)
        if status not in ("optimal", "infeasible"):
            raise TimeUpError
        if rounds.state.seen and not rounds.is_exact:
            self._exact &= self._has_no_equal(centres, multipliers, rounds.state)
        self._solved[tuple(centres.tolist())] = most

    def _is_solved(self, centres: IntArray, most: float) -> bool:
        """Whether a programme has told the best plan of a set of centres up to a limit."""
        return self._solved.get(tuple(centres.tolist()), -np.inf) >= most

    def _has_no_equal(self, centres: IntArray, multipliers: FloatArray, found: SearchState) -> bool:
        """Note other plans that cost hardly more than the best one; say whether these are all.

        Much fewer municipalities have more than one centre then than when it was looked for.
        """
        rounds = self._rounds(centres, multipliers, self._close_to(self._best))
        if rounds is None:
            return True
        rounds.state.seen, rounds.state.cost = list(found.seen), found.cost
        complete = rounds.below(self._close_to(self._best) * rounds.state.compact.scale)
        for plan in rounds.state.seen:
            self.state.note(plan)
        return complete

    def _rounds(self, centres: IntArray, multipliers: FloatArray, most: float) -> CutRounds | None:
        """Write a programme for given centres; None when no plan of theirs costs so little."""
        cost = self._fix(centres, multipliers, most)
        if cost is None:
            return None
        within = np.zeros((len(self.problem), len(self.problem)), dtype=np.bool_)
        within[:, centres] = np.isfinite(cost).T
        state = self._programme(self.state.scorer, within)
        return None if state is None else CutRounds(state, self._engine_for(state), pool=self._pool)

    def _engine_for(self, state: SearchState) -> Engine:
        """Choose the engine for given centres: few columns, inhabitants that have to add up.

        Clauses learned from that are worth more than the relaxation, so CP-SAT is there where no other engine
        was asked for.
        """
        return engine("cpsat") if self.by.name == DEFAULT and is_whole(state.compact) else self.by

    def _find_any(self) -> bool:
        """Look for plans by a programme without costs; say whether these are all."""
        if int(self.parts.allowed.sum()) > self.params.largest:
            return False
        scenario = self.state.scorer.scenario.model_copy(update={"weights": {}})
        state = self._programme(Scorer(self.state.scorer.instance, scenario))
        if state is None:
            return True
        # separators of these parts hold where no more is allowed; roots that are no seats may hold others
        fewer = not (state.compact.parts.allowed & ~self.parts.allowed).any()
        rounds = CutRounds(state, self.by, pool=self._pool if fewer else None)
        rounds.solve()
        complete = state.answer.infeasible or rounds.below(np.inf)
        for plan in state.seen:
            self._best = min(self._best, -self.state.note(plan) / NANO)
        if not state.seen and not complete:
            raise TimeUpError
        return complete

    def _programme(self, scorer: Scorer, within: BoolArray | None = None) -> SearchState | None:
        """Begin a search by a programme; None when it is hopeless."""
        mine = self.state
        count: Count = (self.count, self.count)
        compact = cut_formulation(
            Model(self.parts.question, scorer), self.parts.municipalities, count, within
        )
        if compact.is_hopeless:
            return None
        answer = ComponentAnswer()
        return SearchState(compact, scorer, answer, self.count, mine.seed, mine.deadline, is_whole=False)

    def _bound(self, *, within_tolerance: bool = False) -> None:
        """Note what is proved of plans that are not proved to be the best."""
        bound = self._close_to(-self._proved)
        nano = int(np.ceil(bound * NANO)) if np.isfinite(bound) else None
        self.state.conclude(nano, within_tolerance=within_tolerance)
