"""Shortfall: inhabitants by which mergers miss soft bounds."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.instance import Instance
from ..programmes.variables import AssignmentVariables
from ..question.exemptions import exempt_by_rule
from ..scenario.scenario import Scenario
from .base import Term
from .forms import OutsideBounds


class ShortfallTerm(Term):
    """max(0, min - p(S)) + max(0, p(S) - max): inhabitants missing to the minimum, or beyond the maximum.

    A municipality that stands alone by rule misses nothing; nor is a merger too large that holds a
    municipality above the maximum. One that is locked alone, or a merger that is kept, misses what it misses.
    """

    key = "shortfall"
    unit = "inhabitants missing to the bounds"
    sense = -1
    parameters = ("population.min", "population.max")
    divided_by = "nothing"

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        self._exempt = np.isin(np.arange(len(instance)), list(exempt_by_rule(instance, scenario)))

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m)."""
        bounds = self.scenario.population
        population = self.instance.population[municipalities].astype(np.float64)
        inhabitants: FloatArray = members @ population
        missing = np.maximum(0.0, bounds.min - inhabitants)
        beyond = np.maximum(0.0, inhabitants - bounds.max)
        beyond[members @ (population > bounds.max) > 0] = 0.0
        by_rule = (members.sum(axis=1) == 1) & (members @ self._exempt[municipalities].astype(np.float64) > 0)
        missed: FloatArray = np.where(by_rule, 0.0, missing + beyond)
        return missed

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Let s_j be what the part of j misses, b_j what it has beyond the maximum; see `Term.linear`.

            s_j >= min x_jj - sum_i p_i x_ij
            b_j >= sum_i p_i x_ij - max x_jj - M_j x_cj   for every c above the maximum

        A municipality that stands alone by rule is in no component.
        """
        bounds = self.scenario.population
        builder, x, roots = parts.builder, parts.x, parts.roots
        population = self.instance.population[parts.municipalities].astype(np.float64)
        sides = (bounds.min, 1.0, bounds.lowest < bounds.min), (bounds.max, -1.0, bounds.highest > bounds.max)
        for bound, sign, soft in sides:
            if not soft:
                continue
            inhabitants = np.where(parts.allowed, population[:, None], 0.0)[:, roots]
            most = (
                np.full(len(roots), float(bound))
                if sign > 0
                else np.maximum(0.0, inhabitants.sum(axis=0) - bound)
            )
            missed = builder.columns(roots, upper=most)
            builder.cost(missed, rate)
            rows = builder.rows(len(roots), lower=0.0)
            builder.put(rows, missed)
            builder.put(rows[:, None], x[:, roots].T, sign * inhabitants.T)
            builder.put(rows, x[roots, roots], -sign * bound)
            if sign < 0:
                large = population > bounds.max
                builder.put(rows[:, None], x[large][:, roots].T, most[:, None])

    def pricing(self) -> OutsideBounds:
        """The soft bounds; see `Term.pricing`."""
        bounds = self.scenario.population
        return OutsideBounds(float(bounds.min), float(bounds.max), self.instance.population > bounds.max)
