"""The decision diagram of all plans of a region, and what dynamic programming on it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....instances.common.arrays import FloatArray, IntArray
from ....instances.instance import Instance
from ...candidates.region import RegionListing
from ...candidates.sets import Candidates, Part
from ...deadline import Deadline
from ...diagrams.diagram import Diagram, build_diagram
from ...partition.problem import PricedProblem, problems_of
from .divisibility import DivisibilityTest
from .params import CensusParams

_SMALL = float(1 << 62)  # counts below it are exact in 64 bits

Counts = NDArray[Any]
"""Whole numbers of any size: int64 where all of them fit, Python's own otherwise."""


@dataclass(frozen=True, eq=False)
class PlanGraph:
    """The plans of a region, each of them one path from the first state to the last.

    A state is a set of municipalities that are divided already; an arc adds the merger of the first
    municipality that is not, in an order that sweeps along the longest axis of the component. States that
    lead nowhere are left out. Components follow each other.

    Attributes
    ----------
    layers : ndarray of int64, shape (l + 1,)
        First state of each layer; arcs lead from a layer to a later one.
    arc_first : ndarray of int64, shape (s + 1,)
        First arc of each state.
    target, row : ndarray of int64, shape (a,)
        State that each arc leads to, and the candidate that it adds.
    candidates : tuple of Candidates
        Mergers that plans are made of, component by component; their rows are numbered through.
    """

    layers: IntArray
    arc_first: IntArray
    target: IntArray
    row: IntArray
    candidates: tuple[Candidates, ...]

    @property
    def states(self) -> int:
        """Number of states."""
        return len(self.arc_first) - 1

    @cached_property
    def source(self) -> IntArray:
        """State that each arc comes from, shape (a,)."""
        return np.repeat(np.arange(self.states), np.diff(self.arc_first))

    @cached_property
    def first_row(self) -> IntArray:
        """Row of the first candidate of each component."""
        return np.cumsum([0, *map(len, self.candidates)]).astype(np.int64)

    def part(self, row: int) -> Part:
        """Give the members of a candidate, by instance indices."""
        component = int(np.searchsorted(self.first_row, row, side="right")) - 1
        return self.candidates[component].members(row - int(self.first_row[component]))

    def backwards(self) -> Iterator[tuple[slice, slice]]:
        """Give the states and arcs of each layer, the last one first."""
        for begin, end in zip(self.layers[-2::-1].tolist(), self.layers[:0:-1].tolist(), strict=True):
            arcs = slice(int(self.arc_first[begin]), int(self.arc_first[end]))
            if arcs.start < arcs.stop:
                yield slice(begin, end), arcs

    @cached_property
    def _estimate(self) -> float:
        """Number of plans in floating point."""
        return float(self._after(np.zeros(self.states))[0])

    @cached_property
    def paths_from(self) -> Counts:
        """Number of paths from each state to the last one, exactly; shape (s,)."""
        return self._after(self._zeros(self.states))

    def _after(self, ways: Counts) -> Counts:
        ways[-1] = 1
        for states, arcs in self.backwards():
            # every state that was kept has an arc, so no slice of the sum is empty
            begins = self.arc_first[states] - arcs.start
            ways[states] = np.add.reduceat(ways[self.target[arcs]], begins)
        return ways

    @cached_property
    def paths_to(self) -> Counts:
        """Number of paths from the first state to each, exactly; shape (s,)."""
        ways = self._zeros(self.states)
        ways[0] = 1
        for _, arcs in reversed(list(self.backwards())):
            np.add.at(ways, self.target[arcs], ways[self.source[arcs]])
        return ways

    def _zeros(self, size: int) -> Counts:
        exact = self._estimate < _SMALL
        return np.zeros(size, dtype=np.int64) if exact else np.array([0] * size, dtype=object)

    @property
    def count(self) -> int:
        """Number of plans."""
        return int(self.paths_from[0])

    @cached_property
    def uses(self) -> Counts:
        """Number of plans that each candidate is part of, shape (candidates,)."""
        uses = self._zeros(int(self.first_row[-1]))
        np.add.at(uses, self.row, self.paths_to[self.source] * self.paths_from[self.target])
        return uses

    def by_number(self, counted: Sequence[bool] | NDArray[np.bool_]) -> list[int]:
        """Count the plans by number of mergers.

        Parameters
        ----------
        counted : sequence of bool, shape (candidates,)
            Whether a candidate counts as a merger.

        Returns
        -------
        list of int
            From no merger on, up to the most that a plan has.
        """
        adds = np.asarray(counted)[self.row]
        most = max(1, sum(len(some.municipalities) for some in self.candidates))
        ways: Counts = self._zeros(self.states * (most + 1)).reshape(self.states, most + 1)
        ways[-1, 0] = 1
        for states, arcs in self.backwards():
            on = ways[self.target[arcs]]
            on[adds[arcs], 1:] = on[adds[arcs], :-1]
            on[adds[arcs], 0] = 0
            ways[states] = np.add.reduceat(on, self.arc_first[states] - arcs.start, axis=0)
        numbers = [int(number) for number in ways[0]]
        while len(numbers) > 1 and not numbers[-1]:
            numbers.pop()
        return numbers


def plan_graph(
    listed: RegionListing,
    *,
    memory: float,
    deadline: Deadline = Deadline(),
    params: CensusParams = CensusParams(),
) -> PlanGraph | None:
    """Build the graph of all plans of a region.

    Parameters
    ----------
    listed : RegionListing
    memory : float
        Bytes that it may take, about.
    deadline : Deadline
    params : CensusParams

    Returns
    -------
    PlanGraph or None
        None where there is no plan.

    Raises
    ------
    DiagramLimitError, TimeUpError

    Notes
    -----
    A decision diagram of exact covers, as for fronts and lists of plans (`build_diagram`), with nothing left
    out for its cost. Its size depends on the order of the municipalities: the border between what is divided
    and what is not must be short, as in frontier-based search (Kawahara, Inoue, Iwashita and Minato 2017).
    `sweep_order` does that.
    """
    graphs = []
    for problem in problems_of(listed):
        order = sweep_order(listed.question.instance, np.sort(problem.candidates.municipalities))
        candidates = problem.candidates.onto(order)
        test = DivisibilityTest.of(listed.question, candidates.municipalities)
        useful = test.useful(candidates)
        graph = build_diagram(
            PricedProblem.without_costs(replace(problem, candidates=candidates)).restrict(useful),
            0,
            deadline=deadline,
            most_arcs=max(1, int(memory / params.arc_bytes)),
            lost=test.lost,
        )
        if graph.least > 0:
            return None
        graphs.append((graph, useful, candidates))
    return _joined(graphs)


def sweep_order(instance: Instance, municipalities: IntArray) -> IntArray:
    """Order municipalities along their first principal axis."""
    points = np.column_stack([instance.x[municipalities], instance.y[municipalities]]).astype(np.float64)
    points -= points.mean(axis=0)
    axis = np.linalg.svd(points, full_matrices=False)[2][0]
    # the axis has no direction of its own; the number of states is much the same both ways
    along = points @ (axis if axis[np.abs(axis).argmax()] > 0 else -axis)
    return municipalities[np.lexsort((municipalities, np.round(along, 3)))]


def _joined(graphs: Sequence[tuple[Diagram, IntArray, Candidates]]) -> PlanGraph:
    """Concatenate graphs: the end of one is the beginning of the next."""
    layers, degrees, targets, rows = [0], [], [], []
    states = first = 0
    for graph, useful, candidates in graphs:
        alive = np.flatnonzero((graph.spent + graph.to_go <= 0) & (graph.to_go == 0))
        ends = int(graph.first[-2])  # states of the last layer have covered all
        inner = alive[alive < ends]
        place = np.full(graph.states, -1, dtype=np.int64)
        place[inner] = states + np.arange(len(inner))
        place[alive[alive >= ends]] = states + len(inner)
        arcs = place[np.repeat(np.arange(graph.states), np.diff(graph.arc_first))] >= 0
        degrees.append(np.diff(graph.arc_first)[inner])
        targets.append(place[graph.target[arcs]])
        rows.append(useful[graph.row[arcs]] + first)
        layers += (states + np.searchsorted(inner, graph.first[1:-1])).tolist()
        states, first = states + len(inner), first + len(candidates)
    arc_first = np.concatenate([[0], np.cumsum(np.concatenate(degrees)), [sum(map(len, targets))]])
    return PlanGraph(
        np.array([*layers, states + 1], dtype=np.int64),
        arc_first.astype(np.int64),
        np.concatenate(targets),
        np.concatenate(rows),
        tuple(candidates for *_, candidates in graphs),
    )


def scores_of(listed: RegionListing) -> IntArray:
    """Score each candidate of a region in nano-points, shape (candidates,)."""
    return np.concatenate(list(listed.scores()))


def values_of(listed: RegionListing, term: str) -> tuple[IntArray, float]:
    """Evaluate each candidate of a region in a term, in whole numbers.

    Returns
    -------
    tuple of (ndarray of int64, shape (candidates,), float)
        Nano-points of the term alone, signed so that more is better, and the weight it has in them: 1, so
        that they are nano-units, or less where these do not fit in 64 bits.
    """
    weight = min(listed.scorer.fine_weight(one.values, term) for one in listed.components)
    return np.concatenate(list(listed.scores({term: weight}))), weight


def moments(graph: PlanGraph, nano: IntArray) -> tuple[int, int, float, float]:
    """Compute least and greatest sum over the mergers of a plan, mean and standard deviation over all plans.

    Mean and variance go backwards through the graph as those of a walk that takes each arc with the share of
    the plans that do, which adds squares of deviations only and loses no digits.

    Returns
    -------
    tuple of (int, int, float, float)
    """
    least = np.zeros(graph.states, dtype=np.int64)
    most, mean, variance = least.copy(), np.zeros(graph.states), np.zeros(graph.states)
    ways = graph.paths_from
    for states, arcs in graph.backwards():
        target, adds = graph.target[arcs], nano[graph.row[arcs]]
        begins = graph.arc_first[states] - arcs.start
        least[states] = np.minimum.reduceat(least[target] + adds, begins)
        most[states] = np.maximum.reduceat(most[target] + adds, begins)
        share = (ways[target] / ways[graph.source[arcs]]).astype(np.float64)
        there = mean[target] + adds
        mean[states] = np.add.reduceat(share * there, begins)
        apart = there - mean[graph.source[arcs]]
        variance[states] = np.add.reduceat(share * (variance[target] + apart**2), begins)
    return int(least[0]), int(most[0]), float(mean[0]), float(np.sqrt(variance[0]))


def co_assignment(graph: PlanGraph, municipalities: IntArray) -> FloatArray:
    """Compute the probability that two municipalities are in one merger of a plan drawn at random.

    Parameters
    ----------
    graph : PlanGraph
    municipalities : ndarray of int64, shape (m,)
        Those of the region, ascending.

    Returns
    -------
    ndarray of float64, shape (m, m)
        Ratios of whole numbers, rounded once; ones on the diagonal.
    """
    probability = np.zeros((len(municipalities),) * 2)
    for first, candidates in zip(graph.first_row[:-1].tolist(), graph.candidates, strict=True):
        uses = graph.uses[first : first + len(candidates)]
        used = np.flatnonzero(uses)
        members, uses = candidates.dense(used).astype(np.int64), uses[used]
        place = np.searchsorted(municipalities, candidates.municipalities)
        for bit, at in enumerate(place.tolist()):
            holding = members[:, bit] == 1
            plans = (members[holding] * uses[holding, None]).sum(axis=0)
            probability[at, place] = [int(n) / graph.count for n in plans]
    return probability
