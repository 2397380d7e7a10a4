"""The proof of one component: relaxation, fixing by reduced cost, integer programme, exact cover."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from ...instances.common.activity import doing
from ...instances.common.arrays import IntArray
from ...models.programmes.programme import Programme
from ...models.programmes.set_partition import partition_programme
from ..deadline import Deadline, TimeUpError
from ..engines import Answer, Engine, engine
from ..results.status import Status, status_of
from .cpsat_proof import CpSatProof
from .exact_cover import ExactCover, SearchLimitError
from .params import PartitionParams
from .problem import PartitionProblem, PricedProblem
from .relaxation import relax
from .subset_rows import strengthen


@dataclass(frozen=True, eq=False)
class Proved:
    """A problem as the proof of its best partition left it: for questions about other partitions.

    Attributes
    ----------
    priced : PricedProblem
    chosen : tuple of int
        The best partition.
    rows : ndarray of int64
        Its candidates by their index in the problem that was asked, of which it may hold only some.
    floor : int or None
        Partitions that need one of the others score less; None where there are no others.
    wider : callable, optional
        Gives the same with more candidates: all that partitions need which score no less than some
        nano-points, or several times as many.
    lacking : int, optional
        Where scores were only bounded before: who lacks more than this to the bound matters to no partition
        that scores `floor`.
    """

    priced: PricedProblem
    chosen: tuple[int, ...]
    rows: IntArray
    floor: int | None = None
    wider: Callable[[int | None, Deadline], Proved] | None = None
    lacking: int | None = None

    @property
    def score(self) -> int:
        """Score of the best partition."""
        return int(self.priced.problem.scores[list(self.chosen)].sum())

    def nearest(self, most: int) -> Proved:
        """Keep the candidates of least reduced cost: a partition that needs another one costs more."""
        costs = self.priced.reduced_costs
        if len(costs) <= most:
            return self
        least = int(np.partition(costs, most)[most])  # of those that may be left out
        needed = int(costs[list(self.chosen)].max(initial=0))
        return self._within(max(least - 1, needed))

    def _within(self, allowed: int) -> Proved:
        """Keep the candidates with no higher reduced cost than allowed; more of them as a question needs."""
        some = np.flatnonzero(self.priced.reduced_costs <= allowed)
        if len(some) == len(self.priced):
            return self
        bound = self.priced.bound
        floor = bound - allowed if self.floor is None else max(bound - allowed, self.floor)

        def wider(score: int | None, _: Deadline) -> Proved:
            if score is None:
                return self._within(PartitionParams.widening * allowed + 1)
            # a plan that scores no less than one that is known needs no candidate beyond this
            enough = bound - score > allowed and (self.floor is None or self.floor <= score)
            return self._within(bound - score) if enough else self

        chosen = tuple(np.searchsorted(some, self.chosen).tolist())
        return Proved(self.priced.restrict(some), chosen, self.rows[some], floor, wider, self.lacking)


@dataclass
class PartitionAnswer:
    """What is known of the partitions of a component.

    Attributes
    ----------
    chosen : tuple of int
        Candidates of the best partition known, by index; empty without one.
    score, bound : int or None
        In nano-points.
    kept : int
        Candidates that could still be in an optimum when the proof was closed.
    proof : str
        What closed the proof: 'relaxation', 'search' or 'cpsat'.
    stages : dict of str to float
        Seconds by stage.
    infeasible : bool
        Whether it is proved that there is no partition.
    proved : Proved or None
        What the proof left, where there is one.
    """

    chosen: tuple[int, ...] = ()
    score: int | None = None
    bound: int | None = None
    kept: int = 0
    proof: str = ""
    stages: dict[str, float] = field(default_factory=dict)
    infeasible: bool = False
    proved: Proved | None = field(default=None, compare=False, repr=False)

    @property
    def status(self) -> Status:
        """What follows from score and bound, and from the proof that there is no partition."""
        return status_of(self.score, self.bound, infeasible=self.infeasible)


@doing("proving the optimum")
def solve_partition(
    problem: PartitionProblem,
    by: Engine,
    *,
    seed: int = 0,
    deadline: Deadline = Deadline(),
    params: PartitionParams = PartitionParams(),
) -> PartitionAnswer:
    """Find the partition with the highest score and prove that none scores more.

    With the whole-number duals y of the relaxation, a partition scores ``sum(y)`` less the reduced costs of
    its mergers (side constraints add what they bind; see `Relaxation`). So a plan of score s proves that no
    candidate with a reduced cost above ``sum(y) - s`` is in a better one (reduced-cost fixing; Dantzig,
    Fulkerson and Johnson 1954). The integer programme is given only candidates of low reduced cost, more of
    them until its answer proves that those left out do not matter. A search in whole numbers over the
    candidates that then remain closes the proof, whatever the tolerance of the engine, and chooses among
    equal plans by rule.

    Parameters
    ----------
    problem : PartitionProblem
    by : Engine
        Solves the integer programmes.
    seed : int
    deadline : Deadline
    params : PartitionParams

    Returns
    -------
    PartitionAnswer
        The plan is the lexicographically smallest among those of the highest score: the merger of the first
        municipality comes first, as a sorted tuple, then that of the next one not in it.

    Raises
    ------
    EngineError
        The engine broke down.
    """
    at_sight = solve_at_sight(problem)
    if at_sight is not None:
        return at_sight
    begun = time.perf_counter()
    try:
        relaxed = relax(problem, deadline, params.sifting)
    except TimeUpError:
        return PartitionAnswer(stages={"relaxation": time.perf_counter() - begun})
    stages = {"relaxation": time.perf_counter() - begun}
    if not relaxed.feasible:
        return PartitionAnswer(infeasible=True, proof="relaxation", stages=stages)
    answer = prove(relaxed.price(problem), by, seed=seed, deadline=deadline, params=params)
    return timed(answer, begun, stages)


def solve_at_sight(problem: PartitionProblem) -> PartitionAnswer | None:
    """Give the answer where nothing is to be searched; None where something is."""
    if problem.infeasible_at_sight:
        return PartitionAnswer(infeasible=True, proof="relaxation", stages={"relaxation": 0.0})
    if problem.is_solved_at_sight:
        score = int(problem.scores[0])
        only = replace(PricedProblem.without_costs(problem), bound=score)
        proved = Proved(only, (0,), np.zeros(1, dtype=np.int64))
        return PartitionAnswer((0,), score, score, kept=1, proved=proved)
    return None


def prove(
    priced: PricedProblem, by: Engine, *, seed: int, deadline: Deadline, params: PartitionParams
) -> PartitionAnswer:
    """Do what `solve_partition` does once the relaxation is solved."""
    answer = Fixing(priced, by, seed, deadline, params).run()
    if answer.status == "optimal":
        answer.proved = Proved(priced, answer.chosen, np.arange(len(priced), dtype=np.int64))
    return answer


def timed(answer: PartitionAnswer, begun: float, stages: Mapping[str, float]) -> PartitionAnswer:
    """Note the seconds of the relaxation, and that the rest went into whole numbers."""
    spent = time.perf_counter() - begun - sum(stages.values())
    return replace(answer, stages={**stages, "integer": spent})


@dataclass
class Fixing:
    """Integer programmes over growing sets of candidates of low reduced cost."""

    priced: PricedProblem
    engine: Engine
    seed: int
    deadline: Deadline
    params: PartitionParams
    incumbent: tuple[int, ...] = ()
    strengthened: bool = False
    in_order: bool = True

    def search(self, incumbent: tuple[int, ...] = ()) -> PartitionAnswer:
        """Search in whole numbers first, within budgets that grow: often no integer programme is needed.

        Of equal plans any may come out.

        Parameters
        ----------
        incumbent : tuple of int
            A plan that is known, if one is.
        """
        self.incumbent, self.in_order = incumbent, False
        costs = self.reduced_costs
        first = min(self.params.looked_at_first, len(costs) - 1)
        budget = int(np.partition(costs, first)[first])
        try:
            while True:
                budget = min(budget, self._gap()) if incumbent else budget
                kept = self._within(budget)
                if len(kept) > self.params.searched_first:
                    break
                some, is_all = self.priced.restrict(kept), not incumbent and budget >= self._widest
                within = max(budget, some.most_cost) if is_all else budget
                best = ExactCover(some, self.params.nodes_first, self.deadline).best(within)
                if best is not None:
                    return self._proved(kept[list(best[1])], len(kept), "search")
                if is_all:
                    return PartitionAnswer(infeasible=True, kept=len(kept), proof="search")
                budget = self.params.widening * budget + 1
        except SearchLimitError:
            pass
        return self.run()

    def run(self) -> PartitionAnswer:
        """Widen until the best plan found needs no candidate that was left out; then close the proof."""
        costs = self.reduced_costs
        first = min(self.params.first, len(costs) - 1)
        allowed = int(np.partition(costs, first)[first])
        while not self.deadline.passed:
            kept = self._within(allowed)
            answer = self._solve(kept)
            if answer.x is not None:
                self._offer(kept[answer.x > 0.5])
            if answer.status not in ("optimal", "infeasible"):
                break
            if self.incumbent and self._gap() <= allowed:
                return self._close()
            if self.incumbent and not self.strengthened and self._open() > self.params.cuts_above:
                return self._strengthened()
            if allowed >= self._widest and not self.incumbent:
                return self._nothing(kept)
            allowed = self._gap() if self.incumbent else self.params.widening * allowed + 1
        return self._unfinished()

    @property
    def reduced_costs(self) -> IntArray:
        """What the duals of a candidate leave over its score."""
        return self.priced.reduced_costs

    @property
    def scores(self) -> IntArray:
        """Scores of the candidates in nano-points."""
        return self.priced.problem.scores

    @cached_property
    def _widest(self) -> int:
        """Reduced cost beyond which nothing is left to find."""
        return int(self.reduced_costs.max(initial=0))

    def _within(self, allowed: int) -> IntArray:
        """Candidates with no higher reduced cost than allowed."""
        return np.flatnonzero(self.reduced_costs <= allowed)

    def _solve(self, kept: IntArray) -> Answer:
        return self.engine.solve(self._programme(kept), seconds=self.deadline.remaining, seed=self.seed)

    def _programme(self, kept: IntArray) -> Programme:
        constraints = [one.take(kept) for one in self.priced.problem.constraints]
        cost = self._cost[kept].astype(np.float64)
        return partition_programme(self.priced.candidates.dense(kept), cost, constraints)

    @property
    def _cost(self) -> IntArray:
        """What choosing a candidate adds to what a plan lacks to the bound, up to a constant."""
        cost = self.reduced_costs.copy()
        for one, price in self.priced.constraint_prices:
            cost -= price * one.coefficients.astype(np.int64)
        return cost

    def _offer(self, chosen: IntArray) -> None:
        """Take a partition as the incumbent if it is better."""
        if not self.incumbent or self._lacks(chosen) < self._gap():
            self.incumbent = tuple(chosen.tolist())

    def _gap(self) -> int:
        """What the score of the incumbent lacks to the bound; no merger of it has a higher reduced cost."""
        return self._lacks(np.array(self.incumbent, dtype=np.int64))

    def _lacks(self, chosen: IntArray) -> int:
        return self.priced.bound - int(self.scores[chosen].sum())

    def _open(self) -> int:
        """Number of candidates that could be in a better plan, as far as is known."""
        return int((self.reduced_costs <= self._gap()).sum())

    def _strengthened(self) -> PartitionAnswer:
        """Go on with the candidates that could be in a better plan, and with cuts in their relaxation."""
        kept = self._within(self._gap())
        some = self.priced.problem.restrict(kept)
        priced = strengthen(some, self.priced.bound - self._gap(), self.deadline, self.params)
        rest = Fixing(priced, self.engine, self.seed, self.deadline, self.params)
        rest.strengthened, rest.in_order = True, self.in_order
        rest.incumbent = tuple(np.searchsorted(kept, self.incumbent).tolist())
        answer = rest.run()
        return replace(answer, chosen=tuple(kept[list(answer.chosen)].tolist()))

    def _close(self) -> PartitionAnswer:
        """Prove the incumbent or better it, and choose among equals, in whole numbers."""
        kept = self._within(self._gap())
        try:
            return self._proved(self._search(kept), len(kept), "search")
        except SearchLimitError:
            best = self._by_cpsat(kept)
        except TimeUpError:
            best = None
        return self._unfinished() if best is None else self._proved(best, len(kept), "cpsat")

    def _search(self, kept: IntArray) -> IntArray:
        if len(kept) > self.params.searchable:
            raise SearchLimitError
        cover = ExactCover(self.priced.restrict(kept), self.params.nodes, self.deadline)
        best = cover.best(self._gap())
        assert best is not None, "the incumbent itself is within its gap"
        return kept[list(best[1])]

    def _by_cpsat(self, kept: IntArray) -> IntArray | None:
        """Do the same with CP-SAT: the least cost, then the first in order, merger by merger."""
        proof = CpSatProof(self.priced, kept, self._gap(), self.deadline)
        best = proof.cheapest(self.seed)
        if best is None or not self.in_order:
            return best
        self._offer(best)
        return replace(proof, budget=self._gap()).first_in_order()

    def _proved(self, chosen: IntArray, kept: int, proof: str) -> PartitionAnswer:
        """Give a plan that is proved to be the best."""
        score = int(self.scores[chosen].sum())
        return PartitionAnswer(tuple(chosen.tolist()), score, score, kept, proof)

    def _nothing(self, kept: IntArray) -> PartitionAnswer:
        """Prove by CP-SAT that there is no partition, where the engine says so."""
        programme = replace(self._programme(kept), cost=np.zeros(len(kept)))
        answer = engine("cpsat").solve(programme, seconds=self.deadline.remaining, seed=self.seed)
        if answer.status == "infeasible":
            return PartitionAnswer(infeasible=True, kept=len(kept), proof="cpsat")
        if answer.x is not None:
            self._offer(kept[answer.x > 0.5])
            return self._close()
        return self._unfinished()

    def _unfinished(self) -> PartitionAnswer:
        size = len(self.priced)
        if not self.incumbent:
            return PartitionAnswer(bound=self.priced.bound, kept=size)
        score = int(self.scores[list(self.incumbent)].sum())
        return PartitionAnswer(self.incumbent, score, self.priced.bound, size)
