"""Commuting: how many commuters find work and home in one municipality."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..scenario.scenario import Scenario
from ..ties import HUNDREDTHS, commuters
from .pairs import Pairs, PairTerm


class CommutingTerm(PairTerm):
    """Sum of flow_uv over u != v in S, divided by all flow between municipalities of the instance.

    Official flows are fractional, as processed; they are counted in whole hundredths of a commuter. What is
    shown for some regions, or for a merger, is a share of the commuters who live there.
    """

    key = "commuting"
    unit = "share of commuters between municipalities whose trip becomes internal"
    divided_by = "commuters"

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        remedy = (
            f"add them with: refzones instance add-flows {instance.name} FILE --out FOLDER "
            "(FILE: a table with the columns origin, destination, people)"
        )
        if instance.flows is None:
            reject(f"{self.name}: the instance has no flows", remedy)
        self.per_unit = float(self.pairs.amount.sum())
        self._living = np.bincount(self.pairs.origin, weights=self.pairs.amount, minlength=len(instance))
        if self.per_unit == 0:
            reject(f"{self.name}: the instance has no flows between different municipalities", remedy)

    def base(self, municipalities: Sequence[int]) -> float:
        """Count the commuters from some municipalities to another one of the instance."""
        return float(self._living[list(municipalities)].sum()) / HUNDREDTHS

    def count_pairs(self) -> Pairs:
        """Count commuters by home and work; see `PairTerm.count_pairs`."""
        flows = self.instance.flows
        assert flows is not None
        return Pairs(*commuters(flows))
