"""Stacking: who would be merged again after a recent merger (*fusie op fusie*)."""

from __future__ import annotations

import numpy as np

from ...instances.arrays import FloatArray, IntArray
from .base import Term


class StackingTerm(Term):
    """Inhabitants of the members that came out of a merger in 2019 or 2025, if S merges them again."""

    key = "stacking"
    unit = "share of inhabitants merged twice"
    sense = -1

    def values(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m)."""
        recent = np.where(self.instance.merged_in[of] > 0, self.instance.population[of], 0)
        inhabitants: FloatArray = members @ recent.astype(np.float64)
        return np.where(members.sum(axis=1) > 1, inhabitants, 0.0)
