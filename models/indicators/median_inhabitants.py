"""Median inhabitants: how large the municipality in the middle is, where all are put in order of size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .base import Amounts, Indicator


class MedianInhabitants(Indicator):
    """Inhabitants of the municipality in the middle; of two in the middle, their mean."""

    key = "median_inhabitants"
    family = "capacity"
    unit = "inhabitants"
    reads = ("municipalities.population",)

    def of_plan(self, parts: Sequence[Sequence[int]]) -> Amounts:
        """See `Indicator.of_plan`."""
        people = self.instance.population
        sizes = np.array([float(people[list(part)].sum()) for part in parts])
        return Amounts(sizes, is_median=True)
