"""Stacking: municipalities that would be merged again after a recent merger (*fusie op fusie*)."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ..programmes.reach import Reach
from ..programmes.variables import AssignmentVariables
from .base import Term
from .forms import WhenMerged


class StackingTerm(Term):
    """Inhabitants of the members that came out of a merger in 2019 or 2025, if S merges them again."""

    key = "stacking"
    unit = "share of inhabitants merged twice"
    sense = -1

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m)."""
        recent = np.where(
            self.instance.merged_in[municipalities] > 0, self.instance.population[municipalities], 0
        )
        inhabitants: FloatArray = members @ recent.astype(np.float64)
        return np.where(members.sum(axis=1) > 1, inhabitants, 0.0)

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Count municipalities in the part of another, and roots that are not alone; see `Term.linear`.

        a_i >= x_vi   for every other v: a_i = 1 when root i, merged recently, is merged again
        """
        builder, x = parts.builder, parts.x
        for i in np.flatnonzero(self.instance.merged_in[parts.municipalities] > 0).tolist():
            worth = rate * float(self.instance.population[parts.municipalities[i]])
            others = np.arange(len(x)) != i
            builder.cost(x[i, others], worth)
            joining = x[others & (x[:, i] >= 0), i]
            if x[i, i] >= 0 and len(joining):
                again = builder.columns(np.array([i]))
                builder.cost(again, worth)
                rows = builder.rows(len(joining), lower=0.0)
                builder.put(rows, again)
                builder.put(rows, joining, -1.0)

    def best(self, reach: Reach) -> float:
        """A recent merger that is too small to stay alone is merged again; see `Term.best`."""
        small = reach.municipalities[reach.counted < reach.bounds[0]]
        return float(self.instance.population[small[self.instance.merged_in[small] > 0]].sum())

    def pricing(self) -> WhenMerged:
        """Inhabitants of recent mergers; see `Term.pricing`."""
        recent = np.where(self.instance.merged_in > 0, self.instance.population, 0)
        return WhenMerged(recent.astype(np.float64))
