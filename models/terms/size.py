"""Size: how far mergers are from the size that is aimed at."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ..programmes.reach import Reach
from .base import Term
from .forms import OffTarget


class SizeTerm(Term):
    """p(S) |p(S) - target| / target, with the target of the scenario's `[size]`."""

    key = "size"
    unit = "relative distance from the target size, mean over inhabitants"
    sense = -1
    parameters = ("size.target",)

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m)."""
        target = float(self.scenario.size.target)
        inhabitants: FloatArray = members @ self.instance.population[municipalities].astype(np.float64)
        # This order is part of the definition: the verifier repeats it operation by operation.
        return inhabitants * np.abs(inhabitants - target) / target

    def best(self, reach: Reach) -> float:
        """All miss a target that lies outside the bounds; see `Term.best`."""
        target = self.scenario.size.target
        inhabitants = self.instance.population[reach.municipalities]
        if (inhabitants != reach.counted).any():
            return 0.0  # cities above the maximum: their mergers are larger than the bounds say
        lowest, highest = reach.bounds
        missed = max(0, lowest - target, target - highest)
        return float(inhabitants.sum()) * missed / target

    def pricing(self) -> OffTarget:
        """The target; see `Term.pricing`."""
        return OffTarget(float(self.scenario.size.target))
