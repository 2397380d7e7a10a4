"""Effect: what a plan does in an indicator, weighed like any other term."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import cast

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..indicators import build_indicator, indicator_class
from ..indicators.base import AdditiveIndicator
from ..indicators.by_inhabitants import ByInhabitants, Step
from ..programmes.reach import Reach
from ..programmes.variables import AssignmentVariables
from ..scenario.scenario import Scenario
from .base import Term
from .forms import StepsOfInhabitants


class EffectTerm(Term):
    """Number of the indicator that the argument names: councillors, euro of bonus; summed over mergers."""

    key = "effect"
    takes = "indicator"
    unit = "sum over mergers, in the unit of the indicator"
    sense = -1
    divided_by = "nothing"

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        try:
            kind = indicator_class(argument)
        except ValueError as error:
            reject(f"{self.name}: {error}")
        if not (issubclass(kind, AdditiveIndicator) and kind.weighable):
            reject(f"{self.name}: '{argument}' is no sum over mergers, so it is shown and cannot be weighed")
        self.unit = kind.unit

    @cached_property
    def indicator(self) -> AdditiveIndicator:
        """What is measured."""
        return cast(AdditiveIndicator, build_indicator(self.argument, self.instance, self.scenario))

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`."""
        return self.indicator.known_amounts(members, municipalities)

    @property
    def is_linear(self) -> bool:
        """See `Term.is_linear`."""
        return self.indicator.is_linear

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Cost of what the indicator has; see `Term.linear`."""
        found = self.indicator.linear(parts)
        parts.builder.cost(found.columns, rate * found.amounts)

    def pricing(self) -> StepsOfInhabitants | None:
        """The steps of an indicator that follows from the inhabitants; see `Term.pricing`."""
        found = self.indicator
        if not isinstance(found, ByInhabitants) or type(found).amounts is not ByInhabitants.amounts:
            return None
        if (found.inhabitants != self.instance.population).any():
            return None
        starts = sorted({step.lowest for step in (*found.merged, *found.alone)})
        rows = [(start, *_at(found.merged, start), *_at(found.alone, start)) for start in starts]
        return StepsOfInhabitants(np.array(rows, dtype=np.float64))

    def best(self, reach: Reach) -> float:
        """See `Term.best`."""
        return self.indicator.least(reach)


def _at(steps: Sequence[Step], inhabitants: int) -> tuple[float, float]:
    """Give constant and slope of the step that holds from some inhabitants on."""
    step = max((one for one in steps if one.lowest <= inhabitants), key=lambda one: one.lowest)
    return step.constant, step.slope
