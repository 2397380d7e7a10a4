"""The exact front of two values in one component, in two phases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ....instances.common.arrays import IntArray
from ...candidates.sets import Part
from ...deadline import Deadline, TimeUpError
from ...diagrams.diagram import DiagramLimitError, build_diagram
from ...diagrams.k_best import cheapest, first_budget
from ...partition.problem import PartitionProblem, PricedProblem
from ...partition.relaxation import WarmRelaxation
from .label_setting import Boxes, efficient, non_dominated_paths
from .params import ParetoParams

_LARGEST = 1 << 46  # most that a candidate may be worth under them: far from where floats lose units

Rows = tuple[int, ...]


@dataclass(frozen=True)
class NondominatedPoints:
    """Non-dominated points of a component.

    Attributes
    ----------
    values : ndarray of int64, shape (p, t)
        By the first value.
    plans : tuple of tuple of tuple of int
        Parts of one plan for each: of those with the same values, the first in lexicographic order.
    is_proved : bool
        False where a limit ended the work: points may be missing, and plans need not be the first.
    """

    values: IntArray
    plans: tuple[tuple[Part, ...], ...]
    is_proved: bool = True


def bi_objective_points(
    problem: PartitionProblem,
    values: IntArray,
    *,
    deadline: Deadline = Deadline(),
    params: ParetoParams = ParetoParams(),
) -> NondominatedPoints:
    """Find all non-dominated points of two values in a component.

    Phase one divides the front at points that are best for some weights: the weights are those for which two
    neighbours are equal, until no plan is better than both (Aneja and Nair 1979). Phase two ranks, between
    each two neighbours, the plans under the same weights down to the corner that both leave (Visée, Teghem,
    Pirlot and Ulungu 1998; Przybylski, Gandibleux and Ehrgott 2008): the decision diagram within that
    budget holds all of them, and its labels give those that no other one dominates.

    Parameters
    ----------
    problem : PartitionProblem
        Its scores do not matter.
    values : ndarray of int64, shape (k, 2)
        More is better.
    deadline : Deadline
    params : ParetoParams

    Returns
    -------
    NondominatedPoints
        Without points when there is no plan.
    """
    if problem.infeasible_at_sight:
        return NondominatedPoints(np.zeros((0, 2), dtype=np.int64), ())
    if problem.is_solved_at_sight:
        return NondominatedPoints(values.copy(), ((problem.candidates.members(0),),))
    return _BiObjectiveSearch(problem, values, deadline, params).run()


@dataclass
class _BiObjectiveSearch:
    problem: PartitionProblem
    values: IntArray
    deadline: Deadline
    params: ParetoParams

    def __post_init__(self) -> None:
        self.problem = self.problem.in_order()
        self.relaxation = WarmRelaxation(self.problem)
        self.points: dict[tuple[int, int], Rows] = {}
        self.is_proved = True

    def run(self) -> NondominatedPoints:
        """Find the ends of the front, then what is between them."""
        ends: list[tuple[int, int]] = []
        for weights in ((0, 1), (1, 0)):
            try:
                best = self._best(self._priced(weights))
            except (DiagramLimitError, TimeUpError):
                self.is_proved = False
                return self._sorted()
            if best is None:
                return NondominatedPoints(np.zeros((0, 2), dtype=np.int64), ())
            ends.append(best)
        waiting = [(ends[0], ends[1])]
        while waiting:
            low, high = waiting.pop()
            try:
                waiting += self._between(low, high)
            except (DiagramLimitError, TimeUpError):
                self.is_proved = False
        return self._sorted()

    def _between(
        self, low: tuple[int, int], high: tuple[int, int]
    ) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Find a point beyond two neighbours that divides what is between them, or all that is there."""
        weights = self._weights(low, high)
        priced = self._priced(weights)
        divided = self._best(priced)
        assert divided is not None, "there is a plan at both ends"
        worth = max(_dot(weights, low), _dot(weights, high))
        if _dot(weights, divided) > worth and low[0] < divided[0] < high[0]:
            return [(low, divided), (divided, high)]
        self._fill(priced, weights, [low, divided, high])
        return []

    def _weights(self, low: tuple[int, int], high: tuple[int, int]) -> tuple[int, int]:
        """Whole weights under which two points are about equal."""
        first, second = max(1, low[1] - high[1]), max(1, high[0] - low[0])
        largest = np.abs(self.values).max(axis=0, initial=1).tolist()
        scale = max(first, second)
        room = max(1, min(self.params.largest_weight, _LARGEST // max(1, *largest)))
        if scale > room:
            first, second = max(1, first * room // scale), max(1, second * room // scale)
        return first, second

    def _priced(self, weights: tuple[int, int]) -> PricedProblem:
        """Solve the relaxation under some weights."""
        nano = self.values @ np.array(weights, dtype=np.int64)
        return self.relaxation.price(nano, self.deadline)

    def _best(self, priced: PricedProblem) -> tuple[int, int] | None:
        """Give the values of a best plan; None when there is no plan."""
        if not priced.feasible:
            return None
        best = cheapest(priced, deadline=self.deadline, most_arcs=self.params.most_arcs)
        if best is None:
            return None
        total = self.values[list(best[1])].sum(axis=0).tolist()
        point = int(total[0]), int(total[1])
        self.points.setdefault(point, best[1])
        return point

    def _fill(self, priced: PricedProblem, weights: tuple[int, int], known: list[tuple[int, int]]) -> None:
        """Find all non-dominated points between two neighbours, these two included."""
        points = _front_of(np.array(sorted(set(known)), dtype=np.int64))
        budget = first_budget(priced)
        if len(points) == 1:
            points = np.concatenate([points, points])
        while True:
            boxes = Boxes(points, weights, priced.bound)
            needed = int(boxes.cost.max())
            budget = min(budget, needed)
            graph = build_diagram(priced, budget, deadline=self.deadline, most_arcs=self.params.most_arcs)
            labelled = non_dominated_paths(
                graph,
                priced.reduced_costs,
                self.values,
                boxes,
                deadline=self.deadline,
                params=self.params,
            )
            for value, rows in zip(labelled.values.tolist(), labelled.rows, strict=True):
                self.points[value[0], value[1]] = rows
            if budget >= needed:
                return
            points = _front_of(np.concatenate([points, labelled.values]))
            if len(points) == 1:
                points = np.concatenate([points, points])
            budget = self.params.widening * budget + 1

    def _sorted(self) -> NondominatedPoints:
        """Give the points that none of the others dominates."""
        values = np.array(sorted(self.points), dtype=np.int64).reshape(-1, 2)
        values = _front_of(values)
        members = self.problem.candidates.members
        plans = tuple(
            tuple(members(row) for row in self.points[value[0], value[1]]) for value in values.tolist()
        )
        return NondominatedPoints(values, plans, self.is_proved)


def _dot(weights: tuple[int, int], point: tuple[int, int]) -> int:
    return weights[0] * point[0] + weights[1] * point[1]


def _front_of(values: IntArray) -> IntArray:
    """Keep what is not dominated, by the first value."""
    none = np.zeros(len(values), dtype=np.int64)
    return np.asarray(values[efficient(none, values, none)][::-1], dtype=np.int64)
