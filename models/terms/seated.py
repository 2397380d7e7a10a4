"""What the terms on distances share: the effort of all inhabitants to reach one member, the seat."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.instance import Instance
from .base import Term

if TYPE_CHECKING:
    from ..formulations.assignment import Assignment

METRES_PER_KM = 1000.0


def straight_lines(instance: Instance, of: IntArray) -> FloatArray:
    """Straight-line distances between the points of municipalities, in metres, not rounded.

    Returns
    -------
    ndarray of float64, shape (m, m)
    """
    x, y = instance.x[of], instance.y[of]
    distance: FloatArray = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :])
    return distance


class SeatTerm(Term):
    """Sum over members v of p_v e(v, seat(S)), the seat being the member that makes it least; see `Term`."""

    @abstractmethod
    def efforts(self, of: IntArray) -> FloatArray:
        """Effort of one inhabitant of each municipality to reach each other: whole numbers, shape (m, m)."""

    def values(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Value of each candidate in inhabitants x effort; see `Term.values`. O(k m^2)."""
        least: FloatArray = self._totals(members, of).min(axis=1)
        return least

    def seats(self, members: FloatArray, of: IntArray) -> IntArray:
        """Instance index of each candidate's seat; of equals, the one with the lowest code."""
        seats: IntArray = of[self._totals(members, of).argmin(axis=1)]
        return seats

    def linear(self, parts: Assignment, rate: float) -> None:
        """Cost of each municipality with each seat; see `Term.linear`."""
        inhabitants = self.instance.population[parts.of].astype(np.float64)
        parts.cost_to_seat(self, rate * inhabitants[:, None] * self.efforts(parts.of))

    def _totals(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Inhabitants x effort of each candidate for each seat, infinite where it is no member."""
        weighted = self.instance.population[of].astype(np.float64)[:, None] * self.efforts(of)
        totals: FloatArray = members @ weighted
        totals[members == 0] = np.inf
        return totals
