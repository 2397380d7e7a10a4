"""The search as a method: a plan, and a bound on all plans."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...deadline import Deadline
from ...incumbents import bound_found
from ...partition.answer import ComponentAnswer
from ..contract import Method, Task
from .bound import upper_bound
from .params import HeuristicParams
from .search import search
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
        free = task.free
        where = (task.model, free.region, free.municipalities)
        space = SearchSpace(*where, task.engine, task.seed, self.params)
        outcome = search(space, deadline.part(self.params.searching))
        reached = None if outcome.parts is None else outcome.score
        answer = ComponentAnswer(
            bound=upper_bound(space, reached, deadline), pool=outcome.pool.nano, prices=outcome.prices
        )
        bound_found(answer.bound)
        if outcome.parts is not None:
            answer.mergers, answer.score = outcome.parts, outcome.score
        return task.with_fixed(answer)
