"""The multiflow formulation: every member is reached from the root by a flow of its own.

::

    variables    x_ij    i is in the part of j (see `assignment`)
                 f_uvij  flow from u to its neighbour v on the way from root j to i
    constraints  the rules of the question (see `rules`)
                 sum_u f_uiij = x_ij                    a unit arrives at i
                 sum_u f_uvij = sum_w f_vwij            nothing is lost on the way
                 sum_u f_uvij <= x_vj                   which runs through members only
    objective    the terms of the scenario, each in its linear form

The multicommodity flow MCF of Validi, Buchanan and Lykhovyd (2022), as strong as all separator rows of
`cut` together: by Menger's theorem a unit reaches i through members exactly when no separator is short of
them. Neighbours of the root need no flow, and a flow from j to i runs only through vertices on a path that
the bounds allow.
"""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ..programmes.reach import Graph
from ..scoring.model import Model
from .assignment import Assignment, Count
from .compact import Compact, begin, finish


def multiflow_formulation(model: Model, municipalities: IntArray, count: Count | None = None) -> Compact:
    """Write the multiflow formulation of a component; O(m^2 b) columns for m municipalities and b borders.

    Parameters, returns and raises as for `begin`, completed.
    """
    parts = begin(model, municipalities, count)
    graph = Graph(parts.neighbours, parts.population)
    for root in parts.roots.tolist():
        allowed = parts.allowed[:, root]
        between = graph.least_inhabitants(np.outer(allowed, allowed))
        for member in np.flatnonzero(allowed).tolist():
            if member != root and member not in parts.neighbours[root]:
                _put_flow(parts, root, member, between)
    return finish(parts)


def _put_flow(parts: Assignment, root: int, member: int, between: FloatArray) -> None:
    """Add the flow from a root to a member; `between` has the lightest paths inside its reach."""
    builder, x = parts.builder, parts.x[:, root]
    through = between[:, root] + between[:, member] - parts.population <= parts.bounds[1]
    arcs = [
        (u, v)
        for u in np.flatnonzero(through).tolist()
        for v in parts.neighbours[u]
        if through[v] and v != root and u != member
    ]
    tails, heads = np.array(arcs, dtype=np.int64).reshape(-1, 2).T
    flow = builder.columns(np.full(len(arcs), root), whole=False)
    on_the_way = np.flatnonzero(through & (np.arange(len(x)) != root) & (np.arange(len(x)) != member))
    row_of = np.full(len(x), -1, dtype=np.int64)
    row_of[on_the_way] = builder.rows(len(on_the_way), 0.0, 0.0)
    for end, sign in ((heads, 1.0), (tails, -1.0)):
        inside = row_of[end] >= 0
        builder.put(row_of[end[inside]], flow[inside], sign)
    arrival = builder.rows(1, 0.0, 0.0)
    builder.put(arrival, flow[heads == member])
    builder.put(arrival, x[member], -1.0)
    row_of[on_the_way] = builder.rows(len(on_the_way), upper=0.0)
    inside = row_of[heads] >= 0
    builder.put(row_of[heads[inside]], flow[inside])
    builder.put(row_of[on_the_way], x[on_the_way], -1.0)
