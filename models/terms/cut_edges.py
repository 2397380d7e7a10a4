"""Cut edges: how many neighbours end up in different mergers."""

from __future__ import annotations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.instance import Instance
from ..programmes.variables import AssignmentVariables
from ..scenario.scenario import Scenario
from .base import Term
from .forms import CutBorders, InsidePairs


class CutEdgesTerm(Term):
    """Half the number of neighbours (i, j) with i in S and j outside S, in the same region.

    A plan's total is the number of pairs of neighbours that are kept apart: the cut edges of the districting
    literature (DeFord, Duchin and Solomon 2021), where few of them mean compact districts. Counted are all
    borders of the instance that lie inside a region, whatever their length; those between regions are cut
    in every plan and left out. What a scenario adds or removes under ``borders`` says which may be joined,
    not where the land touches, and changes nothing here.
    """

    key = "cut_edges"
    unit = "pairs of neighbours that are kept apart"
    sense = -1
    divided_by = "nothing"

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        pairs = instance.borders.pairs.reshape(-1, 2)
        self._pairs = pairs[instance.region[pairs[:, 0]] == instance.region[pairs[:, 1]]]
        self._neighbours = np.bincount(self._pairs.ravel(), minlength=len(instance)).astype(np.float64)

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate, a multiple of one half; see `Term.values`. O(k m^2)."""
        a, b = self.between(municipalities)
        beside = np.zeros((len(municipalities), len(municipalities)))
        beside[a, b] = 1.0
        inside = ((members @ beside) * members).sum(axis=1)
        value: FloatArray = (members @ self._neighbours[municipalities]) / 2 - inside
        return value

    def pricing(self) -> CutBorders:
        """Half the neighbours of each member, less one for each pair of neighbours; see `Term.pricing`."""
        a, b = self._pairs.T
        return CutBorders(self._neighbours / 2, InsidePairs(a, b, np.ones(len(a)), 1.0))

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Let z_ej = 1 when both ends of border e = ab are in the part of j: it is not cut then.

            z_ej <= x_aj,   z_ej <= x_bj

        The value of the part is half its members' neighbours less the sum of its z. See `Term.linear`.
        """
        builder, x = parts.builder, parts.x
        half = self._neighbours[parts.municipalities] / 2
        builder.cost(x, np.where(parts.allowed, rate * half[:, None], 0.0))
        a, b = self.between(parts.municipalities)
        border, j = np.nonzero((x[a] >= 0) & (x[b] >= 0))
        kept = builder.columns(j.astype(np.int64))
        builder.cost(kept, -rate)
        for end in (a, b):
            rows = builder.rows(len(kept), lower=0.0)
            builder.put(rows, x[end[border], j])
            builder.put(rows, kept, -1.0)

    def between(self, municipalities: IntArray) -> tuple[IntArray, IntArray]:
        """Borders between some municipalities, by the places of their ends."""
        place = np.full(len(self.instance), -1, dtype=np.int64)
        place[municipalities] = np.arange(len(municipalities))
        a, b = place[self._pairs].T
        both = (a >= 0) & (b >= 0)
        return a[both], b[both]
