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
from .problem import PartitionProblem, PricedProblem
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

    def solve(self, nano: IntArray, seed: int = 0, deadline: Deadline = Deadline()) -> PartitionAnswer:
        """Find and prove the best partition; see `solve_partition`.

        Parameters
        ----------
        nano : ndarray of int64, shape (k,)
            Score of each candidate.
        seed : int
        deadline : Deadline
        """
        if self._infeasible:  # under any scores
            return PartitionAnswer(infeasible=True, proof="relaxation")
        answer = self._answered(self.problem.rescore(nano), seed, deadline)
        self._infeasible = answer.infeasible
        if answer.chosen:
            self._note(answer.chosen)
        return answer

    def _answered(self, problem: PartitionProblem, seed: int, deadline: Deadline) -> PartitionAnswer:
        at_sight = solve_at_sight(problem)
        if at_sight is not None:
            return at_sight
        begun = time.perf_counter()
        priced = self._relaxation.price(problem.scores, deadline)
        stages = {"relaxation": time.perf_counter() - begun}
        if not priced.feasible:
            return PartitionAnswer(infeasible=True, proof="relaxation", stages=stages)
        self._note_whole_solution()
        answer = self._from_known(priced, deadline)
        if answer is None:
            answer = prove(priced, self.engine, seed=seed, deadline=deadline, params=self.params.partition)
            if self._plans and answer.status in ("feasible", "no plan within limit"):
                answer = self._at_least_known(priced, answer)
        return timed(answer, begun, stages)

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

    def _best_known(self, nano: IntArray) -> tuple[int, IntArray]:
        """Score of the best known plan, and the plan."""
        scores = [int(nano[rows].sum()) for rows in self._plans.values()]
        best = max(range(len(scores)), key=scores.__getitem__)
        return scores[best], list(self._plans.values())[best]

    def _from_known(self, priced: PricedProblem, deadline: Deadline) -> PartitionAnswer | None:
        """Prove an optimum from the best known plan; None without one, or where too much is open."""
        if not self._plans:
            return None
        nano = priced.problem.scores
        budget = priced.bound - self._best_known(nano)[0]
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

    def _at_least_known(self, priced: PricedProblem, answer: PartitionAnswer) -> PartitionAnswer:
        """Out of time: the best plan known, with the lowest bound known."""
        score, rows = self._best_known(priced.problem.scores)
        bound = min(priced.bound, answer.bound) if answer.bound is not None else priced.bound
        if answer.score is None or score > answer.score:
            return replace(answer, chosen=tuple(rows.tolist()), score=score, bound=bound)
        return replace(answer, bound=bound)
