"""The best mergers inside each of many zones, by dynamic programming over what is left of them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import Self

import numpy as np

from ...instances.common.arrays import IntArray, WordArray
from ...models.programmes.set_partition import SideConstraint
from ...models.question.constraints import PlanConstraint, plan_constraints
from ...models.question.question import Question
from ...models.scoring.model import Model
from ..candidates.constraints import amounts_of, bounded
from ..candidates.enumeration import MOST_CANDIDATES, TooManyCandidatesError, enumerate_candidates
from ..candidates.scoring import score_all
from ..candidates.sets import Candidates, Part, lowest_members
from ..deadline import Deadline
from ..memory import budget
from ..partition.problem import PartitionProblem
from ..partition.relaxation import Relaxation, relax
from .sums import SumRules, Sums

_NOTHING = np.iinfo(np.int64).min
"""Worth of a set that cannot be divided into mergers."""
_CELLS = 1 << 24  # pairs of a set and a merger that are looked at together
_MOST_PAIRS = 60_000_000
_PAIR_BYTES, _DIVISION_BYTES = 60, 120
_MOST_DIVISIONS = 30_000_000  # by sums of side constraints, that are held at once


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
    def rules(self) -> SumRules:
        """Which divisions of a zone are of use."""
        return SumRules.of(self.constraints)

    @cached_property
    def _relaxed(self) -> Relaxation:
        """Relaxed under the budgets too, whose prices make the bounds on zones tight."""
        sides = tuple(side for _, side in self._budgets)
        relaxed = self._relax(PartitionProblem(self.mergers, self._nano, sides))
        self.deadline.check()  # what was cut short bounds too little to be of use
        return relaxed

    def _relax(self, problem: PartitionProblem) -> Relaxation:
        return relax(problem, self.deadline)

    @cached_property
    def _budgets(self) -> list[tuple[int, SideConstraint]]:
        """Side constraints but for the number of mergers, with their place among all of them."""
        return [
            (k, SideConstraint(of, one.lower, bounded(one.upper, of, self.mergers)))
            for k, (one, of) in enumerate(zip(self.constraints, self._amounts.T, strict=True))
            if not one.is_number
        ]

    @cached_property
    def prices(self) -> IntArray:
        """Price of each side constraint in the relaxation, shape (c,): `at_most` is less what sums cost."""
        prices = np.zeros(len(self.constraints), dtype=np.int64)
        for (k, _), price in zip(self._budgets, self._relaxed.prices, strict=True):
            prices[k] = price
        return prices

    @property
    def allowance(self) -> int:
        """What the bounds of the side constraints are worth at these prices."""
        priced = zip(self._budgets, self._relaxed.prices, strict=True)
        return sum(price * side.binding(price) for (_, side), price in priced)

    def of(self, municipalities: IntArray) -> Self:
        """Give the same for some municipalities that no merger joins to others."""
        every = self.mergers.municipalities
        rows, mergers = self.mergers.inside(every[np.isin(every, municipalities)])  # in the same order
        kept = {
            "mergers": mergers,
            "_nano": self._nano[rows],
            "_amounts": self._amounts[rows],
            "constraints": self.constraints,
        }
        return self._with(**kept)

    def at(self, prices: IntArray) -> Self:
        """Give the same without side constraints, each merger worth less what it costs at some prices."""
        kept = {
            "mergers": self.mergers,
            "_nano": self._nano - self._amounts @ prices,
            "_amounts": self._amounts[:, :0],
            "constraints": (),
        }
        return self._with(**kept)

    def bounded_at(self, prices: IntArray) -> Self:
        """Give the same with these prices in place of those of its own relaxation."""
        kept = {
            "mergers": self.mergers,
            "_nano": self._nano,
            "_amounts": self._amounts,
            "constraints": self.constraints,
            "prices": prices,
            "_relaxed": self.at(prices)._relaxed,
        }
        return self._with(**kept)

    def _with(self, **kept: object) -> Self:
        """Give the same with some of what is worked out once, and nothing else of that."""
        one = copy(self)
        for kind in type(self).__mro__:
            for name, value in vars(kind).items():
                if isinstance(value, cached_property):
                    one.__dict__.pop(name, None)
        one.__dict__.update(kept)
        return one

    def sums_of(self, parts: Sequence[Part]) -> IntArray:
        """Sum each side constraint over some mergers, shape (c,)."""
        rows = [int(self.mergers.equal_to(part)[0]) for part in parts]
        return np.asarray(self._amounts[rows].sum(axis=0), dtype=np.int64)

    @cached_property
    def lost(self) -> list[int]:
        """Municipalities that no merger can hold."""
        return self.mergers.uncovered

    @property
    def is_possible(self) -> bool:
        """Whether the region may have a division into mergers; proved where it has none."""
        contradictory = any(side.upper < max(0, side.lower) for _, side in self._budgets)
        return not self.lost and not contradictory and self._relaxed.feasible

    def at_most(self, zones: Candidates) -> IntArray:
        """What the mergers inside each zone score at most: the duals of all mergers, summed; shape (k,).

        Their score is meant less what their sums cost at the `prices` of budgets.

        Only where a division `is_possible`. Where few mergers hold a municipality its dual may be beyond all
        measure, so the sum is held to what as many mergers as there are members can score at all.
        """
        most = zones.sums(np.ones(len(zones.municipalities), dtype=np.int64)) * int(
            np.abs(self._nano - self._amounts @ self.prices).max(initial=0)
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
            can have and that is of use: see `SumRules`.

        Raises
        ------
        TimeUpError, TooManyCandidatesError
        """
        some = self._in_play(zones, lacking)
        if without is not None:
            some = some[~np.isin(some, self.mergers.equal_to(without))]
        return self._best_of(zones.onto(self.mergers.municipalities).words, some)

    def _best_of(self, sets: WordArray, some: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Divisions of each set into some mergers that are of use: set, score, sums."""
        links = []
        level = sets
        while level.any():
            parents, mergers = self._pairs(level, some)
            rest = level[parents] & ~self.mergers.words[mergers]
            unique, child = np.unique(rest, axis=0, return_inverse=True)
            links.append((level, parents, mergers, child.reshape(-1)))
            level = unique
        of, scores, sums = self._of_nothing(level)
        for sets_before, parents, mergers, child in reversed(links):
            # divisions of a set stand together, in the order of the sets
            first = np.searchsorted(of, np.arange(len(level) + 1))
            number = np.diff(first)[child]
            if int(number.sum()) > budget().room(_DIVISION_BYTES, _MOST_DIVISIONS):
                raise TooManyCandidatesError
            self.deadline.check()
            pair = np.repeat(np.arange(len(parents)), number)
            row = first[child[pair]] + np.arange(len(pair)) - np.repeat(np.cumsum(number) - number, number)
            merger = mergers[pair]
            none = self._of_nothing(sets_before)
            of, scores, sums = (
                np.concatenate([new, old])
                for new, old in zip(
                    (parents[pair], scores[row] + self._nano[merger], sums[row] + self._amounts[merger]),
                    none,
                    strict=True,
                )
            )
            of, scores, sums = self._of_use(of, scores, sums)
            level = sets_before
        return of, scores, sums

    def _of_use(self, of: IntArray, scores: IntArray, sums: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Keep the divisions that are of use, in the order of their sets."""
        if self.constraints:
            kept = self.rules.kept(of, sums, scores)
            return of[kept], scores[kept], sums[kept]
        # without side constraints the best one of each set: no sorting is needed
        best = np.full(int(of.max(initial=-1)) + 1, _NOTHING, dtype=np.int64)
        np.maximum.at(best, of, scores)
        sets = np.flatnonzero(best > _NOTHING).astype(np.int64)
        return sets, best[sets], sums[: len(sets)]

    def _of_nothing(self, sets: WordArray) -> tuple[IntArray, IntArray, IntArray]:
        """Divisions before any merger is taken: that of the empty set, which needs none."""
        empty = np.flatnonzero(~sets.any(axis=1)).astype(np.int64)
        none = np.zeros((len(empty), len(self.constraints)), dtype=np.int64)
        return empty, np.zeros(len(empty), dtype=np.int64), none

    def _pairs(self, sets: WordArray, some: IntArray) -> tuple[IntArray, IntArray]:
        """Pairs of a set and one of some mergers in it that holds its lowest member; empty sets have none."""
        words, lowest = self.mergers.words[some], lowest_members(sets)
        # where the mergers with each lowest member begin
        starts = np.searchsorted(lowest_members(words), np.arange(len(self.mergers.municipalities) + 1))
        pairs: list[tuple[IntArray, IntArray]] = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]
        total, most = 0, budget().room(_PAIR_BYTES, _MOST_PAIRS)
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
                if total > most:
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
        known: dict[Part, dict[Sums, tuple[int, tuple[Part, ...]]]] = {}

        def divide(left: Part) -> dict[Sums, tuple[int, tuple[Part, ...]]]:
            if not left:
                return {(0,) * len(self.constraints): (0, ())}
            if left not in known:
                found: dict[Sums, tuple[int, tuple[Part, ...]]] = {}
                for members, nano, amounts in pieces:
                    if members[0] == left[0] and set(members) <= set(left):
                        rest = tuple(i for i in left if i not in members)
                        for others, (cost, more) in divide(rest).items():
                            key = tuple(map(add, others, amounts))
                            one = (cost - nano, (members, *more))
                            found[key] = min(found.get(key, one), one)
                known[left] = self.rules.best(found)
            return known[left]

        division = divide(zone).get(sums)
        assert division is not None, "the zone was found to be divisible"
        return list(division[1])
