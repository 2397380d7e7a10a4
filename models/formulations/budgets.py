"""Budgets as rows of compact formulations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...instances.common.arrays import IntArray
from ..question.budgets import PlanBudget
from ..question.question import Question
from ..scoring.model import Model
from .assignment import Assignment, assign


def put_budgets(parts: Assignment) -> None:
    """Bound the sum of each indicator that has a budget, by its linear expression.

    What the municipalities have that are no part of the component, because their place in every plan is
    given, is taken from the bounds.

    Raises
    ------
    InputError
        An indicator has no linear expression.
    """
    for budget in parts.question.budgets:
        found = budget.indicator.linear(parts)
        least, most = budget.limits
        fixed = amount_of_fixed(budget, parts.question)
        upper = np.inf if most is None else float(most - fixed)
        row = parts.builder.rows(1, lower=float(least - fixed), upper=upper)
        parts.builder.put(row, found.columns, found.amounts)


def are_whole(model: Model, municipalities: IntArray) -> bool:
    """Whether a programme in whole numbers can add up the budgets of a component.

    An amount an inhabitant may be broken, though that of a merger never is.
    """
    if not model.question.budgets:
        return True
    parts = assign(model, municipalities)
    return not any((one.indicator.linear(parts).amounts % 1).any() for one in model.question.budgets)


def all_kept(parts: Assignment, plan: Sequence[Sequence[int]]) -> bool:
    """Whether a plan of a component, by places in it, keeps all budgets, in whole numbers."""
    question, of = parts.question, parts.municipalities
    made = [tuple(of[list(part)].tolist()) for part in plan]
    return all(
        budget.is_kept(amount_of_fixed(budget, question) + sum(amount_of(budget, part) for part in made))
        for budget in question.budgets
    )


def amount_of_fixed(budget: PlanBudget, question: Question) -> int:
    """Add up what the parts have that are in every plan."""
    alone = [(i,) for i in question.standalone if i in budget.municipalities]
    kept = [group for group in question.kept if budget.municipalities.issuperset(group)]
    return sum(amount_of(budget, part) for part in (*alone, *kept))


def amount_of(budget: PlanBudget, part: tuple[int, ...]) -> int:
    """Give what one part adds to the sum."""
    members = np.ones((1, len(part)))
    return int(budget.amounts(members, np.array(part, dtype=np.int64))[0])
