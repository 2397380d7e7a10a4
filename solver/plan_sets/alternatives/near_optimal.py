"""All near-optimal plans of a component, as a tree that shares how they begin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ....instances.common.arrays import IntArray
from ...candidates.sets import Part
from ...deadline import Deadline
from ...diagrams.diagram import Diagram, DiagramLimitError, build_diagram
from ...diagrams.k_best import cheapest
from ...partition.problem import PricedProblem
from .params import AlternativesParams


@dataclass(frozen=True)
class Level:
    """Plans begun with one merger more than those of the level above.

    Attributes
    ----------
    parent : ndarray of int64, shape (n,)
        Place of what was begun, in the level above.
    row : ndarray of int64, shape (n,)
        The candidate added.
    """

    parent: IntArray
    row: IntArray


@dataclass(frozen=True)
class NearOptimalPlans:
    """All plans of a component that lack no more than a loss to the best one.

    Attributes
    ----------
    priced : PricedProblem
    levels : tuple of Level
    level, place : ndarray of int64, shape (n,)
        Where each plan ends.
    loss : ndarray of int64, shape (n,)
        What it lacks to the best one, in nano-points.
    least : int
        Cost of the best plan.
    """

    priced: PricedProblem
    levels: tuple[Level, ...]
    level: IntArray
    place: IntArray
    loss: IntArray
    least: int

    def __len__(self) -> int:
        return len(self.loss)

    @property
    def best(self) -> int:
        """Score of the best plan."""
        return self.priced.bound - self.least

    def rows(self, plan: int) -> tuple[int, ...]:
        """Give the candidates of a plan, in the order of their first members."""
        place, rows = int(self.place[plan]), []
        for level in range(int(self.level[plan]), -1, -1):
            rows.append(int(self.levels[level].row[place]))
            place = int(self.levels[level].parent[place])
        return tuple(reversed(rows))

    def parts(self, plan: int) -> tuple[Part, ...]:
        """Give the members of the mergers of a plan, by first member."""
        return tuple(self.priced.candidates.members(row) for row in self.rows(plan))

    def choosing(self, weight: IntArray) -> IntArray:
        """Sum of the weights of the plans that choose each candidate, shape (k,)."""
        total = np.zeros(len(self.priced.reduced_costs), dtype=np.int64)
        below = np.zeros(0, dtype=np.int64)
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            carried = np.zeros(len(level.row), dtype=np.int64)
            if depth + 1 < len(self.levels):
                np.add.at(carried, self.levels[depth + 1].parent, below)
            ended = self.level == depth
            carried[self.place[ended]] += weight[ended]
            np.add.at(total, level.row, carried)
            below = carried
        return total


def near_optimal_plans(
    priced: PricedProblem,
    loss: int,
    *,
    most: int = AlternativesParams.most_good,
    deadline: Deadline = Deadline(),
    params: AlternativesParams = AlternativesParams(),
) -> NearOptimalPlans | None:
    """List all plans of a component that lack at most `loss` to the best one.

    Parameters
    ----------
    priced : PricedProblem
    loss : int
        Nano-points.
    most : int
        Plans to list.
    deadline : Deadline
    params : AlternativesParams

    Returns
    -------
    NearOptimalPlans or None
        None when there is no plan.

    Raises
    ------
    DiagramLimitError
        There are more plans, or partial covers, than may be listed.
    TimeUpError
    """
    if not priced.feasible:
        return None
    best = cheapest(priced, deadline=deadline, most_arcs=params.most_arcs)
    if best is None:
        return None
    least, _ = best
    budget = min(least + loss, priced.most_cost)
    graph = build_diagram(priced, budget, deadline=deadline, most_arcs=params.most_arcs)
    return _grown(priced, graph, least, most, deadline, params.most_begun)


def _grown(
    priced: PricedProblem, graph: Diagram, least: int, most: int, deadline: Deadline, most_begun: int
) -> NearOptimalPlans:
    """Follow all paths of a graph at the same time; what is begun can always be ended within the budget."""
    cost, end = priced.reduced_costs, int(graph.first[-2])
    state, spent = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    place = np.zeros(1, dtype=np.int64)
    levels: list[Level] = []
    ends: list[tuple[IntArray, IntArray, IntArray]] = []
    complete = 0
    while len(state):
        deadline.check()
        begin, stop = graph.arc_first[state], graph.arc_first[state + 1]
        number = stop - begin
        if int(number.sum()) > most_begun:
            raise DiagramLimitError
        parent = np.repeat(np.arange(len(state)), number)
        arc = np.arange(len(parent)) - np.repeat(np.cumsum(number) - number, number) + begin[parent]
        paid = spent[parent] + cost[graph.row[arc]]
        kept = paid + graph.to_go[graph.target[arc]] <= graph.budget
        parent, arc, paid = parent[kept], arc[kept], paid[kept]
        levels.append(Level(place[parent], graph.row[arc]))
        state = graph.target[arc]
        ended = state >= end
        total = paid[ended] + graph.to_go[state[ended]]
        at = np.flatnonzero(ended)
        ends.append((np.full(len(at), len(levels) - 1, dtype=np.int64), at, total - least))
        complete += len(at)
        place = np.flatnonzero(~ended)
        state, spent = state[place], paid[place]
        if complete + len(place) > most:
            raise DiagramLimitError
    level, at, loss = (np.concatenate(column) for column in zip(*ends, strict=True))
    return NearOptimalPlans(priced, tuple(levels), level, at, loss, least)
