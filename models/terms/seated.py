"""What the terms on distances share: the effort of all inhabitants to reach one member, the seat."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ..programmes.variables import AssignmentVariables
from ..seats import total_efforts
from .base import Term


class SeatTerm(Term):
    """Sum over members v of p_v e(v, seat(S)), the seat being the member that makes it least; see `Term`."""

    @abstractmethod
    def efforts(self, of: IntArray) -> FloatArray:
        """Effort of one inhabitant of each municipality to reach each other: whole numbers, shape (m, m)."""

    def values(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Value of each candidate in inhabitants x effort; see `Term.values`. O(k m^2)."""
        least: FloatArray = total_efforts(self.instance, self.efforts(of), members, of).min(axis=1)
        return least

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Cost of each municipality with each seat; see `Term.linear`."""
        inhabitants = self.instance.population[parts.of].astype(np.float64)
        parts.cost_to_seat(self.name, rate * inhabitants[:, None] * self.efforts(parts.of))
