"""Distance: how far inhabitants live from the seat of their merger."""

from __future__ import annotations

from ...instances.common.arrays import FloatArray, IntArray
from ..programmes.variables import AssignmentVariables
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

    def efforts(self, of: IntArray) -> FloatArray:
        """Whole metres; see `SeatTerm.efforts`."""
        return whole_metres(self.instance, of)

    def values(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m^2)."""
        return super().values(members, of) / METRES_PER_KM

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Cost of each municipality with each seat; see `Term.linear`."""
        super().linear(parts, rate / METRES_PER_KM)
