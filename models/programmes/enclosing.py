"""Sums of assignment variables that say whether a part encloses a municipality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from .variables import AssignmentVariables

Sum = tuple[IntArray, FloatArray]
"""Columns and their coefficients; a column of -1 is left out."""


def enclosing_sums(
    parts: AssignmentVariables, enclosed: int, around: Sequence[int]
) -> Iterator[tuple[int, list[Sum]]]:
    """Give, for each root j whose part can enclose c, sums of which one is 1 where it does, else none.

        sum_{n in N(c)} x_nj - (|N(c)| - 1) x_jj - x_cj

    Where c has one neighbour n, which alone is no ring: ``x_nj + x_ij - x_jj - x_cj`` for each other i. All
    sums are at most 0 for a part that does not enclose c, and at most 1 for any.

    Parameters
    ----------
    parts : AssignmentVariables
    enclosed : int
        The municipality c, by its index in the instance.
    around : sequence of int
        N(c), not empty.
    """
    place = {i: k for k, i in enumerate(parts.municipalities.tolist())}
    near = [place[i] for i in around if i in place]
    if len(near) < len(around):
        return  # some are in no open part, so none holds them all
    own = place.get(enclosed, -1)
    for j in parts.roots.tolist():
        x = parts.x[:, j]
        if (x[near] < 0).any():
            continue
        inside = -1 if own < 0 else int(x[own])
        others = [i for i in np.flatnonzero(x >= 0).tolist() if i not in (own, *near)]
        rings = [near] if len(near) > 1 else [[*near, i] for i in others]
        yield j, [_sum(x[ring], int(x[j]), inside) for ring in rings]


def _sum(ring: IntArray, root: int, inside: int) -> Sum:
    """The sum of a ring less what it has when one of it is missing, or when the enclosed is a member."""
    columns = np.concatenate([ring, np.array([root, inside], dtype=np.int64)])
    return columns, np.array([*[1.0] * len(ring), 1.0 - len(ring), -1.0])
