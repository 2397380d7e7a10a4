"""Who can be in one part with whom, as far as the inhabitants between them allow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...instances.arrays import BoolArray, FloatArray, IntArray


def least_inhabitants(
    neighbours: Sequence[Sequence[int]], population: IntArray, may_hold: BoolArray
) -> FloatArray:
    """Fewest inhabitants of a connected set that holds a root and another vertex.

    Shortest paths with weights on vertices (Bellman 1958; Ford 1956), for all roots at a time. Sets that hold
    both vertices are at least as large as the lightest path between them; Validi, Buchanan and Lykhovyd
    (2022) bound the length of paths by the inhabitants of a district in this way.

    Parameters
    ----------
    neighbours : sequence of sequence of int
        Adjacent vertices of each vertex.
    population : ndarray of int64, shape (m,)
        At least 0 each.
    may_hold : ndarray of bool, shape (m, m)
        Whether the part of a root (column) may hold a vertex (row), as far as is known.

    Returns
    -------
    ndarray of float64, shape (m, m)
        By vertex (row) and root (column); infinite where there is no path inside what the root may hold.
    """
    size = len(population)
    weight = np.where(may_hold, population[:, None].astype(np.float64), np.inf)
    least = np.full((size, size), np.inf)
    root = np.arange(size)
    least[root, root] = weight[root, root]
    arcs = np.array([(b, a) for a, near in enumerate(neighbours) for b in near], dtype=np.int64)
    if not len(arcs):
        return least
    # grouped by head, so that one reduction takes the least over all tails
    heads, tails = arcs[:, 1], arcs[:, 0]
    present, first = np.unique(heads, return_index=True)
    while True:
        best = np.minimum.reduceat(least[tails], first, axis=0) + weight[present]
        closer = best < least[present]
        if not closer.any():
            return least
        least[present] = np.minimum(least[present], best)


def admissible_pairs(
    neighbours: Sequence[Sequence[int]],
    population: IntArray,
    bounds: tuple[int, int],
    may_hold: BoolArray,
    holders: Sequence[BoolArray] = (),
    groups: Sequence[Sequence[int]] = (),
) -> BoolArray:
    """Say which vertices can be in the part of which root.

    A vertex is out of reach when every connected set that holds both has too many inhabitants, or when a
    vertex that goes with it is out of reach. A root is none when all it can hold together has too few
    inhabitants, or lacks what every part must hold. Repeated until nothing changes.

    Parameters
    ----------
    neighbours, population
        See `least_inhabitants`.
    bounds : tuple of (int, int)
        Fewest and most inhabitants of a part.
    may_hold : ndarray of bool, shape (m, m)
        What is known before, by vertex (row) and root (column).
    holders : sequence of ndarray of bool, shape (m,)
        For each thing that every part must hold, who has it.
    groups : sequence of sequence of int
        Vertices that are in one part.

    Returns
    -------
    ndarray of bool, shape (m, m)
    """
    low, high = bounds
    reachable = may_hold
    while True:
        found = reachable & (least_inhabitants(neighbours, population, reachable) <= high)
        for group in groups:
            found[list(group)] &= found[list(group)].all(axis=0)
        enough = population @ found >= low
        for has in holders:
            enough &= found[has].any(axis=0)
        found &= enough & np.diagonal(found)
        if (found == reachable).all():
            return found
        reachable = found
