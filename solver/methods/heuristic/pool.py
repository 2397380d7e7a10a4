"""Sets of municipalities that a search has come upon, to be combined again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...candidates.sets import Part
from .params import HeuristicParams


@dataclass
class Pool:
    """Distinct admissible sets with their scores, found by their first member.

    When there are more than `most` of them, the half that was noted first is dropped.
    """

    most: int = HeuristicParams.most_pooled
    nano: dict[Part, int] = field(default_factory=dict)
    _starting: dict[int, list[Part]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.nano)

    def add(self, parts: Sequence[Part], nano: Sequence[int]) -> None:
        """Note some sets."""
        for part, score in zip(parts, nano, strict=True):
            if part not in self.nano:
                self.nano[part] = score
                self._starting.setdefault(part[0], []).append(part)
        if len(self.nano) > self.most:
            self._shrink()

    def within(self, members: Part) -> list[Part]:
        """Sets that hold none but some municipalities (ascending), in the order of their first members."""
        inside = set(members)
        return [part for i in members for part in self._starting.get(i, ()) if inside.issuperset(part)]

    def _shrink(self) -> None:
        kept = list(self.nano.items())[-self.most // 2 :]
        self.nano, self._starting = {}, {}
        self.add([part for part, _ in kept], [score for _, score in kept])
