"""Sums along the paths on either side of the middle of a graph, and how they meet."""

from __future__ import annotations

import numpy as np

from ....instances.common.arrays import IntArray
from ....instances.common.optional import require
from ...deadline import Deadline
from .graph import PlanGraph

_REPEATS = 2  # equal sums are held once where that halves their number, which takes as much memory
_AT_ONCE = 10_000_000  # sums between two looks at the clock


class PartialSums:
    """Sums along the paths on either side of a state; the room that they take is kept for other values.

    Parameters
    ----------
    graph : PlanGraph
    cut : int
        The state before which all paths are cut.

    Raises
    ------
    InputError
        The extra is not installed.
    """

    def __init__(self, graph: PlanGraph, cut: int) -> None:
        require("numba", "large", "counts of plans below a value")
        self.graph = graph
        last = graph.states - 1
        arcs = np.arange(len(graph.row), dtype=np.int64)
        order = np.arange(last - 1, cut - 1, -1)
        self.onward = _Side((graph.arc_first, arcs, graph.target), last, order, graph.paths_from[order])
        crossing = int(graph.arc_first[cut])
        arcs = np.argsort(graph.target[:crossing], kind="stable")
        reached = graph.target[:crossing][arcs]
        lead = np.searchsorted(reached, np.arange(graph.states + 1)).astype(np.int64)
        states = np.unique(reached)
        # only the ways that come from before the cut
        paths = np.add.reduceat(graph.paths_to[graph.source[arcs]], lead[states])
        before = states < cut
        self.to = _Side((lead, arcs, graph.source), 0, states[before], paths[before])
        self.to.widen(paths)
        self.crossed = states[~before]

    def below(self, nano: IntArray, thresholds: IntArray, deadline: Deadline) -> list[int]:
        """Count the plans whose sum is below each threshold.

        Parameters
        ----------
        nano : ndarray of int64, shape (candidates,)
            What each candidate adds.
        thresholds : ndarray of int64
        deadline : Deadline

        Raises
        ------
        TimeUpError
        """
        from .kernel import count_pairs

        adds, to, onward = nano[self.graph.row], self.to, self.onward
        onward.keep(adds, deadline)
        to.keep(adds, deadline)
        pairs, order = np.zeros(len(thresholds), dtype=np.int64), self.crossed
        while len(order):
            deadline.check()
            done = count_pairs(
                order, *to.ways, adds, to.known, to.pool, to.buffers, to.ends, _REPEATS,
                onward.known, onward.pool, thresholds, pairs, _AT_ONCE,
            )  # fmt: skip
            order = order[done:]
        return [int(number) for number in pairs]


class _Side:
    """The sums of the states on one side, in a pool; see `sums_of_state` for its arrays.

    Parameters
    ----------
    ways : tuple of ndarray of int64
        First arc of each state, arcs, and their other ends.
    start : int
        State with one way that adds nothing.
    order : ndarray of int64
        The others, in turn.
    paths : ndarray
        How many paths each of them has.
    """

    def __init__(
        self, ways: tuple[IntArray, IntArray, IntArray], start: int, order: IntArray, paths: IntArray
    ) -> None:
        self.ways, self.start, self.order = ways, start, order
        states = len(ways[0]) - 1
        self.known = tuple(np.full(states, value, dtype=np.int64) for value in (0, 0, -1))
        # no list is longer than there are paths; what is not written to takes no memory
        most = int(paths.sum()) + 1
        self.pool = (np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64))
        self.used = np.zeros(2, dtype=np.int64)
        self.buffers = tuple[IntArray, ...]()
        self.widen(paths)
        self.ends = np.zeros(int(np.diff(ways[0]).max(initial=0)) + 2, dtype=np.int64)

    def widen(self, paths: IntArray) -> None:
        """Make room to work in for as many sums as there are paths."""
        longest = max(1, int(paths.max(initial=0)))
        self.buffers = tuple(np.empty(longest, dtype=np.int64) for _ in range(4))

    def keep(self, adds: IntArray, deadline: Deadline) -> None:
        """Work out the sums of all states in turn."""
        from .kernel import keep_sums

        first, size, heavy = self.known
        size[:], heavy[:] = 0, -1
        self.pool[0][0], first[self.start], size[self.start] = 0, 0, 1
        self.used[:] = 1, 0
        order = self.order
        while len(order):
            deadline.check()
            done = keep_sums(
                order, *self.ways, adds, self.known, self.pool, self.used, self.buffers, self.ends,
                _REPEATS, _AT_ONCE,
            )  # fmt: skip
            order = order[done:]
