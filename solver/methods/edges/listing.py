"""Listing connected sets within population bounds that few edges leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final

import numpy as np

from ....instances.common.arrays import BoolArray, IntArray
from ...candidates.compiled import call_in_time
from ...deadline import Deadline
from .graph import Graph

_HELD = 1 << 12  # sets that are found between two looks at the clock, at most
_LOOKED = 1 << 23  # vertices in all states that are looked at, the same


def is_available() -> bool:
    """Whether the compiled search can be used."""
    return find_spec("numba") is not None


@dataclass(frozen=True)
class Bounds:
    """Bounds on the inhabitants of each part of a plan.

    Attributes
    ----------
    lower, upper : int
    """

    lower: int
    upper: int

    def numbers(self, people: int, parts: int) -> range:
        """Give the numbers of parts, up to one, that so many inhabitants can be divided into."""
        least = -(-people // self.upper) if self.upper > 0 else 1
        most = people // self.lower if self.lower > 0 else parts
        return range(max(1, least), min(parts, most) + 1)

    def of_one(self, people: int, parts: int) -> tuple[int, int]:
        """Bounds on one part of so many, when the others keep theirs and have all else."""
        return self.of_some(people, parts, 1)

    def of_some(self, people: int, parts: int, some: int) -> tuple[int, int]:
        """Bounds on some of the parts together."""
        rest = parts - some
        return (
            max(some * self.lower, people - rest * self.upper),
            min(some * self.upper, people - rest * self.lower),
        )


class FewEdges:
    """All connected sets that may be one of a number of parts and that at most so many edges leave.

    Each set comes once, in any order. Where there are two parts one of each pair is left out, which its
    complement stands for.

    Parameters
    ----------
    graph : Graph
        Connected.
    bounds : Bounds
    parts : int
        Two or more.
    limit : int
        Most edges.
    """

    lists_parts: Final = True
    """Whether each set is one part, and what it leaves need not be connected."""

    def __init__(self, graph: Graph, bounds: Bounds, parts: int, limit: int) -> None:
        from . import kernel

        self._kernel = kernel
        size, people = len(graph), int(graph.people.sum())
        least, most = bounds.of_one(people, parts)
        self._limit, self._sides = limit, 1 if parts == 2 else 2
        self._bounds = np.array(
            [least, people - most, most, people - least, bounds.lower, parts - 1], dtype=np.int64
        )
        self._graph = (graph.begin, graph.to, graph.back, graph.joins, graph.costs, graph.people)
        start = call_in_time(kernel.far_vertex, None, self._graph)
        self.order = call_in_time(kernel.sweep_order, None, self._graph, start)
        self._state = np.zeros(kernel.SCALARS, dtype=np.int64)
        self._state[kernel.ROOT] = 1
        work = np.zeros((kernel.ROWS, max(2 * size + 2, len(graph.to))), dtype=np.int64)
        self._search = self._state, work, np.zeros(len(graph.to), dtype=np.int64)
        self._possible = least <= most

    @property
    def looked(self) -> int:
        """States that were looked at so far."""
        return int(self._state[self._kernel.LOOKED])

    def found(self, deadline: Deadline, most: int | None = None) -> Iterator[tuple[BoolArray, IntArray]]:
        """Give sets and the numbers of edges that leave them, some at a time.

        Parameters
        ----------
        deadline : Deadline
        most : int, optional
            Most states to look at; then it ends.

        Raises
        ------
        TimeUpError
        """
        sets = np.zeros((_HELD, len(self._graph[5])), dtype=np.bool_)
        cuts = np.zeros(_HELD, dtype=np.int64)
        at_once = max(1, _LOOKED // len(self._graph[5]))
        done: Any = not self._possible
        while not done and (most is None or self.looked < most):
            deadline.check()
            share = at_once if most is None else min(at_once, most - self.looked)
            done = call_in_time(
                self._kernel.advance,
                deadline,
                self._graph,
                self._search,
                self.order,
                self._bounds,
                self._limit,
                self._sides,
                sets,
                cuts,
                share,
            )
            number = int(self._state[self._kernel.NUMBER])
            if number:
                yield sets[:number].copy(), cuts[:number].copy()

    def lower_limit(self, limit: int) -> None:
        """List no more sets that more edges leave than that."""
        self._limit = min(self._limit, limit)
