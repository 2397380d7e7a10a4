"""Area per municipality: how large a territory a municipality serves on average."""

from __future__ import annotations

from ...instances.common.arrays import FloatArray, IntArray
from .figure_columns import PerMunicipality


class AreaPerMunicipality(PerMunicipality):
    """Square kilometres, divided by the number of municipalities."""

    key = "area_per_municipality"
    unit = "km2"
    digits = 1
    reads = ("municipalities.area_km2",)

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m)."""
        area: FloatArray = members @ self.instance.area[municipalities]
        return area
