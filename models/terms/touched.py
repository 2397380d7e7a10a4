"""Touched: how many zones a merger has a part of."""

from __future__ import annotations

import numpy as np

from ...instances.arrays import FloatArray, IntArray
from .layer import LayerTerm


class TouchedTerm(LayerTerm):
    """Number of zones of one layer that S touches; one without a zone is a zone of its own.

    A plan's total, less the number of zones, says how often zones are cut.
    """

    key = "touched"
    unit = "number of zones touched, summed over parts"
    sense = -1
    per_inhabitant = False

    def values(self, members: FloatArray, of: IntArray) -> FloatArray:
        """Value of each candidate; see `Term.values`. O(k m z) for z zones among the columns."""
        touched: FloatArray = (self.by_zone(members, of, np.ones(len(of))) > 0).sum(axis=1).astype(np.float64)
        return touched
