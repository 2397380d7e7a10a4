"""Random spanning trees, and the sets of municipalities that cutting them gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ....instances.common.arrays import BoolArray, IntArray
from ...candidates.sets import Part
from .space import SearchSpace


@dataclass(frozen=True)
class Tree:
    """A rooted spanning tree of a connected set of municipalities.

    Attributes
    ----------
    nodes : tuple of int
        Municipalities, the root first, each after its parent.
    parent : tuple of int
        Place of each one's parent in `nodes`; -1 for the root.
    loose : ndarray of bool, shape (m,)
        Whether the branch to the parent may be cut.
    """

    nodes: Part
    parent: tuple[int, ...]
    loose: BoolArray

    def weights(self, space: SearchSpace) -> IntArray:
        """Inhabitants of the subtree below each node, itself included. O(m)."""
        weights = np.array([space.inhabitants[i] for i in self.nodes], dtype=np.int64)
        for v in range(len(self.nodes) - 1, 0, -1):
            weights[self.parent[v]] += weights[v]
        return weights

    def below(self) -> BoolArray:
        """Tell what is in the subtree of each node, itself included, shape (m, m)."""
        below = np.eye(len(self.nodes), dtype=np.bool_)
        for v in range(len(self.nodes) - 1, 0, -1):
            below[self.parent[v]] |= below[v]
        return below

    def subtree(self, top: int) -> set[int]:
        """Municipalities of the subtree of a node. O(m)."""
        inside = {top}
        for v in range(top + 1, len(self.nodes)):
            if self.parent[v] in inside:
                inside.add(v)
        return {self.nodes[v] for v in inside}


def draw_tree(space: SearchSpace, members: Part, rng: np.random.Generator) -> Tree:
    """Draw a spanning tree of a connected set: the lightest one for random weights of the borders.

    Groups that stay together hang together in the tree (their borders are the lightest), so that cuts
    elsewhere keep them whole. O(b log b) for b borders inside the set (Kruskal 1956).

    Parameters
    ----------
    space : SearchSpace
    members : tuple of int
        Ascending, connected.
    rng : numpy Generator

    Returns
    -------
    Tree
    """
    inside = set(members)
    atom = space.atom
    borders = [(i, j) for i in members for j in space.near[i] if i < j and j in inside]
    drawn = rng.random(len(borders)).tolist()
    order = sorted((atom[i] != atom[j], weight, i, j) for (i, j), weight in zip(borders, drawn, strict=True))
    leader = {i: i for i in members}
    branches: dict[int, list[int]] = {i: [] for i in members}
    for _, _, i, j in order:
        a, b = _find(leader, i), _find(leader, j)
        if a != b:
            leader[a] = b
            branches[i].append(j)
            branches[j].append(i)
    return _rooted(space, branches, members[int(rng.integers(len(members)))])


def _find(leader: dict[int, int], i: int) -> int:
    while leader[i] != i:
        leader[i] = leader[leader[i]]
        i = leader[i]
    return i


def _rooted(space: SearchSpace, branches: dict[int, list[int]], root: int) -> Tree:
    nodes, parent, loose = [root], [-1], [False]
    for place, i in enumerate(nodes):
        above = nodes[parent[place]] if place else -1
        for j in branches[i]:
            if j != above:
                nodes.append(j)
                parent.append(place)
                loose.append(space.atom[i] != space.atom[j])
    return Tree(tuple(nodes), tuple(parent), np.array(loose, dtype=np.bool_))


def tree_sets(space: SearchSpace, tree: Tree) -> BoolArray:
    """All sets within the bounds that one or two cuts of a tree give, shape (k, m) over ``tree.nodes``.

    Below u; all but what is below u; below u but not below v; all but what is below u or v. The bounds are
    looked at first, so that few of the O(m^2) sets are ever made.
    """
    lowest, highest = space.bounds
    weight, below = tree.weights(space), tree.below()
    total = int(weight[0])
    places = np.flatnonzero(tree.loose)

    def fit(sizes: IntArray) -> BoolArray:
        return (lowest <= sizes) & (sizes <= highest)

    cut, rows = weight[places], below[places]
    # v is below u
    nested = below[np.ix_(places, places)] & ~np.eye(len(places), dtype=np.bool_)
    u, v = np.nonzero(nested & fit(cut[:, None] - cut[None, :]))
    apart = np.triu(~nested & ~nested.T, 1)
    a, b = np.nonzero(apart & fit(total - cut[:, None] - cut[None, :]))
    return np.concatenate(
        [
            np.ones((1, len(weight)), dtype=np.bool_)[: int(fit(weight[:1])[0])],
            rows[fit(cut)],
            ~rows[fit(total - cut)],
            rows[u] & ~rows[v],
            ~(rows[a] | rows[b]),
        ]
    )
