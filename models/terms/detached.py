"""Detached: inhabitants of surroundings that merge with each other and not with their centre town."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..programmes.enclosing import enclosing_sums
from ..programmes.variables import AssignmentVariables
from ..question.surroundings import surroundings
from ..scenario.scenario import Scenario
from ..ties import centres_of
from .base import Term
from .forms import Encloses


class DetachedTerm(Term):
    """Sum over the centre towns c that S encloses of p(N(c)), N(c) being the surroundings of c.

    S encloses c when it has two members or more and holds all of N(c), the neighbours of c in its region,
    but not c itself (`surroundings`). So c stands alone, and those counted are the people around it. Centre
    towns are the centres of regions as the orientation term has them (`centres_of`).
    """

    key = "detached"
    unit = "share of inhabitants whose merger encloses their centre town"
    sense = -1
    parameters = (
        "orientation.centres",
        "rules.facility",
        "rules.joined",
        "borders.min_length",
        "borders.added",
        "borders.removed",
    )

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        if not any(instance.classes):
            reject(
                "detached: the instance has no degrees of equipment, so no centre towns", "leave the term out"
            )
        if scenario.level == "zones":
            self.unit = self.unit.replace("merger", "reference zone")
        around = surroundings(instance, scenario)
        self._around = {
            c: np.array(around[c], dtype=np.int64)
            for region in range(len(instance.regions))
            for c in centres_of(instance, region, scenario.orientation.centres)
            if around[c]
        }

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k d) for d borders of centre towns."""
        place = {i: k for k, i in enumerate(municipalities.tolist())}
        value = np.zeros(len(members))
        merged = members.sum(axis=1) > 1
        for c, around in self._around.items():
            if all(i in place for i in around.tolist()):
                rows = merged & (members[:, [place[i] for i in around.tolist()]] > 0).all(axis=1)
                if c in place:
                    rows &= members[:, place[c]] == 0
                value[rows] += self._people(around)
        return value

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Let e_jc be at least each sum that is 1 where the part of j encloses c; see `enclosing_sums`."""
        builder = parts.builder
        for c, around in self._around.items():
            for j, sums in enclosing_sums(parts, c, around.tolist()):
                enclosed = builder.columns(np.array([j]))
                builder.cost(enclosed, rate * self._people(around))
                for columns, amounts in sums:
                    row = builder.rows(1, lower=0.0)
                    builder.put(row, enclosed)
                    builder.put(row, columns, -amounts)

    def pricing(self) -> Encloses:
        """The people around centre towns; see `Term.pricing`."""
        amounts = np.zeros(len(self.instance))
        for c, around in self._around.items():
            amounts[c] = self._people(around)
        around_each = [self._around.get(c, np.zeros(0, dtype=np.int64)) for c in range(len(amounts))]
        return Encloses(amounts, tuple(tuple(some.tolist()) for some in around_each))

    def _people(self, municipalities: IntArray) -> float:
        return float(self.instance.population[municipalities].sum())
