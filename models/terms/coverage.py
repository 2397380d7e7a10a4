"""Coverage: the inhabitants with the centre functions in their own municipality."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ..lacking import lacks
from ..programmes.reach import Reach
from ..programmes.variables import AssignmentVariables
from ..scenario.scenario import Scenario
from .base import Term
from .forms import Covering


class CoverageTerm(Term):
    """Sum over functions f of omega_f p(S) [S has f]; a merger has what at least one member has.

    A maximal covering objective in the sense of Church and ReVelle (1974), with the merger as the reach.
    """

    key = "coverage"
    unit = "share of inhabitants with the function in their own municipality"
    sense = 1
    parameters = ("coverage.shares",)

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        problems = Problems()
        for names, remedy in lacks(scenario.coverage.shares, instance.functions, instance, "functions"):
            problems.add(f"coverage.shares: the instance has no function {names}", remedy)
        problems.raise_if_any()

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m) a function."""
        shares = self.scenario.coverage.shares
        columns = [
            self.instance.population[municipalities],
            *(self.instance.functions[f].present[municipalities] for f in shares),
        ]
        # one product for all of them: members is read once
        sums: FloatArray = members @ np.column_stack(columns).astype(np.float64)
        covered = np.zeros(len(members))
        for share, having in zip(shares.values(), sums.T[1:], strict=True):
            covered += share * (having > 0)
        inhabitants: FloatArray = sums[:, 0]
        return inhabitants * covered

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Let z_ij = 1 when i finds the function in the part of j; see `Term.linear`.

            z_ij <= x_ij,   z_ij <= sum_{v has it} x_vj

        A municipality that has it itself, or is in a part whose root has it, needs no z.
        """
        builder, x = parts.builder, parts.x
        inhabitants = self.instance.population[parts.municipalities].astype(np.float64)
        for name, share in self.scenario.coverage.shares.items():
            has = self.instance.functions[name].present[parts.municipalities]
            worth = np.broadcast_to(rate * share * inhabitants[:, None], x.shape)
            sure = has[:, None] | has[None, :]
            builder.cost(np.where(sure, x, -1), worth)
            i, j = np.nonzero(~sure & parts.allowed & parts.holding(has))
            served = builder.columns(j)
            builder.cost(served, worth[i, j])
            rows = builder.rows(len(served), upper=0.0)
            builder.put(rows, served)
            builder.put(rows, x[i, j], -1.0)
            rows = builder.rows(len(served), upper=0.0)
            builder.put(rows, served)
            builder.put(rows[:, None], x[:, j][has].T, -1.0)

    def best(self, reach: Reach) -> float:
        """All have a function that some municipality within reach has; holders serve a full merger each.

        See `Term.best`.
        """
        inhabitants = self.instance.population[reach.municipalities]
        beyond = int(np.maximum(0, inhabitants - reach.counted).sum())
        most = 0.0
        for name, share in self.scenario.coverage.shares.items():
            has = self.instance.functions[name].present[reach.municipalities]
            within = reach.reaching(has)
            full = int(has.sum()) * reach.bounds[1] + beyond
            most += share * float(min(int(inhabitants[within].sum()), full))
        return most

    def pricing(self) -> Covering:
        """The functions that a merger has; see `Term.pricing`."""
        shares = self.scenario.coverage.shares
        has = [self.instance.functions[name].present for name in shares]
        return Covering(tuple(shares.values()), np.array(has, dtype=np.bool_).reshape(-1, len(self.instance)))
