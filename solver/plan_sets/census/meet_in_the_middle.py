"""Counts of plans below a threshold by meeting in the middle, without listing the plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ....instances.common.arrays import IntArray
from ....instances.common.optional import require
from ...deadline import Deadline
from .graph import PlanGraph
from .params import CensusParams

_NONE = np.zeros(0, dtype=np.int64)


class TooManySumsError(Exception):
    """There are more partial sums than may be held."""


@dataclass(frozen=True)
class Cut:
    """A layer at which all paths are cut in two.

    Attributes
    ----------
    state : int
        First state behind it: every path has one arc from a lower state to this one or a higher one.
    sums : int
        Paths that lead to it, and paths that go on from it, state by state: as many sums are sorted.
    """

    state: int
    sums: int


def middle(graph: PlanGraph) -> Cut:
    """Find the layer at which the fewest sums must be sorted."""
    paths_to, paths_from = graph.paths_to.astype(np.float64), graph.paths_from.astype(np.float64)
    best = Cut(graph.states - 1, graph.count)
    for state in np.unique(graph.layers[1:-1]).tolist():
        crossing = _crossing(graph, state)
        behind = np.unique(graph.target[crossing])
        number = paths_to[graph.source[crossing]].sum() + paths_from[behind].sum()
        sums = int(min(number, 1e300))
        if sums < best.sums:
            best = Cut(state, sums)
    return best


def _crossing(graph: PlanGraph, state: int) -> IntArray:
    """Arcs from a state below to one that is not."""
    before = int(graph.arc_first[state])
    return np.flatnonzero(graph.target[:before] >= state).astype(np.int64)


def plans_below(
    graph: PlanGraph,
    nano: IntArray,
    thresholds: Sequence[int],
    *,
    cut: Cut | None = None,
    most: int = CensusParams.most_sums,
    deadline: Deadline = Deadline(),
) -> list[int]:
    """Count the plans whose sum is below each threshold.

    For each state behind the middle, the sums of all paths to it and of all paths from it are sorted, and
    pairs of them are counted by two pointers (Horowitz and Sahni 1974). Where many sums are equal, they are
    held once with their multiplicity.

    Parameters
    ----------
    graph : PlanGraph
    nano : ndarray of int64, shape (candidates,)
        What each candidate adds.
    thresholds : sequence of int
    cut : Cut, optional
        Its `middle`, if it is known.
    most : int
        Most sums to sort.
    deadline : Deadline

    Returns
    -------
    list of int

    Raises
    ------
    TooManySumsError, TimeUpError
    InputError
        The extra is not installed.

    Notes
    -----
    O(s log s + s t) for s sums and t thresholds. The plans are up to the product of the two numbers of sums:
    the 1.2e11 plans of Limburg take 7e7 sums.
    """
    require("numba", "large", "counts of plans below a value")
    from .kernel import pairs_below

    cut = cut or middle(graph)
    if cut.sums > most:
        raise TooManySumsError
    limits = np.array(thresholds, dtype=np.int64)
    partial = _PartialSums(graph, nano, deadline)
    from_middle = partial.from_middle(cut.state)
    totals = [0] * len(limits)
    for state, to in partial.to_middle(cut.state):
        sums, weights = from_middle[state]
        before = np.concatenate([[0], np.cumsum(weights)]).astype(np.int64) if len(weights) else _NONE
        pairs = pairs_below(*to, sums, before, limits)
        totals = [total + int(more) for total, more in zip(totals, pairs, strict=True)]
    return totals


_Sums = tuple[IntArray, IntArray]
"""Sorted sums, and how often each occurs; no numbers where each stands for itself."""


@dataclass(frozen=True)
class _PartialSums:
    """Sums along the paths on either side of the middle."""

    graph: PlanGraph
    nano: IntArray
    deadline: Deadline

    def from_middle(self, cut: int) -> dict[int, _Sums]:
        """Sort the sums of all paths from each state behind the middle."""
        graph = self.graph
        sums: dict[int, _Sums] = {graph.states - 1: (np.zeros(1, dtype=np.int64), _NONE)}
        for state in range(graph.states - 2, cut - 1, -1):
            self.deadline.check()
            arcs = range(int(graph.arc_first[state]), int(graph.arc_first[state + 1]))
            sums[state] = self._merged([(sums[int(graph.target[arc])], arc) for arc in arcs])
        return sums

    def to_middle(self, cut: int) -> Iterator[tuple[int, _Sums]]:
        """Sort the sums of all paths to each state behind the middle, one state after the other."""
        graph, arcs = self.graph, int(self.graph.arc_first[cut])
        order = np.argsort(graph.target[:arcs], kind="stable")
        targets, begins = np.unique(graph.target[order], return_index=True)
        before: dict[int, _Sums] = {0: (np.zeros(1, dtype=np.int64), _NONE)}
        for state, into in zip(targets.tolist(), np.split(order, begins[1:]), strict=True):
            self.deadline.check()
            sums = self._merged([(before[int(graph.source[arc])], int(arc)) for arc in into])
            if state < cut:
                before[state] = sums
            else:
                yield state, sums

    def _merged(self, ways: Sequence[tuple[_Sums, int]]) -> _Sums:
        """Add what arcs add to sums, and sort them into one list."""
        adds = [int(self.nano[self.graph.row[arc]]) for _, arc in ways]
        sums = np.concatenate([known[0] + more for (known, _), more in zip(ways, adds, strict=True)])
        if not any(len(known[1]) for known, _ in ways):
            sums.sort()
            return _held_once(sums, _NONE)
        weights = [known[1] if len(known[1]) else np.ones(len(known[0]), dtype=np.int64) for known, _ in ways]
        order = np.argsort(sums)
        return _held_once(sums[order], np.concatenate(weights)[order])


def _held_once(sums: IntArray, weights: IntArray) -> _Sums:
    """Hold equal sums once where that halves their number."""
    first = np.flatnonzero(np.concatenate([[True], sums[1:] != sums[:-1]]))
    if 2 * len(first) > len(sums):
        return sums, weights
    if not len(weights):
        return sums[first], np.diff(np.append(first, len(sums))).astype(np.int64)
    return sums[first], np.add.reduceat(weights, first)
