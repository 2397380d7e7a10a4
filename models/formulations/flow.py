"""The flow formulation: every part is fed from its root by one flow.

::

    variables    x_ij   i is in the part of j (see `assignment`)
                 f_uvj  flow of the part of j from u to its neighbour v
    constraints  the rules of the question (see `rules`)
                 sum_u f_uij - sum_v f_ijv = x_ij     each member keeps one unit
                 sum_u f_uij <= M_j x_ij              and only members are reached
    objective    the terms of the scenario, each in its linear form

The root sends out one unit for each other member along borders between members, so members are connected to
it. Proposed by Shirabe (2005, 2009) for regions that must hold together; called SHIR by Validi, Buchanan
and Lykhovyd (2022). M_j is the largest number of other members that the part of j can have within its
bounds.
"""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import IntArray
from ..scoring.model import Model
from .assignment import Assignment, Count
from .compact import Compact, begin, finish


def flow_formulation(model: Model, municipalities: IntArray, count: Count | None = None) -> Compact:
    """Write the flow formulation of a component; O(m b) columns and rows for m municipalities and b borders.

    Parameters, returns and raises as for `begin`, completed.
    """
    parts = begin(model, municipalities, count)
    for root in parts.roots.tolist():
        _put_flow(parts, root)
    return finish(parts)


def _put_flow(parts: Assignment, root: int) -> None:
    builder, x = parts.builder, parts.x[:, root]
    members = np.flatnonzero(x >= 0)
    others = members[members != root]
    # nothing flows back into the root
    arcs = [(u, v) for u in members.tolist() for v in parts.neighbours[u] if x[v] >= 0 and v != root]
    if not arcs:
        return
    tails, heads = np.array(arcs, dtype=np.int64).T
    most = float(most_others(parts, root))
    flow = builder.columns(np.full(len(arcs), root), upper=most, whole=False)
    row_of = np.full(len(x), -1, dtype=np.int64)
    row_of[others] = builder.rows(len(others), 0.0, 0.0)
    builder.put(row_of[heads], flow)
    leaving = tails != root
    builder.put(row_of[tails[leaving]], flow[leaving], -1.0)
    builder.put(row_of[others], x[others], -1.0)
    row_of[others] = builder.rows(len(others), upper=0.0)
    builder.put(row_of[heads], flow)
    builder.put(row_of[others], x[others], -most)


def most_others(parts: Assignment, root: int) -> int:
    """Largest number of others that can be in the part of a root within its bounds."""
    inhabitants = parts.population[(parts.x[:, root] >= 0) & (np.arange(len(parts.municipalities)) != root)]
    room = parts.bounds[1] - parts.population[root]
    return int((np.cumsum(np.sort(inhabitants)) <= room).sum())
