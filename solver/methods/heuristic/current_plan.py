"""The plan that a search works on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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
    """

    space: SearchSpace
    parts: dict[int, Part] = field(default_factory=dict)
    nano: dict[int, int] = field(default_factory=dict)
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
            del self.parts[number], self.nano[number]
        new = list(range(self._next, self._next + len(parts)))
        self._next += len(parts)
        for number, part, score in zip(new, parts, self.space.score(parts), strict=True):
            self.parts[number], self.nano[number] = part, score
            self._at.update(dict.fromkeys(part, number))
        return new

    def copy(self) -> CurrentPlan:
        """Copy the plan, to come back to."""
        return CurrentPlan(self.space, dict(self.parts), dict(self.nano), dict(self._at), self._next)

    def restore(self, other: CurrentPlan) -> None:
        """Come back to a copy made before; numbers given since are not given again."""
        self.parts, self.nano, self._at = dict(other.parts), dict(other.nano), dict(other._at)

    def in_order(self) -> tuple[Part, ...]:
        """All parts, by first member."""
        return tuple(sorted(self.parts.values()))
