"""Which sets of municipalities can still be divided into mergers, as far as their inhabitants tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ....instances.common.arrays import BoolArray, IntArray, WordArray
from ....models.question.question import Question
from ...candidates.sets import Candidates, bit_sets

_CHUNK = 1 << 16


@dataclass(frozen=True, eq=False)
class DivisibilityTest:
    """A necessary condition on the populations of connected parts, for sets of municipalities as bits.

    Attributes
    ----------
    beside : ndarray of uint64, shape (octets, 256, w)
        Neighbours of each subset of eight bits.
    people : ndarray of int64, shape (octets, 256)
        Inhabitants of each.
    free : ndarray of uint64, shape (w,)
        Municipalities whose place is open; those that are settled are in no part.
    lower, upper : int
        Bounds on a part.
    """

    beside: WordArray
    people: IntArray
    free: WordArray
    lower: int
    upper: int

    @classmethod
    def of(cls, question: Question, municipalities: IntArray) -> DivisibilityTest:
        """Take the municipalities of a component, in the order of their bits."""
        place = {i: bit for bit, i in enumerate(municipalities.tolist()) if i not in question.fixed}
        near = [[place[j] for j in question.neighbours[i] if j in place] for i in municipalities.tolist()]
        words = bit_sets(near, len(municipalities))
        octets = 8 * words.shape[1]
        people = np.zeros(8 * octets, dtype=np.int64)
        people[: len(municipalities)] = question.bounded[municipalities]
        subsets = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little")
        padded = np.zeros((8 * octets, words.shape[1]), dtype=np.uint64)
        padded[: len(municipalities)] = words
        beside = np.zeros((octets, 256, words.shape[1]), dtype=np.uint64)
        for octet in range(octets):
            for bit in range(8):
                beside[octet, subsets[:, bit] == 1] |= padded[8 * octet + bit]
        bounds = question.scenario.population
        return cls(
            beside,
            people.reshape(octets, 8) @ subsets.T.astype(np.int64),
            bit_sets([sorted(place.values())], len(municipalities))[0],
            bounds.lowest,
            bounds.highest,
        )

    def divisible(self, left: WordArray) -> BoolArray:
        """Tell which sets may have a partition into mergers, shape (k,).

        A connected part of p inhabitants has one only if p lies between n times the lower and n times the
        upper bound for some n. Sets all of whose parts do may still have none: the condition is
        necessary, not sufficient.

        Parameters
        ----------
        left : ndarray of uint64, shape (k, w)
        """
        parts = [self._divisible(left[at : at + _CHUNK]) for at in range(0, len(left), _CHUNK)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.bool_)

    def _divisible(self, left: WordArray) -> BoolArray:
        divisible = np.ones(len(left), dtype=np.bool_)
        rest, rows = left & self.free, np.arange(len(left))
        while True:
            some = rest.any(axis=1)
            rest, rows = rest[some], rows[some]
            if not len(rows):
                return divisible
            part = self._part_of_lowest(rest)
            people = self._sums(part)
            fewest = -(-people // max(1, self.upper))
            fits = (people >= self.lower) & (fewest * self.lower <= people)
            divisible[rows[~fits]] = False
            rest, rows = (rest & ~part)[fits], rows[fits]

    def _part_of_lowest(self, sets: WordArray) -> WordArray:
        """Connected part of the lowest bit of each set, none of which is empty."""
        part = np.zeros_like(sets)
        at = (sets != 0).argmax(axis=1)
        rows = np.arange(len(sets))
        value = sets[rows, at]
        part[rows, at] = value & (~value + np.uint64(1))
        while len(rows):
            grown = part[rows] | (self._neighbours(part[rows]) & sets[rows])
            more = (grown != part[rows]).any(axis=1)
            part[rows] = grown
            rows = rows[more]
        return part

    def _neighbours(self, sets: WordArray) -> WordArray:
        octets = np.ascontiguousarray(sets).view(np.uint8)
        neighbours = np.zeros_like(sets)
        for octet, beside in enumerate(self.beside):
            neighbours |= beside[octets[:, octet]]
        return neighbours

    def _sums(self, sets: WordArray) -> IntArray:
        octets = np.ascontiguousarray(sets).view(np.uint8)
        total = np.zeros(len(sets), dtype=np.int64)
        for octet, people in enumerate(self.people):
            total += people[octets[:, octet]]
        return total

    def useful(self, candidates: Candidates) -> IntArray:
        """Find the candidates without which the rest may still be divided: no other is part of a plan."""
        return np.flatnonzero(~self.lost(candidates.words)).astype(np.int64)

    def lost(self, covered: WordArray) -> BoolArray:
        """Tell of covers, shape (k, w), which cannot be completed."""
        return ~self.divisible(self.free & ~covered)
