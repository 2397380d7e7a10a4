"""Counts of plans below a threshold by meeting in the middle, without listing the plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ....instances.common.arrays import FloatArray, IntArray
from ...deadline import Deadline
from .graph import PlanGraph
from .params import CensusParams
from .partial_sums import PartialSums

_MANY = 1e290  # more than any number of sums that can be sorted


class TooManySumsError(Exception):
    """There are more partial sums than may be held."""


@dataclass(frozen=True)
class Cut:
    """A state before which all paths are cut in two.

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
    """Find the state before which the fewest sums must be sorted."""
    number = _sums_at(graph)
    state = int(number.argmin())
    crossing = _crossing(graph, state)
    paths_to, paths_from = graph.paths_to, graph.paths_from
    sums = sum(paths_to[graph.source[crossing]].tolist())
    sums += sum(paths_from[np.unique(graph.target[crossing])].tolist())
    return min(Cut(state, sums), Cut(graph.states - 1, graph.count), key=lambda cut: cut.sums)


def _sums_at(graph: PlanGraph) -> FloatArray:
    """Count the sums of a cut before each state, in floating point; without end before the first state."""
    to, onward = (np.minimum(one.astype(np.float64), _MANY) for one in (graph.paths_to, graph.paths_from))
    states = graph.states
    # a way to a state is sorted where the cut lies between its last two states
    before = np.zeros(states + 1)
    np.add.at(before, graph.source + 1, to[graph.source])
    np.add.at(before, graph.target + 1, -to[graph.source])
    # the ways on from a state are, where it lies behind the cut and some arc into it begins before
    earliest = np.arange(states)
    np.minimum.at(earliest, graph.target, graph.source)
    behind = np.zeros(states + 1)
    np.add.at(behind, np.arange(states), onward)
    np.add.at(behind, earliest, -onward)
    # from both ends inwards, so that small numbers are not lost beside large ones
    number = np.cumsum(before)[:states] + np.cumsum(behind[states - 1 :: -1])[::-1]
    number[0] = np.inf
    return number


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
    the 3.0e11 plans of Limburg take 2.3e8 sums.
    """
    cut = cut or middle(graph)
    if cut.sums > most:
        raise TooManySumsError
    return PartialSums(graph, cut.state).below(nano, np.array(thresholds, dtype=np.int64), deadline)
