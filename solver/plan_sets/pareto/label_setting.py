"""Non-dominated partitions of a decision diagram: dynamic programming with sets of labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ....instances.common.arrays import BoolArray, IntArray
from ...deadline import Deadline
from ...diagrams.diagram import Diagram, DiagramLimitError
from .params import ParetoParams

_FAR = 1 << 60  # beyond any sum of values


@dataclass(frozen=True)
class Boxes:
    """Where points may lie that are not dominated by those known: between each two neighbours.

    Attributes
    ----------
    points : ndarray of int64, shape (p, 2)
        Known points, none of which dominates another, by the first value. Box i holds all that is at least
        as good as point i in the first value and as point i + 1 in the second: both points are in it.
    weights : tuple of int
        Of the two values; cost is measured by them.
    bound : int
        A plan of values z costs ``bound - weights * z``.
    """

    points: IntArray
    weights: tuple[int, int]
    bound: int

    @property
    def cost(self) -> IntArray:
        """Most that a point of each box costs, shape (p - 1,)."""
        corners = self.weights[0] * self.points[:-1, 0] + self.weights[1] * self.points[1:, 1]
        return np.asarray(self.bound - corners, dtype=np.int64)

    def reach(self, most: IntArray, cost: IntArray) -> BoolArray:
        """Tell whether what is at most `most` in both values, and costs at least `cost`, can lie in a box."""
        reachable = np.zeros(len(most), dtype=np.bool_)
        for box, allowed in enumerate(self.cost.tolist()):
            fits = (most[:, 0] >= self.points[box, 0]) & (most[:, 1] >= self.points[box + 1, 1])
            reachable |= fits & (cost <= allowed)
        return reachable


@dataclass(frozen=True)
class Labelled:
    """Non-dominated ends of a graph.

    Attributes
    ----------
    values : ndarray of int64, shape (n, 2)
        By the first value.
    rows : tuple of tuple of int
        Candidates of one partition for each: of those with the same values, the first in lexicographic order.
    """

    values: IntArray
    rows: tuple[tuple[int, ...], ...]


def non_dominated_paths(
    graph: Diagram,
    cost: IntArray,
    values: IntArray,
    boxes: Boxes,
    *,
    deadline: Deadline = Deadline(),
    params: ParetoParams = ParetoParams(),
) -> Labelled:
    """Find the non-dominated partitions of a graph that lie in some boxes.

    From the last layer to the first, every state gets the values of the completions that no other completion
    of the same state dominates: whatever the way to the state, a dominated one cannot be part of a
    non-dominated partition. Completions that cannot reach a box with the best ways to their state are
    dropped.

    Parameters
    ----------
    graph : Diagram
    cost : ndarray of int64, shape (k,)
        Of all candidates, as the graph was built with.
    values : ndarray of int64, shape (k, 2)
        More is better.
    boxes : Boxes
    deadline : Deadline
    params : ParetoParams

    Returns
    -------
    Labelled

    Raises
    ------
    DiagramLimitError
        There are too many labels.
    TimeUpError

    Notes
    -----
    A shortest path problem with two criteria on a graph without circles (Hansen 1980; Martins 1984).
    """
    return _Labels(graph, cost, values, boxes, deadline, params).run()


class _Labels:
    def __init__(
        self,
        graph: Diagram,
        cost: IntArray,
        values: IntArray,
        boxes: Boxes,
        deadline: Deadline,
        params: ParetoParams,
    ) -> None:
        self.graph, self.boxes, self.deadline, self.params = graph, boxes, deadline, params
        self.cost, self.values = cost[graph.row], values[graph.row]
        self.source = np.repeat(np.arange(graph.states), np.diff(graph.arc_first))
        self.best = self._best_from_start()
        # labels of a state stand together, behind each other
        self.begin = np.zeros(graph.states, dtype=np.int64)
        self.number = np.zeros(graph.states, dtype=np.int64)
        self.count = 0
        self.total = np.zeros((1024, 2), dtype=np.int64)
        self.paid, self.arc, self.follows = (np.zeros(1024, dtype=np.int64) for _ in range(3))

    def run(self) -> Labelled:
        """Label the states from the last layer to the first."""
        graph = self.graph
        ends = np.arange(graph.first[-2], graph.states)
        ends = ends[graph.to_go[ends] <= graph.budget]
        none = np.full(len(ends), -1, dtype=np.int64)
        self._add(ends, np.zeros((len(ends), 2), dtype=np.int64), graph.to_go[ends], none, none)
        for layer in range(len(graph.first) - 3, -1, -1):
            self.deadline.check()
            arcs = np.arange(
                graph.arc_first[graph.first[layer]], graph.arc_first[graph.first[layer + 1]], dtype=np.int64
            )
            self._label(arcs)
        return self._found()

    def _best_from_start(self) -> IntArray:
        """Most of each value on any way to a state, shape (states, 2)."""
        graph = self.graph
        best = np.full((graph.states, 2), -_FAR, dtype=np.int64)
        best[0] = 0
        for layer in range(len(graph.first) - 2):
            arcs = slice(graph.arc_first[graph.first[layer]], graph.arc_first[graph.first[layer + 1]])
            reached = best[self.source[arcs]] + self.values[arcs]
            np.maximum.at(best, graph.target[arcs], reached)
        return best

    def _label(self, arcs: IntArray) -> None:
        """Label the states of a layer by what follows each of their arcs."""
        graph = self.graph
        number = self.number[graph.target[arcs]]
        arcs, number = arcs[number > 0], number[number > 0]
        if not len(arcs):
            return
        batches: list[tuple[IntArray, ...]] = []
        sums = np.cumsum(number)
        batch = self.params.label_batch
        for part in np.split(arcs, np.searchsorted(sums, np.arange(batch, sums[-1], batch))):
            many = self.number[graph.target[part]]
            arc = np.repeat(part, many)
            start = self.begin[graph.target[part]] - (np.cumsum(many) - many)
            follows = np.arange(len(arc)) + np.repeat(start, many)
            total = self.values[arc] + self.total[follows]
            paid = self.cost[arc] + self.paid[follows]
            state = self.source[arc]
            alive = self.boxes.reach(self.best[state] + total, graph.spent[state] + paid)
            batches.append((total[alive], paid[alive], arc[alive], follows[alive]))
        total, paid, arc, follows = (np.concatenate(column) for column in zip(*batches, strict=True))
        kept = efficient(self.source[arc], total, graph.rank[arc])
        self._add(self.source[arc[kept]], total[kept], paid[kept], arc[kept], follows[kept])

    def _add(
        self, state: IntArray, total: IntArray, paid: IntArray, arc: IntArray, follows: IntArray
    ) -> None:
        """Enter labels, those of a state together."""
        states, begins, number = np.unique(state, return_index=True, return_counts=True)
        self.begin[states], self.number[states] = self.count + begins, number
        end = self.count + len(state)
        if end > self.params.most_labels:
            raise DiagramLimitError
        if end > len(self.paid):
            room = 2 * end
            self.total = np.resize(self.total, (room, 2))
            self.paid, self.arc, self.follows = (
                np.resize(column, room) for column in (self.paid, self.arc, self.follows)
            )
        some = slice(self.count, end)
        self.total[some], self.paid[some], self.arc[some], self.follows[some] = total, paid, arc, follows
        self.count = end

    def _found(self) -> Labelled:
        """Read the partitions off the labels of the first state."""
        labels = np.arange(self.begin[0], self.begin[0] + self.number[0])[::-1]
        rows = []
        for label in labels.tolist():
            chosen, rest = [], label
            while self.follows[rest] >= 0:
                chosen.append(int(self.graph.row[self.arc[rest]]))
                rest = int(self.follows[rest])
            rows.append(tuple(chosen))
        return Labelled(self.total[labels], tuple(rows))


def efficient(group: IntArray, values: IntArray, rank: IntArray) -> IntArray:
    """Find the non-dominated values of each group; of equal ones, that of the lowest rank.

    Parameters
    ----------
    group : ndarray of int64, shape (n,)
    values : ndarray of int64, shape (n, 2)
    rank : ndarray of int64, shape (n,)

    Returns
    -------
    ndarray of int64
        Places, by group and then by the first value, the highest first. O(n log n).
    """
    order = np.lexsort((rank, -values[:, 1], -values[:, 0], group))
    second = np.unique(values[:, 1], return_inverse=True)[1].astype(np.int64)[order]
    groups = np.unique(group, return_inverse=True)[1].astype(np.int64)[order]
    # the highest second value so far in the group: groups follow each other, so one running maximum will do
    key = groups * (len(values) + 1) + second + 1
    running = np.maximum.accumulate(key)
    before = np.concatenate([np.zeros(1, dtype=np.int64), running[:-1]])
    new = np.concatenate([np.ones(1, dtype=np.bool_), groups[1:] != groups[:-1]]) if len(key) else key > 0
    return order[new | (key > before)]
