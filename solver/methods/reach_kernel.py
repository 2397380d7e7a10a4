"""Shortest paths over the inhabitants of vertices from many starts; compiled where numba is installed."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Any

import numpy as np

from ...instances.common.arrays import IntArray
from ..candidates.compiled import when_installed
from ..deadline import Deadline

_AT_ONCE = 50  # vertices whose paths are looked for between two looks at the clock


def reached_from(begin: Any, near: Any, people: Any, most: int, rank: Any, starts: Any) -> Any:
    """List what paths of at most so many inhabitants join to each of some vertices (Dijkstra 1959).

    As `models.programmes.reach.within_reach`, in the same order.

    Parameters
    ----------
    begin, near : ndarray of int64
        Neighbours: those of vertex v are ``near[begin[v]:begin[v + 1]]``.
    people : ndarray of int64, shape (m,)
    most : int
        Inhabitants of a path, both its ends included.
    rank : ndarray of int64, shape (m,)
        A path from a vertex meets none of lower rank.
    starts : ndarray of int64, shape (s,)

    Returns
    -------
    tuple of (ndarray of int64, ndarray of int64)
        What is reached from all of them, one start after the other, the nearest first; and where each ends.
    """
    size = len(people)
    unknown = np.int64(1) << 62
    least = np.full(size, unknown)
    given = np.zeros(size, np.bool_)
    reached = np.empty(size, np.int64)
    ends = np.zeros(len(starts), np.int64)
    count = 0
    for which in range(len(starts)):
        start = starts[which]
        if count + size > len(reached):
            wider = np.empty(2 * len(reached) + size, np.int64)
            wider[:count] = reached[:count]
            reached = wider
        least[start] = people[start]
        waiting = [(people[start], start)]
        seen = [start]
        while len(waiting) > 0:
            inhabitants, u = heapq.heappop(waiting)
            if given[u]:
                continue
            given[u] = True
            reached[count] = u
            count += 1
            for k in range(begin[u], begin[u + 1]):
                v = near[k]
                further = inhabitants + people[v]
                if further <= most and further < least[v] and rank[v] >= rank[start]:
                    if least[v] == unknown:
                        seen.append(v)
                    least[v] = further
                    heapq.heappush(waiting, (further, v))
        for v in seen:
            least[v] = unknown
            given[v] = False
        ends[which] = count
    return reached[:count], ends


fast_reached = when_installed(reached_from)


def reached_in_turn(
    begin: IntArray,
    near: IntArray,
    people: IntArray,
    most: int,
    rank: IntArray,
    starts: IntArray | None = None,
    deadline: Deadline = Deadline(),
) -> Iterator[IntArray]:
    """Give what is reached from each of some vertices; see `reached_from`. By default from all.

    Raises
    ------
    TimeUpError
    """
    starts = np.arange(len(people)) if starts is None else starts
    reached_by = fast_reached() or reached_from
    for first in range(0, len(starts), _AT_ONCE):
        deadline.check()
        reached, ends = reached_by(begin, near, people, most, rank, starts[first : first + _AT_ONCE])
        yield from np.split(reached, ends[:-1])
