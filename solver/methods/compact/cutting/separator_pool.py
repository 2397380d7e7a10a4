"""Separators that were found for some roots, kept for all others that they hold for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from .....instances.common.arrays import BoolArray, IntArray
from .....models.formulations.assignment import Assignment
from .....models.formulations.cut import Separator
from .....models.programmes.reach import within_reach


@dataclass
class SeparatorPool:
    """Sets of vertices that every path from a member to some roots meets, unless it is too long for a part.

    Attributes
    ----------
    parts : Assignment
        Whose rules hold for all that the pool is used for.
    """

    parts: Assignment
    _apart: dict[tuple[int, tuple[int, ...]], BoolArray] = field(default_factory=dict)

    def add(self, cuts: Iterable[Separator]) -> None:
        """Keep separators, and work out which roots they part their member from."""
        for cut in cuts:
            key = cut.member, cut.vertices
            if key not in self._apart:
                self._apart[key] = self._parted(*key)

    def holding_for(self, roots: IntArray) -> list[Separator]:
        """Give the separators that hold for some roots."""
        return [
            Separator(member, root, vertices)
            for (member, vertices), apart in self._apart.items()
            for root in roots[apart[roots]].tolist()
        ]

    def _parted(self, member: int, vertices: tuple[int, ...]) -> BoolArray:
        """Say which vertices no path from a member reaches within a part, shape (m,)."""
        population, without = self.parts.population.tolist(), frozenset(vertices)
        reached = within_reach(
            self.parts.neighbours, population, member, self.parts.bounds[1], lambda v: v not in without
        )
        apart = np.ones(len(population), dtype=np.bool_)
        apart[[*reached, *vertices]] = False
        return apart
