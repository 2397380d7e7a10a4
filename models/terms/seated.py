"""What the terms on distances share: the effort of all inhabitants to reach one member, the seat."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import ClassVar

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ..programmes.reach import Reach
from ..programmes.variables import AssignmentVariables
from ..seats import best_seats, may_be_seat
from .base import Term
from .forms import ToSeat

_LARGEST = 4_000  # municipalities up to which all distances between them are held at once


class SeatTerm(Term):
    """Sum over members v of p_v e(v, seat(S)); see `Term`.

    The seat is the member that makes it least, among those of the lowest rank.
    """

    effort_unit: ClassVar[float] = 1.0
    """Effort that counts as one unit of the value."""
    is_plan_seat: ClassVar[bool] = False
    """Whether the seat is always that of the plan."""

    @abstractmethod
    def efforts(self, municipalities: IntArray) -> FloatArray:
        """Effort of one inhabitant of each municipality to reach each other: whole numbers, shape (m, m)."""

    @cached_property
    def ranks(self) -> IntArray:
        """Rank of each municipality as a seat of the term, shape (n,): all are equal."""
        return np.zeros(len(self.instance), dtype=np.int64)

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate in inhabitants x effort; see `Term.values`. O(k m^2)."""
        efforts = self.efforts(municipalities)
        _, least = best_seats(self.instance, efforts, members, municipalities, self.ranks)
        return least / self.effort_unit

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Cost of each municipality with each seat; see `Term.linear`."""
        inhabitants = self.instance.population[parts.municipalities].astype(np.float64)
        amounts = rate / self.effort_unit * inhabitants[:, None] * self.efforts(parts.municipalities)
        parts.cost_to_seat(self.name, amounts, may_be_seat(self.ranks[parts.municipalities]))

    def best(self, reach: Reach) -> float:
        """All but the seats go to the nearest other of no higher rank, or farther; see `Term.best`."""
        municipalities = reach.municipalities
        if len(municipalities) > _LARGEST:
            return 0.0
        efforts = self.efforts(municipalities)
        inhabitants = self.instance.population[municipalities].astype(np.float64)
        ranks = self.ranks[municipalities]
        seats_of = [others[1:][ranks[others[1:]] <= ranks[others[0]]] for others in reach.within]
        least: FloatArray = np.array(
            [
                float(inhabitants[k] * efforts[k, seats].min(initial=np.inf)) if inhabitants[k] else 0.0
                for k, seats in enumerate(seats_of)
            ]
        )
        leaving = max(0, len(municipalities) - reach.numbers[1])
        some = np.sort(least)[:leaving]
        return float(some[np.isfinite(some)].sum()) / self.effort_unit

    def pricing(self) -> ToSeat:
        """The efforts; see `Term.pricing`."""
        return ToSeat(self.efforts, self.effort_unit, self.is_plan_seat, self.ranks)
