"""The best mergers inside each of many zones, by dynamic programming over what is left of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod
from operator import sub
from typing import Any

import numpy as np

from ...instances.common.arrays import IntArray, WordArray
from ...models.question.constraints import PlanConstraint, plan_constraints
from ...models.question.question import Question
from ...models.scoring.model import Model
from ..candidates.constraints import amounts_of
from ..candidates.enumeration import MOST_CANDIDATES, TooManyCandidatesError, enumerate_candidates
from ..candidates.scoring import score_all
from ..candidates.sets import Candidates, Part, lowest_members
from ..deadline import Deadline
from ..partition.problem import PartitionProblem
from ..partition.relaxation import Relaxation, relax

_NOTHING = np.iinfo(np.int64).min // 4
"""Worth of a set that cannot be divided into mergers."""
_CELLS = 1 << 24  # pairs of a set and a merger that are looked at together
_MOST_PAIRS = 60_000_000
_MOST_SUMS = 1 << 30  # scores by sums of side constraints that are held at once


@dataclass(eq=False)
class InnerMergers:
    """Finds the best mergers inside zones of one region.

    Parameters
    ----------
    model : Model
        What is asked of the mergers, and how they are scored.
    region : int
    deadline : Deadline
        Of what is asked now; who asks later sets another one.
    most_candidates : int
        Most mergers to list.
    """

    model: Model
    region: int
    deadline: Deadline
    most_candidates: int = MOST_CANDIDATES

    @property
    def question(self) -> Question:
        """What is asked of the mergers."""
        return self.model.question

    @cached_property
    def mergers(self) -> Candidates:
        """All mergers of the region that a zone may hold, by their lowest bit.

        The bits are all municipalities of the region, those in the fewest mergers first: what is left of a
        zone is divided by the merger of its lowest bit, of which there are then few.
        """
        return self._by_rarest.take(self._order)

    @cached_property
    def _by_rarest(self) -> Candidates:
        """The mergers as they are listed, with the bits in their order."""
        listed = self.listed
        return listed.onto(listed.municipalities[np.argsort(listed.counts(), kind="stable")])

    @cached_property
    def _order(self) -> IntArray:
        return np.argsort(lowest_members(self._by_rarest.words), kind="stable").astype(np.int64)

    @cached_property
    def fixed(self) -> list[Part]:
        """Mergers that are in every plan."""
        return [part for part, _ in self.question.fixed_parts(self.region)]

    @cached_property
    def listed(self) -> Candidates:
        """All mergers, the fixed ones first."""
        return self._list()

    def _list(self) -> Candidates:
        members = self.question.free_members(self.region)
        free = enumerate_candidates(self.question, members, self.deadline, self.most_candidates)
        return free.onto(self.question.instance.members(self.region)).after(self.fixed)

    def scores(self) -> IntArray:
        """Score them in the same order."""
        return score_all(self.model.scorer, self.listed)

    @cached_property
    def _nano(self) -> IntArray:
        return self.scores()[self._order]

    @cached_property
    def constraints(self) -> tuple[PlanConstraint, ...]:
        """Side constraints on the mergers of all zones together."""
        return plan_constraints(self.question, self.region)

    @cached_property
    def _amounts(self) -> IntArray:
        """What each merger adds to the sum of each side constraint, shape (k, c)."""
        columns = [amounts_of(one.amounts, self.mergers)[:, None] for one in self.constraints]
        return np.concatenate([np.zeros((len(self.mergers), 0), dtype=np.int64), *columns], axis=1)

    @cached_property
    def _widths(self) -> tuple[int, ...]:
        """Sums of each side constraint that are told apart: 0 up to more than any plan may have."""
        size = len(self.mergers.municipalities)
        most = (self._amounts.max(axis=0, initial=0) * size).tolist()
        return tuple(
            1 + (top if one.upper is None else min(max(size, one.upper), top))
            for one, top in zip(self.constraints, most, strict=True)
        )

    @cached_property
    def _relaxed(self) -> Relaxation:
        relaxed = relax(PartitionProblem(self.mergers, self._nano), self.deadline)
        self.deadline.check()  # what was cut short bounds too little to be of use
        return relaxed

    @cached_property
    def lost(self) -> list[int]:
        """Municipalities that no merger can hold."""
        return self.mergers.uncovered

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
        return np.clip(self._dual_sums(zones), -most, most)

    def _dual_sums(self, zones: Candidates) -> IntArray:
        """Sum the duals of all mergers over the municipalities of each zone, shape (k,)."""
        return zones.onto(self.mergers.municipalities).sums(self._relaxed.duals)

    def _in_play(self, zones: Candidates, lacking: int | None) -> IntArray:
        """Give the mergers that a division may hold if it lacks no more than that to `at_most`."""
        if lacking is None:
            return np.arange(len(self.mergers), dtype=np.int64)
        held = int((self._dual_sums(zones) - self.at_most(zones)).max(initial=0))
        return np.flatnonzero(self._relaxed.reduced_costs <= lacking + held)

    def worth(
        self, zones: Candidates, lacking: int | None = None, without: Part | None = None
    ) -> tuple[IntArray, IntArray, IntArray]:
        """Find the highest score of the mergers inside each zone.

        What is left of a zone when the merger of its lowest municipality is taken out is divided in the same
        way; sets that are left of several zones are worked on once, all sets of a depth together. Takes time
        linear in the number of pairs of such a set and a merger that holds its lowest municipality.

        Parameters
        ----------
        zones : Candidates
        lacking : int, optional
            Nano-points: divisions that score less than `at_most` by more than this need not be found, which
            leaves few mergers to look at. By default all are.
        without : tuple of int, optional
            A merger that no zone may hold.

        Returns
        -------
        tuple of ndarray of int64, shapes (r,), (r,) and (r, c)
            Zones by index, the score in nano-points, and the sum of each side constraint over the mergers:
            one row for each zone that can be divided, or one for each combination of sums that its mergers
            can have.

        Raises
        ------
        TimeUpError, TooManyCandidatesError
        """
        some = self._in_play(zones, lacking)
        if without is not None:
            some = some[~np.isin(some, self.mergers.equal_to(without))]
        best = self._best_of(zones.onto(self.mergers.municipalities).words, some)
        rows, *sums = np.nonzero(best > _NOTHING // 2)
        stacked = np.array(sums, dtype=np.int64).reshape(len(sums), len(rows)).T
        return rows.astype(np.int64), best[(rows, *sums)], stacked

    def _best_of(self, sets: WordArray, some: IntArray) -> IntArray:
        """Highest score of each set by the sums of the side constraints, of some mergers; (k, *widths)."""
        links = []
        level = sets
        while level.any():
            parents, mergers = self._pairs(level, some)
            if len(parents) * prod(self._widths) > _MOST_SUMS:
                raise TooManyCandidatesError
            rest = level[parents] & ~self.mergers.words[mergers]
            unique, child = np.unique(rest, axis=0, return_inverse=True)
            links.append((level, parents, mergers, child.reshape(-1)))
            level = unique
        best = _of_nothing(level, self._widths)
        for sets_before, parents, mergers, child in reversed(links):
            above = self._adding(best[child], self._amounts[mergers])
            scores = self._nano[mergers].reshape(-1, *(1 for _ in self._widths))
            above = np.where(above > _NOTHING // 2, above + scores, _NOTHING)
            best = _of_nothing(sets_before, self._widths)
            np.maximum.at(best, parents, above)
        return best

    def _adding(self, best: IntArray, amounts: IntArray) -> IntArray:
        """Move scores to the sums that they have when a merger adds its amounts."""
        if not amounts.any():
            return best
        moved = np.full_like(best, _NOTHING)
        kinds, kind = np.unique(amounts, axis=0, return_inverse=True)
        for number, added in enumerate(kinds.tolist()):
            rows = np.flatnonzero(kind.reshape(-1) == number)
            steps = list(zip(added, self._widths, strict=True))
            into: tuple[Any, ...] = (rows, *(slice(one, None) for one, _ in steps))
            out: tuple[Any, ...] = (rows, *(slice(max(0, width - one)) for one, width in steps))
            moved[into] = best[out]
        return moved

    def _pairs(self, sets: WordArray, some: IntArray) -> tuple[IntArray, IntArray]:
        """Pairs of a set and one of some mergers in it that holds its lowest member; empty sets have none."""
        words, lowest = self.mergers.words[some], lowest_members(sets)
        # where the mergers with each lowest member begin
        starts = np.searchsorted(lowest_members(words), np.arange(len(self.mergers.municipalities) + 1))
        pairs: list[tuple[IntArray, IntArray]] = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]
        total = 0
        for vertex in np.unique(lowest).tolist():
            if vertex >= len(self.mergers.municipalities):
                continue
            first, last = starts[vertex : vertex + 2].tolist()
            rows = np.flatnonzero(lowest == vertex)
            step = max(1, _CELLS // max(1, last - first))
            for start in range(0, len(rows), step):
                self.deadline.check()
                slice_ = rows[start : start + step]
                outside = words[None, first:last] & ~sets[slice_][:, None]
                where, which = np.nonzero(~outside.any(axis=2))
                pairs.append((slice_[where], some[which + first]))
                total += len(where)
                if total > _MOST_PAIRS:
                    raise TooManyCandidatesError
        parents, mergers = zip(*pairs, strict=True)
        return np.concatenate(parents), np.concatenate(mergers)

    def best(self, zone: Part, sums: tuple[int, ...] = (), without: Part | None = None) -> list[Part]:
        """Give the best mergers inside one zone; of equals, the first in lexicographic order.

        Parameters
        ----------
        zone : tuple of int
            One that can be divided.
        sums : tuple of int
            Of each side constraint over its mergers.
        without : tuple of int, optional
            A merger that it may not hold.
        """
        inside = self.mergers.within(zone)
        pieces = [
            (self.mergers.members(row), int(self._nano[row]), tuple(self._amounts[row].tolist()))
            for row in inside.tolist()
            if self.mergers.members(row) != without
        ]
        known: dict[tuple[Part, tuple[int, ...]], tuple[int, tuple[Part, ...]] | None] = {}

        def divide(left: Part, wanted: tuple[int, ...]) -> tuple[int, tuple[Part, ...]] | None:
            if not left:
                return None if any(wanted) else (0, ())
            if (left, wanted) not in known:
                options = []
                for members, nano, amounts in pieces:
                    if members[0] == left[0] and set(members) <= set(left):
                        rest = tuple(i for i in left if i not in members)
                        more = divide(rest, tuple(map(sub, wanted, amounts)))
                        if more is not None:
                            options.append((-nano - more[0], (members, *more[1])))
                least = min(options, default=None)
                known[left, wanted] = None if least is None else (-least[0], least[1])
            return known[left, wanted]

        division = divide(zone, sums)
        assert division is not None, "the zone was found to be divisible"
        return list(division[1])


def _of_nothing(sets: WordArray, widths: tuple[int, ...]) -> IntArray:
    """Worth of sets before any merger is taken: 0 for the empty one, which needs none."""
    best = np.full((len(sets), *widths), _NOTHING, dtype=np.int64)
    nothing: tuple[Any, ...] = (~sets.any(axis=1), *(0 for _ in widths))
    best[nothing] = 0
    return best
