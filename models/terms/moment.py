"""Moment: how compact mergers are, as districting models measure it."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..nano_points import MOST_NANO, NANO
from ..scenario.scenario import Scenario
from ..seats import METRES_PER_KM, straight_lines
from .seated import SeatTerm

_EXACT = 2**53
"""Sums of whole numbers below this are exact in double precision."""


def whole_km(instance: Instance, municipalities: IntArray) -> FloatArray:
    """Straight-line distances between the points of municipalities, rounded to whole km, half to even.

    Returns
    -------
    ndarray of float64, shape (m, m)
    """
    distance: FloatArray = np.rint(straight_lines(instance, municipalities) / METRES_PER_KM)
    return distance


class MomentTerm(SeatTerm):
    """Sum over members v of p_v d(v, seat(S))^2, the seat being the member that makes it least.

    The moment of inertia of the merger around its seat, in the form of Hess et al. (1965) and, with d in
    whole kilometres, of Validi, Buchanan and Lykhovyd (2022): their objective is this sum divided by a
    million, which a weight of 1e-6 gives. It is not divided by all inhabitants. The seat that it takes need
    not be that of the plan, which has the least plain distance.

    Raises
    ------
    InputError
        Distances or the weight are so large that sums would not be exact.
    """

    key = "moment"
    unit = "inhabitants x km2"
    sense = -1
    divided_by = "nothing"

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        largest = max(_largest(instance, region) for region in range(len(instance.regions)))
        if largest >= _EXACT:
            reject(
                f"{self.name}: the municipalities are too far apart to add up inhabitants x km2 exactly "
                f"(up to {largest:.3g} in one region)",
                "x and y must be in metres; correct them in municipalities.csv, or leave the term out",
            )
        weight = scenario.weights.get(self.name, 0.0)
        most = MOST_NANO / (NANO * max(largest, 1.0))
        if weight > most:
            reject(
                f"weights: {self.name} = {weight:g} is too heavy for this instance: one region could lose "
                f"{weight * largest:.3g} points",
                f"give it at most {_floor(most):g} (1e-6 is usual)",
            )

    def efforts(self, municipalities: IntArray) -> FloatArray:
        """Squares of whole kilometres; see `SeatTerm.efforts`."""
        squares: FloatArray = whole_km(self.instance, municipalities) ** 2
        return squares


def _largest(instance: Instance, region: int) -> float:
    """More than the moment of any partition of a region: all as far from the seat as it is wide."""
    municipalities = instance.members(region)
    width = np.hypot(np.ptp(instance.x[municipalities]), np.ptp(instance.y[municipalities])) / METRES_PER_KM
    return float(instance.population[municipalities].sum()) * float(np.rint(width)) ** 2


def _floor(number: float) -> float:
    """Round a positive number down to one digit."""
    power = 10.0 ** np.floor(np.log10(number))
    return float(np.floor(number / power) * power)
