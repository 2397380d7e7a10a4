"""Simplified bodies: how many bodies of cooperation go on with fewer partners at the table."""

from __future__ import annotations

from ...instances.common.arrays import FloatArray, IntArray
from .zone_layers import LayersIndicator


class SimplifiedBodies(LayersIndicator):
    """Pairs of a merger and a body that holds the whole merger and other municipalities."""

    key = "simplified_bodies"
    family = "cooperation"
    unit = "counted for each merger in them"
    better = 1

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m z) for z zones."""
        return self.counted(
            lambda inside, sizes, own: (inside == own) & (inside > 1) & (inside < sizes),
            members,
            municipalities,
        )
