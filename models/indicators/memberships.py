"""Memberships: how many pairs of a municipality and a body of cooperation there are."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.entities import NO_ZONE
from ..programmes.reach import Reach
from .zone_columns import ZoneColumns
from .zone_layers import ALL, LayersIndicator


class Memberships(LayersIndicator):
    """Pairs of a municipality and a body of cooperation with which it deals.

    Each body counts its municipalities, and each municipality its bodies: a municipality that lies in two
    police zones deals with both. One that has no body in a layer deals with none.
    """

    key = "memberships"
    takes = "layer"
    arguments: ClassVar[tuple[str, ...]] = (ALL,)
    family = "capacity"
    unit = "memberships in bodies of cooperation"
    better = -1
    weighable = True

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m z) for z zones."""
        return self.counted(lambda inside, _, __: inside > 0, members, municipalities)

    def columns_of(self, zones: ZoneColumns) -> IntArray:
        """See `LayersIndicator.columns_of`."""
        held = [zones.any_of(zones.split(zone)[0]) for zone in zones.zones]
        return np.concatenate([np.zeros(0, dtype=np.int64), *held])

    def least(self, reach: Reach) -> float:
        """Each body has a municipality, and each municipality its body, where all have one in a layer."""
        fewest = 0
        for layer in self.layers.values():
            zone = layer.zone[reach.municipalities]
            bodies = len(np.unique(zone[zone != NO_ZONE]))
            fewest += max(bodies, reach.numbers[0]) if (zone != NO_ZONE).all() else bodies
        return float(fewest)
