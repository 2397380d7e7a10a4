"""Distance to the seat: how far inhabitants live from the seat of their municipality."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ..seats import METRES_PER_KM, best_seats, whole_metres
from .base import AdditiveIndicator


class DistanceToSeat(AdditiveIndicator):
    """Distance from the point of the former municipality to that of the seat, mean over inhabitants.

    It is measured in a straight line. Inhabitants are known by municipality alone: all are taken to live at
    its point, so that today nobody is away from the seat. The seat is that of ``rules.seat``.
    """

    key = "distance_to_seat"
    family = "democracy"
    unit = "km"
    digits = 2
    better = -1
    reads = ("municipalities.population", "municipalities.x", "municipalities.y")

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m^2)."""
        metres = whole_metres(self.instance, municipalities)
        _, sums = best_seats(self.instance, metres, members, municipalities, self.ranks)
        return sums / METRES_PER_KM

    def bases(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.bases`. O(k m)."""
        inhabitants: FloatArray = members @ self.instance.population[municipalities].astype(np.float64)
        return inhabitants
