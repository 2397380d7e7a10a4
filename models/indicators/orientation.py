"""Orientation: how many inhabitants share a municipality with the centre that they turn to."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from ...instances.common.arrays import FloatArray
from ...instances.instance import Instance
from ..scenario.demands import Demands
from ..ties import HUNDREDTHS, check_turning, turned_to
from .pair_sums import PairIndicator, Ties


class Orientation(PairIndicator):
    """Per cent of inhabitants who turn to a centre in their own municipality; see the term of this name."""

    key = "orientation"
    family = "identity"
    unit = "per cent of inhabitants"

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        check_turning(instance, demands.orientation, self.name)

    @property
    def columns(self) -> tuple[str, ...]:
        """See `Indicator.columns`."""
        asked = self.demands.orientation
        own = ("population", "class", "x", "y", "region")
        flows = ("flows.people",) if asked.by == "flows" else ()
        functions = tuple(f"functions.{name}" for name in asked.functions)
        return (*(f"municipalities.{name}" for name in own), *functions, *flows)

    @cached_property
    def ties(self) -> Ties:
        """Inhabitants by home and centre."""
        counted = turned_to(self.instance, self.demands.orientation)
        pairs = np.array(list(counted), dtype=np.int64).reshape(-1, 2)
        return Ties(pairs[:, 0], pairs[:, 1], np.array(list(counted.values()), dtype=np.float64))

    @property
    def people(self) -> FloatArray:
        """All inhabitants."""
        return self.instance.population.astype(np.float64) * HUNDREDTHS
