"""All connected sets of municipalities within the population bounds, each exactly once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from ...instances.common.arrays import BoolArray, FloatArray, IntArray, WordArray
from ...models.question.question import Question
from ...models.seats import find_seats
from ..deadline import Deadline

_BITS = 64
_CHUNK = 1 << 14
_LOOKED = 50  # states that the compiled search looks at for each set that may be held
_HELD = 1 << 20  # sets that it finds, and branches that it takes, between two looks at the clock
_BRANCHES = 1 << 24
_FEW = 300_000  # states from which on it is worth loading
_SUBSETS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little")

Part = tuple[int, ...]
"""A part of a plan, merger or zone: its municipalities by index in the instance, ascending."""

MOST_CANDIDATES = 8_000_000
"""Most sets to hold at once, unless told otherwise."""


class TooManyCandidatesError(Exception):
    """There are more candidates than may be listed."""


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
        octets = np.ascontiguousarray(self.words[rows]).view(np.uint8)
        bits = np.unpackbits(octets, axis=1, bitorder="little", count=len(self.municipalities))
        return bits.astype(np.float64)

    def chunks(self) -> Iterator[slice]:
        """Cut the candidates into slices whose dense matrices stay small."""
        for start in range(0, len(self), _CHUNK):
            yield slice(start, start + _CHUNK)

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
            Zeros and ones, and the index in the instance of each column.
        """
        words = self.words[rows]
        held = np.bitwise_or.reduce(words, axis=0, initial=0)
        used = np.flatnonzero(np.unpackbits(held.view(np.uint8), bitorder="little"))
        octets = np.unique(used // 8)
        bits = np.unpackbits(words.view(np.uint8)[:, octets], axis=1, bitorder="little")
        place = 8 * np.searchsorted(octets, used // 8) + used % 8
        return bits[:, place].astype(np.float64), self.municipalities[used]

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
        width = max(1, (len(municipalities) + _BITS - 1) // _BITS)
        words = np.zeros((len(self), width), dtype=np.uint64)
        place = _places(municipalities, self.municipalities)
        for rows in self.chunks():
            bits = np.zeros((len(words[rows]), _BITS * width), dtype=np.uint8)
            bits[:, place] = self.dense(rows)
            words[rows] = np.packbits(bits, axis=1, bitorder="little").view(np.uint64)
        return Candidates(municipalities, words)

    def after(self, parts: Sequence[tuple[int, ...]]) -> Candidates:
        """Put some sets of municipalities, given by instance indices, before the others."""
        if not parts:
            return self
        width = self.words.shape[1]
        first = [_words(_places(self.municipalities, part).tolist(), width) for part in parts]
        return Candidates(self.municipalities, np.concatenate([np.array(first, dtype=np.uint64), self.words]))

    def within(self, members: Sequence[int]) -> IntArray:
        """Find the candidates that hold only some municipalities, given by instance indices."""
        outside = ~_words(_places(self.municipalities, members).tolist(), self.words.shape[1])
        return np.flatnonzero(~(self.words & outside).any(axis=1)).astype(np.int64)

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


def enumerate_candidates(
    question: Question,
    municipalities: IntArray,
    deadline: Deadline = Deadline(),
    limit: int = MOST_CANDIDATES,
) -> Candidates:
    """List every connected set of a component that satisfies the bounds, the locks and the requirements.

    Parameters
    ----------
    question : Question
    municipalities : ndarray of int64, shape (m,)
        Municipalities of the component, ascending.
    deadline : Deadline
    limit : int
        Most sets to hold at once.

    Returns
    -------
    Candidates

    Raises
    ------
    TimeUpError, TooManyCandidatesError
    """
    sets = connected_sets(
        _local_neighbours(question, municipalities),
        question.bounded[municipalities],
        question.scenario.population.lowest,
        question.scenario.population.highest,
        deadline=deadline,
        limit=limit,
    )
    return keeping_rules(Candidates(municipalities, sets), question)


def keeping_rules(candidates: Candidates, question: Question) -> Candidates:
    """Drop candidates that break a lock, lack what every merger must hold, or have another seat than locked.

    Connectedness and bounds are not looked at.
    """
    kept = _holding_required(_respecting_locks(candidates, question), question)
    return _with_seats(kept, question)


def bit_sets(sets: Sequence[Sequence[int]], size: int) -> WordArray:
    """Write sets of bits below `size` as words, shape (k, ceil(size / 64))."""
    width = max(1, (size + _BITS - 1) // _BITS)
    return np.array([_words(bits, width) for bits in sets], dtype=np.uint64).reshape(-1, width)


def _local_neighbours(question: Question, municipalities: IntArray) -> list[list[int]]:
    place = {i: k for k, i in enumerate(municipalities.tolist())}
    return [[place[j] for j in question.neighbours[i] if j in place] for i in municipalities.tolist()]


def connected_sets(
    neighbours: Sequence[Sequence[int]],
    population: IntArray,
    lower: int,
    upper: int,
    *,
    deadline: Deadline = Deadline(),
    limit: int = MOST_CANDIDATES,
) -> WordArray:
    """List all connected vertex sets whose population is within bounds.

    A binary partition of the sets: a state is a connected set S with vertices X that it may never take; it
    branches on the lowest vertex next to S and not in X, taken or forbidden for ever. Each set is the end of
    exactly one branch, so nothing is listed twice and nothing has to be remembered; branches that pass the
    upper bound end at once. All states of a depth are worked on together, as arrays. Takes O(1) array
    operations a vertex, and time and memory linear in the number of connected sets up to the upper bound. The
    scheme is that of Avis and Fukuda (1996) for connected induced subgraphs. Where they are many, a compiled
    search goes through them depth first (extra `large`): some sixty million a second.

    Parameters
    ----------
    neighbours : sequence of sequence of int
        Adjacent vertices of each vertex.
    population : ndarray of int64, shape (m,)
    lower, upper : int
        Bounds, both included.
    deadline : Deadline
    limit : int
        Most states to hold at once; the compiled search looks at fifty times as many.

    Returns
    -------
    ndarray of uint64, shape (k, ceil(m / 64))
        By lowest vertex.

    Raises
    ------
    TimeUpError, TooManyCandidatesError
    """
    size = len(neighbours)
    width = max(1, (size + _BITS - 1) // _BITS)
    near = np.array([_words(adjacent, width) for adjacent in neighbours], dtype=np.uint64).reshape(-1, width)
    fits = np.flatnonzero(population <= upper)
    never = _words(np.flatnonzero(population > upper).tolist(), width)
    chosen = np.array([_words([r], width) for r in fits.tolist()], dtype=np.uint64).reshape(-1, width)
    # the root is the lowest vertex of its sets: all lower ones are forbidden
    barred = (
        np.array([_words(range(r), width) for r in fits.tolist()], dtype=np.uint64).reshape(-1, width) | never
    )
    reach, inhabitants = near[fits], population[fits]
    listed: list[WordArray] = []
    total = 0
    while len(chosen):
        deadline.check()
        frontier = reach & ~barred & ~chosen
        open_ended = frontier.any(axis=1)
        complete = ~open_ended & (inhabitants >= lower)
        listed.append(chosen[complete])
        total += len(listed[-1])
        chosen, barred, reach = chosen[open_ended], barred[open_ended], reach[open_ended]
        inhabitants, frontier = inhabitants[open_ended], frontier[open_ended]
        if total + len(chosen) > min(limit, _FEW) and find_spec("numba") is not None:
            listed = _compiled(near, population, lower, upper, never, deadline, limit)
            break
        if total + len(chosen) > limit:
            raise TooManyCandidatesError
        vertex, bit = _lowest(frontier)
        taken = inhabitants + population[vertex]
        may = taken <= upper
        grown, wider = chosen[may] | bit[may], reach[may] | near[vertex[may]]
        chosen, reach = np.concatenate([chosen, grown]), np.concatenate([reach, wider])
        barred = np.concatenate([barred | bit, barred[may]])
        inhabitants = np.concatenate([inhabitants, taken[may]])
    if not listed:
        return np.zeros((0, width), dtype=np.uint64)
    sets = np.concatenate(listed)
    return sets[np.argsort(lowest_members(sets), kind="stable")]


def _compiled(
    near: WordArray,
    population: IntArray,
    lower: int,
    upper: int,
    never: WordArray,
    deadline: Deadline,
    limit: int,
) -> list[WordArray]:
    """List all connected sets depth first, holding none but those within the bounds; see `connected_sets`."""
    from .kernel import walk

    size, width = near.shape
    roots = np.flatnonzero(population <= upper)
    room = len(roots) + 2 * size + 2
    chosen, barred, reach = (np.zeros((room, width), dtype=np.uint64) for _ in range(3))
    inhabitants = np.zeros(room, dtype=np.int64)
    chosen[: len(roots)] = [_words([r], width) for r in roots.tolist()]
    barred[: len(roots)] = [_words(range(r), width) | never for r in roots.tolist()]
    reach[: len(roots)], inhabitants[: len(roots)] = near[roots], population[roots]
    depth, listed, total, left = len(roots), [], 0, _LOOKED * limit
    while depth:
        deadline.check()
        some = np.empty((min(_HELD, limit + 1 - total), width), dtype=np.uint64)
        depth, number, looked = walk(
            near, population, lower, upper, chosen, barred, reach, inhabitants, depth, some, 0, _BRANCHES
        )
        listed.append(some[:number].copy())
        total, left = total + number, left - looked
        if total > limit or left < 0:
            raise TooManyCandidatesError
    return listed


def _words(vertices: Sequence[int] | range, width: int) -> WordArray:
    """Write some vertices as a bit set."""
    words = [0] * width
    for v in vertices:
        words[v // _BITS] |= 1 << (v % _BITS)
    return np.array(words, dtype=np.uint64)


def lowest_members(sets: WordArray) -> IntArray:
    """Find the lowest bit of each set, shape (k,); 64 for each word where the set is empty."""
    if not len(sets):
        return np.zeros(0, dtype=np.int64)
    return np.where(sets.any(axis=1), _lowest(sets)[0], _BITS * sets.shape[1]).astype(np.int64)


def _lowest(sets: WordArray) -> tuple[IntArray, WordArray]:
    """Find the lowest vertex of each non-empty set, as index and as bit set."""
    rows = np.arange(len(sets))
    word = (sets != 0).argmax(axis=1) if len(sets) else np.zeros(0, dtype=np.int64)
    value = sets[rows, word]
    low = value & (~value + np.uint64(1))
    exponent = np.frexp(low.astype(np.float64))[1].astype(np.int64) - 1
    bit = np.zeros_like(sets)
    bit[rows, word] = low
    return (word * _BITS + exponent).astype(np.int64), bit


def _respecting_locks(candidates: Candidates, question: Question) -> Candidates:
    """Drop candidates that split a must-link group or unite a cannot-link pair."""
    place = {i: k for k, i in enumerate(candidates.municipalities.tolist())}
    width = candidates.words.shape[1]
    keep = np.ones(len(candidates), dtype=np.bool_)
    for group in question.together:
        present = [place[i] for i in group if i in place]
        wanted = _words(present, width)
        common = candidates.words & wanted
        # a group that reaches beyond the component can nowhere be whole
        whole = (common == wanted).all(axis=1) & (len(present) == len(group))
        keep &= ~common.any(axis=1) | whole
    for a, b in question.apart:
        if a in place and b in place:
            pair = _words([place[a], place[b]], width)
            keep &= ~((candidates.words & pair) == pair).all(axis=1)
    return candidates if keep.all() else candidates.take(keep)


def _holding_required(candidates: Candidates, question: Question) -> Candidates:
    """Drop candidates that lack something that every merger of a plan must hold."""
    for _, has in question.required:
        candidates = candidates.take(candidates.sums(has[candidates.municipalities].astype(np.int64)) > 0)
    return candidates


def _with_seats(candidates: Candidates, question: Question) -> Candidates:
    """Drop candidates that hold a municipality which must be the seat and is not."""
    for seat in question.seats:
        if seat not in candidates.municipalities:
            continue
        holding = candidates.sums((candidates.municipalities == seat).astype(np.int64)) > 0
        wrong = np.zeros(len(candidates), dtype=np.bool_)
        rows = np.flatnonzero(holding)
        for start in range(0, len(rows), _CHUNK):
            some = rows[start : start + _CHUNK]
            seats = find_seats(question.instance, candidates.dense(some), candidates.municipalities)
            wrong[some] = seats != seat
        candidates = candidates.take(~wrong)
    return candidates
