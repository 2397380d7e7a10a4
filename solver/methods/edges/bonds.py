"""Listing connected sets with connected complements that few edges leave, by cycles of a planar dual."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from ....instances.common.arrays import BoolArray, IntArray
from ...candidates.compiled import call_in_time
from ...deadline import Deadline
from .graph import Graph
from .listing import Bounds, FewEdges

_HELD = 1 << 10  # sets that are found at once, at most but for those of one path
_FINE = 16  # parts of an edge in which edges and inhabitants are weighed against each other
_WORK = 1 << 20  # paths and bounds on ways back between two looks at the clock, but for those of one face


class Bonds:
    """All connected sets of some parts that leave a connected set of the others, by few edges; planar graphs.

    The edges between two such sets are a bond, and bonds are the cycles of the dual graph, whose vertices
    are the faces (Whitney 1932). Each edge of a cycle counts the inhabitants beyond it in a spanning tree, so
    that they sum up to those on one side. Two halves of a cycle meet in the middle (Horowitz and Sahni 1974):
    of each face the paths of half the length are listed, sorted by their end and inhabitants, and of each one
    those are looked up that close it within the bounds. Where those are too many paths, `FewEdges` goes on.

    Parameters
    ----------
    graph : Graph
        Connected, with an embedding.
    bounds : Bounds
        Of each part.
    parts : int
        Of the whole graph, two or more.
    limit : int
        Most edges.
    most : int
        Paths of a face to hold, at most.

    Notes
    -----
    O(f 2^(B/2)) for f faces, B edges and a graph whose faces are triangles.
    """

    def __init__(self, graph: Graph, bounds: Bounds, parts: int, limit: int, most: int) -> None:
        from . import bonds_kernel

        assert graph.turn is not None
        self._kernel = bonds_kernel
        self._whole, self._given, self._parts, self._limit = graph, bounds, parts, limit
        self._windows = _windows(bounds, int(graph.people.sum()), parts)
        self._most = np.array([most, _HELD, _WORK], dtype=np.int64)
        self._graph = graph.begin, graph.to, graph.back
        face, faces = call_in_time(bonds_kernel.faces_of, None, graph.back, graph.turn)
        value = call_in_time(bonds_kernel.crossings, None, *self._graph, graph.people)
        half = np.argsort(face, kind="stable")
        begin = np.searchsorted(face[half], np.arange(faces + 1)).astype(np.int64)
        self._dual = begin, half, face[graph.back], value
        self._order: IntArray = np.argsort(-np.diff(begin), kind="stable")
        self._state = np.zeros(4, dtype=np.int64)
        self._state[bonds_kernel.LENGTH] = 2
        self._instead: FewEdges | None = None

    @property
    def lists_parts(self) -> bool:
        """Whether `FewEdges` goes on, with sets that are one part each; those before may be several."""
        return self._instead is not None

    @property
    def looked(self) -> int:
        """Paths that were made so far, and what was looked at where there are too many."""
        return int(self._state[self._kernel.PATHS]) + (self._instead.looked if self._instead else 0)

    def found(self, deadline: Deadline) -> Iterator[tuple[BoolArray, IntArray]]:
        """Give sets and the numbers of edges that leave them, some at a time; see `FewEdges.found`."""
        if not len(self._windows) or not len(self._order) or self._limit < 1:
            return
        sets = call_in_time(self._kernel.bridges, deadline, self._graph, self._dual, self._windows)
        yield sets, np.ones(len(sets), dtype=np.int64)
        closed = np.zeros(len(self._order), dtype=np.bool_)
        for number in (1, 2, len(closed)):
            order = self._order[:number]
            edges = 1
            while edges > 0 and self._limit > 1:
                deadline.check()
                given = self._graph, self._dual, order, closed, self._state, self._windows
                sets, edges = call_in_time(self._kernel.advance, deadline, *given, self._limit, self._most)
                yield sets, np.full(len(sets), edges, dtype=np.int64)
            if edges < 0:
                self._instead = FewEdges(self._whole, self._given, self._parts, self._limit)
                yield from self._instead.found(deadline)
                return
            if number == len(closed) or self._limit < 2 or not self._may_avoid(order.tolist()):
                return

    def _may_avoid(self, faces: list[int]) -> bool:
        """Whether a bond that is short enough may have all vertices around each of some faces on one side."""
        rims = [self._around(face) for face in faces]
        sides = product((False, True), repeat=len(rims) - 1)
        return any(self._may_part(rims, [False, *inside]) for inside in sides)

    def _around(self, face: int) -> BoolArray:
        """Mark the vertices around a face."""
        begin, half = self._dual[:2]
        around = np.zeros(len(self._whole), dtype=np.bool_)
        around[self._whole.to[half[begin[face] : begin[face + 1]]]] = True
        return around

    def _may_part(self, rims: list[BoolArray], sides: list[bool]) -> bool:
        """Whether a bond that is short enough may have some rims inside and the others outside.

        The inside has the inhabitants of a part at least, and fewer edges than the limit allows for so many:
        whether a set leaves fewer in proportion to its inhabitants is a maximum flow (Picard and Queyranne
        1982).
        """
        from ortools.graph.python.max_flow import SimpleMaxFlow

        graph, least = self._whole, int(self._windows[self._windows[:, 1] >= 0, 0].min())
        inside, outside = (
            np.any([rim for rim, within in zip(rims, sides, strict=True) if within is side], axis=0)
            for side in (True, False)
        )
        if least <= 0 or (inside & outside).any() or graph.people[~outside].sum() < least:
            return least <= 0
        # whole numbers, in which so many inhabitants weigh a little more than so many edges as may be cut
        each, edge = _FINE * self._limit + 1, _FINE * least
        weight = each * graph.people
        worth = int(weight[~outside].sum())
        beyond = int(weight.sum()) + edge * len(graph.to)
        weight = np.where(outside, 0, np.where(inside, beyond, weight))
        flow, source, sink = SimpleMaxFlow(), len(graph), len(graph) + 1
        size = np.arange(len(graph))
        ends = np.repeat(size, np.diff(graph.begin))
        flow.add_arcs_with_capacity(ends, graph.to, np.full(len(ends), edge))
        flow.add_arcs_with_capacity(np.full(len(graph), source), size, weight)
        flow.add_arcs_with_capacity(size, np.full(len(graph), sink), np.where(outside, beyond, 0))
        # less flow than all inhabitants are worth says that some set weighs more than the edges that leave it
        return bool(flow.solve(source, sink) != flow.OPTIMAL or flow.optimal_flow() < worth)

    def lower_limit(self, limit: int) -> None:
        """List no more sets that more edges leave than that."""
        self._limit = min(self._limit, limit)
        if self._instead is not None:
            self._instead.lower_limit(limit)


def _windows(bounds: Bounds, people: int, parts: int) -> IntArray:
    """Give the inhabitants that one side may have, some of the parts, or lack: intervals in order."""
    found: list[list[int]] = []
    for least, most in (bounds.of_some(people, parts, some) for some in range(1, parts)):
        if least <= most:
            found += [[-most, -max(0, least)], [max(0, least), most]]
    merged: list[list[int]] = []
    for low, high in sorted(found):
        if merged and low <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], high)
        else:
            merged.append([low, high])
    return np.array(merged, dtype=np.int64).reshape(-1, 2)
