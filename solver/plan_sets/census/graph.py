"""All plans of a region as the paths of one graph, and how many of them use what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....instances.common.arrays import FloatArray, IntArray
from ....instances.instance import Instance
from ...candidates.region import Part, RegionListing
from ...candidates.sets import Candidates
from ...deadline import Deadline
from ...diagrams.diagram import CoverGraph, cover_graph
from ...partition.problem import PricedProblem, problems_of
from .divisible import Land
from .params import CensusParams

_SMALL = float(1 << 62)  # counts below it are exact in 64 bits

Counts = NDArray[Any]
"""Whole numbers of any size: int64 where all of them fit, Python's own otherwise."""


@dataclass(frozen=True, eq=False)
class PlanGraph:
    """The plans of a region, each of them one path from the first state to the last.

    A state is a set of municipalities that are divided already; an arc adds the merger of the first
    municipality that is not, in an order of the frame that sweeps along its longest axis. States that lead
    nowhere are left out. Frames follow each other.

    Attributes
    ----------
    layers : ndarray of int64, shape (l + 1,)
        First state of each layer; arcs lead from a layer to a later one.
    arc_first : ndarray of int64, shape (s + 1,)
        First arc of each state.
    target, piece : ndarray of int64, shape (a,)
        State that each arc leads to, and the piece that it adds.
    pieces : tuple of Candidates
        What plans are made of, frame by frame; numbered through.
    """

    layers: IntArray
    arc_first: IntArray
    target: IntArray
    piece: IntArray
    pieces: tuple[Candidates, ...]

    @property
    def states(self) -> int:
        """Number of states."""
        return len(self.arc_first) - 1

    @cached_property
    def source(self) -> IntArray:
        """State that each arc comes from, shape (a,)."""
        return np.repeat(np.arange(self.states), np.diff(self.arc_first))

    @cached_property
    def first_piece(self) -> IntArray:
        """Number of the first piece of each frame."""
        return np.cumsum([0, *(len(found) for found in self.pieces)]).astype(np.int64)

    def part(self, piece: int) -> Part:
        """Members of a piece, by instance indices."""
        frame = int(np.searchsorted(self.first_piece, piece, side="right")) - 1
        return self.pieces[frame].members(piece - int(self.first_piece[frame]))

    def backwards(self) -> Iterator[tuple[slice, slice]]:
        """States and arcs of each layer, the last one first."""
        for begin, end in zip(self.layers[-2::-1].tolist(), self.layers[:0:-1].tolist(), strict=True):
            arcs = slice(int(self.arc_first[begin]), int(self.arc_first[end]))
            if arcs.start < arcs.stop:
                yield slice(begin, end), arcs

    @cached_property
    def _estimate(self) -> float:
        """Number of plans in floating point."""
        return float(self._after(np.zeros(self.states))[0])

    @cached_property
    def ways_on(self) -> Counts:
        """Number of paths from each state to the last one, exactly; shape (s,)."""
        return self._after(self._zeros(self.states))

    def _after(self, ways: Counts) -> Counts:
        ways[-1] = 1
        for states, arcs in self.backwards():
            # every state that was kept has an arc, so no piece of the sum is empty
            begins = self.arc_first[states] - arcs.start
            ways[states] = np.add.reduceat(ways[self.target[arcs]], begins)
        return ways

    @cached_property
    def ways_to(self) -> Counts:
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
        return int(self.ways_on[0])

    @cached_property
    def uses(self) -> Counts:
        """Number of plans that each piece is part of, shape (pieces,)."""
        uses = self._zeros(int(self.first_piece[-1]))
        np.add.at(uses, self.piece, self.ways_to[self.source] * self.ways_on[self.target])
        return uses

    def by_number(self, counted: Sequence[bool] | NDArray[np.bool_]) -> list[int]:
        """Count the plans by number of mergers.

        Parameters
        ----------
        counted : sequence of bool, shape (pieces,)
            Pieces that count as a merger.

        Returns
        -------
        list of int
            From no merger on, up to the most that a plan has.
        """
        adds = np.asarray(counted)[self.piece]
        most = max(1, sum(len(found.municipalities) for found in self.pieces))
        ways: Counts = self._zeros(self.states * (most + 1)).reshape(self.states, most + 1)
        ways[-1, 0] = 1
        for states, arcs in self.backwards():
            on = ways[self.target[arcs]]
            on[adds[arcs], 1:] = on[adds[arcs], :-1]
            on[adds[arcs], 0] = 0
            ways[states] = np.add.reduceat(on, self.arc_first[states] - arcs.start, axis=0)
        found = [int(number) for number in ways[0]]
        while len(found) > 1 and not found[-1]:
            found.pop()
        return found


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
    CoverLimitError, TimeUpError

    Notes
    -----
    A decision diagram of exact covers, as for fronts and lists of plans (`cover_graph`), with nothing left
    out for its cost. Its size depends on the order of the municipalities: what is divided must border on what
    is not along as short a line as can be, as in frontier-based search (Kawahara, Inoue, Iwashita and Minato
    2017); a sweep along the longest axis of the frame does that.
    """
    graphs = []
    for problem in problems_of(listed):
        order = sweep(listed.question.instance, np.sort(problem.candidates.municipalities))
        pieces = problem.candidates.onto(order)
        land = Land.of(listed.question, pieces.municipalities)
        useful = land.useful(pieces)
        graph = cover_graph(
            PricedProblem.without_costs(replace(problem, candidates=pieces)).restrict(useful),
            0,
            deadline=deadline,
            most_arcs=max(1, int(memory / params.arc_bytes)),
            lost=land.lost,
        )
        if graph.least > 0:
            return None
        graphs.append((graph, useful, pieces))
    return _joined(graphs)


def sweep(instance: Instance, of: IntArray) -> IntArray:
    """Order municipalities along the longest axis of the land that they are spread over."""
    points = np.column_stack([instance.x[of], instance.y[of]]).astype(np.float64)
    points -= points.mean(axis=0)
    axis = np.linalg.svd(points, full_matrices=False)[2][0]
    # the axis has no direction of its own; the number of states is much the same both ways
    along = points @ (axis if axis[np.abs(axis).argmax()] > 0 else -axis)
    return of[np.lexsort((of, np.round(along, 3)))]


def _joined(graphs: Sequence[tuple[CoverGraph, IntArray, Candidates]]) -> PlanGraph:
    """Put graphs one after the other: the end of one is the beginning of the next."""
    layers, degrees, targets, pieces = [0], [], [], []
    states = first = 0
    for graph, useful, found in graphs:
        alive = np.flatnonzero((graph.spent + graph.to_go <= 0) & (graph.to_go == 0))
        ends = int(graph.first[-2])  # states of the last layer have covered all
        inner = alive[alive < ends]
        place = np.full(graph.states, -1, dtype=np.int64)
        place[inner] = states + np.arange(len(inner))
        place[alive[alive >= ends]] = states + len(inner)
        arcs = place[np.repeat(np.arange(graph.states), np.diff(graph.arc_first))] >= 0
        degrees.append(np.diff(graph.arc_first)[inner])
        targets.append(place[graph.target[arcs]])
        pieces.append(useful[graph.row[arcs]] + first)
        layers += (states + np.searchsorted(inner, graph.first[1:-1])).tolist()
        states, first = states + len(inner), first + len(found)
    arc_first = np.concatenate([[0], np.cumsum(np.concatenate(degrees)), [sum(map(len, targets))]])
    return PlanGraph(
        np.array([*layers, states + 1], dtype=np.int64),
        arc_first.astype(np.int64),
        np.concatenate(targets),
        np.concatenate(pieces),
        tuple(found for *_, found in graphs),
    )


def scores_of(listed: RegionListing) -> IntArray:
    """Score of each piece of a region's plans in nano-points, shape (pieces,)."""
    return np.concatenate(list(listed.scores()))


def values_of(listed: RegionListing, term: str) -> tuple[IntArray, float]:
    """Value of each piece of a region's plans in a term, in whole numbers.

    Returns
    -------
    tuple of (ndarray of int64, shape (pieces,), float)
        Nano-points of the term alone, signed so that more is better, and the weight it has in them: 1, so
        that they are nano-units, or less where these do not fit in 64 bits.
    """
    weight = min(listed.scorer.fine_weight(one.values, term) for one in listed.components)
    return np.concatenate(list(listed.scores({term: weight}))), weight


def moments(graph: PlanGraph, nano: IntArray) -> tuple[int, int, float, float]:
    """Least and greatest sum over the pieces of a plan, its mean and standard deviation over all plans.

    Mean and variance go backwards through the graph as those of a walk that takes each arc with the share of
    the plans that do, which adds squares of deviations only and loses no digits.

    Returns
    -------
    tuple of (int, int, float, float)
    """
    least = np.zeros(graph.states, dtype=np.int64)
    most, mean, variance = least.copy(), np.zeros(graph.states), np.zeros(graph.states)
    ways = graph.ways_on
    for states, arcs in graph.backwards():
        target, adds = graph.target[arcs], nano[graph.piece[arcs]]
        begins = graph.arc_first[states] - arcs.start
        least[states] = np.minimum.reduceat(least[target] + adds, begins)
        most[states] = np.maximum.reduceat(most[target] + adds, begins)
        share = (ways[target] / ways[graph.source[arcs]]).astype(np.float64)
        there = mean[target] + adds
        mean[states] = np.add.reduceat(share * there, begins)
        apart = there - mean[graph.source[arcs]]
        variance[states] = np.add.reduceat(share * (variance[target] + apart**2), begins)
    return int(least[0]), int(most[0]), float(mean[0]), float(np.sqrt(variance[0]))


def shared(graph: PlanGraph, of: IntArray) -> FloatArray:
    """Probability that two municipalities are in one merger of a plan drawn at random.

    Parameters
    ----------
    graph : PlanGraph
    of : ndarray of int64, shape (m,)
        Municipalities of the region, ascending.

    Returns
    -------
    ndarray of float64, shape (m, m)
        Ratios of whole numbers, rounded once; ones on the diagonal.
    """
    found = np.zeros((len(of), len(of)))
    for first, pieces in zip(graph.first_piece[:-1].tolist(), graph.pieces, strict=True):
        uses = graph.uses[first : first + len(pieces)]
        used = np.flatnonzero(uses)
        members, uses = pieces.dense(used).astype(np.int64), uses[used]
        place = np.searchsorted(of, pieces.municipalities)
        for bit, at in enumerate(place.tolist()):
            holding = members[:, bit] == 1
            together = (members[holding] * uses[holding, None]).sum(axis=0)
            found[at, place] = [int(n) / graph.count for n in together]
    return found


__all__ = ["PlanGraph", "moments", "plan_graph", "scores_of", "shared", "sweep", "values_of"]
