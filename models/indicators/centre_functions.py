"""Centre functions: how many of them inhabitants have within their own municipality."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..lacking import remedy_for_lack
from ..scenario.demands import Demands
from .base import AdditiveIndicator


class CentreFunctions(AdditiveIndicator):
    """Centre functions of the instance that the own municipality has, mean over inhabitants."""

    key = "centre_functions"
    family = "democracy"
    unit = "mean over inhabitants"
    digits = 2
    better = 1

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        if not instance.functions:
            what = f"{self.name}: the instance has no centre functions"
            reject(what, remedy_for_lack("", (), instance, "functions"))

    @property
    def columns(self) -> tuple[str, ...]:
        """See `Indicator.columns`."""
        return ("municipalities.population", *(f"functions.{name}" for name in self.instance.functions))

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k m f) for f functions."""
        present = np.array(
            [function.present[municipalities] for function in self.instance.functions.values()]
        )
        number: FloatArray = ((members @ present.T.astype(np.float64)) > 0).sum(axis=1).astype(np.float64)
        return number * self.bases(members, municipalities)

    def bases(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.bases`. O(k m)."""
        inhabitants: FloatArray = members @ self.instance.population[municipalities].astype(np.float64)
        return inhabitants
