"""Column generation for the linear relaxation: duals, and a bound that holds at every step."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ....instances.common.arrays import FloatArray, IntArray
from ....models.scoring.scorer import NANO
from ...deadline import Deadline, TimeUpError
from ...incumbents import bound_found
from ...partition.restricted_master import MasterSolution
from .columns import Columns
from .master import SetMaster
from .params import RootParams
from .pricing import Part, Priced, Pricer
from .pricing_data import PricingCoefficients, PricingData
from .stabilisation import DualStabilisation, open_seats, take_from_pool

_MOST_LIMIT = 1 << 40
_CLOSE = 1e-8  # of the value of the programme: what the bound may be above it in the end
_LEFT = 1e-7  # sum of artificial columns that counts as none
_TOLERANCE = 1e-10  # points


@dataclass
class RootRelaxation:
    """Generates sets until none has a positive reduced cost.

    Duals y are priced after a lift: to y_v is added the share of it that v has in the inhabitants. If no
    set beats the lifted duals, their sum is a bound; no more than `lift` above that of y. The lift shrinks as
    fewer sets beat it. With a large lift the search is cut off early: exact pricing is cheap in every round
    but the last ones.

    Where the number of sets is limited it has a dual too, the price of a set, which stands after those of the
    municipalities. A set has to beat it as well: for the search that is a threshold.

    Before that, rounds of heuristic pricing: stabilised duals (see `stabilisation`) are priced with few
    branches a seat, for columns and not for proof. Proofs cost little once duals are good, and much before.

    Attributes
    ----------
    plan : list of Part
        A partition into columns, if one is known.
    pool : mapping of Part to int
        Sets that may be worth to be columns, with scores in nano-points.
    bound : float
        No plan scores more points; infinite before the first complete round.
    duals : ndarray of float64, shape (m,) or (m + 1,)
        What they make all rows cost is `bound` less the `excess` of sets that beat them.
    excess : float
        Most that all sets of a plan together beat the duals by.
    history : list of tuple of float
        Value of the restricted programme, and bound, round by round.
    params : RootParams
    number : tuple of int, optional
        Bounds on the number of sets.
    """

    data: PricingData
    coefficients: PricingCoefficients
    pricer: Pricer
    columns: Columns
    deadline: Deadline
    plan: list[Part] = field(default_factory=list)
    pool: Mapping[Part, int] = field(default_factory=dict)
    master: SetMaster = field(init=False)
    stabilisation: DualStabilisation = field(init=False)
    bound: float = math.inf
    duals: FloatArray = field(init=False)
    excess: float = math.inf
    history: list[tuple[float, float]] = field(default_factory=list)
    params: RootParams = field(default_factory=RootParams)
    number: tuple[int, int] | None = None
    limit: int = field(init=False)

    def __post_init__(self) -> None:
        self.limit = self.params.limit
        m = len(self.data.counted)
        self.duals = np.zeros(m)
        total = float(self.data.counted.sum())
        self._share = self.data.counted / total if total else np.full(m, 1 / m)
        # a part cannot be smaller than the minimum
        self.parts = min(m, int(total // self.data.low)) if self.data.low > 0 else m
        if self.number is not None:
            self.parts = min(self.parts, self.number[1])
            self._share = np.append(self._share, 0.0)
        self._most_lost = _most_lost(self.data, self.coefficients, self.pricer.width)
        self._spread = self._unserved()
        self.master = SetMaster(m, self._worst - self._spread, self.deadline, self.number)
        self.stabilisation = DualStabilisation(self.master, self.params.stabilisation)

    def _unserved(self) -> FloatArray:
        """Spread of the points an inhabitant of sets, for each municipality; note the least of them."""
        parts = list(self.columns.nano)
        people = np.maximum(self.data.people, 1.0)
        points = np.array([self.columns.nano[part] for part in parts]) / NANO
        each = (
            points / np.array([float(people[list(part)].sum()) for part in parts]) if parts else np.zeros(1)
        )
        spread = max(float(each.max() - each.min()), float(np.abs(each).max()), 1e-9)
        self._worst = people * float(each.min())
        # a first guess: what good sets have, so that no municipality looks better than its share in one
        self.duals = people * float(np.quantile(each, self.params.good))
        if self.number is None:
            return people * spread
        self._worst, self.duals = np.append(self._worst, 0.0), np.append(self.duals, 0.0)
        # a set that is missing costs what its inhabitants would if they were in none
        return np.append(people, people.sum() / max(1, self.parts)) * spread

    @property
    def served(self) -> FloatArray:
        """Duals of the municipalities, shape (m,)."""
        return self.duals[: len(self.data.counted)]

    @property
    def price(self) -> float:
        """Price of a set, in points; 0 where any number will do."""
        return self._price_in(self.duals)

    def _price_in(self, duals: FloatArray) -> float:
        return 0.0 if self.number is None else float(duals[-1])

    def _worth(self, duals: FloatArray) -> float:
        """What the duals make all rows cost, in points: no plan scores more where no set beats them."""
        if self.number is None:
            return math.fsum(duals.tolist())
        price = self._price_in(duals)
        return math.fsum([*duals[:-1].tolist(), price * self.number[1 if price > 0 else 0]])

    def run(self) -> bool:
        """Generate until the programme is solved; False when that proves that there is no plan.

        Raises
        ------
        TimeUpError
        """
        self.master.add(self.columns.nano, self.columns.nano)
        if self.plan:
            take_from_pool(self.columns, self.stabilisation, self.data, self.plan, self.pool)
        self._price_heuristically()
        for times in (1, 10, 100):
            self.master.price(self.columns.nano, self._worst - times * self._spread)
            if self._generate(self.coefficients).artificial <= _LEFT:
                return True
        self.master.price(None, np.full(len(self.duals), -1.0))
        if self._is_infeasible():
            return False
        self.master.price(self.columns.nano, np.zeros(len(self.duals)))
        self.master.forbid_artificial()
        self._generate(self.coefficients)
        return True

    def _is_infeasible(self) -> bool:
        """Whether duals exist that no set beats at a score of 0, and that sum to less than 0."""
        kept = self.bound, self.duals, self.excess
        self.bound, self.excess = math.inf, math.inf
        solved = self._generate(without_points(self.coefficients), free=True)
        proved = self.bound + self.parts * self.margin < 0
        self.bound, self.duals, self.excess = kept
        return solved.artificial > _LEFT and proved

    def _generate(self, coefficients: PricingCoefficients, *, free: bool = False) -> MasterSolution:
        """Add sets until the bound meets the programme; `free` when sets score nothing."""
        solved = self.master.solved()
        duals, smooth = solved.duals, 0.0
        lift = self.params.first_lift * max(abs(solved.value), float(np.abs(solved.duals).sum()), 1e-6)
        while True:
            self.deadline.check()
            sep = smooth * self.duals + (1 - smooth) * duals + lift * self._share
            priced = self._priced(coefficients, sep, self.limit)
            improved = self._note(sep, self._completed(coefficients, sep, priced), free=free)
            self.history.append((solved.value, self.bound))
            if self.bound - solved.value <= _CLOSE * max(1.0, abs(solved.value)):
                return solved
            fresh = self._enter(priced, duals, free=free)
            few = 2 * fresh < max(1, len(sep))
            if few and not priced.is_complete:
                self.limit = min(4 * self.limit, _MOST_LIMIT)
            close = _CLOSE * max(1.0, abs(solved.value))
            is_plain = smooth == 0.0 and duals is solved.duals
            if not fresh and priced.is_complete and is_plain and lift <= close / 2:
                return solved  # as near as the tolerance of the linear solver lets the two come
            if lift > self.params.stabilised * abs(solved.value) and not free:
                solved, duals = self.stabilisation.solve()
            else:
                if fresh:
                    solved = self.master.solved()
                duals = solved.duals
            if few:
                lift *= self.params.shrink if priced.sets else self.params.shrink**3
            lift = max(min(lift, self.bound - solved.value), close / 4)
            far = self.bound - solved.value > self.params.far * abs(solved.value)
            smooth = (
                self.params.smooth if math.isfinite(self.bound) and (fresh or (improved and far)) else 0.0
            )

    def _priced(
        self,
        coefficients: PricingCoefficients,
        duals: FloatArray,
        limit: int,
        theta: float = 0.0,
        seats: IntArray | None = None,
    ) -> Priced:
        price = self._price_in(duals)
        priced = self.pricer.best(
            coefficients,
            duals[: len(self.data.counted)],
            theta + price,
            limit=limit,
            keep=self.params.keep,
            deadline=self.deadline,
            seats=seats,
        )
        return replace(priced, values=priced.values - price, most=priced.most - price) if price else priced

    def _completed(self, coefficients: PricingCoefficients, duals: FloatArray, priced: Priced) -> Priced:
        """Search the seats of a few searches that were given up again, for better and better sets only.

        That ends, and then nothing is better than the threshold: one seat among very small municipalities
        does not keep the others from proving a bound.
        """
        left = np.flatnonzero(np.isposinf(priced.most)).astype(np.int64)
        if len(left) > self.params.few * len(priced.most):
            return priced
        most, limit = priced.most.copy(), min(self.limit, self.params.heuristic_limit)
        theta = max(self.params.worse * float(np.abs(duals).sum()) / max(1, self.parts), _TOLERANCE)
        while len(left) and theta < self.widest:
            again = self._priced(coefficients, duals, limit, theta, left)
            most[left] = again.most[left]
            left = left[np.isposinf(most[left])]
            theta *= 2.0
        return replace(priced, most=most)

    def _price_heuristically(self) -> None:
        """Let the sets enter that heuristic pricing finds."""
        seats = None
        while True:
            self.deadline.check()
            _, duals = self.stabilisation.solve()
            priced = self._priced(self.coefficients, duals, self.limit, seats=seats)
            fresh = self._enter(priced, duals, free=False)
            self.duals = duals
            seats = open_seats(priced.most)
            if not len(seats):
                return
            if fresh < self.params.little * len(duals):
                if self.limit * self.params.heuristic_growth > self.params.heuristic_limit:
                    return
                self.limit *= self.params.heuristic_growth

    def _note(self, duals: FloatArray, priced: Priced, *, free: bool) -> bool:
        """Work out the bound that a round proves; whether it is the best."""
        if not priced.is_complete:
            return False
        most = np.maximum(priced.most, self._alone(duals, free=free))
        excess = float(np.sort(np.maximum(most, 0.0))[::-1][: self.parts].sum())
        bound = self._worth(duals) + excess
        if bound >= self.bound:
            return False
        self.bound, self.duals, self.excess = bound, duals, excess
        if not free:
            bound_found(self.nano_bound)
        return True

    def _alone(self, duals: FloatArray, *, free: bool) -> FloatArray:
        """Reduced cost of each municipality as a set, which the search leaves out."""
        values = np.full(len(self.data.counted), -np.inf)
        for v in range(len(values)):
            if (v,) in self.columns.nano:
                values[v] = (0.0 if free else self.columns.nano[(v,)] / NANO) - duals[v]
        return values - self._price_in(duals)

    def _enter(self, priced: Priced, duals: FloatArray, *, free: bool) -> int:
        """Add the sets that the programme lacks; give their number."""
        self.columns.add(priced.sets)
        nano = dict.fromkeys(priced.sets, 0) if free else self.columns.nano
        wanted = list(self._wanted(priced.sets, nano, duals))
        return self.master.add(wanted, nano)

    def _wanted(self, parts: list[Part], nano: dict[Part, int], duals: FloatArray) -> Iterator[Part]:
        price = self._price_in(duals)
        for part in parts:
            if nano[part] / NANO - float(duals[list(part)].sum()) - price > _TOLERANCE:
                yield part

    @property
    def margin(self) -> float:
        """Points by which the search may misjudge a set: rounding to nano-points, and what floats lose.

        A reduced cost is a sum of some ten numbers a member, each no larger than what all inhabitants of a
        set could gain or lose by any term, or than the largest dual; an operation loses at most 2^-53 of its
        result.
        """
        width = self.pricer.width
        return 0.51 / NANO + 128 * (width + 10) * 2.0**-53 * self.widest

    @property
    def widest(self) -> float:
        """More than the reduced cost of any set, in points."""
        return self._most_lost + self.pricer.width * float(np.abs(self.duals).max(initial=0.0)) + 1.0

    @property
    def nano_bound(self) -> int | None:
        """The bound in nano-points, rounded up with all that floats may have lost; None without one."""
        if not math.isfinite(self.bound):
            return None
        return math.ceil((self.bound + (self.parts + 1) * self.margin) * NANO)


def without_points(coefficients: PricingCoefficients) -> PricingCoefficients:
    """Give coefficients under which every set scores nothing."""
    return coefficients._replace(
        covered=np.zeros_like(coefficients.covered),
        effort=0.0,
        stacked=np.zeros_like(coefficients.stacked),
        straddle=np.zeros_like(coefficients.straddle),
        touched=np.zeros_like(coefficients.touched),
        fiscal=0.0,
        size=0.0,
        missing=0.0,
        steps=np.zeros_like(coefficients.steps),
        own=np.zeros_like(coefficients.own),
        pair=np.zeros_like(coefficients.pair),
        rest=np.zeros_like(coefficients.rest),
        enclosed=np.zeros_like(coefficients.enclosed),
    )


def _most_lost(data: PricingData, coefficients: PricingCoefficients, width: int) -> float:
    """Points that all terms together can give or take from a set, and more."""
    people = float(np.sort(data.people)[::-1][:width].sum())
    lost = people * (
        float(coefficients.covered.max(initial=0.0))
        + coefficients.effort * float(data.effort.max(initial=0))
        + float(coefficients.straddle.sum())
        + coefficients.missing
        + coefficients.size * max(1.0, people / coefficients.target)
    )
    lost += (
        coefficients.missing * coefficients.soft_low
        + float(coefficients.stacked.sum())
        + width * float(coefficients.touched.sum())
        + float(coefficients.enclosed.sum())
        + float(np.abs(coefficients.own).sum() + coefficients.pair.sum())
    )
    steps = coefficients.steps
    lost += float(steps[:, [1, 3]].max() + people * steps[:, [2, 4]].max())
    return lost + coefficients.fiscal * float(np.abs(data.excess).sum())


__all__ = ["RootRelaxation", "TimeUpError", "without_points"]
