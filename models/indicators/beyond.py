"""Beyond: how many inhabitants live farther than some kilometres from the seat of their municipality."""

from __future__ import annotations

import math

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..scenario.demands import Demands
from ..seats import METRES_PER_KM, best_seats, whole_metres
from .base import AdditiveIndicator


class Beyond(AdditiveIndicator):
    """Inhabitants of former municipalities whose point is farther than so many km from that of the seat.

    See `DistanceToSeat` for what is known of distances.
    """

    key = "beyond"
    takes = "km"
    arguments = ("5", "10")
    family = "democracy"
    unit = "inhabitants"
    better = -1
    reads = ("municipalities.population", "municipalities.x", "municipalities.y")
    weighable = True

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        try:
            self.km = float(argument)
        except ValueError:
            self.km = math.nan
        if not 0 <= self.km < math.inf:
            what = f"{self.name}: a distance is a number of km, 0 or more"
            reject(what, f"write {self.key}(5)", value=argument)

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m^2)."""
        metres = whole_metres(self.instance, municipalities)
        columns, _ = best_seats(self.instance, metres, members, municipalities, self.ranks)
        seats, place = np.unique(columns, return_inverse=True)
        inhabitants = self.instance.population[municipalities].astype(np.float64)
        far = inhabitants[:, None] * (metres[:, seats] > self.km * METRES_PER_KM)
        found: FloatArray = (members @ far)[np.arange(len(members)), place.reshape(-1)]
        return found
