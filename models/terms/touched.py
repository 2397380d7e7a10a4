"""Touched: how many zones a merger has a part of."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ..programmes.reach import Reach
from ..programmes.variables import AssignmentVariables
from .forms import ZonesTouched
from .layer import LayerTerm


class TouchedTerm(LayerTerm):
    """Number of zones of one layer that S touches; one without a zone is a zone of its own.

    A plan's total, less the number of zones, says how often zones are cut.
    """

    key = "touched"
    unit = "number of zones touched, summed over mergers"
    sense = -1
    divided_by = "nothing"

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m z) for z zones among the columns."""
        touched: FloatArray = (
            (self.by_zone(members, municipalities, np.ones(len(municipalities))) > 0)
            .sum(axis=1)
            .astype(np.float64)
        )
        return touched

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Let t_jz = 1 when the part of j touches zone z: ``t_jz >= x_ij`` for i in z; see `Term.linear`.

        Where z is the zone of the root, or only one municipality of it can be in the part, no t is needed.
        """
        builder, x = parts.builder, parts.x
        zone = self.zones(parts.municipalities)
        for j in parts.roots.tolist():
            members = np.flatnonzero(x[:, j] >= 0)
            builder.cost(x[[j], j], rate)
            for z in np.unique(zone[members]).tolist():
                inside = members[zone[members] == z]
                if z == zone[j]:
                    continue
                if len(inside) == 1:
                    builder.cost(x[inside, j], rate)
                    continue
                touched = builder.columns(np.array([j]))
                builder.cost(touched, rate)
                rows = builder.rows(len(inside), lower=0.0)
                builder.put(rows, touched)
                builder.put(rows, x[inside, j], -1.0)

    def best(self, reach: Reach) -> float:
        """Each zone and each merger at least once; see `Term.best`."""
        zones = self.values(np.ones((1, len(reach.municipalities))), reach.municipalities)[0]
        return max(float(zones), float(reach.numbers[0]))

    def pricing(self) -> ZonesTouched:
        """The zones of the layer; see `Term.pricing`."""
        return ZonesTouched(self.zones(np.arange(len(self.instance))))
