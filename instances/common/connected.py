"""Connected pieces of a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable


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
