"""Fewest cut edges: sets with short borders are listed, and they and what they leave are divided alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from ....instances.common.arrays import BoolArray, IntArray
from ...deadline import Deadline, TimeUpError
from .bonds import Bonds
from .graph import Graph
from .listing import Bounds, FewEdges

Division = tuple[tuple[int, ...], ...]
"""Parts by vertices of the whole graph, each ascending."""


@dataclass
class _Known:
    """What is known of some vertices and a number of parts: all divisions cut `least` edges or more."""

    least: int = 0
    best: Division | None = None  # one that cuts `least`


@dataclass
class Search:
    """Divides a graph into connected parts within bounds so that the fewest edges are cut.

    In a plan of k parts with B cut edges some parts can be taken from the others by at most 2 B / k edges, so
    that both sides are connected; and one part alone so that what it leaves need not be. All sets that so few
    edges leave are listed, by `Bonds` or `FewEdges`; they and what they leave are divided in the same way
    within the edges that are left. What was found of a piece is remembered.

    Attributes
    ----------
    graph : Graph
    bounds : Bounds
    keeps : callable
        Tells which sets, as rows of membership in all vertices, keep the rules that one part keeps by itself.
    deadline : Deadline
    most_known : int
        Pieces to remember, at most.
    most_paths : int
        See `Bonds`.
    """

    graph: Graph
    bounds: Bounds
    keeps: Callable[[BoolArray], BoolArray]
    deadline: Deadline
    most_known: int = 1_000_000
    most_paths: int = 1_000_000
    looked: int = 0
    listed: int = 0
    _known: dict[tuple[bytes, int], _Known] = field(default_factory=dict)

    def least(self, vertices: IntArray, parts: int) -> int:
        """Give the number of edges that all divisions of some vertices are known to cut, at least."""
        return self._recall(vertices, parts).least

    def divide(
        self, vertices: IntArray, parts: int, limit: int, told: Callable[[Division, int], None] | None = None
    ) -> Division | None:
        """Divide vertices, connected or not, with the fewest cut edges; None where the limit is too low.

        Parameters
        ----------
        vertices : ndarray of int64
            Ascending.
        parts, limit : int
        told : callable, optional
            Called with each better division on the way.

        Raises
        ------
        TimeUpError
        """
        graph = self.graph.within(vertices)
        pieces = [vertices[piece] for piece in graph.pieces()]
        across = graph.cut(_labels(graph, graph.pieces()))
        best, most = None, limit - across
        for numbers in self._shares(pieces, parts):
            found = self._all(pieces, numbers, most, told if len(pieces) == 1 else None)
            if found is not None:
                best, most = found[0], found[1] - 1
        return best

    def cut(self, division: Division, vertices: IntArray) -> int:
        """Count the edges that a division of some vertices cuts."""
        graph, place = self.graph.within(vertices), {int(v): k for k, v in enumerate(vertices)}
        return graph.cut(_labels(graph, [np.array([place[v] for v in part]) for part in division]))

    def _shares(self, pieces: list[IntArray], parts: int) -> Iterator[tuple[int, ...]]:
        """Give the numbers of parts that pieces may be divided into."""
        if len(pieces) == 1:
            if parts in self.bounds.numbers(self._people(pieces[0]), parts):
                yield (parts,)
            return
        each = [self.bounds.numbers(self._people(piece), parts) for piece in pieces]
        if all(len(numbers) for numbers in each) and sum(numbers[0] for numbers in each) <= parts:
            yield from (some for some in product(*each) if sum(some) == parts)

    def _people(self, vertices: IntArray) -> int:
        return int(self.graph.people[vertices].sum())

    def _all(
        self,
        pieces: list[IntArray],
        numbers: tuple[int, ...],
        limit: int,
        told: Callable[[Division, int], None] | None,
    ) -> tuple[Division, int] | None:
        """Divide all pieces with the fewest edges, unless they need more than the limit together."""
        least = [self.least(p, k) for p, k in zip(pieces, numbers, strict=True)]
        found: Division = ()
        for k, (piece, number) in enumerate(zip(pieces, numbers, strict=True)):
            divided = self._divided(piece, number, limit - sum(least) + least[k], told)
            if divided is None:
                return None
            found, least[k] = (*found, *divided[0]), divided[1]
        return found, sum(least)

    def _recall(self, vertices: IntArray, parts: int) -> _Known:
        mask = np.zeros(len(self.graph), dtype=np.bool_)
        mask[vertices] = True
        key = np.packbits(mask).tobytes(), parts
        known = self._known.get(key)
        if known is None:
            known = _Known(parts - 1)
            if len(self._known) >= self.most_known:
                self._known.clear()
            self._known[key] = known
        return known

    def _divided(
        self,
        vertices: IntArray,
        parts: int,
        limit: int,
        told: Callable[[Division, int], None] | None,
    ) -> tuple[Division, int] | None:
        """Divide connected vertices with the fewest edges, and count these, unless they are too many."""
        known = self._recall(vertices, parts)
        if known.least > limit:
            return None
        if known.best is None:
            if parts == 1:
                self._judge_whole(vertices, known)
            else:
                self._judge(vertices, parts, limit, known, told)
        return (known.best, known.least) if known.best is not None and known.least <= limit else None

    def _judge_whole(self, vertices: IntArray, known: _Known) -> None:
        """Find out whether vertices are a part as they are."""
        mask = np.zeros((1, len(self.graph)), dtype=np.bool_)
        mask[0, vertices] = True
        within = self.bounds.lower <= self._people(vertices) <= self.bounds.upper
        if within and self.keeps(mask)[0]:
            known.best = (tuple(vertices.tolist()),)
        else:
            known.least = len(self.graph.to) + 1

    def _judge(
        self,
        vertices: IntArray,
        parts: int,
        limit: int,
        known: _Known,
        told: Callable[[Division, int], None] | None,
    ) -> None:
        """List the sets that few edges leave, and divide each and what it leaves."""
        best: Division | None = None
        most = limit
        listing = self._listing(self.graph.within(vertices), parts, 2 * most // parts)
        for members, edges in self._listed(listing, vertices):
            if parts * edges > 2 * most:
                continue
            sides = self._sides(listing, vertices, members)
            for numbers in self._shares(sides, parts):
                found = self._all(sides, numbers, most - edges, None)
                if found is None:
                    continue
                best, cut = found[0], edges + found[1]
                if told is not None:
                    told(best, cut)
                most = cut - 1
                listing.lower_limit(2 * most // parts)
            if most < known.least:
                break
        known.least, known.best = most + 1, best

    def _sides(self, listing: FewEdges | Bonds, vertices: IntArray, members: IntArray) -> list[IntArray]:
        """Give a set and the pieces that it leaves, the smallest first, which takes the least time."""
        inside = np.zeros(len(vertices), dtype=np.bool_)
        inside[members] = True
        rest = vertices[~inside]
        pieces = [rest]
        if listing.lists_parts:
            pieces = [rest[piece] for piece in self.graph.within(rest).pieces()]
        return sorted([vertices[inside], *pieces], key=self._people)

    def _listing(self, graph: Graph, parts: int, limit: int) -> FewEdges | Bonds:
        if graph.turn is not None:
            return Bonds(graph, self.bounds, parts, limit, self.most_paths)
        return FewEdges(graph, self.bounds, parts, limit)

    def _listed(self, listing: FewEdges | Bonds, vertices: IntArray) -> Iterator[tuple[IntArray, int]]:
        """Give the sets that may be in a plan, some at a time in order of the edges that leave them."""
        before = 0
        try:
            for sets, edges in listing.found(self.deadline):
                kept = np.arange(len(sets))
                if listing.lists_parts:
                    whole = np.zeros((len(sets), len(self.graph)), dtype=np.bool_)
                    whole[:, vertices] = sets
                    kept = np.flatnonzero(self.keeps(whole))
                self.listed += len(kept)
                for row in kept[np.argsort(edges[kept], kind="stable")].tolist():
                    yield np.flatnonzero(sets[row]), int(edges[row])
        finally:
            self.looked += listing.looked - before


def _labels(graph: Graph, parts: list[IntArray]) -> IntArray:
    labels = np.zeros(len(graph), dtype=np.int64)
    for k, part in enumerate(parts):
        labels[part] = k
    return labels


__all__ = ["Division", "Search", "TimeUpError"]
