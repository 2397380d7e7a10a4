"""Councillors: how many members the municipal councils have."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from .base import AdditiveIndicator
from .mandates import mandates
from .steps import value_of_step


class Councillors(AdditiveIndicator):
    """Members of the municipal council, by inhabitants."""

    key = "councillors"
    family = "democracy"
    unit = "councillors"
    weighable = True

    @property
    def sources(self) -> tuple[str, ...]:
        """See `Indicator.sources`."""
        return (mandates().source,)

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m)."""
        inhabitants: FloatArray = members @ self.instance.population[municipalities].astype(np.float64)
        steps = mandates().councillors
        return value_of_step(inhabitants, steps.below, steps.values)
