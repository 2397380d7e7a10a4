"""What a plan takes of each budget, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ...models.question.budgets import PlanBudget, find_budgets
from ...models.scenario.scenario import Scenario
from .mergers import Merger
from .terms import Strict


class BudgetRecord(Strict):
    """A budget over the whole plan, and what the plan takes of it.

    Attributes
    ----------
    indicator : str
    level : str
        'mergers' or 'zones': the parts that are added up.
    least, most : int or None
        Bounds on the sum, changes counted from `before`; None where there is none.
    before, after : int
        What the municipalities of the plan have, each alone, and what its parts have.
    left : int or None
        Up to `most`; None where that is not bounded.
    """

    indicator: str
    level: str
    least: int | None
    most: int | None
    before: int
    after: int
    left: int | None


def budget_records(
    instance: Instance, scenario: Scenario, mergers: Sequence[Merger], zones: Sequence[Merger]
) -> list[BudgetRecord]:
    """Add every budget of a scenario up over the parts of a plan; none without parts.

    Raises
    ------
    InputError
        The instance lacks what an indicator needs.
    """
    problems, records = Problems(), list[BudgetRecord]()
    for asked, parts in zip(scenario.levels, (mergers, zones), strict=False):
        scope = {i for part in parts for i in part.members}
        budgets = find_budgets(instance, asked, scope, problems) if parts else ()
        records += [_record(budget, asked.level, parts) for budget in budgets]
    problems.raise_if_any()
    return records


def are_within(records: Sequence[BudgetRecord]) -> bool:
    """Whether a plan keeps all of its budgets."""
    return all((one.least or 0) <= one.after and (one.left is None or one.left >= 0) for one in records)


def _record(budget: PlanBudget, level: str, parts: Sequence[Merger]) -> BudgetRecord:
    least, most = budget.limits
    after = 0
    for part in parts:
        members = np.array(part.members, dtype=np.int64)
        after += int(budget.amounts(np.ones((1, len(members))), members)[0])
    return BudgetRecord(
        indicator=budget.name,
        level=level,
        least=least or None,
        most=most,
        before=budget.before,
        after=after,
        left=None if most is None else most - after,
    )


def budget_lines(records: Sequence[BudgetRecord]) -> Iterator[str]:
    """Say of each bound what the plan takes of it."""
    for one in records:
        name = f"{one.indicator} of the zones" if one.level == "zones" else one.indicator
        if one.most is not None:
            left = f"{one.most - one.after:,} left"
            yield f"budget of {name}: {one.after:,} of at most {one.most:,}, {left}; {one.before:,} before"
        if one.least is not None:
            above = f"{one.after - one.least:,} above"
            yield f"budget of {name}: {one.after:,} of at least {one.least:,}, {above}; {one.before:,} before"
