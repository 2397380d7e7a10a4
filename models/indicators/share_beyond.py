"""Share beyond: which part of inhabitants lives farther than some kilometres from the seat."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from .beyond import Beyond

PER_CENT = 100.0


class ShareBeyond(Beyond):
    """Per cent of inhabitants who live farther than so many km from the seat; see `Beyond`."""

    key = "share_beyond"
    unit = "per cent"
    digits = 1
    weighable = False

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m^2)."""
        return PER_CENT * super().amounts(members, municipalities)

    def bases(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.bases`. O(k m)."""
        inhabitants: FloatArray = members @ self.instance.population[municipalities].astype(np.float64)
        return inhabitants
