"""All plans of given centres that cost no more than a limit, part by part.

With multipliers r on the inhabitants of each part, a plan costs the bound of its centres (see `bounding`)
and, for each part S_r, what it spends:

    sum_{i in S_r} (what i pays at r more than at its cheapest seat)  +  max(r L, r U) - r p(S_r)

Nothing in this is below zero. So the limit leaves each part few sets of members, mostly some hundreds. What
all sets of a part have in common, and what none of them holds, makes the others fewer; so does the least that
each part spends. Sets that remain are joined, part by part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from .....instances.common.arrays import BoolArray, FloatArray, IntArray
from .bounding import bound_again
from .enumeration import PartRules, TooManyPartsError, list_sets
from .params import CompletionParams
from .problem import CentreProblem

_PAIRS = 4_000_000  # compared at a time


Admits = Callable[[BoolArray], BoolArray]
"""Of sets of members, shape (s, m), which can be a part, shape (s,)."""


@dataclass
class PlanCompletion:
    """The search for plans of given seats.

    Attributes
    ----------
    problem : CentreProblem
    near : ndarray of bool, shape (m, m)
        Which municipalities border on each other.
    centres : ndarray of int64, shape (k,)
    cost : ndarray of float64, shape (k, m)
        Cost of each municipality at each centre; infinite where it is ruled out. Changed as more is.
    multipliers : ndarray of float64, shape (k,)
    limit : float
    admits : callable
        Says which sets of members keep the rules that are not about inhabitants.
    params : CompletionParams
    """

    problem: CentreProblem
    near: BoolArray
    centres: IntArray
    cost: FloatArray
    multipliers: FloatArray
    limit: float
    admits: Admits
    params: CompletionParams = field(default_factory=CompletionParams)
    _sets: dict[int, BoolArray] = field(default_factory=dict)
    _spent: dict[int, FloatArray] = field(default_factory=dict)

    def plans(self) -> list[IntArray]:
        """List all plans within the limit: for each municipality, the place of its centre; shape (m,).

        Raises
        ------
        TooManyPartsError
        """
        most = self.params.first
        while self._price():
            left = int(np.isfinite(self.cost).sum())
            if not self._sift():
                return []
            if int(np.isfinite(self.cost).sum()) < left:
                continue
            if len(self._sets) == len(self.centres):
                return self._join()
            if not all(map(len, self._sets.values())):
                return []
            while not self._list_one(most):
                if most >= self.params.most:
                    raise TooManyPartsError
                most *= self.params.more
        return []

    def _price(self) -> bool:
        """Bound what is left; False when nothing is."""
        if not np.isfinite(self.cost.min(axis=0)).all():
            return False
        bound, self.multipliers = bound_again(
            self.problem, self.cost, self.limit, self.multipliers, self.params.rounds
        )
        if bound > self.limit:
            return False
        priced = self.cost + self.multipliers[:, None] * self.problem.population
        cheapest = priced.min(axis=0)
        self._ends = np.maximum(self.multipliers * self.problem.low, self.multipliers * self.problem.high)
        self._room = self.limit - float(cheapest.sum() - self._ends.sum())
        self._more = priced - cheapest
        beyond = self._more > self._room
        self.cost[beyond] = self._more[beyond] = np.inf
        return self._room >= 0

    def _sift(self) -> bool:
        """Drop sets that cannot be part of a plan any more; False when a part has none left."""
        for place, members in self._sets.items():
            rules = self._rules(place)
            spent = members @ rules.joining + rules.end - rules.multiplier * (members @ rules.population)
            fits = ~(members & ~rules.allowed).any(axis=1) & members[:, rules.forced].all(axis=1)
            fits &= spent + ~members @ rules.leaving <= self._room
            self._sets[place], self._spent[place] = members[fits], spent[fits]
            if not fits.any():
                return False
        for place in self._sets:
            fits = self._spent[place] <= self._own(place)
            if not fits.any():
                return False
            self._sets[place], self._spent[place] = self._sets[place][fits], self._spent[place][fits]
            self.cost[place, ~self._sets[place].any(axis=0)] = np.inf
            others = np.arange(len(self.centres)) != place
            self.cost[np.ix_(others, self._sets[place].all(axis=0))] = np.inf
        return True

    def _own(self, place: int) -> float:
        """Most that a part may spend, given the least that the others do."""
        others = sum(float(spent.min()) for other, spent in self._spent.items() if other != place)
        return self._room - others

    def _list_one(self, most: int) -> bool:
        """List the sets of one more part, of one with little to decide; False when all have too many."""
        open_ = [place for place in range(len(self.centres)) if place not in self._sets]
        for place in sorted(open_, key=lambda place: int(np.isfinite(self.cost[place]).sum())):
            try:
                sets = list_sets(self._rules(place), self._room, self._own(place), most)
            except TooManyPartsError:
                continue
            kept = self.admits(sets[0])
            self._sets[place], self._spent[place] = sets[0][kept], sets[1][kept]
            return True
        return False

    def _rules(self, place: int) -> PartRules:
        allowed = np.isfinite(self.cost)
        second = np.where(np.arange(len(allowed))[:, None] == place, np.inf, self._more).min(axis=0)
        own = self._more[place]
        return PartRules(
            centre=int(self.centres[place]),
            near=self.near,
            allowed=allowed[place],
            forced=allowed[place] & ~np.isfinite(second),
            population=self.problem.population,
            low=self.problem.low,
            high=self.problem.high,
            joining=np.where(allowed[place], own, 0.0),
            # a municipality that is cheapest here pays at least the next cheapest centre elsewhere
            leaving=np.where(allowed[place] & (own == 0) & np.isfinite(second), second, 0.0),
            multiplier=float(self.multipliers[place]),
            end=float(self._ends[place]),
        )

    def _join(self) -> list[IntArray]:
        """Join one set of each part in every way that covers each municipality once."""
        allowed = np.isfinite(self.cost)
        parts = [(place, self._sets[place]) for place in self._order(allowed)]
        covered, spent = np.zeros((1, allowed.shape[1]), dtype=np.bool_), np.zeros(1)
        chosen = np.zeros((1, 0), dtype=np.int64)
        for number, (which, members) in enumerate(parts):
            later = [place for place, _ in parts[number + 1 :]]
            rest = sum(float(self._spent[place].min()) for place in later)
            cost = self._spent[which]
            begun, added = _compatible(covered, spent, members, cost, self._room - rest)
            now = covered[begun] | members[added]
            whole = now[:, ~allowed[later].any(axis=0)].all(axis=1)
            covered, spent = now[whole], (spent[begun] + cost[added])[whole]
            chosen = np.column_stack([chosen[begun], added])[whole]
            if len(chosen) > self.params.most:
                raise TooManyPartsError
        plans = []
        for row in chosen.tolist():
            plan = np.empty(allowed.shape[1], dtype=np.int64)
            for (place, members), number in zip(parts, row, strict=True):
                plan[members[number]] = place
            plans.append(plan)
        return plans

    def _order(self, allowed: BoolArray) -> list[int]:
        """Begin with the part of fewest sets; then always the part with which most is settled."""
        order = [min(self._sets, key=lambda place: (len(self._sets[place]), place))]
        while len(order) < len(self._sets):
            left = [place for place in self._sets if place not in order]

            def settled(place: int, left: list[int] = left) -> tuple[int, int, int]:
                others = [other for other in left if other != place]
                open_ = allowed[[place, *order]].sum(axis=0) > 1
                return -int((open_ & ~allowed[others].any(axis=0)).sum()), len(self._sets[place]), place

            order.append(min(left, key=settled))
        return order


def _compatible(
    covered: BoolArray, spent: FloatArray, members: BoolArray, cost: FloatArray, room: float
) -> tuple[IntArray, IntArray]:
    """Give the pairs of a plan begun and a set that are disjoint and stay within the room."""
    begun, added = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    block = max(1, _PAIRS // max(1, len(members)))
    # the cheap ones together, so that pairs beyond the room are mostly left out at once
    rows, sets = np.argsort(spent, kind="stable"), np.argsort(cost, kind="stable")
    for start in range(0, len(rows), block):
        some = rows[start : start + block]
        near = sets[: int(np.searchsorted(cost[sets], room - spent[some[0]], side="right"))]
        apart = (covered[some].astype(np.float32) @ members[near].T.astype(np.float32)) == 0
        one, other = np.nonzero(apart & (spent[some, None] + cost[near] <= room))
        begun.append(some[one])
        added.append(near[other])
    return np.concatenate(begun).astype(np.int64), np.concatenate(added).astype(np.int64)
