"""Regions that budgets bind together: each answered by itself at prices of the budgets, then combined.

The bound is that of a Lagrangian relaxation (Geoffrion 1974), whose best prices are found by the
decomposition of Dantzig and Wolfe (1960). What the bound leaves open is which plan of each region to take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...models.scoring.scorer import NANO
from ..candidates.enumeration import TooManyCandidatesError
from ..deadline import Deadline, TimeUpError
from ..diagrams.diagram import DiagramLimitError
from ..partition.fixing import PartitionAnswer
from ..partition.params import PartitionParams
from .contract import Task
from .inner import InnerMergers
from .one_region import OneRegion, RegionPlan
from .posed import Posed
from .sums import Side, SumRules

if TYPE_CHECKING:
    from ..partition.restricted_master import MasterSolution, RestrictedMaster

_ROUNDS = 40  # of prices
_CLOSE = 0.1  # of what the best plan known lacks to the bound, that better prices could still gain
_WIDENINGS = 6  # of what regions may lack, before the first plan is found
_MOST_LABELS = 5_000_000  # combinations of plans of some regions, that are held at once
_BEYOND, _SHORT = -1, -2  # keys of what a mixture is beyond an upper bound, or short of a lower one
_BROKEN = 1e-6
_GROWTH, _MOST_GROWN = 2.0, 12


def pose_by_region(
    posed: Posed, inner: InnerMergers, task: Task, deadline: Deadline, params: PartitionParams
) -> Posed | None:
    """Pose and solve the problem of several regions, each by itself at prices of the side constraints.

    At any prices a plan scores no more than what the regions score at these, and what the bounds are worth.
    With a plan that is known, this says how much a region may lack to its best at these prices. Of the plans
    of a region that lack no more, only those matter that are the best of their sums; the best choice of one a
    region is then the best plan of all.

    Returns
    -------
    Posed or None
        With its answer: a plan with a bound where time is up. None where no plan is found, which proves
        nothing.

    Raises
    ------
    TimeUpError
        Before any plan was found.
    EngineError
    """
    if not inner.is_possible or posed.problem.infeasible_at_sight:
        return None
    none = np.zeros(len(posed.problem.constraints), dtype=np.int64)
    regions = _regions(posed, inner, task)
    search = _ByRegion(posed, regions, _Rules.of(posed, inner), task, deadline, params)
    try:
        search.find_prices(np.concatenate([none, inner.prices]))
        best, kept = search.proved()
    except TimeUpError:
        if search.incumbent is None:
            raise
        best, kept = search.incumbent, len(posed.candidates)
    except (TooManyCandidatesError, DiagramLimitError):
        best, kept = search.incumbent, len(posed.candidates)
    return None if best is None else _answered(posed, inner, best, search.bound, kept)


def _regions(posed: Posed, inner: InnerMergers, task: Task) -> list[OneRegion]:
    """Divide the problem into those of its reference regions."""
    question = task.question
    of = (question if question.each is None else question.each).instance.region
    municipalities = posed.candidates.municipalities
    here = of[municipalities]
    return [
        OneRegion.of(posed.problem, inner, municipalities[here == region])
        for region in np.unique(here).tolist()
    ]


def _answered(posed: Posed, inner: InnerMergers, plan: _Whole, bound: int, kept: int) -> Posed:
    """Give the problem with its answer."""
    zones = tuple(int(row) for one in plan.plans for row in one.zones)
    mergers = tuple(part for one in plan.plans for part in one.mergers)
    answer = PartitionAnswer(zones, plan.score, bound, kept, "search" if plan.score == bound else "")
    sums = np.zeros((len(posed.candidates), len(inner.constraints)), dtype=np.int64)
    return replace(posed, sums=sums, mergers=mergers, answer=answer)


@dataclass(frozen=True)
class _Whole:
    """A plan of all regions."""

    score: int
    plans: tuple[RegionPlan, ...]


@dataclass(frozen=True)
class _Rules:
    """Bounds on the sums, of side constraints on zones and then on mergers; an upper one may be None."""

    lower: tuple[int, ...]
    upper: tuple[int | None, ...]

    @classmethod
    def of(cls, posed: Posed, inner: InnerMergers) -> _Rules:
        """Read them off the problem."""
        zones, mergers = posed.problem.constraints, inner.constraints
        lower = (*(one.lower for one in zones), *(one.lower for one in mergers))
        return cls(lower, (*(one.upper for one in zones), *(one.upper for one in mergers)))

    def binding(self, prices: IntArray) -> int:
        """What the bounds are worth at some prices."""
        bounds = zip(prices.tolist(), self.lower, self.upper, strict=True)
        return sum(price * (upper or 0 if price > 0 else lower) for price, lower, upper in bounds)

    def allowed(self, prices: IntArray) -> IntArray:
        """Make prices 0 that no bound goes with."""
        may = [
            price <= 0 or upper is not None for price, upper in zip(prices.tolist(), self.upper, strict=True)
        ]
        return np.where(np.array(may, dtype=np.bool_), prices, 0)

    def keeps(self, sums: IntArray) -> IntArray:
        """Which rows of sums are within the bounds."""
        upper = np.array(
            [np.iinfo(np.int64).max if one is None else one for one in self.upper], dtype=np.int64
        )
        return np.flatnonzero(((sums >= np.array(self.lower)) & (sums <= upper)).all(axis=1))

    @property
    def of_use(self) -> SumRules:
        """Which plans of some regions are of use."""
        sides: list[Side] = [
            "more" if upper is None else "less" if lower <= 0 else "both"
            for lower, upper in zip(self.lower, self.upper, strict=True)
        ]
        return SumRules(self.upper, tuple(sides))


class _Master:
    """The mixtures of known plans of each region that keep the bounds, of which the duals are prices.

    A bound may be broken at a price, which grows: far from what they are worth, prices make hard problems.
    """

    def __init__(self, rules: _Rules, regions: int, limits: FloatArray) -> None:
        from ..partition.restricted_master import RestrictedMaster  # loads MathOpt

        bounds = [(1.0, 1.0)] * regions
        bounds += [
            (float(lower), np.inf if upper is None else float(upper))
            for lower, upper in zip(rules.lower, rules.upper, strict=True)
        ]
        self.regions, self.limits, self.grown = regions, limits, 0
        self.programme: RestrictedMaster[tuple[int, int]] = RestrictedMaster(bounds, np.zeros(len(bounds)))
        self.programme.forbid_artificial()
        for c, limit in enumerate(limits.tolist()):
            for side, sign in ((_BEYOND, -1.0), (_SHORT, 1.0)):
                self.programme.add_column((side, c), [(regions + c, sign)], -limit)

    def note(self, known: list[list[RegionPlan]], plans: Sequence[RegionPlan]) -> bool:
        """Take note of a plan of each region; tell whether one of them is new."""
        is_new = False
        for k, (plan, before) in enumerate(zip(plans, known, strict=True)):
            if any(one.score == plan.score and (one.sums == plan.sums).all() for one in before):
                continue
            is_new = True
            sums = enumerate(plan.sums.tolist(), self.regions)
            entries = [(k, 1.0), *((row, float(of)) for row, of in sums if of)]
            self.programme.add_column((k, len(before)), entries, plan.score / NANO)
            before.append(plan)
        return is_new

    def solve(self) -> MasterSolution | None:
        """Find the best mixture."""
        self.solved = self.programme.solve()
        return self.solved

    def prices(self) -> IntArray:
        """Give the duals of the bounds in nano-points."""
        assert self.solved is not None, "there are no prices without a solution"
        return np.rint(self.solved.duals[self.regions :] * NANO).astype(np.int64)

    def grow(self) -> bool:
        """Make it dearer to break bounds where the best mixture does; tell whether anything changes."""
        broken = {c for (side, c), value in self.programme.solution().items() if side < 0 and value > _BROKEN}
        self.grown += 1
        if not broken or self.grown > _MOST_GROWN:
            return False
        for c in broken:
            self.limits[c] *= _GROWTH
            for side in (_BEYOND, _SHORT):
                self.programme.rescore((side, c), -float(self.limits[c]))
        return self.solve() is not None


@dataclass
class _ByRegion:
    """The search for prices, and for the best choice of one plan a region."""

    posed: Posed
    regions: list[OneRegion]
    rules: _Rules
    task: Task
    deadline: Deadline
    params: PartitionParams
    bound: int = 1 << 60
    prices: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    best: list[int] = field(default_factory=list)
    incumbent: _Whole | None = None

    def find_prices(self, first: IntArray) -> None:
        """Find prices of which the bound is nearly the lowest, and a plan on the way.

        Prices are held within limits that grow where no mixture of plans keeps the bounds: far from what they
        are worth, the problems of regions are hard.

        Parameters
        ----------
        first : ndarray of int64
            Prices to begin with, after none at all.
        """
        known: list[list[RegionPlan]] = [[] for _ in self.regions]
        plans = self._priced(np.zeros_like(first))
        points = sum(abs(plan.score) for plan in plans) / NANO
        spread = np.maximum(1, sum(plan.sums for plan in plans))
        master = _Master(self.rules, len(plans), np.maximum(np.abs(first) / NANO, points / spread) + 1 / NANO)
        master.note(known, plans)
        plans = self._priced(self.rules.allowed(first))
        for _ in range(_ROUNDS):
            is_new = master.note(known, plans)
            self._offer(self._combined(known, None))
            solved = master.solve()
            if solved is None or self._is_close(solved.value):
                return
            if not is_new and not master.grow():
                return
            plans = self._priced(self.rules.allowed(master.prices()))

    def _priced(self, prices: IntArray) -> list[RegionPlan]:
        """Answer each region at some prices, and keep the lowest bound."""
        plans = [one.best_at(prices, self.task, self.deadline, self.params) for one in self.regions]
        priced = [plan.score - int(plan.sums @ prices) for plan in plans]
        bound = sum(priced) + self.rules.binding(prices)
        if bound < self.bound:
            self.bound, self.prices, self.best = bound, prices, priced
        return plans

    def _is_close(self, value: float) -> bool:
        if self.incumbent is None:
            return False
        return self.bound - value * NANO <= _CLOSE * (self.bound - self.incumbent.score)

    def _offer(self, plan: _Whole | None) -> None:
        if plan is not None and (self.incumbent is None or plan.score > self.incumbent.score):
            self.incumbent = plan

    def proved(self) -> tuple[_Whole | None, int]:
        """Give the best plan of all, which sets the bound too, and how many zones with mergers it took."""
        allowed = NANO if self.incumbent is None else self.bound - self.incumbent.score
        kept = 0
        for _ in range(_WIDENINGS if self.incumbent is None else 1):
            found = [
                one.near(self.prices, allowed, self.task, self.deadline, self.params) for one in self.regions
            ]
            kept = sum(of for _, of in found)
            best = self._combined([plans for plans, _ in found], allowed)
            if best is not None:
                if self.bound - best.score <= allowed:
                    self.bound = best.score
                return best, kept
            allowed *= self.params.widening
        return None, kept

    def _combined(self, known: Sequence[Sequence[RegionPlan]], allowed: int | None) -> _Whole | None:
        """Choose one plan a region: the best choice that keeps all bounds and lacks no more than allowed."""
        count = len(self.rules.lower)
        scores, lacks = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
        sums = np.zeros((1, count), dtype=np.int64)
        ways: list[tuple[IntArray, IntArray]] = []
        for most, plans in zip(self.best, known, strict=True):
            own = np.array([plan.score for plan in plans], dtype=np.int64)
            adds = np.array([plan.sums for plan in plans], dtype=np.int64).reshape(len(plans), count)
            before = np.repeat(np.arange(len(scores)), len(plans))
            which = np.tile(np.arange(len(plans)), len(scores))
            if len(before) > _MOST_LABELS:
                raise TooManyCandidatesError
            self.deadline.check()
            scores, sums = scores[before] + own[which], sums[before] + adds[which]
            lacks = lacks[before] + most - (own - adds @ self.prices)[which]
            rows = np.arange(len(scores)) if allowed is None else np.flatnonzero(lacks <= allowed)
            none = np.zeros(len(rows), dtype=np.int64)
            rows = rows[self.rules.of_use.kept(none, sums[rows], scores[rows])]
            scores, sums, lacks = scores[rows], sums[rows], lacks[rows]
            ways.append((before[rows], which[rows]))
        ends = self.rules.keeps(sums)
        if not len(ends):
            return None
        label = end = int(ends[scores[ends].argmax()])
        chosen = []
        for (before, which), plans in zip(reversed(ways), reversed(known), strict=True):
            chosen.append(plans[int(which[label])])
            label = int(before[label])
        return _Whole(int(scores[end]), tuple(reversed(chosen)))
