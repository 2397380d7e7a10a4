"""Which municipalities can share a part, as far as inhabitants tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ....instances.common.arrays import IntArray
from ....models.programmes.reach import within_reach
from .space import SearchSpace


@dataclass(frozen=True, eq=False)
class Reach:
    """Which municipalities can share a part: by a path whose inhabitants are within the upper bound.

    Attributes
    ----------
    space : SearchSpace
    """

    space: SearchSpace

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
    def within(self) -> list[IntArray]:
        """Places of those that each municipality may share a part with, itself first."""
        place = {i: k for k, i in enumerate(self.space.municipalities.tolist())}
        neighbours = [[place[j] for j in self.space.near[i]] for i in place]
        inhabitants = [self.space.inhabitants[i] for i in place]
        return [
            np.fromiter(within_reach(neighbours, inhabitants, k, self.bounds[1]), dtype=np.int64)
            for k in place.values()
        ]

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
