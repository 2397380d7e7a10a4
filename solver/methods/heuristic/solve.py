"""The search as a method: a plan, and a bound on all plans."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace

from ...deadline import Deadline
from ...incumbents import bound_found
from ...partition.answer import ComponentAnswer
from ..contract import Method, Task
from .bound import UpperBound, seconds_for_prices
from .boundary_kernel import fast_walk
from .params import HeuristicParams
from .search import SearchOutcome, search
from .space import SearchSpace


@dataclass(frozen=True)
class Heuristic(Method):
    """Local search by exact windows, with a bound by Lagrangian relaxation; see `search`, `upper_bound`."""

    params: HeuristicParams = field(default_factory=HeuristicParams)
    name = "heuristic"
    doing = "searching for a plan"

    def accepts(self, task: Task) -> str | None:
        """See `Method.accepts`."""
        return self.refusal(task, sums=True)

    def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
        """See `Method.solve`. The pool holds promising sets that the search came upon."""
        space = self._space(task)
        known = None if task.start is None else task.start.bound
        bound = UpperBound(space, deadline)
        if known is None and task.started is not None and self._is_soon(space, deadline):
            bound_found(bound.apart())
        outcome = search(space, self._searching(space, deadline), start=task.started)
        answer = _found(outcome)
        if known is None or not deadline.passed:
            answer.bound = bound.together(answer.score)
        bound_found(answer.bound)
        return task.with_fixed(answer)

    def begin(self, task: Task, deadline: Deadline) -> ComponentAnswer:
        """See `Method.begin`."""
        within = self.params.beginning(deadline, len(task.free.municipalities))
        return task.with_fixed(_found(search(self._space(task), within, reach="plan")))

    def works_beside(self, task: Task) -> bool:
        """See `Method.works_beside`. Walks of large parts are compiled, and take nearly all of its time."""
        most = None if task.count is None else task.count[1]
        many = len(task.free.municipalities) >= self.params.boundary.large * (
            most or len(task.free.municipalities)
        )
        return many and fast_walk() is not None and (os.cpu_count() or 1) > 1

    def improve(self, task: Task, deadline: Deadline) -> ComponentAnswer:
        """See `Method.improve`."""
        outcome = search(self._space(task), deadline, start=task.started, reach="limit")
        return task.with_fixed(_found(outcome))

    def _is_soon(self, space: SearchSpace, deadline: Deadline) -> bool:
        """Whether a first bound leaves time for the search; the bound after it takes up what it found."""
        needed = seconds_for_prices(self.params.lagrangian, len(space.municipalities))
        return deadline.remaining is None or needed <= self.params.bounding * deadline.remaining

    def _searching(self, space: SearchSpace, deadline: Deadline) -> Deadline:
        """Leave time for the bound."""
        usual = deadline.part(self.params.searching)
        if usual.at is None or deadline.at is None:
            return usual
        needed = seconds_for_prices(self.params.lagrangian, len(space.municipalities))
        most = self.params.bounding * (deadline.remaining or 0.0)
        return replace(usual, at=min(usual.at, deadline.at - min(needed, most)))

    def _space(self, task: Task) -> SearchSpace:
        free = task.free
        where = (task.model, free.region, free.municipalities)
        return SearchSpace(*where, task.engine, task.seed, self.params)


@dataclass(frozen=True)
class First(Heuristic):
    """A first plan in little time, where a method that proves comes next: it is never without one."""

    name = "first"
    doing = "making a first plan"

    def accepts(self, task: Task) -> str | None:
        """See `Method.accepts`."""
        if task.count is None:
            return "the number of mergers is not limited"
        return super().accepts(task)

    def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
        """See `Method.solve`. No bound is worked out."""
        within = self.params.first(deadline, len(task.free.municipalities))
        space = self._space(task)
        if task.started is None:  # what `begin` tried already would come to nothing again
            space = replace(space, seed=space.seed + 1)
        return task.with_fixed(_found(search(space, within, start=task.started, reach="first")))

    def works_beside(self, task: Task) -> bool:
        """See `Method.works_beside`."""
        return False

    def improve(self, task: Task, deadline: Deadline) -> ComponentAnswer:
        """See `Method.improve`. That is left to the search."""
        return ComponentAnswer()


def _found(outcome: SearchOutcome) -> ComponentAnswer:
    answer = ComponentAnswer(pool=outcome.pool.nano, prices=outcome.prices)
    if outcome.parts is not None:
        answer.mergers, answer.score = outcome.parts, outcome.score
    return answer
