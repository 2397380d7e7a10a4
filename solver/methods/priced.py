"""Budgets replaced by a price: a relaxation that methods without side constraints can answer.

Lagrangian relaxation (Geoffrion 1974): under a price of at least 0 on what a budget bounds from above, a plan
that keeps it scores at most what the best plan scores at that price, and the price of the whole budget.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...models.scoring.model import Model
from ...models.scoring.scorer import NANO, Scorer
from ..candidates.scoring import score_all
from ..candidates.sets import Candidates, Part, bit_sets
from ..partition.answer import ComponentAnswer
from .contract import Method, Task


@dataclass(frozen=True)
class Relaxed:
    """A task whose budgets have prices instead.

    Attributes
    ----------
    task : Task
        Without budgets.
    allowance : int
        What the budgets are worth at their prices, in nano-points, rounding of scores included.
    """

    task: Task
    allowance: int = 0

    def starting(self, best: ComponentAnswer) -> Task:
        """Give the task with what is known already: a plan, and sets with their scores at these prices."""
        if not self.allowance or not best.pool:
            return replace(self.task, start=best)
        parts, where = list(best.pool), self.task.free.municipalities
        place = {i: k for k, i in enumerate(where.tolist())}
        words = bit_sets([[place[i] for i in part] for part in parts], len(place))
        scores = score_all(self.task.scorer, Candidates(where, words)).tolist()
        pool: dict[Part, int] = dict(zip(parts, scores, strict=True))
        return replace(self.task, start=replace(best, pool=pool))

    def of(self, task: Task, answer: ComponentAnswer) -> ComponentAnswer:
        """Say what an answer to the relaxation means for the task: its plan counts if it keeps budgets."""
        bound = None if answer.bound is None else answer.bound + self.allowance
        if answer.score is None or not task.keeps_budgets(answer.mergers):
            return replace(answer, mergers=(), score=None, bound=bound)
        return replace(answer, score=task.score_of(answer.mergers), bound=bound)


def relaxed_for(method: Method, task: Task, prices: Mapping[str, float]) -> Relaxed:
    """Replace the budgets of a task by prices, in points a unit, where a method knows their indicators."""
    free, allowance = task.without_budgets, 0.0
    weights = dict(task.scorer.scenario.weights)
    for budget in task.question.budgets:
        price, most = prices.get(budget.name, 0.0), budget.limits[1]
        if price > 0 and most is not None:
            name = f"effect({budget.name})"
            weights[name] = weights.get(name, 0.0) + price
            allowance += price * most
    if not allowance:
        return Relaxed(free)
    scorer = Scorer(task.scorer.instance, task.scorer.scenario.model_copy(update={"weights": weights}))
    priced = replace(free, levels=(Model(free.question, scorer),))
    if method.accepts(priced) is not None:
        return Relaxed(free)
    # every part is rounded to a nano-point twice
    rounding = 1 + len(task.component.municipalities)
    return Relaxed(priced, math.ceil(allowance * NANO * (1 + 1e-12)) + rounding)
