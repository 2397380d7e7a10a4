"""Distance: how far inhabitants live from the seat of their merger."""

from __future__ import annotations

import numpy as np

from ...instances.arrays import FloatArray, IntArray
from ...instances.instance import Instance
from .base import Term

METRES_PER_KM = 1000.0


def whole_metres(instance: Instance, of: IntArray) -> FloatArray:
    """Straight-line distances between the points of municipalities, rounded to whole metres.

    Returns
    -------
    ndarray of float64, shape (m, m)
    """
    x, y = instance.x[of], instance.y[of]
    distance: FloatArray = np.rint(np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :]))
    return distance


class DistanceTerm(Term):
    """Sum over members v of p_v d(v, seat(S)), the seat being the member that makes it least.

    The 1-median of the merger (Hakimi 1964); d is the straight line in km between the points of the
    municipalities, measured to the metre.
    """

    key = "distance"
    unit = "km to the seat, mean over inhabitants"
    sense = -1

    def values(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m^2)."""
        least: FloatArray = self._totals(members, of).min(axis=1)
        return least / METRES_PER_KM

    def seats(self, members: FloatArray, of: IntArray) -> IntArray:
        """Instance index of each candidate's seat; of equals, the one with the lowest code."""
        seats: IntArray = of[self._totals(members, of).argmin(axis=1)]
        return seats

    def _totals(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Inhabitants x metres of each candidate for each seat, infinite where it is no member."""
        weighted = self.instance.population[of].astype(np.float64)[:, None] * whole_metres(self.instance, of)
        totals: FloatArray = members @ weighted
        totals[members == 0] = np.inf
        return totals
