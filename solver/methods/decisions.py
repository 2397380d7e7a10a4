"""How decided are the parts of a plan whose candidates were listed?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import IntArray
from ..candidates.rings import Rings
from ..candidates.sets import Candidates, Part
from ..deadline import Deadline
from ..partition.answer import BestWithout
from ..partition.fixing import PartitionAnswer, Proved
from ..partition.problem import IMPOSSIBLE
from ..partition.without import Without
from ..results.decided import NOT_KNOWN, Decided
from .inner import InnerMergers


@dataclass(frozen=True, eq=False)
class ListedDecisions:
    """Prices the parts of a plan, one after the other: without each of them the best plan is proved again.

    Attributes
    ----------
    without : Without
        Answers the set partitioning problem of the outermost level again and again.
    candidates : Candidates
        Of this problem.
    own : ndarray of int64, shape (k,)
        Score of each candidate of this problem without those of mergers nested in it.
    sums : ndarray of int64, shape (k, c)
        Sums of the side constraints over the mergers nested in each candidate.
    inner : InnerMergers, optional
        The mergers inside zones, where there are two levels.
    rings : Rings, optional
        Where no merger may be enclosed: the problem bars only those that the search came upon.
    """

    without: Without
    candidates: Candidates
    own: IntArray
    sums: IntArray
    inner: InnerMergers | None = None
    rings: Rings | None = None

    def holds(self, part: Part) -> bool:
        """See `Decisions.holds`."""
        return part[0] in self.without.proved.priced.candidates.municipalities

    def of(self, level: int, part: Part, deadline: Deadline) -> Decided:
        """See `Decisions.of`."""
        if self._is_open(level):
            return NOT_KNOWN
        return self._decided(self._answer(level, part, deadline))

    def best_without(self, level: int, part: Part, deadline: Deadline) -> BestWithout:
        """See `Decisions.best_without`."""
        if self._is_open(level):
            return BestWithout(NOT_KNOWN)
        answer = self._answer(level, part, deadline)
        decided = self._decided(answer)
        if decided.status != "proved":
            return BestWithout(decided)
        chosen = tuple(self.candidates.members(row) for row in answer.chosen)
        if self.inner is None:
            return BestWithout(decided, chosen)
        barred = None if level else part
        sums = (tuple(row) for row in self.sums[list(answer.chosen)].tolist())
        inside = [self.inner.best(zone, some, barred) for zone, some in zip(chosen, sums, strict=True)]
        return BestWithout(decided, tuple(merger for some in inside for merger in some), chosen)

    def _is_open(self, level: int) -> bool:
        """Whether divisions of zones were left out, of which some are of use where a merger is barred."""
        return not level and self.inner is not None and self.inner.rules.leaves_out

    def _answer(self, level: int, part: Part, deadline: Deadline) -> PartitionAnswer:
        def change(known: Proved) -> IntArray:
            return self._barred(known, level, part)

        if self.inner is not None:
            self.inner.deadline = deadline
        return self.without.best(change, deadline)

    def _decided(self, answer: PartitionAnswer) -> Decided:
        if answer.infeasible:
            return Decided("no plan")
        if answer.status != "optimal" or answer.score is None:
            return NOT_KNOWN
        if self.rings is not None and self.rings.broken_by(answer.chosen):
            return NOT_KNOWN
        return Decided("proved", self.without.proved.score - answer.score)

    def _barred(self, known: Proved, level: int, part: Part) -> IntArray:
        """Bar a part: as a candidate, or from all zones that could hold it."""
        candidates, scores = known.priced.candidates, known.priced.problem.scores.copy()
        if level or self.inner is None:
            scores[candidates.equal_to(part)] = IMPOSSIBLE
        else:
            rows = candidates.holding(part)
            scores[rows] = self._divided_otherwise(self.inner, known, rows, part)
        return scores

    def _divided_otherwise(self, inner: InnerMergers, known: Proved, rows: IntArray, part: Part) -> IntArray:
        """Score zones with the best mergers inside them, but for one merger."""
        asked = known.rows[rows]
        found, scores, sums = inner.worth(known.priced.candidates.take(rows), known.lacking, part)
        keys = ((row, *of) for row, of in zip(found.tolist(), sums.tolist(), strict=True))
        best = dict(zip(keys, scores.tolist(), strict=True))
        wanted = [(place, *of) for place, of in enumerate(self.sums[asked].tolist())]
        nano = [
            int(own) + best[key] if key in best else IMPOSSIBLE
            for key, own in zip(wanted, self.own[asked], strict=True)
        ]
        return np.array(nano, dtype=np.int64)
