"""Divided bodies: how many bodies of cooperation mergers would have to leave or divide."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from .zone_columns import ZoneColumns
from .zone_layers import LayersIndicator


class DividedBodies(LayersIndicator):
    """Pairs of a merger and a body in which some of its members are and others are not, and others with them.

    The merger has to leave the body or to divide it, or the body has to take in the rest.
    """

    key = "divided_bodies"
    family = "cooperation"
    unit = "counted for each merger that divides them"
    better = -1
    weighable = True

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m z) for z zones."""
        return self.counted(
            lambda inside, sizes, own: (inside > 0) & (inside < own) & (inside < sizes),
            members,
            municipalities,
        )

    def columns_of(self, zones: ZoneColumns) -> IntArray:
        """See `LayersIndicator.columns_of`."""
        found = [zones.divided(zone) for zone in zones.zones]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])
