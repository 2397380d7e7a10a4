"""Budgets for drawn questions, and brute force over whole plans that keep them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver.verification.indicator_readings import indicator_amount

from .admissible import Rules
from .brute import admissible_parts, members_of, partitions

NAMES = ("councillors", "executives(first)", "executives(later)")
Plan = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Drawn:
    """A budget to be laid on plans: which bound of which indicator, and how tight it is among all plans.

    Attributes
    ----------
    name, bound : str
    tightness : float
        Place among the sums of all plans, 0 the least and 1 the most; beyond them no plan is left, or all.
    """

    name: str
    bound: str
    tightness: float


drawn_budgets = st.lists(
    st.builds(
        Drawn,
        st.sampled_from(NAMES),
        st.sampled_from(("min", "max", "least_change", "most_change")),
        st.sampled_from((-0.1, 0.0, 0.2, 0.5, 0.8, 1.0, 1.1)),
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda one: (one.name, one.bound),
)


def sum_of(instance: Instance, scenario: Scenario, plan: Plan, name: str) -> int:
    """Add an indicator up over the parts of a plan."""
    return sum(round(indicator_amount(instance, scenario, part, name)) for part in plan)


def whole_plans(instance: Instance, scenario: Scenario) -> list[tuple[int, Plan]]:
    """List the plans of all regions together: score, and parts by first member; the best first."""
    rules = Rules(instance, scenario)
    parts = {} if rules.refused() else admissible_parts(rules, range(len(instance)))
    scored = []
    for plan in partitions((1 << len(instance)) - 1, parts):
        held = Counter(int(instance.region[members_of(part)[0]]) for part in plan if parts[part][1])
        if all(rules.number_is_right(r, held[r]) for r in range(len(instance.regions))):
            made = tuple(sorted(members_of(part) for part in plan))
            scored.append((sum(parts[part][0] for part in plan), made))
    return sorted(scored, key=lambda one: (-one[0], one[1]))


def alone(instance: Instance) -> Plan:
    """Every municipality by itself."""
    return tuple((i,) for i in range(len(instance)))


def table_of(
    instance: Instance, scenario: Scenario, plans: list[Plan], drawn: list[Drawn]
) -> dict[str, dict[str, int]]:
    """Write drawn budgets as a scenario does, in the numbers of the plans; without contradictions."""
    tables: dict[str, dict[str, int]] = {}
    for one in drawn:
        sums = sorted(sum_of(instance, scenario, plan, one.name) for plan in plans) or [0]
        place = round(one.tightness * (len(sums) - 1))
        bound = sums[min(max(0, place), len(sums) - 1)] + (1 if one.tightness > 1 else -1 if place < 0 else 0)
        bound -= 1 if one.tightness < 0 and place >= 0 else 0
        if one.bound.endswith("change"):
            bound -= sum_of(instance, scenario, alone(instance), one.name)
        else:
            bound = max(0, bound)
        table = tables.setdefault(one.name, {})
        for low, high in (("min", "max"), ("least_change", "most_change")):
            if one.bound in (low, high) and table.get(low, bound) <= table.get(high, bound):
                least, most = {**table, one.bound: bound}.get(low), {**table, one.bound: bound}.get(high)
                if least is None or most is None or least <= most:
                    table[one.bound] = bound
    return {name: table for name, table in tables.items() if table}


def keeps(instance: Instance, scenario: Scenario, plan: Plan) -> bool:
    """Tell whether a plan keeps the budgets of a scenario of one level."""
    for name, budget in scenario.budgets.items():
        after = sum_of(instance, scenario, plan, name)
        change = after - sum_of(instance, scenario, alone(instance), name)
        if not (budget.min or 0) <= after <= (after if budget.max is None else budget.max):
            return False
        if budget.least_change is not None and change < budget.least_change:
            return False
        if budget.most_change is not None and change > budget.most_change:
            return False
    return True
