"""The plan that a search works on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ....instances.common.arrays import IntArray
from ...candidates.sets import Part
from .space import SearchSpace


@dataclass
class CurrentPlan:
    """Parts of a component, by number; a part that is replaced gives up its number for good.

    Attributes
    ----------
    space : SearchSpace
    parts : dict of int to tuple of int
    nano : dict of int to int
        Their scores.
    amounts : dict of int to ndarray of int64, shape (c,)
        What they add to each of the bounded sums of the space.
    """

    space: SearchSpace
    parts: dict[int, Part] = field(default_factory=dict)
    nano: dict[int, int] = field(default_factory=dict)
    amounts: dict[int, IntArray] = field(default_factory=dict)
    _at: dict[int, int] = field(default_factory=dict)
    _next: int = 0

    @classmethod
    def of(cls, space: SearchSpace, parts: Sequence[Part]) -> CurrentPlan:
        """Make a plan of given parts."""
        current = cls(space)
        current.swap((), parts)
        return current

    @property
    def score(self) -> int:
        """Sum of the scores of all parts, in nano-points."""
        return sum(self.nano.values())

    @property
    def counted(self) -> int:
        """Number of parts that count, where their number is limited."""
        return sum(self.space.counted(part) for part in self.parts.values())

    def added(self, numbers: Iterable[int]) -> IntArray:
        """What some parts add to each of the bounded sums."""
        none = np.zeros(len(self.space.sums), dtype=np.int64)
        return sum((self.amounts[number] for number in numbers), none)

    @property
    def beyond(self) -> list[int]:
        """How far each of the bounded sums is beyond its bounds; see `SearchSpace.beyond`."""
        return self.space.beyond(self.added(self.parts))

    def outside(self, numbers: Iterable[int]) -> IntArray:
        """What all parts but some add to each of the bounded sums."""
        return self.added(self.parts.keys() - set(numbers))

    def near(self, number: int) -> list[int]:
        """Numbers of the parts next to a part, ascending."""
        beside = {self._at[j] for i in self.parts[number] for j in self.space.near[i]}
        return sorted(beside - {number})

    def holding(self, members: Iterable[int]) -> list[int]:
        """Numbers of the parts that hold some municipalities, ascending."""
        return sorted({self._at[i] for i in members})

    def members(self, numbers: Iterable[int]) -> Part:
        """Municipalities of some parts, ascending."""
        return tuple(sorted(i for number in numbers for i in self.parts[number]))

    def worth(self, numbers: Iterable[int]) -> int:
        """Sum of the scores of some parts."""
        return sum(self.nano[number] for number in numbers)

    def swap(self, numbers: Iterable[int], parts: Sequence[Part]) -> list[int]:
        """Put other parts in the place of some; give their numbers."""
        for number in numbers:
            del self.parts[number], self.nano[number], self.amounts[number]
        new = list(range(self._next, self._next + len(parts)))
        self._next += len(parts)
        added = self.space.amounts(parts)
        for number, part, score, amounts in zip(new, parts, self.space.score(parts), added, strict=True):
            self.parts[number], self.nano[number], self.amounts[number] = part, score, amounts
            self._at.update(dict.fromkeys(part, number))
        return new

    def copy(self) -> CurrentPlan:
        """Copy the plan, to come back to."""
        own = (dict(self.parts), dict(self.nano), dict(self.amounts), dict(self._at))
        return CurrentPlan(self.space, *own, self._next)

    def restore(self, other: CurrentPlan) -> None:
        """Come back to a copy made before; numbers given since are not given again."""
        self.parts, self.nano, self._at = dict(other.parts), dict(other.nano), dict(other._at)
        self.amounts = dict(other.amounts)

    def in_order(self) -> tuple[Part, ...]:
        """All parts, by first member."""
        return tuple(sorted(self.parts.values()))
