"""The network that plans are cut out of: municipalities, with those that stay together as one node."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ....instances.common.arrays import IntArray
from ....instances.common.connected import as_rows
from ...candidates.sets import Part
from .space import SearchSpace


@dataclass(frozen=True, eq=False)
class Network:
    """Groups of municipalities that every part holds whole, and which are beside each other.

    Attributes
    ----------
    space : SearchSpace
    groups : tuple of tuple of int
        Municipalities of each node.
    near : tuple of tuple of int
        Nodes beside each node, ascending.
    people : tuple of int
        Inhabitants as the bounds count them.
    """

    space: SearchSpace
    groups: tuple[Part, ...]
    near: tuple[tuple[int, ...], ...]
    people: tuple[int, ...]

    @classmethod
    def of(cls, space: SearchSpace) -> Network:
        """Make the network of all free municipalities."""
        atom = space.atom
        by_atom: dict[int, list[int]] = {}
        for i in space.municipalities.tolist():
            by_atom.setdefault(atom[i], []).append(i)
        groups = tuple(tuple(group) for group in by_atom.values())
        at = {i: v for v, group in enumerate(groups) for i in group}
        near = tuple(
            tuple(sorted({at[j] for i in group for j in space.near[i]} - {v}))
            for v, group in enumerate(groups)
        )
        return cls(space, groups, near, tuple(space.sizes(group) for group in groups))

    def __len__(self) -> int:
        return len(self.groups)

    @cached_property
    def at(self) -> dict[int, int]:
        """Node of each municipality."""
        return {i: v for v, group in enumerate(self.groups) for i in group}

    def nodes(self, members: Iterable[int]) -> list[int]:
        """Nodes of some municipalities, ascending."""
        return sorted({self.at[i] for i in members})

    def members(self, nodes: Iterable[int]) -> Part:
        """Municipalities of some nodes, ascending."""
        return tuple(sorted(i for v in nodes for i in self.groups[v]))

    def pieces(self, nodes: Sequence[int]) -> list[list[int]]:
        """Connected parts of some nodes, by first node."""
        left, found = set(nodes), []
        for first in nodes:
            if first not in left:
                continue
            left.remove(first)
            piece = [first]
            for v in piece:
                for u in self.near[v]:
                    if u in left:
                        left.remove(u)
                        piece.append(u)
            found.append(piece)
        return found

    @cached_property
    def rows(self) -> tuple[IntArray, IntArray]:
        """Where the neighbours of each node begin in one list of all, and that list."""
        return as_rows(self.near)
