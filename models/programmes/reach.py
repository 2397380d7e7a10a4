"""Which municipalities can be in one merger, as far as the inhabitants between them allow."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray

_AT_ONCE = 4_000_000  # borders times roots that are looked at together
_LANDMARKS = 4  # vertices far apart, between which the middle is looked for


class Reach(Protocol):
    """A component, and which of its municipalities may share a merger as far as inhabitants tell."""

    @property
    def municipalities(self) -> IntArray:
        """Indices in the instance, ascending, shape (m,)."""

    @property
    def counted(self) -> IntArray:
        """Inhabitants as the hard bounds count them, shape (m,)."""

    @property
    def bounds(self) -> tuple[int, int]:
        """Fewest and most inhabitants of a merger, as the bounds count them."""

    @property
    def numbers(self) -> tuple[int, int]:
        """Fewest and most mergers that a plan of the component can have."""

    @property
    def within(self) -> Sequence[IntArray]:
        """Places of the municipalities that each one may share a merger with, itself first."""

    def reaching(self, some: BoolArray) -> BoolArray:
        """Say which municipalities may share a merger with any of some, shape (m,)."""


@dataclass(frozen=True)
class Graph:
    """Vertices with inhabitants and neighbours, ready for shortest paths from many roots at a time.

    Attributes
    ----------
    neighbours : sequence of sequence of int
    population : ndarray of int64, shape (m,)
        At least 0 each.
    """

    neighbours: Sequence[Sequence[int]]
    population: IntArray
    _tails: IntArray = field(init=False, repr=False)
    _heads: IntArray = field(init=False, repr=False)
    _first: IntArray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        arcs = [(v, u) for v, near in enumerate(self.neighbours) for u in near]
        heads, tails = np.array(arcs, dtype=np.int64).reshape(-1, 2).T
        # grouped by head, so that one reduction takes the least over all tails
        present, first = np.unique(heads, return_index=True)
        for name, array in (("_tails", tails), ("_heads", present), ("_first", first.astype(np.int64))):
            object.__setattr__(self, name, array)

    def least_inhabitants(self, may_hold: BoolArray, roots: IntArray | None = None) -> FloatArray:
        """Fewest inhabitants of a connected set that holds a root and another vertex.

        Shortest paths with weights on vertices (Bellman 1958; Ford 1956). Sets that hold both vertices are
        at least as large as the lightest path between them; Validi, Buchanan and Lykhovyd (2022) bound the
        length of paths by the inhabitants of a district in this way.

        Parameters
        ----------
        may_hold : ndarray of bool, shape (m, r)
            Whether the part of a root (column) may hold a vertex (row), as far as is known.
        roots : ndarray of int64, shape (r,), optional
            By default all vertices.

        Returns
        -------
        ndarray of float64, shape (m, r)
            By vertex and root; infinite where there is no path inside what the root may hold.
        """
        start = np.arange(len(self.population)) if roots is None else roots
        least = np.empty(may_hold.shape)
        block = max(1, _AT_ONCE // max(1, len(self._tails)))
        for first in range(0, len(start), block):
            some = slice(first, first + block)
            least[:, some] = self._least(may_hold[:, some], start[some])
        return least

    def reaches_all(self, most: float) -> BoolArray:
        """Say which vertices surely share a set of at most so many inhabitants with each other one.

        By way of a vertex in the middle, from which shortest paths are known; where a part holds a good share
        of all, that settles it for every vertex.

        Returns
        -------
        ndarray of bool, shape (m,)
            False where a set by another way could still be that small.
        """
        everything, least, start = np.ones((len(self.population), 1), dtype=np.bool_), [], 0
        for _ in range(_LANDMARKS):
            least.append(self._least(everything, np.array([start]))[:, 0])
            start = int(least[-1].argmax())
        middle = int(np.max(least, axis=0).argmin())
        away = self._least(everything, np.array([middle]))[:, 0]
        return np.asarray(away + away.max() - float(self.population[middle]) <= most)

    def _least(self, may_hold: BoolArray, start: IntArray) -> FloatArray:
        """Do so for a few roots, which bounds the memory."""
        weight = np.where(may_hold, self.population[:, None].astype(np.float64), np.inf)
        least = np.full(weight.shape, np.inf)
        column = np.arange(len(start))
        least[start, column] = weight[start, column]
        if not len(self._heads):
            return least
        while True:
            best = np.minimum.reduceat(least[self._tails], self._first, axis=0) + weight[self._heads]
            closer = best < least[self._heads]
            if not closer.any():
                return least
            least[self._heads] = np.minimum(least[self._heads], best)


def within_reach(
    neighbours: Sequence[Sequence[int]],
    population: Sequence[int],
    start: int,
    most: int,
    may_hold: Callable[[int], bool] = lambda _: True,
) -> Iterator[int]:
    """Give the vertices that a path of at most so many inhabitants joins to one, the nearest first.

    For one start, and often cut short: a heap (Dijkstra 1959) where `Graph` goes from many roots at a time.

    Parameters
    ----------
    neighbours : sequence of sequence of int
    population : sequence of int
        At least 0 each.
    start : int
        Given first, however many inhabitants it has.
    most : int
        Inhabitants of a path, both its ends included.
    may_hold : callable
        Whether a path may go through a vertex.

    Yields
    ------
    int
    """
    least = {start: population[start]}
    waiting, given = [(population[start], start)], set()
    while waiting:
        inhabitants, u = heapq.heappop(waiting)
        if u in given:
            continue
        given.add(u)
        yield u
        for v in neighbours[u]:
            further = inhabitants + population[v]
            if further <= most and further < least.get(v, most + 1) and may_hold(v):
                least[v] = further
                heapq.heappush(waiting, (further, v))


def admissible_pairs(
    graph: Graph,
    bounds: tuple[int, int],
    may_hold: BoolArray,
    *,
    roots: IntArray | None = None,
    holders: Sequence[BoolArray] = (),
    groups: Sequence[Sequence[int]] = (),
) -> BoolArray:
    """Say which vertices can be in the part of which root.

    A vertex is out of reach when every connected set that holds both has too many inhabitants, or when a
    vertex that goes with it is out of reach. A root is none when all it can hold together has too few
    inhabitants, or lacks what every part must hold. Repeated until nothing changes.

    Parameters
    ----------
    graph : Graph
    bounds : tuple of (int, int)
        Fewest and most inhabitants of a part.
    may_hold : ndarray of bool, shape (m, r)
        What is known before, by vertex (row) and root (column).
    roots : ndarray of int64, shape (r,), optional
        By default all vertices.
    holders : sequence of ndarray of bool, shape (m,)
        For each thing that every part must hold, which vertices have it.
    groups : sequence of sequence of int
        Vertices that are in one part.

    Returns
    -------
    ndarray of bool, shape (m, r)
    """
    low, high = bounds
    start = np.arange(len(graph.population)) if roots is None else roots
    reachable = may_hold
    surely = graph.reaches_all(high)[start] if may_hold.size else np.zeros(0, dtype=np.bool_)
    while True:
        kept = reachable.copy()
        unsure = np.flatnonzero(~(surely & reachable.all(axis=0)))
        kept[:, unsure] &= graph.least_inhabitants(reachable[:, unsure], start[unsure]) <= high
        for group in groups:
            kept[list(group)] &= kept[list(group)].all(axis=0)
        enough = graph.population @ kept >= low
        for has in holders:
            enough &= kept[has].any(axis=0)
        kept &= enough & kept[start, np.arange(len(start))]
        if (kept == reachable).all():
            return kept
        reachable = kept
