"""Sets found so far, with their exact scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ....instances.common.arrays import FloatArray, IntArray
from ....models.scoring.scorer import NANO, Scorer
from ...candidates.scoring import score_all
from ...candidates.sets import Candidates
from ...deadline import Deadline
from .pricing import Part


@dataclass
class Columns:
    """Sets of municipalities of a component (as places in it, ascending), each once, with their scores.

    Attributes
    ----------
    municipalities : ndarray of int64, shape (m,)
        Municipalities of the component.
    scorer : Scorer
    nano : dict of Part to int
        Score of each in nano-points.
    """

    municipalities: IntArray
    scorer: Scorer
    nano: dict[Part, int] = field(default_factory=dict)

    def add(self, parts: Iterable[Part], deadline: Deadline = Deadline()) -> list[Part]:
        """Score the sets that are new, and give them.

        Raises
        ------
        TimeUpError
            None is added then.
        """
        fresh = sorted({part for part in parts if part not in self.nano})
        if fresh:
            scores = score_all(self.scorer, as_candidates(self.municipalities, fresh), deadline).tolist()
            self.nano.update(zip(fresh, scores, strict=True))
        return fresh

    def in_instance(self, parts: Iterable[Part]) -> tuple[Part, ...]:
        """Give sets by indices of the instance."""
        return tuple(tuple(self.municipalities[list(part)].tolist()) for part in parts)

    def reduced_costs(self, parts: Sequence[Part], duals: FloatArray) -> FloatArray:
        """Reduced costs in points."""
        scores = np.array([self.nano[part] for part in parts], dtype=np.float64) / NANO
        sums = np.array([sum(duals[list(part)].tolist()) for part in parts], dtype=np.float64)
        reduced_costs: FloatArray = scores - sums
        return reduced_costs


def as_candidates(municipalities: IntArray, parts: Sequence[Part]) -> Candidates:
    """Give sets, as places in a component, as bit sets."""
    width = max(1, (len(municipalities) + 63) // 64)
    words = np.zeros((len(parts), width), dtype=np.uint64)
    rows = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    places = np.array([v for part in parts for v in part], dtype=np.int64)
    bits = np.uint64(1) << (places % 64).astype(np.uint64)
    np.bitwise_or.at(words, (rows, places // 64), bits)
    return Candidates(municipalities, words)
