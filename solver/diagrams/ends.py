"""The cheapest partition for each combination of sums, read off a diagram that tells these apart."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import IntArray
from .diagram import Diagram


def cheapest_ends(graph: Diagram, cost: IntArray) -> list[IntArray]:
    """Give the cheapest way to each end of a diagram, as candidates by index.

    Where side constraints have no price, ends tell all combinations of their sums apart.

    Parameters
    ----------
    graph : Diagram
    cost : ndarray of int64
        Of each candidate.

    Returns
    -------
    list of ndarray of int64
        One partition for each end within the budget of the diagram; of equally cheap ones the first by the
        order of its arcs.
    """
    source = np.repeat(np.arange(graph.states, dtype=np.int64), np.diff(graph.arc_first))
    tight = np.flatnonzero(graph.spent[source] + cost[graph.row] == graph.spent[graph.target])
    into = np.full(graph.states, -1, dtype=np.int64)
    into[graph.target[tight][::-1]] = tight[::-1]
    ways = []
    for end in range(int(graph.first[-2]), int(graph.first[-1])):
        if graph.spent[end] + graph.to_go[end] > graph.budget:
            continue
        state, way = end, []
        while state:
            arc = int(into[state])
            way.append(int(graph.row[arc]))
            state = int(source[arc])
        ways.append(np.array(way[::-1], dtype=np.int64))
    return ways
