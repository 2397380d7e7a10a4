"""What the terms on one layer share: the layer, and the members of each candidate by zone."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..lacking import remedy_for_lack
from ..scenario.scenario import Scenario
from .base import Term


class LayerTerm(Term):
    """A term whose argument is a layer; see `Term`."""

    takes: ClassVar[str] = "layer"

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        if argument not in instance.layers:
            what = f"{self.name}: the instance has no layer '{argument}'"
            reject(what, remedy_for_lack(argument, instance.layers, instance, "layer"))
        if scenario.level == "zones":
            self.unit = self.unit.replace("merger", "reference zone")

    def zones(self, municipalities: IntArray) -> IntArray:
        """Zone of each municipality, shape (m,); those in none are in zones of their own."""
        zone: IntArray = self.instance.layers[self.argument].separate()[municipalities]
        return zone

    def by_zone(self, members: FloatArray, municipalities: IntArray, amount: FloatArray) -> FloatArray:
        """Sum an amount (shape (m,)) over the members of each candidate in each zone, shape (k, z)."""
        zones, place = np.unique(self.zones(municipalities), return_inverse=True)
        spread = np.zeros((len(municipalities), len(zones)))
        spread[np.arange(len(municipalities)), place] = amount
        sums: FloatArray = members @ spread
        return sums
