"""Distance: how far inhabitants live from the seat of their merger."""

from __future__ import annotations

from functools import cached_property

from ...instances.common.arrays import FloatArray, IntArray
from ..seats import METRES_PER_KM, seat_ranks, whole_metres
from .seated import SeatTerm


class DistanceTerm(SeatTerm):
    """Sum over members v of p_v d(v, seat(S)), the seat being that of the plan.

    Where seats are central, that is the 1-median of the merger (Hakimi 1964). d is the straight line in km
    between the points of the municipalities, measured to the metre.
    """

    key = "distance"
    unit = "km to the seat, mean over inhabitants"
    sense = -1
    effort_unit = METRES_PER_KM
    is_plan_seat = True
    parameters = ("rules.seat", "locks.seat")

    @cached_property
    def ranks(self) -> IntArray:
        """Those of the scenario; see `seat_ranks`."""
        return seat_ranks(self.instance, self.scenario)

    def efforts(self, municipalities: IntArray) -> FloatArray:
        """Whole metres; see `SeatTerm.efforts`."""
        return whole_metres(self.instance, municipalities)
