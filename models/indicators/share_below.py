"""Share below: which part of inhabitants lives in a municipality smaller than a size."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from .inhabitants_below import InhabitantsBelow
from .share_beyond import PER_CENT
from .sizes import Below


class ShareBelow(InhabitantsBelow):
    """Per cent of inhabitants in municipalities smaller than a size; see `InhabitantsBelow`."""

    key = "share_below"
    arguments = Below.arguments
    unit = "per cent"
    digits = 1
    weighable = False

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m)."""
        return PER_CENT * super().amounts(members, municipalities)

    def bases(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.bases`. O(k m)."""
        inhabitants: FloatArray = members @ self.inhabitants[municipalities].astype(np.float64)
        return inhabitants
