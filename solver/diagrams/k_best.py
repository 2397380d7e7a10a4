"""The k best partitions of a component in exact order."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import IntArray
from ..candidates.sets import Part
from ..deadline import Deadline, TimeUpError
from ..partition.problem import PricedProblem
from .diagram import MOST_ARCS, Diagram, DiagramLimitError, build_diagram

_FIRST = 100  # candidates that the first graph may choose from, at least
_WIDER = 2  # by which the budget grows; each graph costs several times the one before


@dataclass(frozen=True)
class Ranked:
    """Best plans of some municipalities, the best first.

    Plans of equal score stand in lexicographic order: mergers by first member, compared as sorted tuples.

    Attributes
    ----------
    plans : tuple of (int, tuple of tuple of int)
        Score in nano-points, and the members of the mergers by first member.
    is_all : bool
        Whether it is proved that there are no others.
    unseen : int or None
        Where a limit ended the listing: no plan that is missing scores more than this, and every plan that
        is given scores more. None where the number of plans asked for, or of all plans, ended it.
    """

    plans: tuple[tuple[int, tuple[Part, ...]], ...]
    is_all: bool
    unseen: int | None = None

    def holds_all_within(self, loss: int) -> bool:
        """Whether every plan that lacks no more than a loss to the best one is in the list."""
        if not self.plans:
            return self.is_all
        least = self.plans[0][0] - loss
        ended = self.plans[-1][0] if self.unseen is None else self.unseen
        return self.is_all or ended < least


def k_best(
    priced: PricedProblem, k: int, *, deadline: Deadline = Deadline(), most_arcs: int = MOST_ARCS
) -> Ranked:
    """List the k best partitions in exact order.

    The budget of the decision diagram grows until it holds one partition more than k, or all: those
    that it leaves out cost more than it. Where a limit ends that when k are known, they are given all the
    same, and it is not known whether there are others.

    Parameters
    ----------
    priced : PricedProblem
        Its candidates with the bits in the order of the municipalities.
    k : int
        At least 1.
    deadline : Deadline
    most_arcs : int
        Where the graph would have more, the plans that are certain so far are given.

    Returns
    -------
    Ranked
    """
    if not priced.feasible:
        return Ranked((), is_all=True)
    most = priced.most_cost
    budget = min(most, first_budget(priced))
    paths: list[tuple[int, tuple[int, ...]]] = []
    reached = -1
    while True:
        try:
            graph = build_diagram(priced, budget, deadline=deadline, most_arcs=most_arcs)
        except (DiagramLimitError, TimeUpError):
            unseen = None if len(paths) == k else priced.bound - reached - 1
            return Ranked(_plans(priced, paths), is_all=False, unseen=unseen)
        paths, reached = [], budget
        for one in ranked_paths(graph, priced.reduced_costs):
            if len(paths) == k:
                return Ranked(_plans(priced, paths), is_all=False)
            paths.append(one)
        if budget >= most:
            return Ranked(_plans(priced, paths), is_all=True)
        budget = min(most, _WIDER * budget + 1)


def cheapest(
    priced: PricedProblem, *, deadline: Deadline = Deadline(), most_arcs: int = MOST_ARCS
) -> tuple[int, tuple[int, ...]] | None:
    """Find the partition of least cost, of equal ones the first in lexicographic order.

    Returns
    -------
    tuple of (int, tuple of int) or None
        Cost and candidates, by index; None when there is no partition.

    Raises
    ------
    DiagramLimitError, TimeUpError
    """
    most = priced.most_cost
    budget = min(most, first_budget(priced))
    while True:
        graph = build_diagram(priced, budget, deadline=deadline, most_arcs=most_arcs)
        for path in ranked_paths(graph, priced.reduced_costs):
            return path
        if budget >= most:
            return None
        budget = min(most, _WIDER * budget + 1)


def first_budget(priced: PricedProblem) -> int:
    """Give a budget within which a few candidates are."""
    place = min(_FIRST, len(priced) - 1)
    return int(np.partition(priced.reduced_costs, place)[place]) + 1


def _plans(
    priced: PricedProblem, paths: list[tuple[int, tuple[int, ...]]]
) -> tuple[tuple[int, tuple[Part, ...]], ...]:
    members = priced.candidates.members
    return tuple((priced.bound - cost, tuple(members(row) for row in rows)) for cost, rows in paths)


def ranked_paths(graph: Diagram, cost: IntArray) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Walk the partitions of a decision diagram by cost, equal ones in lexicographic order.

    Best first with the exact cost to go, so that nothing is opened that leads nowhere (Hart, Nilsson and
    Raphael 1968): a partition takes as many steps as it has mergers. Of the arcs of a state only the next one
    waits (Hoffman and Pavley 1959).

    Parameters
    ----------
    graph : Diagram
    cost : ndarray of int64, shape (k,)
        Of all candidates.

    Yields
    ------
    tuple of (int, tuple of int)
        Cost and candidates, by index.
    """
    if graph.least > graph.budget:
        return
    end = int(graph.first[-2])
    source = np.repeat(np.arange(graph.states), np.diff(graph.arc_first))
    # total cost, ranks of the candidates (they are in the order of ties), arc, cost before it, candidates
    waiting: list[tuple[int, tuple[int, ...], int, int, tuple[int, ...]]] = []

    def push(state: int, arc: int, spent: int, ranks: tuple[int, ...], rows: tuple[int, ...]) -> None:
        if arc < graph.arc_first[state + 1]:
            total = spent + int(cost[graph.row[arc]]) + int(graph.to_go[graph.target[arc]])
            if total <= graph.budget:
                heapq.heappush(waiting, (total, (*ranks, int(graph.rank[arc])), arc, spent, rows))

    push(0, int(graph.arc_first[0]), 0, (), ())
    while waiting:
        total, ranks, arc, spent, rows = heapq.heappop(waiting)
        push(int(source[arc]), arc + 1, spent, ranks[:-1], rows)
        row, state = int(graph.row[arc]), int(graph.target[arc])
        if state >= end:
            yield total, (*rows, row)
        else:
            push(state, int(graph.arc_first[state]), spent + int(cost[row]), ranks, (*rows, row))
