"""Transfers from one partition of the municipalities to another, municipality by municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...instances.common.arrays import IntArray
from ...instances.common.deprecated import renamed_names
from .similarity import Parts, contingency


@dataclass(frozen=True)
class Transfer:
    """A municipality that has other partners than before.

    Attributes
    ----------
    municipality : int
    before, after : int
        Place of its part in the first partition and in the second.
    moves : bool
        Whether it leaves its part for another; if not, others come to its part or leave it.
    leaves, joins : tuple of int
        Partners that it no longer has, and new ones, ascending.
    """

    municipality: int
    before: int
    after: int
    moves: bool
    leaves: tuple[int, ...]
    joins: tuple[int, ...]


def transfers(first: Parts, second: Parts, population: IntArray) -> tuple[Transfer, ...]:
    """List the municipalities whose partners change.

    Parameters
    ----------
    first, second : sequence of tuple of int
        Partitions of the same municipalities.
    population : ndarray of int64, shape (n,)
        Inhabitants; as few of them as possible move to turn the first partition into the second.

    Returns
    -------
    tuple of Transfer
        Ascending by municipality.
    """
    after = {i: b for b, part in enumerate(second) for i in part}
    same = counterparts(contingency(first, second, population))
    moved = []
    for a, part in enumerate(first):
        for i in part:
            old, new = set(part), set(second[after[i]])
            if old != new:
                leaves, joins = tuple(sorted(old - new)), tuple(sorted(new - old))
                moved.append(Transfer(i, a, after[i], same.get(a) != after[i], leaves, joins))
    return tuple(sorted(moved, key=lambda transfer: transfer.municipality))


def counterparts(shared: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Match the parts of two partitions: which part of the second continues each part of the first.

    Parts are paired so that the paired ones share as much as possible: what they do not share is the least
    that must move to turn one partition into the other (the partition distance; Almudevar and Field 1999),
    which is an assignment problem (Gusfield 2002).

    Parameters
    ----------
    shared : mapping of (int, int) to int
        What part a of one partition shares with part b of the other, as `contingency` gives it.

    Returns
    -------
    dict of int to int
        By part of the first partition; parts that none continues are left out.

    Notes
    -----
    O(k^3) for the k parts of a connected component. Among pairings that share as much, the one that pairs the
    earliest parts is chosen.
    """
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from((a, ~b) for a, b in shared)  # a part of the second partition has a number below zero
    pairs: dict[int, int] = {}
    for component in nx.connected_components(graph):
        part = graph.subgraph(component)
        cells = sorted((max(edge), ~min(edge)) for edge in part.edges)
        for rank, (a, b) in enumerate(cells):
            # No two sets of cells have the same sum of powers of two: exactly one pairing is best.
            tie = 1 << (len(cells) - 1 - rank)
            graph[a][~b]["weight"] = (shared[a, b] << len(cells)) + tie
        pairs |= {max(edge): ~min(edge) for edge in nx.max_weight_matching(part)}
    return dict(sorted(pairs.items()))


__getattr__ = renamed_names(__name__, Change="Transfer", changes="transfers")
