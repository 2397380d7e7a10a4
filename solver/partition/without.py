"""How good is the best partition when a part of the best one may not be chosen, or is worth less?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from ...instances.common.arrays import IntArray
from ..deadline import Deadline
from ..engines import Engine
from .fixing import Fixing, PartitionAnswer, Proved
from .params import PartitionParams
from .problem import IMPOSSIBLE
from .relaxation import Relaxer

_WHOLE = 1e-6  # by which a value of the relaxation may differ from a whole number

Change = Callable[[Proved], IntArray]
"""Gives the scores of the candidates of a problem after a change: none is more than before, and those that
may not be chosen any more are `IMPOSSIBLE`."""


@dataclass(eq=False)
class _Stage:
    """Some candidates, and the relaxation over them, which stays from one question to the next."""

    proved: Proved
    engine: Engine
    seed: int
    params: PartitionParams
    _plans: list[IntArray] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._note(np.array(self.proved.chosen, dtype=np.int64))

    @cached_property
    def _relaxer(self) -> Relaxer:
        return Relaxer(self.proved.priced.problem, self.params.sifting)

    def best(self, scores: IntArray, deadline: Deadline) -> PartitionAnswer:
        """Find the best partition of these candidates under other scores, and prove that it is."""
        may = np.flatnonzero(scores > IMPOSSIBLE)
        if self.proved.priced.problem.restrict(may).infeasible_at_sight:
            return PartitionAnswer(infeasible=True)
        self._relaxer.rescore(scores)
        relaxed = self._relaxer.run(deadline)
        if not relaxed.feasible:
            return PartitionAnswer(infeasible=True)
        self._note_whole_solution()
        priced = relaxed.price(self.proved.priced.problem.rescore(scores)).restrict(may)
        known = self._best_known(scores)
        fixing = Fixing(priced, self.engine, self.seed, deadline, self.params)
        answer = fixing.search(() if known is None else tuple(np.searchsorted(may, known).tolist()))
        chosen = may[list(answer.chosen)]
        if len(chosen):
            self._note(chosen)
        return replace(answer, chosen=tuple(self.proved.rows[chosen].tolist()), proved=None)

    def _best_known(self, scores: IntArray) -> IntArray | None:
        """Find the best of the plans that are known; None where none of them may be chosen."""
        possible = [plan for plan in self._plans if (scores[plan] > IMPOSSIBLE).all()]
        return max(possible, key=lambda plan: int(scores[plan].sum()), default=None)

    def _note(self, plan: IntArray) -> None:
        plan = np.sort(plan)
        if not any(np.array_equal(plan, known) for known in self._plans):
            self._plans.append(plan)

    def _note_whole_solution(self) -> None:
        """Take the solution of the relaxation as a plan, where it is one."""
        problem = self.proved.priced.problem
        chosen, values = self._relaxer.solution()
        if not len(chosen) or (values < 1 - _WHOLE).any():
            return
        covered = problem.candidates.dense(chosen).sum(axis=0)
        if (covered == 1).all() and problem.keeps_constraints(chosen):
            self._note(chosen)


@dataclass(eq=False)
class Without:
    """Answers a problem again, each time after a change of a few candidates.

    A plan whose reduced costs sum to d needs none of a higher reduced cost, before a change as after it; so a
    few thousand candidates of low reduced cost are enough for nearly all questions, and more are taken for
    the others. Columns and basis of the relaxation stay, so that a question takes a few pivots, and each plan
    that is found bounds the answers of the questions that follow.

    Attributes
    ----------
    proved : Proved
    engine : Engine
    seed : int
    params : PartitionParams
    """

    proved: Proved
    engine: Engine
    seed: int = 0
    params: PartitionParams = field(default_factory=PartitionParams)
    _stages: list[_Stage] = field(default_factory=list)

    def best(self, change: Change, deadline: Deadline = Deadline()) -> PartitionAnswer:
        """Find the best partition after a change, and prove that it is.

        Returns
        -------
        PartitionAnswer
            Its score, or that there is none; of equal partitions any.

        Raises
        ------
        EngineError, TimeUpError, TooManyCandidatesError
        """
        deadline.check()
        if not self._stages:
            self._add(self.proved.nearest(self.params.nearest))
        place = 0
        while True:
            stage = self._stages[place]
            answer = stage.best(change(stage.proved), deadline)
            floor, wider = stage.proved.floor, stage.proved.wider
            is_proved = answer.status == "optimal" and answer.score is not None
            if floor is None or wider is None or (is_proved and (answer.score or 0) >= floor):
                return answer
            deadline.check()
            place += 1
            if place == len(self._stages):
                self._add(wider(answer.score, deadline))

    def _add(self, proved: Proved) -> None:
        self._stages.append(_Stage(proved, self.engine, self.seed, self.params))
