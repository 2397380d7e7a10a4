"""What pairs of municipalities gain when they share a merger, for bounds and pricing.

A pair's gain is counted at one end or split between both: then what a set gains is at most a sum over its
members, of what each could gain with those that fit beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...models.programmes.knapsack import filled
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
    def between(cls, forms: Iterable[tuple[InsidePairs, float]], municipalities: IntArray) -> PairGains:
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

    def of(self, v: int) -> tuple[IntArray, FloatArray]:
        """Give the partners of a municipality, and its gain with each."""
        some = slice(self.start[v], self.start[v + 1])
        return self.partner[some], self.gain[some]

    @staticmethod
    def share(weight: FloatArray | float, other: FloatArray | float) -> FloatArray:
        """Part of a pair's gain that is counted at the first end: both gain alike for an inhabitant."""
        both = np.asarray(weight + other, dtype=np.float64)
        part: FloatArray = np.where(both > 0, weight / np.maximum(both, 1e-9), 0.5)
        return part

    def promised(
        self, weight: FloatArray, within: Sequence[IntArray], most: float
    ) -> tuple[FloatArray, FloatArray]:
        """Bound what municipalities gain with others, of each pair the part that is counted at their end.

        Parameters
        ----------
        weight : ndarray of float64, shape (m,)
            Inhabitants as the bounds count them.
        within : sequence of ndarray of int64
            Those that each may share a merger with.
        most : float
            Inhabitants of a merger.

        Returns
        -------
        tuple of (ndarray of float64, ndarray of float64), shape (m,)
            With those that fit beside it (a fractional knapsack; Dantzig 1957), and with all within reach.
        """
        fitting, everybody = np.zeros(len(self.own)), np.zeros(len(self.own))
        for v, near in enumerate(within):
            partners, gain = self.of(v)
            reached = np.isin(partners, near)
            partners = partners[reached]
            part = gain[reached] * self.share(weight[v], weight[partners])
            everybody[v] = part.sum()
            fitting[v] = filled(part, weight[partners], max(0.0, most - weight[v]))
        return fitting, everybody


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
