"""Municipalities with what joins them and what is cut between them, as arrays for compiled searches."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ....instances.common.arrays import BoolArray, IntArray
from ....models.question.question import Question


@dataclass(frozen=True, eq=False)
class Graph:
    """Vertices with half-edges, those of a vertex side by side.

    What may be merged and what touches differ where a scenario adds or removes borders: an edge joins, or
    costs a cut, or both.

    Attributes
    ----------
    people : ndarray of int64, shape (m,)
        Inhabitants, as the bounds count them.
    begin : ndarray of int64, shape (m + 1,)
        First half-edge of each vertex.
    to, back : ndarray of int64, shape (h,)
        The other end of each half-edge, and the half-edge from there.
    joins, costs : ndarray of bool, shape (h,)
    turn : ndarray of int64, shape (h,), optional
        The next half-edge around a vertex, in an embedding in the plane; see `embedded`.
    """

    people: IntArray
    begin: IntArray
    to: IntArray
    back: IntArray
    joins: BoolArray
    costs: BoolArray
    turn: IntArray | None = None

    @classmethod
    def of(cls, question: Question, municipalities: IntArray) -> Graph:
        """Take the municipalities of a component, which are ascending, as vertices in this order."""
        size = len(municipalities)
        place = np.full(len(question.instance), -1, dtype=np.int64)
        place[municipalities] = np.arange(size)
        joined = [
            (k, int(place[j]))
            for k, i in enumerate(municipalities.tolist())
            for j in question.neighbours[i]
            if place[j] >= 0
        ]
        ends = place[question.instance.borders.pairs.reshape(-1, 2)]
        ends = ends[(ends >= 0).all(axis=1)]
        joining = np.array(joined, dtype=np.int64).reshape(-1, 2) @ [size, 1]
        costing = np.concatenate([ends @ [size, 1], ends @ [1, size]])
        keys = np.union1d(joining, costing).astype(np.int64)
        source, to = np.divmod(keys, max(1, size))
        return cls(
            question.bounded[municipalities],
            np.searchsorted(source, np.arange(size + 1)).astype(np.int64),
            to,
            np.searchsorted(keys, to * size + source).astype(np.int64),
            np.isin(keys, joining),
            np.isin(keys, costing),
        )

    def __len__(self) -> int:
        return len(self.people)

    def within(self, vertices: IntArray) -> Graph:
        """Keep some vertices, which are ascending, and the edges between them."""
        place = np.full(len(self), -1, dtype=np.int64)
        place[vertices] = np.arange(len(vertices))
        source = np.repeat(place, np.diff(self.begin))
        kept = (source >= 0) & (place[self.to] >= 0)
        position = np.cumsum(kept) - 1
        turn = None
        if self.turn is not None:
            turn = self.turn[kept]
            gone = np.flatnonzero(~kept[turn])
            while len(gone):
                turn[gone] = self.turn[turn[gone]]
                gone = gone[~kept[turn[gone]]]
            turn = position[turn].astype(np.int64)
        return Graph(
            self.people[vertices],
            np.searchsorted(source[kept], np.arange(len(vertices) + 1)).astype(np.int64),
            place[self.to[kept]],
            position[self.back[kept]].astype(np.int64),
            self.joins[kept],
            self.costs[kept],
            turn,
        )

    def embedded(self) -> Graph:
        """Embed the graph in the plane, where it is planar and each edge both joins and costs a cut.

        O(h), by the left-right planarity test.
        """
        import networkx as nx

        if not (self.joins & self.costs).all():
            return self
        source = np.repeat(np.arange(len(self)), np.diff(self.begin))
        whole: nx.Graph[int] = nx.Graph()
        whole.add_nodes_from(range(len(self)))
        whole.add_edges_from(zip(source.tolist(), self.to.tolist(), strict=True))
        planar, embedding = nx.check_planarity(whole)
        if not planar:
            return self
        half = {ends: h for h, ends in enumerate(zip(source.tolist(), self.to.tolist(), strict=True))}
        turn = [half[v, embedding[v][u]["ccw"]] for v, u in half]
        return replace(self, turn=np.array(turn, dtype=np.int64))

    def cut(self, part_of: IntArray) -> int:
        """Count the edges between different parts."""
        source = np.repeat(part_of, np.diff(self.begin))
        return int((self.costs & (source != part_of[self.to])).sum()) // 2

    def pieces(self) -> list[IntArray]:
        """Give the connected pieces, each ascending."""
        near = [
            self.to[a:b][self.joins[a:b]].tolist() for a, b in zip(self.begin, self.begin[1:], strict=False)
        ]
        left = set(range(len(self)))
        pieces = []
        while left:
            reached = [left.pop()]
            for v in reached:
                new = [u for u in near[v] if u in left]
                left.difference_update(new)
                reached.extend(new)
            pieces.append(np.array(sorted(reached), dtype=np.int64))
        return sorted(pieces, key=lambda piece: int(piece[0]))
