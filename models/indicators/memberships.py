"""Memberships: how many pairs of a municipality and a body of cooperation there are."""

from __future__ import annotations

from typing import ClassVar

from ...instances.common.arrays import FloatArray, IntArray
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
