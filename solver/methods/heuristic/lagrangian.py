"""A Lagrangian bound: a municipality may be in several parts or in none, at a price that is set well.

Lagrangian relaxation (Geoffrion 1974) of the rule that each municipality is in exactly one part, with
prices by the subgradient method (Held, Wolfe and Crowder 1974). What remains falls apart into one problem
for each municipality s and each set of functions F: the best part with seat s that has the functions F and
no others. Contiguity is left out but for which can share a part with s, and the part is a knapsack between
the bounds, solved as a linear programme.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ....instances.common.arrays import BoolArray, FloatArray, IntArray
from ....models.terms import Term
from ....models.terms.forms import Covering, InsidePairs, ToSeat, WhenMerged
from ...deadline import Deadline
from ...limit_errors import TimeUpError
from ..pair_gains import PairGains
from .lagrangian_kernel import fast_best_parts
from .reach import Reach

_FUNCTIONS = 8  # whose sets may all be tried
_AT_ONCE = 1_000_000  # neighbours that are looked at between two looks at the clock


@dataclass
class LagrangianRelaxation:
    """The problems of all seats, in points.

    Attributes
    ----------
    reach : Reach
    """

    reach: Reach

    def __post_init__(self) -> None:
        space = self.reach.space
        municipalities, scorer = space.municipalities, space.scorer
        instance = space.question.instance
        self.size = len(municipalities)
        self.inhabitants = instance.population[municipalities].astype(np.float64)
        self.weight = np.array([space.inhabitants[i] for i in municipalities.tolist()], dtype=np.float64)
        self.covered = np.zeros(self.size)
        self.has = np.zeros(self.size, dtype=np.int64)
        self.shares: list[float] = []
        forms = [(term, term.form) for term in scorer.terms]
        covering = next((term for term, form in forms if isinstance(form, Covering)), None)
        seat = self._seat_term()
        for term, form in forms:
            if term is covering and isinstance(form, Covering):
                rate = scorer.scenario.weights[term.name] / scorer.divisor(term)
                self.covered = rate * self.inhabitants
                self.shares = list(form.shares)
                for k, has in enumerate(form.has):
                    self.has |= has[municipalities].astype(np.int64) << k
        self.terms = [
            term
            for term, form in forms
            if term is seat or term is covering or isinstance(form, WhenMerged | InsidePairs)
        ]
        self._tabulate(seat)

    def _seat_term(self) -> Term | None:
        """Only one term can have its seat, for others may have another one."""
        forms = [(term, term.form) for term in self.reach.space.scorer.terms]
        seated = [(form.is_plan_seat, term) for term, form in forms if isinstance(form, ToSeat)]
        return max(seated, key=lambda pair: pair[0], default=(False, None))[1]

    def _tabulate(self, seat: Term | None) -> None:
        """Tabulate which can be with each seat (padded with the seat itself), and what they cost there."""
        space, scorer = self.reach.space, self.reach.space.scorer
        others = [places[1:] for places in self.reach.within]
        ranked = np.zeros(self.size, dtype=np.int64)
        if seat is not None and isinstance(seat.form, ToSeat):
            ranked = seat.form.ranks[space.municipalities]
        width = max((len(places) for places in others), default=0) or 1
        self.others = np.repeat(np.arange(self.size)[:, None], width, axis=1)
        self.real = np.zeros((self.size, width), dtype=np.bool_)
        for s, places in enumerate(others):
            self.others[s, : len(places)] = places
            self.real[s, : len(places)] = ranked[places] >= ranked[s]
        self.base, self.own = np.zeros((self.size, width)), np.zeros(self.size)
        for term in scorer.terms:
            form, rate = term.form, scorer.scenario.weights[term.name] / scorer.divisor(term)
            if term is seat and isinstance(form, ToSeat):
                efforts = form.efforts(space.municipalities)[self.others, np.arange(self.size)[:, None]]
                self.base -= rate / form.unit * self.inhabitants[self.others] * efforts
            elif isinstance(form, WhenMerged):
                recent = rate * form.amounts[space.municipalities]
                self.base -= recent[self.others]
                self.own -= np.where(self.weight < space.bounds[0], recent, 0.0)
        self._promise_pairs()

    def _promise_pairs(self) -> None:
        """Add what pairs gain: that with the seat whole, that of others as `PairGains` splits it."""
        space, scorer = self.reach.space, self.reach.space.scorer
        forms = [(term.form, rate) for term, rate in scorer.active_terms()]
        pairs = [(form, rate) for form, rate in forms if isinstance(form, InsidePairs)]
        if not pairs:
            return
        gains = PairGains.between(pairs, space.municipalities)
        self.own += gains.own
        self.base += gains.own[self.others]
        most, all_of = gains.promised(self.weight, self.reach.within, space.bounds[1])
        beside = np.zeros(self.size)
        for s, others in enumerate(self.others):
            partners, gain = gains.of(s)
            beside[partners] = gain
            split = beside[others] * gains.share(self.weight[others], self.weight[s])
            self.base[s] += beside[others] + np.minimum(most[others], all_of[others] - split)
            beside[partners] = 0.0

    @cached_property
    def patterns(self) -> IntArray:
        """Sets of functions that unions of municipalities can have, as bits."""
        unions = {0}
        for bits in sorted(set(self.has.tolist())):
            unions |= {bits | other for other in unions}
        return np.array(sorted(unions), dtype=np.int64)

    @cached_property
    def problems(self) -> tuple[IntArray, IntArray]:
        """Seats and sets of functions of all problems that can have a solution."""
        reached = (
            np.bitwise_or.reduce(np.where(self.real, self.has[self.others], 0), axis=1, initial=0) | self.has
        )
        seats, kinds = np.nonzero(
            ((self.has[:, None] & ~self.patterns[None, :]) == 0)
            & ((self.patterns[None, :] & ~reached[:, None]) == 0)
        )
        return seats.astype(np.int64), self.patterns[kinds]

    @property
    def is_small(self) -> bool:
        """Whether all problems can be solved some times."""
        params = self.reach.space.params.lagrangian
        most = params.most_places if fast_best_parts() is None else params.most_places_compiled
        return len(self.shares) <= _FUNCTIONS and len(self.problems[0]) * self.others.shape[1] <= most

    def worths(
        self, prices: FloatArray, seats: IntArray, functions: IntArray, deadline: Deadline
    ) -> FloatArray:
        """Bound the worth of the best part of each problem; see `solve`.

        Raises
        ------
        TimeUpError
        """
        fast, found = fast_best_parts(), np.empty(len(seats))
        tables = (self.others, self.real, self.base, self.own, self.covered, self.has, self.weight)
        lowest, highest = map(float, self.reach.space.bounds)
        shares = np.array(self.shares, dtype=np.float64)
        block = max(1, (_AT_ONCE if fast is None else 10 * _AT_ONCE) // self.others.shape[1])
        for first in range(0, len(seats), block):
            deadline.check()
            some = slice(first, first + block)
            asked = prices, seats[some], functions[some]
            if fast is None:
                found[some] = self.solve(*asked)[0]
            else:
                fast(*tables, *asked, shares, lowest, highest, found[some])
        return found

    def solve(
        self, prices: FloatArray, seats: IntArray, functions: IntArray
    ) -> tuple[FloatArray, FloatArray]:
        """Bound the worth of the best part of each problem, and say how much of each neighbour is in it.

        A linear knapsack filled in order of worth an inhabitant; mu is the worth of the last one. If some
        function has no holder in it, one must be taken in: that loses what it is worth less than mu.
        """
        lowest, highest = self.reach.space.bounds
        others, share = self.others[seats], self._share(functions)
        worth = self.base[seats] + self.covered[others] * share[:, None] - prices[others]
        may = self.real[seats] & ((self.has[others] & ~functions[:, None]) == 0)
        weight = np.where(may, self.weight[others], 0.0)
        ratio = np.where(may, worth / np.maximum(weight, 1e-3), -np.inf)
        order = np.argsort(-ratio, axis=1, kind="stable")
        filled = np.cumsum(np.take_along_axis(weight, order, axis=1), axis=1)
        positive = np.where(may & (worth > 0), weight, 0.0).sum(axis=1)
        room = np.clip(positive, lowest - self.weight[seats], highest - self.weight[seats])
        full = weight.sum(axis=1)
        place = np.minimum((filled < room[:, None]).sum(axis=1), max(0, order.shape[1] - 1))
        critical = np.take_along_axis(ratio, np.take_along_axis(order, place[:, None], axis=1), axis=1)[:, 0]
        clipped = np.abs(room - positive) > 0.5
        mu = np.where(clipped & np.isfinite(critical), critical, 0.0)
        # any mu gives a bound, so that nothing hangs on how it was found
        limit = np.where(mu > 0, highest, lowest) - self.weight[seats]
        reduced = np.where(may, worth - mu[:, None] * weight, -np.inf)
        total = self.own[seats] + self.covered[seats] * share - prices[seats]
        total += mu * limit + np.maximum(reduced, 0.0).sum(axis=1)
        taken = np.where(reduced > 0, 1.0, 0.0)
        self._fill(taken, weight, np.where(may, np.abs(reduced), np.inf), limit, mu)
        loss, forced = self._missing(seats, functions, others, reduced)
        total += loss
        rows = np.flatnonzero(forced >= 0)
        taken[rows, forced[rows]] = 1.0
        total[(full < lowest - self.weight[seats]) | (self.weight[seats] > highest)] = -np.inf
        return total, taken

    def _fill(
        self, taken: FloatArray, weight: FloatArray, away: FloatArray, limit: FloatArray, mu: FloatArray
    ) -> None:
        """Take so much of the last neighbour as fills the knapsack."""
        rows = np.flatnonzero(mu != 0.0)
        last = away[rows].argmin(axis=1)
        taken[rows, last] = 0.0
        left = limit[rows] - (taken[rows] * weight[rows]).sum(axis=1)
        taken[rows, last] = np.clip(left / np.maximum(weight[rows, last], 1e-3), 0.0, 1.0)

    def _missing(
        self, seats: IntArray, functions: IntArray, others: IntArray, reduced: FloatArray
    ) -> tuple[FloatArray, IntArray]:
        """Give what a holder of a missing function costs at least, for the dearest one; and the holder."""
        loss, forced = np.zeros(len(seats)), np.full(len(seats), -1, dtype=np.int64)
        for k in range(len(self.shares)):
            needed = ((functions >> k) & ~(self.has[seats] >> k) & 1) == 1
            holders = np.where((self.has[others] >> k) & 1 == 1, reduced, -np.inf)
            best = holders.max(axis=1)
            dearer = needed & (best < loss)
            loss[dearer] = best[dearer]
            forced[dearer] = holders.argmax(axis=1)[dearer]
        return loss, forced

    def _share(self, functions: IntArray) -> FloatArray:
        shares = np.zeros(len(functions))
        for k, share in enumerate(self.shares):
            shares += share * ((functions >> k) & 1)
        return shares


def lagrangian_bound(
    lagrangian: LagrangianRelaxation,
    target: float,
    deadline: Deadline = Deadline(),
    rounds: int | None = None,
) -> float:
    """Bound the terms of `lagrangian` in sum, for the plan as a whole.

    Parameters
    ----------
    lagrangian : Multipliers
    target : float
        A value that the terms are known, or thought, to reach; steers the prices only.
    deadline : Deadline
    rounds : int

    Returns
    -------
    float
        Points; infinite where the tables would be too large, or time is up.

    Notes
    -----
    O(m r f) a round, and O(m r f log r) without numba, for m municipalities that can share a part with r
    others and f sets of functions.
    """
    if not lagrangian.size or not lagrangian.is_small:
        return math.inf
    params = lagrangian.reach.space.params.lagrangian
    rounds = params.rounds if rounds is None else rounds
    prices = target * lagrangian.inhabitants / max(1.0, float(lagrangian.inhabitants.sum()))
    best, lowest, step, since = math.inf, math.inf, 1.0, 0
    direction = np.zeros(lagrangian.size)
    seats, functions = lagrangian.problems
    active: BoolArray = np.ones(len(seats), dtype=np.bool_)
    near = params.near * abs(target) / max(1, lagrangian.reach.numbers[1])
    for round_ in range(rounds):
        whole = round_ % params.whole_round == 0 or round_ == rounds - 1
        rows = np.arange(len(seats)) if whole else np.flatnonzero(active)
        try:
            worth = lagrangian.worths(prices, seats[rows], functions[rows], deadline)
        except TimeUpError:
            break
        bound, often, tops = _choose(lagrangian, prices, seats[rows], functions[rows], worth)
        if whole:  # only then it is a bound
            best = min(best, bound)
            active = worth >= tops[seats] - near
        since = 0 if bound < lowest else since + 1
        lowest = min(lowest, bound)
        if since >= params.patience:
            step, since = 0.5 * step, 0
        direction = (1.0 - often) + params.inertia * direction
        norm = float(direction @ direction)
        if norm < 1e-9 or not math.isfinite(bound):
            break
        prices = prices - step * max(bound - target, 0.001 * abs(target)) / norm * direction
    return best


def _choose(
    lagrangian: LagrangianRelaxation,
    prices: FloatArray,
    seats: IntArray,
    functions: IntArray,
    worth: FloatArray,
) -> tuple[float, FloatArray, FloatArray]:
    """Take the best parts, as many as a plan may have: bound, how often each is in one, best by seat."""
    fewest, most = lagrangian.reach.numbers
    tops = np.full(lagrangian.size, -np.inf)
    np.maximum.at(tops, seats, worth)
    order = np.argsort(-tops, kind="stable")
    number = int(np.clip((tops > 0).sum(), fewest, most))
    chosen = order[:number]
    row_of = np.full(lagrangian.size, -1, dtype=np.int64)
    by_worth = np.argsort(worth, kind="stable")
    row_of[seats[by_worth]] = by_worth
    often = np.zeros(lagrangian.size)
    often[chosen] = 1.0
    rows = row_of[chosen]
    rows = rows[rows >= 0]
    taken = lagrangian.solve(prices, seats[rows], functions[rows])[1]
    np.add.at(often, lagrangian.others[seats[rows]], taken)
    bound = float(prices.sum() + tops[chosen].sum())
    return bound, often, tops
