"""Inhabitants per municipality: how large a municipality is on average."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from .figure_columns import PerMunicipality


class InhabitantsPerMunicipality(PerMunicipality):
    """Inhabitants, divided by the number of municipalities."""

    key = "inhabitants_per_municipality"
    unit = "inhabitants"
    reads = ("municipalities.population",)

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m)."""
        inhabitants: FloatArray = members @ self.instance.population[municipalities].astype(np.float64)
        return inhabitants
