"""The front of three values in one component, to a stated precision."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, product

import numpy as np

from ....instances.common.arrays import IntArray
from ...deadline import Deadline, TimeUpError
from ...diagrams.diagram import Diagram, DiagramLimitError, build_diagram
from ...diagrams.k_best import cheapest, first_budget, ranked_paths
from ...partition.problem import NEVER, PartitionProblem, PricedProblem
from ...partition.relaxation import WarmRelaxation
from .params import ParetoParams
from .search_regions import Point, SearchRegions
from .thinning import undominated
from .two_phase import NondominatedPoints, Rows

_FINEST = 1 << 12  # most that one weight is of another, so that sums stay far below 64 bits


def tri_objective_points(
    problem: PartitionProblem,
    values: IntArray,
    share: float,
    *,
    deadline: Deadline = Deadline(),
    params: ParetoParams = ParetoParams(),
) -> tuple[NondominatedPoints, Point]:
    """Find points such that every plan of a component is within a precision of one of them.

    A search region in which better plans may lie is searched under the weights that leave the least to
    spend down to its corner: either its best plan divides it, or it is empty, proved. No search region is
    left at the end.

    Parameters
    ----------
    problem : PartitionProblem
        Its scores do not matter.
    values : ndarray of int64, shape (k, 3)
        More is better.
    share : float
        Precision as a share of the span of each value: from its best to the worst that it has in the plans
        that are best in one of the values.
    deadline : Deadline
    params : ParetoParams

    Returns
    -------
    NondominatedPoints
        None dominates another one. For every plan there is one that is nowhere worse by more than the
        precision.
    tuple of int
        The precision in each value.
    """
    nothing = np.zeros((0, values.shape[1]), dtype=np.int64)
    if problem.infeasible_at_sight:
        return NondominatedPoints(nothing, ()), (0,) * values.shape[1]
    if problem.is_solved_at_sight:
        return NondominatedPoints(values.copy(), ((problem.candidates.members(0),),)), (0,) * values.shape[1]
    return _TriObjectiveSearch(problem, values, share, deadline, params).run()


@dataclass
class _TriObjectiveSearch:
    problem: PartitionProblem
    values: IntArray
    share: float
    deadline: Deadline
    params: ParetoParams
    points: dict[Point, Rows] = field(default_factory=dict)
    directions: list[tuple[IntArray, PricedProblem]] = field(default_factory=list)
    is_proved: bool = True

    def __post_init__(self) -> None:
        self.problem = self.problem.in_order()
        self.relaxation = WarmRelaxation(self.problem)

    def run(self) -> tuple[NondominatedPoints, Point]:
        """Search search region after search region."""
        precision: Point = (0,) * self.values.shape[1]
        try:
            ends = self._ends()
            if ends is None:
                return NondominatedPoints(self.values[:0], ()), precision
            span = ends.max(axis=0) - ends.min(axis=0)
            precision = tuple(int(self.share * width) for width in span.tolist())
            self._add_directions(span)
            self._search(SearchRegions(self._lowest(), precision))
        except (DiagramLimitError, TimeUpError):
            self.is_proved = False
        return self._sorted(), precision

    def _search(self, regions: SearchRegions) -> None:
        for point in list(self.points):
            regions.tell(point)
        while regions.corners:
            self.deadline.check()
            corner = regions.corners[-1]
            rows = self._best_in(corner)
            if rows is None:
                regions.drop(corner)
            else:
                self.points.setdefault(self._total(rows), rows)
                regions.tell(self._total(rows))

    def _total(self, rows: Rows) -> Point:
        return tuple(int(value) for value in self.values[list(rows)].sum(axis=0))

    def _priced(self, weights: IntArray) -> tuple[IntArray, PricedProblem] | None:
        """Solve the relaxation under some weights; None when there is no plan."""
        nano = self.values @ weights
        priced = self.relaxation.price(nano, self.deadline)
        return (weights, priced) if priced.feasible else None

    def _ends(self) -> IntArray | None:
        """Values of the plans that are best in each value; None when there is no plan."""
        ends = []
        for k in range(self.values.shape[1]):
            priced = self._priced(np.eye(self.values.shape[1], dtype=np.int64)[k])
            best = (
                None
                if priced is None
                else cheapest(priced[1], deadline=self.deadline, most_arcs=self.params.most_arcs)
            )
            if priced is None or best is None:
                return None
            self.directions.append(priced)
            self.points.setdefault(self._total(best[1]), best[1])
            ends.append(self._total(best[1]))
        return np.array(ends, dtype=np.int64)

    def _add_directions(self, span: IntArray) -> None:
        """Price weights all over the range that they may have, each value measured by its span."""
        scale = max(1, int(span.max()))
        per = [max(1, min(_FINEST, scale // max(1, width))) for width in span.tolist()]
        for steps in product(range(self.params.weight_steps + 1), repeat=len(per)):
            if sum(steps) == self.params.weight_steps > max(steps):
                weights = np.array([a * b for a, b in zip(steps, per, strict=True)], dtype=np.int64)
                priced = self._priced(weights)
                if priced is not None:
                    self.directions.append(priced)
                    best = cheapest(priced[1], deadline=self.deadline, most_arcs=self.params.most_arcs)
                    if best is not None:
                        self.points.setdefault(self._total(best[1]), best[1])

    def _lowest(self) -> Point:
        """What no plan is below in any value."""
        lowest = []
        for k in range(self.values.shape[1]):
            weights = -np.eye(self.values.shape[1], dtype=np.int64)[k]
            priced = self._priced(weights)
            lowest.append(-NEVER if priced is None else -priced[1].bound)
        return tuple(lowest)

    def _best_in(self, corner: Point) -> Rows | None:
        """Find a plan that is better than a corner in every value; None when there is none."""
        least = np.array(corner, dtype=np.int64) + 1
        kept = np.ones(len(self.values), dtype=np.bool_)
        least_room, chosen = np.inf, self.directions[0]
        for weights, priced in self.directions:
            needed = priced.bound - int(weights @ least)
            if needed < 0:
                return None
            # a candidate that costs more under any weights is in no plan of the search region
            kept &= priced.reduced_costs <= needed
            # the graph is that of the weights which leave least to spend, beside what candidates cost
            room = needed / (1.0 + float(np.median(priced.reduced_costs)))
            if room < least_room:
                least_room, chosen = room, (weights, priced)
        weights, priced = chosen
        needed = priced.bound - int(weights @ least)
        rows = np.flatnonzero(kept)
        some = priced.restrict(rows)
        if some.candidates.uncovered:
            return None
        budget = min(needed, first_budget(some))
        while True:
            graph = build_diagram(some, budget, deadline=self.deadline, most_arcs=self.params.most_arcs)
            for _, plan in islice(ranked_paths(graph, some.reduced_costs), self.params.ranked):
                if (self.values[rows[list(plan)]].sum(axis=0) >= least).all():
                    return tuple(rows[list(plan)].tolist())
            if budget >= needed:
                best = cheapest_above(
                    graph, some.reduced_costs, self.values[rows], least, self.deadline, self.params.most_begun
                )
                return None if best is None else tuple(rows[list(best)].tolist())
            budget = min(needed, self.params.widening * budget + 1)

    def _sorted(self) -> NondominatedPoints:
        """Give the points that none of the others dominates."""
        values = np.array(sorted(self.points), dtype=np.int64).reshape(-1, self.values.shape[1])
        values = values[undominated(values)]
        members = self.problem.candidates.members
        plans = tuple(tuple(members(row) for row in self.points[tuple(value)]) for value in values.tolist())
        return NondominatedPoints(values, plans, self.is_proved)


def cheapest_above(
    graph: Diagram,
    cost: IntArray,
    values: IntArray,
    least: IntArray,
    deadline: Deadline,
    most_begun: int = ParetoParams.most_begun,
) -> Rows | None:
    """Find the cheapest partition of a graph that has at least some values; None when there is none.

    All paths are followed at the same time; one ends where the best ways on cannot bring a value up any more.

    Raises
    ------
    DiagramLimitError
        Too many are begun.
    TimeUpError
    """
    best = _best_to_go(graph, values)
    end = int(graph.first[-2])
    state, spent = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    total, place = np.zeros((1, values.shape[1]), dtype=np.int64), np.zeros(1, dtype=np.int64)
    levels: list[tuple[IntArray, IntArray]] = []
    best_end: tuple[int, int, int] | None = None
    while len(state):
        deadline.check()
        begin, number = graph.arc_first[state], graph.arc_first[state + 1] - graph.arc_first[state]
        if int(number.sum()) > most_begun:
            raise DiagramLimitError
        parent = np.repeat(np.arange(len(state)), number)
        arc = np.arange(len(parent)) - np.repeat(np.cumsum(number) - number, number) + begin[parent]
        paid = spent[parent] + cost[graph.row[arc]]
        sums = total[parent] + values[graph.row[arc]]
        kept = paid + graph.to_go[graph.target[arc]] <= graph.budget
        kept &= (sums + best[graph.target[arc]] >= least).all(axis=1)
        parent, arc, paid, sums = parent[kept], arc[kept], paid[kept], sums[kept]
        levels.append((place[parent], graph.row[arc]))
        state = graph.target[arc]
        ended = state >= end
        for at in np.flatnonzero(ended)[np.argsort(paid[ended], kind="stable")][:1].tolist():
            price = int(paid[at] + graph.to_go[state[at]])
            if best_end is None or price < best_end[0]:
                best_end = price, len(levels) - 1, at
        place = np.flatnonzero(~ended)
        state, spent, total = state[place], paid[place], sums[place]
    if best_end is None:
        return None
    _, level, at = best_end
    rows = []
    for depth in range(level, -1, -1):
        rows.append(int(levels[depth][1][at]))
        at = int(levels[depth][0][at])
    return tuple(reversed(rows))


def _best_to_go(graph: Diagram, values: IntArray) -> IntArray:
    """Most of each value on any way on from a state, shape (states, t)."""
    best = np.full((graph.states, values.shape[1]), -NEVER // 2, dtype=np.int64)
    best[graph.first[-2] :] = 0
    source = np.repeat(np.arange(graph.states), np.diff(graph.arc_first))
    for layer in range(len(graph.first) - 3, -1, -1):
        arcs = slice(graph.arc_first[graph.first[layer]], graph.arc_first[graph.first[layer + 1]])
        np.maximum.at(best, source[arcs], best[graph.target[arcs]] + values[graph.row[arcs]])
    return best
