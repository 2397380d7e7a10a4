"""Distance: how far inhabitants live from the seat of their merger."""

from __future__ import annotations

from ...instances.common.arrays import FloatArray, IntArray
from ..seats import METRES_PER_KM, whole_metres
from .seated import SeatTerm


class DistanceTerm(SeatTerm):
    """Sum over members v of p_v d(v, seat(S)), the seat being the member that makes it least.

    The 1-median of the merger (Hakimi 1964); d is the straight line in km between the points of the
    municipalities, measured to the metre.
    """

    key = "distance"
    unit = "km to the seat, mean over inhabitants"
    sense = -1
    effort_unit = METRES_PER_KM
    is_plan_seat = True

    def efforts(self, municipalities: IntArray) -> FloatArray:
        """Whole metres; see `SeatTerm.efforts`."""
        return whole_metres(self.instance, municipalities)
