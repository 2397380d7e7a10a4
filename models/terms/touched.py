"""Touched: how many zones a merger has a part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...instances.arrays import FloatArray, IntArray
from ...instances.instance import Instance
from ...instances.problems import reject, suggest
from .base import Term

if TYPE_CHECKING:
    from ..scenario import Scenario


class TouchedTerm(Term):
    """Number of zones of one layer that S touches; one without a zone is a zone of its own.

    A plan's total, less the number of zones, says how often zones are cut.
    """

    key = "touched"
    takes = "layer"
    unit = "number of zones touched, summed over mergers"
    sense = -1
    per_inhabitant = False

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        if argument not in instance.layers:
            reject(f"{self.name}: the instance has no layer '{argument}'", suggest(argument, instance.layers))

    def values(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m z) for z zones among the columns."""
        zone = self.instance.layers[self.argument].separate()[of]
        zones, place = np.unique(zone, return_inverse=True)
        by_zone = np.zeros((len(of), len(zones)))
        by_zone[np.arange(len(of)), place] = 1.0
        touched: FloatArray = (members @ by_zone > 0).sum(axis=1).astype(np.float64)
        return touched
