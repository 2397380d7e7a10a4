"""Recursive tree partition: a set of municipalities divided by cutting random spanning trees."""

from __future__ import annotations

import math

import numpy as np

from ...candidates.sets import Part
from .space import SearchSpace
from .trees import Tree, draw_tree


def partition_by_trees(
    space: SearchSpace, members: Part, rng: np.random.Generator, number: int | None = None
) -> list[Part]:
    """Divide a set of municipalities into connected parts, within the bounds as far as cuts are found.

    A tree is cut in two where both sides can still be divided into parts within the bounds, and so on
    (recursive form of the recombination of DeFord, Duchin and Solomon 2021). Rules beside bounds and
    connected groups are not looked at.

    Parameters
    ----------
    space : SearchSpace
    members : tuple of int
        Ascending; pieces that do not hold together are partitioned one by one.
    rng : numpy Generator
    number : int, optional
        Parts to aim at; by default so many that parts have the geometric middle of the bounds.

    Returns
    -------
    list of tuple of int
        Some may break the bounds.
    """
    pieces = space.pieces(members)
    if number is not None and len(pieces) > 1:
        shares = [number * space.sizes(piece) / max(1, space.sizes(members)) for piece in pieces]
        todo = [(piece, max(1, round(share))) for piece, share in zip(pieces, shares, strict=True)]
    else:
        todo = [(piece, number or _usual(space, piece)) for piece in pieces]
    done = []
    while todo:
        piece, parts = todo.pop()
        halves = _halve(space, piece, parts, rng) if parts > 1 else None
        if halves is None:
            done.append(piece)
        else:
            todo += halves
    return sorted(done)


def _usual(space: SearchSpace, piece: Part) -> int:
    """Number of parts of the middle size."""
    lowest, highest = max(1, space.bounds[0]), max(1, space.bounds[1])
    inhabitants = space.sizes(piece)
    fewest, most = math.ceil(inhabitants / highest), max(1, inhabitants // lowest)
    wanted = round(inhabitants / math.sqrt(lowest * highest))
    return min(max(1, fewest, min(wanted, most)), len(piece))


def _halve(
    space: SearchSpace, piece: Part, parts: int, rng: np.random.Generator
) -> list[tuple[Part, int]] | None:
    """Cut a piece in two, each with its number of parts; None when no cut was found."""
    if len(piece) < 2:
        return None
    for _ in range(space.params.construction.trees_a_cut):
        tree = draw_tree(space, piece, rng)
        cut = _cut(space, tree, parts)
        if cut is not None:
            top, share = cut
            inside = tree.subtree(top)
            rest = tuple(i for i in piece if i not in inside)
            return [(tuple(sorted(inside)), share), (rest, parts - share)]
    return None


def _cut(space: SearchSpace, tree: Tree, parts: int) -> tuple[int, int] | None:
    """Of the cuts that leave both sides divisible, the one nearest to halves: its node and its parts."""
    lowest, highest = max(1, space.bounds[0]), max(1, space.bounds[1])
    weight = tree.weights(space)
    rest = weight[0] - weight
    least = np.maximum(np.maximum(1, -(-weight // highest)), parts - rest // lowest)
    most = np.minimum(np.minimum(parts - 1, weight // lowest), parts + (-rest // highest))
    share = np.clip(np.rint(parts * weight / max(1, weight[0])).astype(np.int64), least, most)
    may = np.flatnonzero(tree.loose & (least <= most))
    if not len(may):
        return None
    best = may[np.abs(2 * share[may] - parts).argmin()]
    return int(best), int(share[best])
