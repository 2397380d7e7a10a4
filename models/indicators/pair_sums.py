"""What indicators on pairs of municipalities share: people counted where both are in one merger."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ..ties import HUNDREDTHS
from .base import AdditiveIndicator

PER_CENT = 100.0


class Ties(NamedTuple):
    """Hundredths of people by the municipality where they live and another one, or the same."""

    home: IntArray
    other: IntArray
    hundredths: FloatArray


class PairIndicator(AdditiveIndicator):
    """Per cent of people whose tie is with their own municipality."""

    digits = 1
    better = 1

    @property
    @abstractmethod
    def ties(self) -> Ties:
        """Who is counted."""

    @cached_property
    def _living(self) -> FloatArray:
        """People who are counted, by where they live, shape (n,)."""
        return self.people / HUNDREDTHS

    @property
    def people(self) -> FloatArray:
        """Hundredths of people that a value is a share of, by where they live, shape (n,)."""
        home, _, hundredths = self.ties
        return np.bincount(home, weights=hundredths, minlength=len(self.instance)).astype(np.float64)

    def amounts(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.amounts`. O(k t) for t ties between the municipalities."""
        place = np.full(len(self.instance), -1, dtype=np.int64)
        place[municipalities] = np.arange(len(municipalities))
        home, other = place[self.ties.home], place[self.ties.other]
        known = (home >= 0) & (other >= 0)
        both = members[:, home[known]] * members[:, other[known]]
        inside: FloatArray = both @ self.ties.hundredths[known]
        return inside / HUNDREDTHS * PER_CENT

    def bases(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """See `AdditiveIndicator.bases`. O(k m)."""
        people: FloatArray = members @ self._living[municipalities]
        return people
