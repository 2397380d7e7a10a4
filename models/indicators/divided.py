"""Divided: in how many layers merged municipalities lie in several bodies of cooperation."""

from __future__ import annotations

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from .zone_columns import ZoneColumns
from .zone_layers import ALL, LAYERS, LayersIndicator


class Divided(LayersIndicator):
    """Pairs of a municipality and a layer in which it lies in two bodies or more."""

    key = "divided"
    takes = "layer"
    arguments = (ALL, *LAYERS)
    family = "capacity"
    unit = "counted for each layer that divides them"
    better = -1
    weighable = True

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m z) for z zones."""

        def in_several(inside: FloatArray, _: FloatArray, __: FloatArray) -> BoolArray:
            several: BoolArray = (inside > 0).sum(axis=1, keepdims=True) > 1
            return several

        return self.counted(in_several, members, municipalities)

    def columns_of(self, zones: ZoneColumns) -> IntArray:
        """See `LayersIndicator.columns_of`."""
        return zones.in_several()
