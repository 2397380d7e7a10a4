"""Commuting: how many commuters find work and home in one municipality."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..programmes.variables import AssignmentVariables
from ..scenario.scenario import Scenario
from .base import Reach, Term

HUNDREDTHS = 100.0
"""Official flows are fractional, as processed; in whole hundredths of a commuter their sums are exact."""


class CommutingTerm(Term):
    """Sum of flow_uv over u != v in S, divided by all flow between municipalities of the instance.

    What is shown for some regions, or for a merger, is a share of the commuters who live there.
    """

    key = "commuting"
    unit = "share of commuters between municipalities whose trip becomes internal"
    sense = 1
    divided_by = "commuters"

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        remedy = (
            f"add them with: refzones instance add-flows {instance.name} FILE --out FOLDER "
            "(FILE: a table with the columns origin, destination, people)"
        )
        if instance.flows is None:
            reject(f"{self.name}: the instance has no flows", remedy)
        flows = instance.flows
        between = flows.origin != flows.destination
        self._origin, self._destination = flows.origin[between], flows.destination[between]
        self._flow: FloatArray = np.rint(flows.people[between] * HUNDREDTHS)
        self._all = float(self._flow.sum())
        self._living = np.bincount(self._origin, weights=self._flow, minlength=len(instance))
        if self._all == 0:
            reject(f"{self.name}: the instance has no flows between different municipalities", remedy)

    def base(self, municipalities: Sequence[int]) -> float:
        """Count the commuters from some municipalities to another one of the instance."""
        return float(self._living[list(municipalities)].sum()) / HUNDREDTHS

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m^2)."""
        internal: FloatArray = ((members @ self._between(municipalities)) * members).sum(axis=1)
        return internal / self._all

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Let s_uvj = 1 when u and v are both in the part of j: ``s_uvj <= x_uj, s_uvj <= x_vj``.

        Where one of them is the root no s is needed. See `Term.linear`.
        """
        builder, x = parts.builder, parts.x
        flow = self._between(parts.municipalities)
        worth = rate * (flow + flow.T) / self._all
        i, j = parts.pairs()
        builder.cost(x[i, j], worth[i, j])
        for u, v in zip(*np.nonzero(np.triu(worth != 0.0)), strict=True):
            both = parts.roots[(x[u, parts.roots] >= 0) & (x[v, parts.roots] >= 0)]
            both = both[(both != u) & (both != v)]
            inside = builder.columns(both)
            builder.cost(inside, worth[u, v])
            for member in (u, v):
                rows = builder.rows(len(both), upper=0.0)
                builder.put(rows, inside)
                builder.put(rows, x[member, both], -1.0)

    def best(self, reach: Reach) -> float:
        """Value of the component as one merger, in which all trips are internal; see `Term.best`."""
        return float(self.values(np.ones((1, len(reach.municipalities))), reach.municipalities)[0])

    def _between(self, municipalities: IntArray) -> FloatArray:
        """Flows between some municipalities in hundredths, shape (m, m)."""
        place = np.full(len(self.instance), -1, dtype=np.int64)
        place[municipalities] = np.arange(len(municipalities))
        a, b = place[self._origin], place[self._destination]
        inside = (a >= 0) & (b >= 0)
        flow = np.zeros((len(municipalities), len(municipalities)))
        flow[a[inside], b[inside]] = self._flow[inside]
        return flow
