"""The best mergers inside each of many zones, by dynamic programming over what is left of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray, WordArray
from ...models.question.question import Question
from ...models.scorer import Scorer
from ..candidates.scoring import score_all
from ..candidates.sets import (
    MOST_CANDIDATES,
    Candidates,
    TooManyCandidatesError,
    enumerate_candidates,
    lowest_members,
)
from ..deadline import Deadline
from ..partition.fixing import uncovered
from ..partition.relaxation import Relaxation, relax

_NOTHING = np.iinfo(np.int64).min // 4
"""Worth of a set that cannot be divided into mergers."""
_CELLS = 1 << 24  # pairs of a set and a merger that are looked at together
_MOST_PAIRS = 60_000_000

Part = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Inside:
    """Finds the best mergers inside zones of one region.

    Parameters
    ----------
    question : Question
        What is asked of the mergers.
    scorer : Scorer
        Theirs.
    region : int
    deadline : Deadline
    most_candidates : int
        Most mergers to list.
    """

    question: Question
    scorer: Scorer
    region: int
    deadline: Deadline
    most_candidates: int = MOST_CANDIDATES

    @cached_property
    def mergers(self) -> Candidates:
        """All mergers of the region that a zone may hold, by their lowest bit.

        The bits are all municipalities of the region, those in the fewest mergers first: what is left of a
        zone is divided by the merger of its lowest bit, of which there are then few.
        """
        settled = [part for part, _ in self.question.settled_parts(self.region)]
        of = self.question.free_members(self.region)
        free = enumerate_candidates(self.question, of, self.deadline, self.most_candidates)
        candidates = free.onto(self.question.instance.members(self.region)).after(settled)
        candidates = candidates.onto(
            candidates.municipalities[np.argsort(candidates.counts(), kind="stable")]
        )
        return candidates.take(np.argsort(lowest_members(candidates.words), kind="stable"))

    @cached_property
    def _nano(self) -> IntArray:
        return score_all(self.scorer, self.mergers)

    @cached_property
    def _counted(self) -> BoolArray:
        counts = [self.question.is_counted(self.mergers.members(row)) for row in range(len(self.mergers))]
        return np.array(counts, dtype=np.bool_)

    @cached_property
    def _starts(self) -> IntArray:
        """Where the mergers with each lowest member begin."""
        lowest = lowest_members(self.mergers.words)
        return np.searchsorted(lowest, np.arange(len(self.mergers.municipalities) + 1)).astype(np.int64)

    @cached_property
    def _relaxed(self) -> Relaxation:
        relaxed = relax(self.mergers, self._nano, self.deadline)
        self.deadline.check()  # what was cut short bounds too little to be of use
        return relaxed

    @cached_property
    def lost(self) -> list[int]:
        """Municipalities that no merger can hold."""
        return uncovered(self.mergers)

    @property
    def is_possible(self) -> bool:
        """Whether the region may have a division into mergers; proved where it has none."""
        return not self.lost and self._relaxed.feasible

    def at_most(self, zones: Candidates) -> IntArray:
        """What the mergers inside each zone score at most: the duals of all mergers, summed; shape (k,).

        Only where a division `is_possible`. Where few mergers hold a municipality its dual may be beyond all
        measure, so the sum is held to what as many mergers as there are members can score at all.
        """
        most = zones.sums(np.ones(len(zones.municipalities), dtype=np.int64)) * int(
            np.abs(self._nano).max(initial=0)
        )
        return np.clip(zones.onto(self.mergers.municipalities).sums(self._relaxed.duals), -most, most)

    @property
    def is_limited(self) -> bool:
        """Whether the number of mergers is."""
        return self.question.count(self.region) is not None

    def worth(self, zones: Candidates) -> tuple[IntArray, IntArray, IntArray]:
        """Find the highest score of the mergers inside each zone.

        What is left of a zone when the merger of its lowest municipality is taken out is divided in the same
        way; sets that are left of several zones are worked on once, all sets of a depth together. Takes time
        linear in the number of pairs of such a set and a merger that holds its lowest municipality.

        Parameters
        ----------
        zones : Candidates

        Returns
        -------
        tuple of ndarray of int64, shape (r,)
            Zones by index, the score in nano-points, and the number of mergers: one row for each zone that
            can be divided, or one for each number of mergers into which it can, where their number is
            limited. Without a limit the number is 0.

        Raises
        ------
        TimeUpError, TooManyCandidatesError
        """
        widest = len(self.mergers.municipalities) if self.is_limited else 0
        best = self._best_of(zones.onto(self.mergers.municipalities).words, widest)
        rows, counts = np.nonzero(best > _NOTHING // 2)
        return rows.astype(np.int64), best[rows, counts], counts.astype(np.int64)

    def _best_of(self, sets: WordArray, widest: int) -> IntArray:
        """Highest score of each set by number of mergers, shape (k, widest + 1); column 0 without."""
        links = []
        level = sets
        while level.any():
            parents, mergers = self._pairs(level)
            rest = level[parents] & ~self.mergers.words[mergers]
            unique, child = np.unique(rest, axis=0, return_inverse=True)
            links.append((level, parents, mergers, child.reshape(-1)))
            level = unique
        best = _of_nothing(level, widest)
        for sets_before, parents, mergers, child in reversed(links):
            above = best[child]
            if widest:
                counted = self._counted[mergers]
                above[counted, 1:] = best[child[counted], :-1]
                above[counted, 0] = _NOTHING
            above = np.where(above > _NOTHING // 2, above + self._nano[mergers, None], _NOTHING)
            best = _of_nothing(sets_before, widest)
            np.maximum.at(best, parents, above)
        return best

    def _pairs(self, sets: WordArray) -> tuple[IntArray, IntArray]:
        """Pairs of a set and a merger inside it that holds its lowest member; empty sets have none."""
        lowest = lowest_members(sets)
        pairs: list[tuple[IntArray, IntArray]] = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]
        total = 0
        for vertex in np.unique(lowest).tolist():
            if vertex >= len(self.mergers.municipalities):
                continue
            first, last = self._starts[vertex : vertex + 2].tolist()
            rows = np.flatnonzero(lowest == vertex)
            step = max(1, _CELLS // max(1, last - first))
            for start in range(0, len(rows), step):
                self.deadline.check()
                some = rows[start : start + step]
                outside = self.mergers.words[None, first:last] & ~sets[some][:, None]
                where, which = np.nonzero(~outside.any(axis=2))
                pairs.append((some[where], which + first))
                total += len(where)
                if total > _MOST_PAIRS:
                    raise TooManyCandidatesError
        parents, mergers = zip(*pairs, strict=True)
        return np.concatenate(parents), np.concatenate(mergers)

    def best(self, zone: Part, count: int = 0) -> list[Part]:
        """Give the best mergers inside one zone; of equals, the first in lexicographic order.

        Parameters
        ----------
        zone : tuple of int
            One that can be divided.
        count : int
            Number of mergers, where it is limited.
        """
        inside = self.mergers.within(zone)
        pieces = [
            (self.mergers.members(row), int(self._nano[row]), bool(self._counted[row]))
            for row in inside.tolist()
        ]
        known: dict[tuple[Part, int], tuple[int, tuple[Part, ...]] | None] = {}

        def divide(left: Part, number: int) -> tuple[int, tuple[Part, ...]] | None:
            if not left:
                return (0, ()) if number == 0 else None
            if (left, number) not in known:
                options = []
                for members, nano, counted in pieces:
                    if members[0] == left[0] and set(members) <= set(left):
                        rest = tuple(i for i in left if i not in members)
                        more = divide(rest, number - counted if self.is_limited else 0)
                        if more is not None:
                            options.append((-nano - more[0], (members, *more[1])))
                least = min(options, default=None)
                known[left, number] = None if least is None else (-least[0], least[1])
            return known[left, number]

        division = divide(zone, count if self.is_limited else 0)
        assert division is not None, "the zone was found to be divisible"
        return list(division[1])


def _of_nothing(sets: WordArray, widest: int) -> IntArray:
    """Worth of sets before any merger is taken: 0 for the empty one, which needs none."""
    best = np.full((len(sets), widest + 1), _NOTHING, dtype=np.int64)
    best[~sets.any(axis=1), 0] = 0
    return best
