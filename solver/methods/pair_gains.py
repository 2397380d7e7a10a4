"""What pairs of municipalities gain when they share a merger, for bounds and pricing.

A pair's gain is counted at one end or split between both: then what a set gains is at most a sum over its
members, of what each could gain with those that fit beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...models.terms.forms import InsidePairs


@dataclass(frozen=True, eq=False)
class PairGains:
    """Gains in a component of m municipalities, by place.

    Attributes
    ----------
    own : ndarray of float64, shape (m,)
        What a municipality gains by itself.
    start : ndarray of int64, shape (m + 1,)
    partner : ndarray of int64
        Partners of v: ``partner[start[v]:start[v + 1]]``, ascending.
    gain : ndarray of float64
        With each of them; the same at both ends.
    """

    own: FloatArray
    start: IntArray
    partner: IntArray
    gain: FloatArray

    @classmethod
    def of(cls, forms: Iterable[tuple[InsidePairs, float]], municipalities: IntArray) -> PairGains:
        """Sum the gains of some forms, each with the points that one unit of it adds."""
        m = len(municipalities)
        own, tails, heads, gains = np.zeros(m), [], [], []
        for form, rate in forms:
            a, b, inside = _places(form, municipalities)
            gain = rate * form.amounts[inside] / form.unit
            np.add.at(own, a[a == b], gain[a == b])
            apart = a != b
            tails += [a[apart], b[apart]]
            heads += [b[apart], a[apart]]
            gains += [gain[apart], gain[apart]]
        keys = _joined(tails).astype(np.int64) * max(1, m) + _joined(heads).astype(np.int64)
        pairs, place = np.unique(keys, return_inverse=True)
        summed = np.bincount(place, weights=_joined(gains), minlength=len(pairs)).astype(np.float64)
        start = np.searchsorted(pairs // max(1, m), np.arange(m + 1)).astype(np.int64)
        return cls(own, start, (pairs % max(1, m)).astype(np.int64), summed)

    def of_vertices(self) -> FloatArray:
        """Sum what each municipality gains by itself and with all partners, shape (m,)."""
        tail = np.repeat(np.arange(len(self.own)), np.diff(self.start))
        sums: FloatArray = self.own + np.bincount(tail, weights=self.gain, minlength=len(self.own))
        return sums


def _places(form: InsidePairs, municipalities: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Places of both ends of the pairs in a component, and which pairs these are."""
    most = int(
        max(municipalities.max(initial=-1), form.origin.max(initial=-1), form.destination.max(initial=-1))
    )
    place = np.full(most + 1, -1, dtype=np.int64)
    place[municipalities] = np.arange(len(municipalities))
    inside = np.flatnonzero((place[form.origin] >= 0) & (place[form.destination] >= 0)).astype(np.int64)
    return place[form.origin[inside]], place[form.destination[inside]], inside


def _joined(blocks: list[FloatArray] | list[IntArray]) -> FloatArray:
    return np.concatenate(blocks).astype(np.float64) if blocks else np.zeros(0)
