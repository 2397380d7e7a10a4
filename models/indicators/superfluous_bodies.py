"""Superfluous bodies: how many bodies of cooperation have all their members in one merger."""

from __future__ import annotations

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ...instances.common.problems import reject, suggest
from ...instances.instance import Instance
from ..scenario.demands import Demands
from .zone_layers import LayersIndicator

SMALL = (2, 5)
"""Fewest and most municipalities of a small body of cooperation."""


class SuperfluousBodies(LayersIndicator):
    """Bodies of two municipalities or more that all merge with each other: nobody is left to cooperate with.

    A small body has two to five municipalities, a larger one six or more.
    """

    key = "superfluous_bodies"
    takes = "size"
    arguments = ("small", "larger")
    family = "cooperation"
    unit = "bodies"
    better = 1

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        if argument not in self.arguments:
            what = f"{self.name}: there is no such size of body"
            reject(what, suggest(argument, self.arguments), value=argument)

    def _of_size(self, sizes: FloatArray) -> BoolArray:
        least, most = SMALL
        is_asked: BoolArray = (
            sizes > most if self.argument == "larger" else (sizes >= least) & (sizes <= most)
        )
        return is_asked

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m z) for z zones."""
        return self.counted(
            lambda inside, sizes, _: (inside == sizes) & self._of_size(sizes), members, municipalities
        )
