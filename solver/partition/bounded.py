"""The proof where scores are only bounded from above, and working one out is costly."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ...instances.common.arrays import IntArray
from ..deadline import Deadline, TimeUpError
from ..engines import Engine
from .fixing import PartitionAnswer, Proved, solve_partition
from .params import PartitionParams
from .problem import IMPOSSIBLE, PartitionProblem
from .relaxation import Relaxation, Relaxing, relax

WITHOUT_END = 1 << 58
"""More than any score lies below its bound."""

Worth = Callable[[IntArray, int], IntArray]
"""Gives the scores of candidates, by index, that lie no further below their bound than some nano-points.

The score of another one may be anything that lies further below; `IMPOSSIBLE` or less is always right there,
and says that a candidate may not be chosen.
"""


def solve_bounded(
    problem: PartitionProblem,
    worth: Worth,
    by: Engine,
    *,
    seed: int = 0,
    deadline: Deadline = Deadline(),
    params: PartitionParams = PartitionParams(),
    relaxing: Relaxing = relax,
) -> PartitionAnswer:
    """Find the partition with the highest score, and prove it, from upper bounds on the scores.

    The relaxation over the bounds gives duals y, and a partition scores ``sum(y)`` less its reduced costs and
    less what its scores lack to their bounds. So a plan of score s proves that both together come to at most
    ``sum(y) - s`` in a better one: reduced-cost fixing (Dantzig, Fulkerson and Johnson 1954) by two kinds of
    costs. Only candidates of low reduced cost are worked out, and only as far as these costs allow; the best
    plan of those says how many more matter, and a second round closes the proof.

    Parameters
    ----------
    problem : PartitionProblem
        Without side constraints. Its scores are bounds.
    worth : callable
    by : Engine
        Solves the integer programmes.
    seed : int
    deadline : Deadline
    params : PartitionParams
    relaxing : callable
        Relaxes the problem over the bounds.

    Returns
    -------
    PartitionAnswer
        As `solve_partition` gives it: among equals the first in lexicographic order.

    Raises
    ------
    EngineError
        The engine broke down.
    """
    begun = time.perf_counter()
    if problem.infeasible_at_sight:
        return PartitionAnswer(infeasible=True, proof="relaxation", stages={"relaxation": 0.0})
    try:
        relaxed = relaxing(problem, deadline, params.sifting)
    except TimeUpError:
        return PartitionAnswer(stages={"relaxation": time.perf_counter() - begun})
    stages = {"relaxation": time.perf_counter() - begun}
    if not relaxed.feasible:
        return PartitionAnswer(infeasible=True, proof="relaxation", stages=stages)
    search = _BoundedSearch(problem, relaxed, worth, by, seed, deadline, params)
    answer = search.run()
    return replace(answer, stages=_added(stages, answer.stages))


@dataclass
class _BoundedSearch:
    """Proofs over growing sets of candidates of low reduced cost, with their scores worked out."""

    problem: PartitionProblem
    relaxed: Relaxation
    worth: Worth
    engine: Engine
    seed: int
    deadline: Deadline
    params: PartitionParams

    def run(self) -> PartitionAnswer:
        """Widen until the best plan found needs nothing that was left out."""
        costs, bound = self.relaxed.reduced_costs, self.relaxed.bound
        first = min(self.params.first, len(costs) - 1)
        allowed = int(np.partition(costs, first)[first])
        best = PartitionAnswer(bound=bound, kept=len(costs))
        stages: dict[str, float] = {}
        while not self.deadline.passed:
            answer = self._among(allowed)
            stages = _added(stages, answer.stages)
            if answer.infeasible and allowed >= WITHOUT_END:
                best = answer
                break
            if answer.infeasible:
                allowed = self._widened(allowed)
                continue
            if answer.score is None or answer.bound is None:
                break
            # a plan with something that was left out lacks more than what was allowed
            best = replace(answer, bound=max(answer.bound, bound - allowed))
            if bound - answer.score <= allowed:
                break
            allowed = bound - answer.score
        return replace(best, stages=stages)

    def _widened(self, allowed: int) -> int:
        """Allow more where no plan lacks so little; everything once no candidate is left out."""
        left_out = allowed < int(self.relaxed.reduced_costs.max())
        return self.params.widening * allowed + 1 if left_out else WITHOUT_END

    def _among(self, allowed: int) -> PartitionAnswer:
        """Find the best partition that lacks no more than what is allowed to the bound."""
        try:
            rows, problem = self._worked_out(allowed)
        except TimeUpError:
            return PartitionAnswer()
        answer = solve_partition(
            problem, self.engine, seed=self.seed, deadline=self.deadline, params=self.params
        )
        chosen = tuple(rows[list(answer.chosen)].tolist())
        proved = None if answer.proved is None else self._proved(rows, answer.proved, allowed)
        return replace(answer, chosen=chosen, proved=proved)

    def _worked_out(self, allowed: int) -> tuple[IntArray, PartitionProblem]:
        """Give the candidates that lack no more than what is allowed, with their scores."""
        costs = self.relaxed.reduced_costs
        rows = np.flatnonzero(costs <= allowed)
        scores = self.worth(rows, allowed)
        lacking = costs[rows] + (self.problem.scores[rows] - scores)
        some = (lacking <= allowed) & (scores > IMPOSSIBLE)
        rows, scores = rows[some], scores[some]
        return rows, self.problem.restrict(rows).rescore(scores)

    def _proved(self, rows: IntArray, proved: Proved, allowed: int) -> Proved:
        """Say what the others that were left out cannot do, and how they are had."""
        bound = self.relaxed.bound

        def wider(score: int | None, deadline: Deadline) -> Proved:
            more = self._widened(allowed) if score is None else max(allowed, bound - score)
            some, problem = self._worked_out(more)
            deadline.check()
            priced = relax(problem, deadline, self.params.sifting).price(problem)
            chosen = np.searchsorted(some, rows[list(proved.chosen)])
            return self._proved(some, Proved(priced, tuple(chosen.tolist()), some), more)

        floor = None if allowed >= WITHOUT_END else bound - allowed
        return replace(proved, rows=rows, floor=floor, wider=wider, lacking=allowed)


def _added(some: Mapping[str, float], others: Mapping[str, float]) -> dict[str, float]:
    """Add up the seconds of stages."""
    return {stage: some.get(stage, 0.0) + others.get(stage, 0.0) for stage in {**some, **others}}
