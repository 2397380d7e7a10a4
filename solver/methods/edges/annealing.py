"""Bettering a plan by simulated annealing, until runs of it find nothing better."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ....instances.common.arrays import IntArray
from ...candidates.compiled import call_in_time
from ...deadline import Deadline, TimeUpError
from .graph import Graph
from .listing import Bounds
from .params import EdgeParams
from .search import Division


def annealed(
    graph: Graph,
    bounds: Bounds,
    division: Division,
    seed: int,
    deadline: Deadline,
    params: EdgeParams,
    told: Callable[[Division], None],
) -> None:
    """Look for plans with fewer cut edges by simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983).

    A move gives a vertex to the part of a neighbour, if its own stays connected. Bounds on inhabitants are
    soft on the way, at a price; what is told keeps them. A run begins where the last one ended.

    Parameters
    ----------
    graph : Graph
    bounds : Bounds
    division : tuple of tuple of int
        The plan to begin with.
    seed : int
    deadline : Deadline
    params : EdgeParams
    told : callable
        Called with each plan that is better than all before.
    """
    from .annealing_kernel import anneal

    part_of = _parts_of(division, len(graph))
    arrays = (graph.begin, graph.to, graph.back, graph.joins, graph.costs, graph.people)
    state = np.array([2 * seed + 88172645463325252], dtype=np.uint64)
    fewest, idle = graph.cut(part_of), 0
    while idle < params.idle_runs and not deadline.passed:
        best = np.zeros(len(graph), dtype=np.int64)
        steps = min(params.most_steps, params.steps_each * len(graph))
        asked = arrays, part_of, bounds.lower, bounds.upper, state, params.heat, steps, best, fewest
        try:
            found = call_in_time(anneal, deadline, *asked)
        except TimeUpError:
            return
        idle += 1
        if found < fewest:
            fewest, idle = found, 0
            told(tuple(tuple(np.flatnonzero(best == k).tolist()) for k in range(len(division))))


def _parts_of(division: Division, size: int) -> IntArray:
    part_of = np.zeros(size, dtype=np.int64)
    for k, part in enumerate(division):
        part_of[list(part)] = k
    return part_of
