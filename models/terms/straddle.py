"""Straddle: how many inhabitants live outside the main zone of their merger."""

from __future__ import annotations

import numpy as np

from ...instances.arrays import FloatArray, IntArray
from .layer import LayerTerm


class StraddleTerm(LayerTerm):
    """p(S) - max over zones z of p(S and z), for one layer."""

    key = "straddle"
    unit = "share of inhabitants outside the main zone of their part"
    sense = -1

    def values(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m z) for z zones among the columns."""
        inhabitants = self.instance.population[of].astype(np.float64)
        inside: FloatArray = self.by_zone(members, of, inhabitants).max(axis=1)
        total: FloatArray = members @ inhabitants
        return total - inside
