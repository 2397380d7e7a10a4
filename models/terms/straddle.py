"""Straddle: how many inhabitants live outside the main zone of their merger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...instances.arrays import FloatArray, IntArray
from ...instances.instance import Instance
from ...instances.problems import reject, suggest
from .base import Term

if TYPE_CHECKING:
    from ..scenario import Scenario


class StraddleTerm(Term):
    """p(S) - max over zones z of p(S and z), for one layer."""

    key = "straddle"
    takes = "layer"
    unit = "share of inhabitants outside their merger's main zone"
    sense = -1

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        if argument not in instance.layers:
            reject(f"{self.name}: the instance has no layer '{argument}'", suggest(argument, instance.layers))

    def values(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m z) for z zones among the columns."""
        zone = self.instance.layers[self.argument].separate()[of]
        zones, place = np.unique(zone, return_inverse=True)
        inhabitants = self.instance.population[of].astype(np.float64)
        by_zone = np.zeros((len(of), len(zones)))
        by_zone[np.arange(len(of)), place] = inhabitants
        inside: FloatArray = (members @ by_zone).max(axis=1)
        total: FloatArray = members @ inhabitants
        return total - inside
