"""Candidates: sets of municipalities of one component, as bit sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from ...instances.common.arrays import BoolArray, FloatArray, IntArray, WordArray

BITS = 64
_CHUNK = 1 << 14  # candidates in a slice, at most
_PLACES = 1 << 23  # candidates times municipalities, the same
_SUBSETS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little")

Part = tuple[int, ...]
"""A part of a plan, merger or zone: its municipalities by index in the instance, ascending."""


@dataclass(frozen=True)
class Candidates:
    """Sets of municipalities of one component, as bit sets.

    Attributes
    ----------
    municipalities : ndarray of int64, shape (m,)
        Index in the instance of each bit; in any order.
    words : ndarray of uint64, shape (k, ceil(m / 64))
        Bit b of word w stands for member 64 w + b.
    """

    municipalities: IntArray
    words: WordArray

    def __len__(self) -> int:
        return len(self.words)

    def take(self, rows: IntArray | BoolArray) -> Candidates:
        """Keep some candidates, by index or mask."""
        return Candidates(self.municipalities, self.words[rows])

    def dense(self, rows: slice | IntArray | BoolArray = slice(None)) -> FloatArray:
        """Give membership as a matrix of zeros and ones, shape (k, m)."""
        return self._bits(rows).astype(np.float64)

    def places(self, rows: slice | IntArray | BoolArray = slice(None)) -> tuple[IntArray, IntArray]:
        """Give the places of the ones in the matrix of `dense`: which of the rows, and which bit."""
        which, bits = np.nonzero(self._bits(rows))
        return which, bits

    def _bits(self, rows: slice | IntArray | BoolArray) -> NDArray[np.uint8]:
        octets = np.ascontiguousarray(self.words[rows]).view(np.uint8)
        return np.unpackbits(octets, axis=1, bitorder="little", count=len(self.municipalities))

    def chunks(self) -> Iterator[slice]:
        """Cut the candidates into slices whose dense matrices stay small."""
        rows = min(_CHUNK, max(1, _PLACES // max(1, len(self.municipalities))))
        for start in range(0, len(self), rows):
            yield slice(start, start + rows)

    @overload
    def sums(self, weights: IntArray) -> IntArray: ...

    @overload
    def sums(self, weights: FloatArray) -> FloatArray: ...

    def sums(self, weights: NDArray[Any]) -> NDArray[Any]:
        """Sum the weights of the members of each candidate, shape (k,).

        One look-up an octet: the sums of all 256 subsets of eight neighbouring bits are tabled first. Octets
        that are empty throughout a slice are passed over; in large components, where sets with the same
        lowest bit stand together, that is most of them. O(k m / 8).
        """
        octets = self.words.view(np.uint8)
        padded = np.zeros(8 * octets.shape[1], dtype=weights.dtype)
        padded[: len(weights)] = weights
        tables = _SUBSETS.astype(weights.dtype) @ padded.reshape(-1, 8).T
        total = np.zeros(len(self), dtype=weights.dtype)
        for rows, used in self._used_octets:
            part = octets[rows]
            for octet in used:
                total[rows] += tables[part[:, octet], octet]
        return total

    @cached_property
    def _used_octets(self) -> list[tuple[slice, list[int]]]:
        """Octets that hold any bit, a slice of candidates at a time."""
        return [
            (rows, np.flatnonzero(np.bitwise_or.reduce(self.words[rows], axis=0).view(np.uint8)).tolist())
            for rows in self.chunks()
        ]

    def local(self, rows: slice) -> tuple[FloatArray, IntArray]:
        """Give the membership of a slice of candidates in the municipalities that any of them holds.

        Returns
        -------
        tuple of ndarray of float64, shape (k, l), and of int64, shape (l,)
            Zeros and ones, column by column in memory, and the index in the instance of each column.
        """
        words = self.words[rows]
        held = np.bitwise_or.reduce(words, axis=0, initial=0)
        used = np.flatnonzero(np.unpackbits(held.view(np.uint8), bitorder="little"))
        # one octet of all candidates after the other: to unpack them row by row takes twenty times as long
        octets, place = np.unique(used // 8, return_inverse=True)
        columns = np.ascontiguousarray(words.view(np.uint8)[:, octets].T)[place.reshape(-1)]
        bits = (columns >> (used % 8).astype(np.uint8)[:, None]) & np.uint8(1)
        return bits.astype(np.float64).T, self.municipalities[used]

    def counts(self) -> IntArray:
        """Count the candidates that hold each municipality, shape (m,)."""
        total = np.zeros(len(self.municipalities), dtype=np.int64)
        for rows in self.chunks():
            total += self.dense(rows).sum(axis=0).astype(np.int64)
        return total

    @cached_property
    def uncovered(self) -> list[int]:
        """Municipalities that no candidate holds, by instance indices."""
        covered = np.bitwise_or.reduce(self.words, axis=0, initial=0)
        bits = np.unpackbits(covered.view(np.uint8), bitorder="little", count=len(self.municipalities))
        return [int(i) for i in self.municipalities[bits == 0]]

    def onto(self, municipalities: IntArray) -> Candidates:
        """Give the same sets with bits for some municipalities, which include all of this one."""
        if np.array_equal(municipalities, self.municipalities):
            return self
        width = max(1, (len(municipalities) + BITS - 1) // BITS)
        words = np.zeros((len(self), width), dtype=np.uint64)
        place = _places(municipalities, self.municipalities)
        for rows in self.chunks():
            bits = np.zeros((len(words[rows]), BITS * width), dtype=np.uint8)
            bits[:, place] = self.dense(rows)
            words[rows] = np.packbits(bits, axis=1, bitorder="little").view(np.uint64)
        return Candidates(municipalities, words)

    def inside(self, municipalities: IntArray) -> tuple[IntArray, Candidates]:
        """Keep the sets that lie within some municipalities, by index, with bits for these alone."""
        places = _places(self.municipalities, municipalities)
        rows = self.within(municipalities.tolist())
        some = self.take(rows)
        width = max(1, (len(places) + BITS - 1) // BITS)
        words = np.zeros((len(rows), width), dtype=np.uint64)
        for part in some.chunks():
            bits = np.zeros((len(words[part]), BITS * width), dtype=np.uint8)
            bits[:, : len(places)] = some.dense(part)[:, places]
            words[part] = np.packbits(bits, axis=1, bitorder="little").view(np.uint64)
        return rows, Candidates(municipalities, words)

    def after(self, parts: Sequence[tuple[int, ...]]) -> Candidates:
        """Put some sets of municipalities, given by instance indices, before the others."""
        if not parts:
            return self
        width = self.words.shape[1]
        first = [words_of(_places(self.municipalities, part).tolist(), width) for part in parts]
        return Candidates(self.municipalities, np.concatenate([np.array(first, dtype=np.uint64), self.words]))

    def within(self, members: Sequence[int]) -> IntArray:
        """Find the candidates that hold only some municipalities, given by instance indices."""
        outside = ~words_of(_places(self.municipalities, members).tolist(), self.words.shape[1])
        return np.flatnonzero(~(self.words & outside).any(axis=1)).astype(np.int64)

    def holding(self, members: Sequence[int]) -> IntArray:
        """Find the candidates that hold all of some municipalities, given by instance indices."""
        inside = words_of(_places(self.municipalities, members).tolist(), self.words.shape[1])
        return np.flatnonzero(((self.words & inside) == inside).all(axis=1)).astype(np.int64)

    def equal_to(self, members: Sequence[int]) -> IntArray:
        """Find the candidates that hold some municipalities, given by instance indices, and no others."""
        same = words_of(_places(self.municipalities, members).tolist(), self.words.shape[1])
        return np.flatnonzero((self.words == same).all(axis=1)).astype(np.int64)

    def members(self, row: int) -> tuple[int, ...]:
        """Give the members of one candidate as instance indices, ascending."""
        bits = np.unpackbits(
            self.words[row].view(np.uint8), bitorder="little", count=len(self.municipalities)
        )
        return tuple(sorted(self.municipalities[np.flatnonzero(bits)].tolist()))


def _places(municipalities: IntArray, members: Sequence[int] | IntArray) -> IntArray:
    """Look up the bits of some municipalities."""
    order = np.argsort(municipalities)
    return order[np.searchsorted(municipalities, members, sorter=order)].astype(np.int64)


def bit_sets(sets: Sequence[Sequence[int]], size: int) -> WordArray:
    """Write sets of bits below `size` as words, shape (k, ceil(size / 64))."""
    width = max(1, (size + BITS - 1) // BITS)
    return np.array([words_of(bits, width) for bits in sets], dtype=np.uint64).reshape(-1, width)


def words_of(vertices: Sequence[int] | range, width: int) -> WordArray:
    """Write some vertices as a bit set."""
    words = [0] * width
    for v in vertices:
        words[v // BITS] |= 1 << (v % BITS)
    return np.array(words, dtype=np.uint64)


def words_below(ends: IntArray, width: int) -> WordArray:
    """Write all vertices below each of some as bit sets, shape (k, width)."""
    bits = np.clip(ends[:, None] - BITS * np.arange(width), 0, BITS).astype(np.uint64)
    # a word is not shifted by as many bits as it has
    some = (np.uint64(1) << np.minimum(bits, np.uint64(BITS - 1))) - np.uint64(1)
    words: WordArray = np.where(bits == BITS, ~np.uint64(0), some)
    return words


def single_words(vertices: IntArray, width: int) -> WordArray:
    """Write each of some vertices as a bit set by itself, shape (k, width)."""
    words = np.zeros((len(vertices), width), dtype=np.uint64)
    words[np.arange(len(vertices)), vertices // BITS] = np.uint64(1) << (vertices % BITS).astype(np.uint64)
    return words


def lowest_members(sets: WordArray) -> IntArray:
    """Find the lowest bit of each set, shape (k,); 64 for each word where the set is empty."""
    if not len(sets):
        return np.zeros(0, dtype=np.int64)
    return np.where(sets.any(axis=1), lowest_vertices(sets)[0], BITS * sets.shape[1]).astype(np.int64)


def lowest_vertices(sets: WordArray) -> tuple[IntArray, WordArray]:
    """Find the lowest vertex of each non-empty set, as index and as bit set."""
    rows = np.arange(len(sets))
    word = (sets != 0).argmax(axis=1) if len(sets) else np.zeros(0, dtype=np.int64)
    value = sets[rows, word]
    low = value & (~value + np.uint64(1))
    exponent = np.frexp(low.astype(np.float64))[1].astype(np.int64) - 1
    bit = np.zeros_like(sets)
    bit[rows, word] = low
    return (word * BITS + exponent).astype(np.int64), bit
