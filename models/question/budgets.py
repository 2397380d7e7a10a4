"""Budgets of a plan: indicators that a scenario bounds, bound to an instance."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import InputError, Problems
from ...instances.instance import Instance
from ..indicators import build_indicator, indicator_class
from ..indicators.base import AdditiveIndicator
from ..scenario.scenario import Scenario
from ..scenario.tables import Budget

_SLICE = 500  # municipalities of which what they have alone is worked out together


@dataclass(frozen=True, eq=False)
class PlanBudget:
    """A budget over all municipalities that are asked for.

    Attributes
    ----------
    name : str
        Of the indicator.
    indicator : AdditiveIndicator
    budget : Budget
        As the scenario has it.
    municipalities : frozenset of int
        Over which it holds.
    before : int
        What they have, each alone.
    """

    name: str
    indicator: AdditiveIndicator
    budget: Budget
    municipalities: frozenset[int]
    before: int

    @property
    def limits(self) -> tuple[int, int | None]:
        """Bounds on the sum over a plan, both included; the upper one None where there is none."""
        return self.budget.limits(self.before)

    def is_kept(self, total: int) -> bool:
        """Whether a sum over a plan is within the bounds."""
        least, most = self.limits
        return least <= total and (most is None or total <= most)

    def amounts(self, members: FloatArray, municipalities: IntArray) -> IntArray:
        """Work out what each candidate adds to the sum; see `AdditiveIndicator.amounts`."""
        return _whole(self.indicator.known_amounts(members, municipalities))


def find_budgets(
    instance: Instance, scenario: Scenario, scope: Collection[int], problems: Problems
) -> tuple[PlanBudget, ...]:
    """Bind the budgets of a scenario of one level to the municipalities that are asked for.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    scope : collection of int
    problems : Problems
        Receives unknown indicators, those that are no sums, and what the instance lacks.
    """
    found = []
    for name, budget in scenario.budgets.items():
        try:
            indicator = _additive(name, instance, scenario)
        except InputError as error:
            problems.take(error, "budgets: ")
        except ValueError as error:
            problems.add(f"budgets: {error}", value=name)
        else:
            before = _alone(indicator, np.array(sorted(scope), dtype=np.int64))
            found.append(PlanBudget(name, indicator, budget, frozenset(scope), before))
    return tuple(found)


def _additive(name: str, instance: Instance, scenario: Scenario) -> AdditiveIndicator:
    """Build an indicator that may be bounded.

    Raises
    ------
    ValueError
        There is no such indicator, or it is no sum of whole numbers over mergers.
    InputError
        The instance lacks what it needs.
    """
    kind = indicator_class(name)
    if not (issubclass(kind, AdditiveIndicator) and kind.weighable):
        raise ValueError(f"'{name}' is no sum over mergers, so it is shown and cannot be bounded")
    return cast(AdditiveIndicator, build_indicator(name, instance, scenario))


def _alone(indicator: AdditiveIndicator, municipalities: IntArray) -> int:
    """Sum what municipalities have, each alone."""
    slices = [municipalities[first : first + _SLICE] for first in range(0, len(municipalities), _SLICE)]
    return sum(int(_whole(indicator.before(some)).sum()) for some in slices)


def _whole(amounts: FloatArray) -> IntArray:
    return np.rint(amounts).astype(np.int64)


def refuse_budgets(scenario: Scenario, regions: Collection[object], method: str) -> None:
    """Make sure that no budget binds regions together of which a method looks at each by itself.

    Raises
    ------
    InputError
        There are several regions, and the scenario has budgets at some level; each of them is named.
    """
    problems = Problems()
    for name in scenario.budgeted if len(regions) > 1 else ():
        problems.add(
            f"{method} looks at each region by itself, but the budget of {name} binds the plans of "
            f"{len(regions)} regions together",
            "name one region, whose plan then has the whole budget, or leave the budget out of the scenario",
        )
    problems.raise_if_any()
