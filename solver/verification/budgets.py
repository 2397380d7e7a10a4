"""Budgets: whether the sum of each bounded indicator over the whole plan is within its bounds."""

from __future__ import annotations

from collections.abc import Iterator

from .indicator_readings import indicator_amount, lacks_indicator
from .level import Level
from .violation import Violation


def check_budgets(level: Level) -> Iterator[Violation]:
    """Add every indicator up that the scenario bounds, over all parts of the plan."""
    instance, scenario = level.instance, level.scenario
    for name, budget in scenario.budgets.items():
        lacking = list(lacks_indicator(instance, scenario, name))
        if lacking:
            yield from (Violation("budget", f"the budget of {name}: {text}") for text in lacking)
            continue
        after = sum(round(indicator_amount(instance, scenario, part, name)) for part in level.parts)
        before = sum(round(indicator_amount(instance, scenario, (i,), name)) for i in sorted(level.scope))
        has = f"the plan has {after:,} in {name}"
        if budget.min is not None and after < budget.min:
            yield Violation("budget", f"{has}, less than the {budget.min:,} that its budget asks for")
        if budget.max is not None and after > budget.max:
            yield Violation("budget", f"{has}, more than the {budget.max:,} of its budget")
        changes = f"{has}, {_change(after - before)} than its municipalities each alone"
        if budget.least_change is not None and after - before < budget.least_change:
            asked = _change(budget.least_change)
            yield Violation("budget", f"{changes}; its budget asks for {asked} at the least")
        if budget.most_change is not None and after - before > budget.most_change:
            asked = _change(budget.most_change)
            yield Violation("budget", f"{changes}; its budget asks for {asked} at the most")


def _change(amount: int) -> str:
    return f"{-amount:,} less" if amount < 0 else f"{amount:,} more"
