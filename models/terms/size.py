"""Size: how far mergers are from the size that is aimed at."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from .base import Term


class SizeTerm(Term):
    """p(S) |p(S) - target| / target, with the target of the scenario's `[size]`."""

    key = "size"
    unit = "relative distance from the target size, mean over inhabitants"
    sense = -1

    def values(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m)."""
        target = float(self.scenario.size.target)
        inhabitants: FloatArray = members @ self.instance.population[of].astype(np.float64)
        # This order is part of the definition: the verifier repeats it operation by operation.
        return inhabitants * np.abs(inhabitants - target) / target
