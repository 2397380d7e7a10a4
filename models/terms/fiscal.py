"""Fiscal: how far the income of a merger's inhabitants is from that of all."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..programmes.reach import Reach
from ..programmes.variables import AssignmentVariables
from ..scenario.scenario import Scenario
from .base import Term
from .forms import AbsoluteSum

ATTRIBUTE = "net_taxable_income_eur"
"""Column of `municipalities.csv` with the total net taxable income, read to whole euro."""


class FiscalTerm(Term):
    """p(S) |income(S) / p(S) - mean| / mean, the mean being income an inhabitant in the whole instance."""

    key = "fiscal"
    unit = "relative gap in income an inhabitant, mean over inhabitants"
    sense = -1

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        if ATTRIBUTE not in instance.attributes:
            reject(
                f"{self.name}: the instance has no attribute '{ATTRIBUTE}'",
                f"leave the term out, or add the total net taxable income in euro with: refzones instance "
                f"add-attributes {instance.name} FILE --as {ATTRIBUTE} --out FOLDER",
            )
        self._income: FloatArray = np.rint(instance.attributes[ATTRIBUTE])
        total = float(self._income.sum())
        if total <= 0:
            reject(
                f"{self.name}: the incomes of all municipalities sum to {total:.0f}",
                f"correct the column '{ATTRIBUTE}' of its municipalities.csv (total income, euro)",
            )
        self._mean = total / instance.total_population

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m)."""
        inhabitants: FloatArray = members @ self.instance.population[municipalities].astype(np.float64)
        income: FloatArray = members @ self._income[municipalities]
        each = np.divide(income, inhabitants, out=np.zeros_like(income), where=inhabitants > 0)
        # This order is part of the definition: the verifier repeats it operation by operation.
        return inhabitants * np.abs(each - self._mean) / self._mean

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Let g_j be the gap of the part of j: ``g_j >= sum_i e_i x_ij`` and ``g_j >= -sum_i e_i x_ij``.

        The value is |income(S) - mean p(S)| / mean, so that e_i is what i alone adds; here as a share of the
        largest, since engines handle coefficients near 1 best. See `Term.linear`.
        """
        builder, x, roots = parts.builder, parts.x, parts.roots
        expected = self._mean * self.instance.population[parts.municipalities].astype(np.float64)
        excess = (self._income[parts.municipalities] - expected) / self._mean
        largest = float(np.abs(excess).max(initial=0.0)) or 1.0
        excess /= largest
        most = np.where(parts.allowed, np.abs(excess)[:, None], 0.0).sum(axis=0)[roots]
        gap = builder.columns(roots, upper=most, whole=False)
        builder.cost(gap, rate * largest)
        for sign in (1.0, -1.0):
            rows = builder.rows(len(roots), lower=0.0)
            builder.put(rows, gap)
            builder.put(rows[:, None], x[:, roots].T, -sign * excess)
            if sign > 0:
                self._forgive_uninhabited(parts, rows, np.where(parts.allowed, excess[:, None], 0.0))

    def best(self, reach: Reach) -> float:
        """Value of the component as one merger: gaps cancel out in it; see `Term.best`."""
        return float(self.values(np.ones((1, len(reach.municipalities))), reach.municipalities)[0])

    def pricing(self) -> AbsoluteSum:
        """Gap of the sum; see `Term.pricing`."""
        return AbsoluteSum((self._income - self._mean * self.instance.population) / self._mean)

    def _forgive_uninhabited(self, parts: AssignmentVariables, rows: IntArray, excess: FloatArray) -> None:
        """Let h_j = 1 when the part of j is inhabited; one that is not has no gap, whatever its income.

        g_j >= sum_i e_i x_ij - M_j (1 - h_j),   h_j >= x_ij for every inhabited i
        """
        builder, x, roots = parts.builder, parts.x, parts.roots
        nobody = self.instance.population[parts.municipalities] == 0
        for root, row in zip(roots[nobody[roots]].tolist(), rows[nobody[roots]].tolist(), strict=True):
            most = float(excess[nobody, root].sum())
            inhabited = builder.columns(np.array([root]))
            builder.put(row, inhabited, -most)
            builder.rise(row, -most)
            members = x[~nobody & (x[:, root] >= 0), root]
            least = builder.rows(len(members), lower=0.0)
            builder.put(least, np.broadcast_to(inhabited, members.shape))
            builder.put(least, members, -1.0)
