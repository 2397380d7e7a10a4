"""Shortfall: inhabitants by which mergers miss soft bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...instances.arrays import FloatArray, IntArray
from ...instances.instance import Instance
from ..exemptions import exempt_by_rule
from .base import Term

if TYPE_CHECKING:
    from ..scenario import Scenario


class ShortfallTerm(Term):
    """max(0, min - p(S)) + max(0, p(S) - max): inhabitants missing to the minimum, or beyond the maximum.

    A municipality that stands alone by rule misses nothing; nor is a merger too large that holds a
    municipality above the maximum. One that is locked alone, or a merger that is kept, misses what it misses.
    """

    key = "shortfall"
    unit = "inhabitants missing to the bounds"
    sense = -1
    per_inhabitant = False

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        self._exempt = np.isin(np.arange(len(instance)), list(exempt_by_rule(instance, scenario)))

    def values(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m)."""
        bounds = self.scenario.population
        population = self.instance.population[of].astype(np.float64)
        inhabitants: FloatArray = members @ population
        missing = np.maximum(0.0, bounds.min - inhabitants)
        beyond = np.maximum(0.0, inhabitants - bounds.max)
        beyond[members @ (population > bounds.max) > 0] = 0.0
        by_rule = (members.sum(axis=1) == 1) & (members @ self._exempt[of].astype(np.float64) > 0)
        found: FloatArray = np.where(by_rule, 0.0, missing + beyond)
        return found
