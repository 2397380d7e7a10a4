"""Division into a given number of parts by cutting random spanning trees, with bounded backtracking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...deadline import Deadline
from .network import Network

_AGAIN = 3  # divisions of a side that are tried with one cut, before another cut is made


@dataclass
class TreeDivision:
    """Divides connected nodes into parts within the bounds, as many as asked for.

    A random spanning tree is cut where both sides can still be divided into whole numbers of parts, then the
    sides in turn (recursive form of the recombination of DeFord, Duchin and Solomon 2021). Where a side
    cannot be divided, the cut above it is made anew, a few times at each depth; so many trees are drawn at
    most. Rules beside bounds and groups that stay together are not looked at.

    Parameters
    ----------
    network : Network
    rng : numpy Generator
    deadline : Deadline
    trees : int
        Spanning trees that may be drawn.
    trees_a_cut : int
        Of these for one cut.
    """

    network: Network
    rng: np.random.Generator
    deadline: Deadline
    trees: int
    trees_a_cut: int

    def __post_init__(self) -> None:
        lowest, highest = self.network.space.bounds
        self._lowest, self._highest = max(0, lowest), max(1, highest)

    def divide(self, nodes: Sequence[int], number: int) -> list[list[int]] | None:
        """Divide connected nodes within the bounds; None when that was not found.

        Raises
        ------
        TimeUpError
        """
        if number == 1:
            inhabitants = sum(self.network.people[v] for v in nodes)
            return [list(nodes)] if self._lowest <= inhabitants <= self._highest else None
        for _ in range(_AGAIN):
            halves = self._cut(nodes, number, loosely=False)
            if halves is None:
                return None
            # the side that has less room is divided first
            (one, few), (other, many) = sorted(halves, key=lambda half: (half[1], len(half[0])))
            divided = self.divide(one, few)
            rest = None if divided is None else self.divide(other, many)
            if divided is not None and rest is not None:
                return divided + rest
            if self.trees <= 0:
                return None
        return None

    def divide_loosely(self, nodes: Sequence[int], number: int) -> list[list[int]]:
        """Divide connected nodes into so many parts, or one for each node, as near the bounds as cuts are."""
        todo, done = [(list(nodes), min(number, len(nodes)))], []
        while todo:
            piece, parts = todo.pop()
            halves = self._cut(piece, parts, loosely=True) if parts > 1 else None
            if halves is None:
                done.append(piece)
            else:
                todo += halves
        return done

    def _cut(self, nodes: Sequence[int], number: int, *, loosely: bool) -> list[tuple[list[int], int]] | None:
        """Cut nodes in two, each side with its number of parts."""
        best: tuple[float, list[int], set[int], int] | None = None
        for _ in range(self.trees_a_cut):
            self.deadline.check()
            if self.trees <= 0 and not loosely:
                return None
            self.trees -= 1
            order, above, weight = self._tree(nodes)
            beyond, node, share = self._place(order, weight, number)
            if node >= 0 and (best is None or beyond < best[0]):
                below = {node}
                for v in order[1:]:
                    if above[v] in below:
                        below.add(v)
                best = (beyond, order, below, share)
            if best is not None and best[0] <= 0:
                break
        if best is None or (best[0] > 0 and not loosely):
            return None
        _, order, below, share = best
        return [(sorted(below), share), (sorted(set(order) - below), number - share)]

    def _tree(self, nodes: Sequence[int]) -> tuple[list[int], dict[int, int], dict[int, int]]:
        """Draw a spanning tree by random weights of the borders (Kruskal 1956), rooted anywhere.

        Returns
        -------
        tuple of list of int and two dict of int to int
            Nodes, each after the one above it; that one; and the inhabitants below each node, it included.
        """
        inside = set(nodes)
        near, people = self.network.near, self.network.people
        borders = [(v, u) for v in nodes for u in near[v] if v < u and u in inside]
        leader = {v: v for v in nodes}
        branches: dict[int, list[int]] = {v: [] for v in nodes}
        left = len(nodes) - 1
        for place in self.rng.permutation(len(borders)).tolist():
            a, b = v, u = borders[place]
            while leader[a] != a:
                leader[a] = a = leader[leader[a]]
            while leader[b] != b:
                leader[b] = b = leader[leader[b]]
            if a != b:
                leader[a] = b
                branches[v].append(u)
                branches[u].append(v)
                left -= 1
                if not left:
                    break
        root = nodes[int(self.rng.integers(len(nodes)))]
        order, above = [root], {root: -1}
        for v in order:
            for u in branches[v]:
                if u != above[v]:
                    above[u] = v
                    order.append(u)
        weight = {v: people[v] for v in order}
        for v in reversed(order[1:]):
            weight[above[v]] += weight[v]
        return order, above, weight

    def _place(self, order: list[int], weight: dict[int, int], number: int) -> tuple[float, int, int]:
        """Find the cut above a node that is nearest to what both sides can be divided into.

        Of those within the bounds any; at least one node is left for each part.

        Returns
        -------
        tuple of (float, int, int)
            How far sides are beyond what their parts may hold; the node, -1 for none; parts below it.
        """
        if len(order) < 2:
            return 0.0, -1, 0
        lowest, highest = self._lowest, self._highest
        below = np.array([weight[v] for v in order[1:]], dtype=np.float64)[:, None]
        rest = weight[order[0]] - below
        share = np.arange(1, number)[None, :]
        beyond = (
            np.maximum(0, share * lowest - below)
            + np.maximum(0, below - share * highest)
            + np.maximum(0, (number - share) * lowest - rest)
            + np.maximum(0, rest - (number - share) * highest)
        )
        least = float(beyond.min())
        at, parts = np.nonzero(beyond <= max(least, 0.0))
        # nearly equal sides leave the shallowest recursion
        uneven = np.abs(2 * (parts + 1) - number) + self.rng.random(len(parts))
        best = int(uneven.argmin())
        return least, order[int(at[best]) + 1], int(parts[best]) + 1
