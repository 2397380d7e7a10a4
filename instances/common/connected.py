"""Graphs as lists of neighbours: their connected pieces, and the lists as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from .arrays import IntArray


def pieces_of(vertices: Iterable[int], near: Callable[[int], Iterable[int]]) -> list[list[int]]:
    """Give the connected pieces of some vertices, each ascending, in the order of their first ones.

    Parameters
    ----------
    vertices : iterable of int
    near : callable
        Gives the neighbours of a vertex; those that are not among the vertices are passed over.

    Examples
    --------
    >>> pieces_of([4, 1, 2], {1: [2, 3], 2: [1], 4: [3]}.__getitem__)
    [[1, 2], [4]]
    """
    left = set(vertices)
    pieces = []
    for first in sorted(left):
        if first not in left:
            continue
        left.discard(first)
        piece = [first]
        for vertex in piece:  # which grows meanwhile
            beyond = left.intersection(near(vertex))
            left -= beyond
            piece += beyond
        pieces.append(sorted(piece))
    return pieces


def as_rows(lists: Sequence[Sequence[int]]) -> tuple[IntArray, IntArray]:
    """Write lists, such as those of neighbours, one after the other: where each begins, and all of them.

    Examples
    --------
    >>> begin, joined = as_rows([[1, 2], [], [0]])
    >>> begin.tolist(), joined.tolist()
    ([0, 2, 2, 3], [1, 2, 0])
    """
    begin = np.cumsum([0, *map(len, lists)], dtype=np.int64)
    return begin, np.array([one for some in lists for one in some], dtype=np.int64)
