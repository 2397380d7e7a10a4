"""Executives: how many mayors and aldermen there may be."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject, suggest
from ...instances.instance import Instance
from ..scenario.demands import Demands
from .base import AdditiveIndicator
from .mandates import mandates
from .steps import value_of_step


class Executives(AdditiveIndicator):
    """A mayor for each municipality, and the most aldermen that it may have, in a term since the merger."""

    key = "executives"
    takes = "term"
    arguments = ("first", "second", "later")
    family = "democracy"
    unit = "mayors and aldermen"
    weighable = True

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        if argument not in self.arguments:
            what = f"{self.name}: there is no such term of office"
            reject(what, suggest(argument, self.arguments), value=argument)
        self._more: int = getattr(mandates().more_after_merger, argument)

    @property
    def sources(self) -> tuple[str, ...]:
        """See `Indicator.sources`."""
        return (mandates().source,)

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m)."""
        inhabitants: FloatArray = members @ self.instance.population[municipalities].astype(np.float64)
        steps = mandates().aldermen
        merged = members.sum(axis=1) > 1
        return 1.0 + value_of_step(inhabitants, steps.below, steps.values) + np.where(merged, self._more, 0)
