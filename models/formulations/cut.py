"""The cut formulation: rows that demand a member in every separator, added as they are found to be missing.

::

    variables    x_ij   i is in the part of j (see `assignment`)
    constraints  the rules of the question (see `rules`)
                 x_ij <= sum_{v in C} x_vj   for every set C that separates i from j
    objective    the terms of the scenario, each in its linear form

The a,b-separator inequalities of Carvajal et al. (2013) and Oehrlein and Haunert (2017), in the
length-bounded form LCUT of Validi, Buchanan and Lykhovyd (2022): C has to meet only those paths from j to i
that hold no more inhabitants than a part may, so that smaller sets will do. There are too many of them to
list. The programme starts with the neighbours of i, which separate it from every root farther off;
`separators` gives those that a whole solution violates, `separators_of_relaxation` those that another one
does.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ..programmes.programme import Programme
from ..programmes.reach import within_reach
from ..scoring.model import Model
from .assignment import Assignment, Count
from .compact import Compact, begin, finish

_UNITS = 1_000_000  # capacity of a vertex that a member holds whole
_VIOLATED = 1e-3


@dataclass(frozen=True, order=True)
class Separator:
    """Vertices of which every path from a root to a member holds one, unless it is too long for a part."""

    member: int
    root: int
    vertices: tuple[int, ...]


def cut_formulation(
    model: Model,
    municipalities: IntArray,
    count: Count | None = None,
    within: BoolArray | None = None,
) -> Compact:
    """Write the rules of a component with the separators next to its members; `with_separators` adds others.

    Parameters, returns and raises as for `begin`, completed.
    """
    parts = begin(model, municipalities, count, within)
    i, j = parts.pairs()
    size = len(parts.x)
    beside = np.array([v * size + u for v, near in enumerate(parts.neighbours) for u in near], dtype=np.int64)
    far = ~np.isin(i * size + j, beside)
    _demand_neighbours(parts, i[far], j[far])
    # a root that cannot stand alone has a neighbour with it
    small = parts.roots[parts.population[parts.roots] < parts.bounds[0]]
    _demand_neighbours(parts, small, small)
    return finish(parts)


def _demand_neighbours(parts: Assignment, i: IntArray, j: IntArray) -> None:
    """Let i be in the part of j only with one of its neighbours, for pairs of both; shape (p,) each."""
    builder, x = parts.builder, parts.x
    rows = builder.rows(len(i), lower=0.0)
    builder.put(rows, x[i, j], -1.0)
    number = np.array([len(near) for near in parts.neighbours], dtype=np.int64)
    heads = np.array([u for near in parts.neighbours for u in near], dtype=np.int64)
    first, length = np.cumsum(number) - number, number[i]
    # the neighbours of each i, one behind the other
    of = np.repeat(np.arange(len(i)), length)
    place = np.arange(len(of)) - np.repeat(np.cumsum(length) - length, length)
    builder.put(rows[of], x[heads[first[i[of]] + place], j[of]])


def with_separators(programme: Programme, parts: Assignment, cuts: Collection[Separator]) -> Programme:
    """Add a row for each separator."""
    rows, columns, amounts = [programme.rows], [programme.columns], [programme.coefficients]
    for k, cut in enumerate(cuts):
        inside = parts.x[list(cut.vertices), cut.root]
        inside = inside[inside >= 0]
        rows.append(np.full(len(inside) + 1, programme.shape[0] + k, dtype=np.int64))
        columns.append(np.append(inside, parts.x[cut.member, cut.root]))
        amounts.append(np.append(np.ones(len(inside)), -1.0))
    return replace(
        programme,
        rows=np.concatenate(rows),
        columns=np.concatenate(columns),
        coefficients=np.concatenate(amounts),
        row_lower=np.append(programme.row_lower, np.zeros(len(cuts))),
        row_upper=np.append(programme.row_upper, np.full(len(cuts), np.inf)),
    )


def separators(parts: Assignment, x: FloatArray) -> list[Separator]:
    """Find separators that a whole solution violates: two for each piece of a part away from its root.

    Parameters
    ----------
    parts : Assignment
    x : ndarray of float64, shape (m, m)
        Zeros and ones.

    Returns
    -------
    list of Separator
        Sorted; empty when all parts hold together.
    """
    violated: set[Separator] = set()
    for root in np.flatnonzero(np.diagonal(x) > 0.5).tolist():
        members = set(np.flatnonzero(x[:, root] > 0.5).tolist())
        at_root = _piece(parts, root, members)
        left = members - at_root
        while left:
            piece = _piece(parts, min(left), left)
            left -= piece
            for inside in (piece, at_root):
                border = {v for u in inside for v in parts.neighbours[u]} - inside
                violated |= {_least(parts, Separator(i, root, tuple(sorted(border)))) for i in piece}
    return sorted(violated)


def separators_of_relaxation(parts: Assignment, x: FloatArray) -> list[Separator]:
    """Find separators that a solution of the linear relaxation violates, by minimum cuts between vertices.

    Parameters, returns as for `separators`; x may be broken. One maximum flow for each pair of root and
    member that is held in part and not next to it.
    """
    violated: set[Separator] = set()
    for root in np.flatnonzero(np.diagonal(x) > _VIOLATED).tolist():
        for member in np.flatnonzero(x[:, root] > _VIOLATED).tolist():
            if member != root and member not in parts.neighbours[root]:
                cut = _minimum_cut(parts, np.clip(x[:, root], 0.0, 1.0), root, member)
                if cut is not None:
                    violated.add(_least(parts, Separator(member, root, cut)))
    return sorted(violated)


def _minimum_cut(parts: Assignment, x: FloatArray, root: int, member: int) -> tuple[int, ...] | None:
    """Give the lightest separator nearest to a member if it is violated."""
    from ortools.graph.python import max_flow

    size = len(x)
    capacity = np.rint(x * _UNITS).astype(np.int64)
    wanted = int(capacity[member])
    # vertex v enters at 2v and leaves at 2v + 1; only cuts through vertices are cheap, and those that hold
    # nothing are in them too
    inside = parts.x[:, root] >= 0
    arcs = [(u, v) for u in np.flatnonzero(inside).tolist() for v in parts.neighbours[u] if inside[v]]
    tails, heads = np.array(arcs, dtype=np.int64).reshape(-1, 2).T
    capacity[[root, member]] = 2 * _UNITS
    flow = max_flow.SimpleMaxFlow()
    flow.add_arcs_with_capacity(
        np.concatenate([2 * np.arange(size), 2 * tails + 1]),
        np.concatenate([2 * np.arange(size) + 1, 2 * heads]),
        np.concatenate([capacity, np.full(len(arcs), 2 * _UNITS)]),
    )
    flow.solve(2 * root + 1, 2 * member)
    if flow.optimal_flow() >= wanted - _VIOLATED * _UNITS:
        return None
    after = set(flow.get_sink_side_min_cut())
    return tuple(v for v in range(size) if v != member and 2 * v + 1 in after and 2 * v not in after)


def _piece(parts: Assignment, start: int, inside: Collection[int]) -> set[int]:
    """Vertices that hang together with one of them."""
    reached, waiting = {start}, [start]
    while waiting:
        for v in parts.neighbours[waiting.pop()]:
            if v in inside and v not in reached:
                reached.add(v)
                waiting.append(v)
    return reached


def _least(parts: Assignment, cut: Separator) -> Separator:
    """Drop vertices from a separator while it still meets every path that is short enough for a part."""
    needed = {v for v in cut.vertices if parts.x[v, cut.root] >= 0}
    for v in sorted(needed, key=lambda v: (-parts.population[v], v)):
        if not _is_reached(parts, cut.root, cut.member, needed - {v}):
            needed.remove(v)
    return replace(cut, vertices=tuple(sorted(needed)))


def _is_reached(parts: Assignment, root: int, member: int, without: Collection[int]) -> bool:
    """Whether a path from a root to a member avoids some vertices and fits in a part."""
    reached = within_reach(
        parts.neighbours,
        parts.population.tolist(),
        root,
        parts.bounds[1],
        lambda v: v not in without and bool(parts.x[v, root] >= 0),
    )
    return member in reached
