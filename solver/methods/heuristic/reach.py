"""Which municipalities can share a part, as far as inhabitants tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

import numpy as np

from ....instances.common.arrays import BoolArray, IntArray
from ....instances.common.connected import as_rows
from ....models.programmes.reach import Graph
from ...deadline import Deadline
from ...limit_errors import TimeUpError
from ...memory import budget
from ..reach_kernel import reached_in_turn
from .space import SearchSpace

_PLACE = 8.0  # bytes of each that one may share a part with
_AHEAD = 100  # municipalities for whose lists there must be room


class Within(Sequence[IntArray]):
    """Places that each may share a part with, itself first; all where nothing more is known.

    Parameters
    ----------
    known : list of (ndarray of int64, or None)
    """

    def __init__(self, known: list[IntArray | None]) -> None:
        self._known = known

    def __len__(self) -> int:
        return len(self._known)

    @overload
    def __getitem__(self, at: int) -> IntArray: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[IntArray]: ...

    def __getitem__(self, at: int | slice) -> IntArray | Sequence[IntArray]:
        """Look one up; all are listed when they are asked for, for many lists of all fill the memory."""
        if isinstance(at, slice):
            return [self[k] for k in range(*at.indices(len(self)))]
        known = self._known[at]
        if known is not None:
            return known
        everybody = np.arange(len(self))
        everybody[0], everybody[at] = at % len(self), 0
        return everybody

    def reaching(self, some: BoolArray) -> BoolArray:
        """Say which have any of some in their list."""
        any_of_all = bool(some.any())
        found = [any_of_all if one is None else some[one].any() for one in self._known]
        return np.array(found, dtype=np.bool_)

    @property
    def widest(self) -> int:
        """The length of the longest."""
        return max((len(self) if one is None else len(one) for one in self._known), default=0)


@dataclass(frozen=True, eq=False)
class Reach:
    """Which municipalities can share a part: by a path whose inhabitants are within the upper bound.

    Attributes
    ----------
    space : SearchSpace
    deadline : Deadline
        After it, and where memory ends, the rest may share a part with all.
    """

    space: SearchSpace
    deadline: Deadline = field(default_factory=Deadline)

    @property
    def municipalities(self) -> IntArray:
        """Free municipalities of the component, ascending."""
        return self.space.municipalities

    @cached_property
    def counted(self) -> IntArray:
        """Inhabitants as the bounds count them."""
        return self.space.question.bounded[self.space.municipalities]

    @property
    def bounds(self) -> tuple[int, int]:
        """Hard bounds on a part."""
        return self.space.bounds

    @cached_property
    def within(self) -> Within:
        """Places of those that each municipality may share a part with, itself first.

        O(m) for those from which a path by way of the middle suffices to all others; O(r log r) for the rest,
        which reach r.
        """
        size = len(self.space.municipalities)
        known: list[IntArray | None] = [None] * size
        sure = Graph(self._neighbours, self.counted).reaches_all(self.bounds[1]) if size else ()
        unsure = np.flatnonzero(~np.asarray(sure, dtype=np.bool_))
        for place, reached in self._found(unsure):
            known[place] = reached
        return Within(known)

    def _found(self, starts: IntArray) -> Iterator[tuple[int, IntArray]]:
        """Look for paths from some municipalities, as long as there are time and memory."""
        size = len(self._neighbours)
        graph = *as_rows(self._neighbours), self.counted, self.bounds[1], np.zeros(size, dtype=np.int64)
        found = reached_in_turn(*graph, starts, self.deadline)
        with suppress(TimeUpError):
            for place, reached in zip(starts.tolist(), found, strict=True):
                yield place, reached
                if budget().left < _PLACE * _AHEAD * size:
                    return

    def reaching(self, some: BoolArray) -> BoolArray:
        """Say which municipalities may share a part with any of some."""
        return self.within.reaching(some)

    @cached_property
    def _neighbours(self) -> list[list[int]]:
        """Places of the neighbours of each municipality."""
        place = {i: k for k, i in enumerate(self.space.municipalities.tolist())}
        return [[place[j] for j in self.space.near[i]] for i in place]

    @cached_property
    def numbers(self) -> tuple[int, int]:
        """Fewest and most parts that a plan can have."""
        members = self.space.municipalities.tolist()
        (lowest, highest), total = self.space.bounds, self.space.sizes(members)
        fewest = -(-total // highest) if highest > 0 else 0
        most = min(
            len(self.space.municipalities), total // lowest if lowest > 0 else len(self.space.municipalities)
        )
        return int(fewest), int(most)
