"""Inhabitants per councillor: how many people a member of the council speaks for."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from .base import AdditiveIndicator
from .councillors import Councillors


class InhabitantsPerCouncillor(AdditiveIndicator):
    """Inhabitants divided by the members of the municipal councils."""

    key = "inhabitants_per_councillor"
    family = "democracy"
    unit = "inhabitants per councillor"
    reads = ("municipalities.population",)
    better = -1

    @property
    def sources(self) -> tuple[str, ...]:
        """See `Indicator.sources`."""
        return self._councillors.sources

    @cached_property
    def _councillors(self) -> Councillors:
        return Councillors(self.instance, self.demands)

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m)."""
        inhabitants: FloatArray = members @ self.instance.population[municipalities].astype(np.float64)
        return inhabitants

    def bases(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.bases`. O(k m)."""
        return self._councillors.amounts(members, municipalities)
