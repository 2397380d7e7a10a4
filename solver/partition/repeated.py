"""A problem under one scoring after the other: what is known about good partitions stays."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

import numpy as np

from ...instances.common.arrays import IntArray
from ..deadline import Deadline, TimeUpError
from ..engines import Engine
from .exact_cover import ExactCover, SearchLimitError
from .fixing import PartitionAnswer, Proved, prove, solve_at_sight, timed
from .params import RepeatParams
from .problem import IMPOSSIBLE, PartitionProblem, PricedProblem
from .relaxation import WarmRelaxation

_WHOLE = 1e-6  # by which a value of the relaxation may differ from a whole number


@dataclass
class RepeatedComponent:
    """A component that is solved again and again under other scores.

    The relaxation keeps its columns and its basis. A plan that was best under other scores is still a plan:
    its score under the new ones bounds the reduced cost that a candidate of an optimum may have (reduced-cost
    fixing), and the exact search over what is left proves the optimum and breaks ties by rule, as
    `solve_partition` does. So what was solved before makes an answer faster, never another one. Where no
    known plan is near enough, integer programmes answer as they do there.
    """

    problem: PartitionProblem
    engine: Engine
    params: RepeatParams = field(default_factory=RepeatParams)
    _plans: dict[tuple[int, ...], IntArray] = field(default_factory=dict)
    _infeasible: bool = False

    def __post_init__(self) -> None:
        self._relaxation = WarmRelaxation(self.problem, self.params.most_columns)

    def solve(
        self,
        nano: IntArray,
        seed: int = 0,
        deadline: Deadline = Deadline(),
        rows: IntArray | None = None,
    ) -> PartitionAnswer:
        """Find and prove the best partition; see `solve_partition`.

        Parameters
        ----------
        nano : ndarray of int64, shape (k,)
            Score of each candidate.
        seed : int
        deadline : Deadline
        rows : ndarray of int64, shape (k,), optional
            The candidates that may be chosen, ascending; by default all. The answer is in places of `rows`.
        """
        if self._infeasible:  # under any scores
            return PartitionAnswer(infeasible=True, proof="relaxation")
        if rows is None:
            rows = np.arange(len(self.problem), dtype=np.int64)
        answer = self._answered(nano, rows, seed, deadline)
        self._infeasible = answer.infeasible and len(rows) == len(self.problem)
        if answer.chosen:
            self._note(tuple(rows[list(answer.chosen)].tolist()))
        return answer

    def _answered(self, nano: IntArray, rows: IntArray, seed: int, deadline: Deadline) -> PartitionAnswer:
        at_sight = solve_at_sight(self._some(rows).rescore(nano))
        if at_sight is not None:
            return at_sight
        begun = time.perf_counter()
        priced = self._priced(nano, rows, deadline)
        stages = {"relaxation": time.perf_counter() - begun}
        if not priced.feasible:
            return PartitionAnswer(infeasible=True, proof="relaxation", stages=stages)
        self._note_whole_solution()
        known = self._best_known(nano, rows)
        answer = None if known is None else self._from_known(priced, known, deadline)
        if answer is None:
            answer = prove(priced, self.engine, seed=seed, deadline=deadline, params=self.params.partition)
            if known is not None and answer.status in ("feasible", "no plan within limit"):
                answer = self._at_least_known(priced, known, answer)
        return timed(answer, begun, stages)

    def _some(self, rows: IntArray) -> PartitionProblem:
        """Keep some candidates."""
        return self.problem if len(rows) == len(self.problem) else self.problem.restrict(rows)

    def _priced(self, nano: IntArray, rows: IntArray, deadline: Deadline) -> PricedProblem:
        """Price some candidates; the others may not be chosen."""
        if len(rows) == len(self.problem):
            return self._relaxation.price(nano, deadline)
        scores = np.full(len(self.problem), IMPOSSIBLE, dtype=np.int64)
        scores[rows] = nano
        return self._relaxation.price(scores, deadline).restrict(rows)

    def _note(self, chosen: tuple[int, ...]) -> None:
        """Remember a plan as the latest; of too many the oldest is forgotten."""
        key = tuple(sorted(chosen))
        self._plans.pop(key, None)
        self._plans[key] = np.array(key, dtype=np.int64)
        if len(self._plans) > self.params.most_plans:
            del self._plans[next(iter(self._plans))]

    def _note_whole_solution(self) -> None:
        """Take the solution of the relaxation as a plan, where it is one."""
        chosen, values = self._relaxation.solution()
        if not len(chosen) or (values < 1 - _WHOLE).any():
            return
        covered = self.problem.candidates.dense(chosen).sum(axis=0)
        if (covered == 1).all() and self.problem.keeps_constraints(chosen):
            self._note(tuple(chosen.tolist()))

    def _best_known(self, nano: IntArray, rows: IntArray) -> IntArray | None:
        """Find the best of the plans that are known, in places of `rows`; None where none may be chosen."""
        place = np.full(len(self.problem), -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        plans = [place[plan] for plan in self._plans.values()]
        possible = [plan for plan in plans if (plan >= 0).all()]
        return max(possible, key=lambda plan: int(nano[plan].sum()), default=None)

    def _from_known(
        self, priced: PricedProblem, known: IntArray, deadline: Deadline
    ) -> PartitionAnswer | None:
        """Prove an optimum from the best known plan; None where too much is open for that."""
        nano = priced.problem.scores
        budget = priced.bound - int(nano[known].sum())
        kept = np.flatnonzero(priced.reduced_costs <= budget)
        if len(kept) > self.params.most_searched:
            return None
        cover = ExactCover(priced.restrict(kept), node_limit=self.params.search_nodes, deadline=deadline)
        try:
            best = cover.best(budget)
        except (SearchLimitError, TimeUpError):
            return None
        assert best is not None, "the known plan itself is within its gap"
        chosen = kept[list(best[1])]
        score = int(nano[chosen].sum())
        proved = Proved(priced, tuple(chosen.tolist()), np.arange(len(priced), dtype=np.int64))
        return PartitionAnswer(proved.chosen, score, score, len(kept), "search", proved=proved)

    def _at_least_known(
        self, priced: PricedProblem, known: IntArray, answer: PartitionAnswer
    ) -> PartitionAnswer:
        """Out of time: the best plan known, with the lowest bound known."""
        score = int(priced.problem.scores[known].sum())
        bound = min(priced.bound, answer.bound) if answer.bound is not None else priced.bound
        if answer.score is None or score > answer.score:
            return replace(answer, chosen=tuple(known.tolist()), score=score, bound=bound)
        return replace(answer, bound=bound)
