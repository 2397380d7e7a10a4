"""Straddle: how many inhabitants live outside the main zone of their merger."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ..programmes.variables import AssignmentVariables
from .forms import OutsideMainZone
from .layer import LayerTerm


class StraddleTerm(LayerTerm):
    """p(S) - max over zones z of p(S and z), for one layer."""

    key = "straddle"
    unit = "share of inhabitants outside the main zone of their merger"
    sense = -1

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m z) for z zones among the columns."""
        inhabitants = self.instance.population[municipalities].astype(np.float64)
        inside: FloatArray = self.by_zone(members, municipalities, inhabitants).max(axis=1)
        total: FloatArray = members @ inhabitants
        return total - inside

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Let m_jz = 1 when z is the main zone of the part of j, o_ij = 1 when i is outside it.

            sum_z m_jz <= x_jj,   o_ij >= x_ij - m_jz for i in z

        See `Term.linear`.
        """
        builder, x = parts.builder, parts.x
        inhabitants = self.instance.population[parts.municipalities].astype(np.float64)
        zone = self.zones(parts.municipalities)
        for j in parts.roots.tolist():
            members = np.flatnonzero(x[:, j] >= 0)
            zones, place = np.unique(zone[members], return_inverse=True)
            if len(zones) == 1:
                continue
            main = builder.columns(np.full(len(zones), j), integer=True)
            builder.put(
                builder.rows(1, upper=0.0), np.append(main, x[j, j]), np.append(np.ones(len(zones)), -1.0)
            )
            outside = builder.columns(np.full(len(members), j))
            builder.cost(outside, rate * inhabitants[members])
            rows = builder.rows(len(members), lower=0.0)
            builder.put(rows, outside)
            builder.put(rows, main[place])
            builder.put(rows, x[members, j], -1.0)

    def pricing(self) -> OutsideMainZone:
        """The zones of the layer; see `Term.pricing`."""
        return OutsideMainZone(self.zones(np.arange(len(self.instance))))
