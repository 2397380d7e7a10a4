"""Who can be in one part with whom, as far as inhabitants tell."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ....instances.common.arrays import IntArray
from .ground import Ground


@dataclass(frozen=True, eq=False)
class Reach:
    """Who can be in one part with whom: by a path whose inhabitants are within the upper bound.

    Attributes
    ----------
    ground : Ground
    """

    ground: Ground

    @cached_property
    def of(self) -> list[IntArray]:
        """Places in ``ground.of`` of those whom each municipality may share a part with, itself first."""
        place = {i: k for k, i in enumerate(self.ground.of.tolist())}
        return [np.array([place[j] for j in self._from(i)], dtype=np.int64) for i in self.ground.of.tolist()]

    def _from(self, start: int) -> list[int]:
        """Whom paths within the upper bound lead to (Dijkstra 1959, inhabitants as lengths)."""
        inhabitants, highest = self.ground.inhabitants, self.ground.bounds[1]
        least = {start: inhabitants[start]}
        queue, done = [(inhabitants[start], start)], []
        seen: set[int] = set()
        while queue:
            sum_, i = heapq.heappop(queue)
            if i in seen:
                continue
            seen.add(i)
            done.append(i)
            for j in self.ground.near[i]:
                longer = sum_ + inhabitants[j]
                if longer <= highest and longer < least.get(j, highest + 1):
                    least[j] = longer
                    heapq.heappush(queue, (longer, j))
        return done

    @cached_property
    def numbers(self) -> tuple[int, int]:
        """Fewest and most parts that a plan can have."""
        (lowest, highest), total = self.ground.bounds, self.ground.sizes(self.ground.of.tolist())
        fewest = -(-total // highest) if highest > 0 else 0
        most = min(len(self.ground.of), total // lowest if lowest > 0 else len(self.ground.of))
        return int(fewest), int(most)
