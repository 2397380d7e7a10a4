"""A bound for components of any size: the best that each term could give, were it alone.

Cheap and always valid, seldom tight: terms are bounded apart, and contiguity only says which can share a
part.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

from ....models.scoring.scorer import NANO
from ...deadline import Deadline
from ...memory import PRICES, budget
from .lagrangian import LagrangianRelaxation, lagrangian_bound
from .lagrangian_kernel import fast_best_parts
from .params import LagrangianParams
from .reach import Reach
from .space import SearchSpace

_LARGEST = 10_000  # municipalities up to which all distances between them are held at once
_PLACE_BYTES = 60.0  # of each pair that may share a part, in the tables of prices and while they are used
_SAFETY = 1e-9  # of the sum of all terms, for what rounding of sums could hide


@dataclass(eq=False)
class UpperBound:
    """Bounds the plans of the free municipalities: term by term at once, and in sum once a plan is known.

    Attributes
    ----------
    space : SearchSpace
    deadline : Deadline
        After it the bounds of single terms have to do.
    """

    space: SearchSpace
    deadline: Deadline = field(default_factory=Deadline)

    @cached_property
    def _reach(self) -> Reach:
        return Reach(self.space, self.deadline)

    @cached_property
    def _single(self) -> dict[str, float]:
        """The best that each term could give alone, in points."""
        scorer = self.space.scorer
        return {
            term.name: term.sense
            * scorer.scenario.weights[term.name]
            * (term.best(self._reach) / scorer.divisor(term))
            for term, _ in scorer.active_terms()
        }

    def apart(self) -> int | None:
        """Give the sum of what each term could reach alone, in nano-points; None where one knows no best."""
        return self._rounded(sum(self._single.values())) if self._is_known else None

    def together(self, reached: int | None = None) -> int | None:
        """Give the bound by prices, where it is lower; see `upper_bound`."""
        if not self._is_known:
            return None
        points = sum(self._single.values())
        if self._is_worth_it and _fits(self._reach):
            relaxation = LagrangianRelaxation(self._reach)
            names = {term.name for term in relaxation.terms}
            others = sum(part for name, part in self._single.items() if name not in names)
            target = (points if reached is None else reached / NANO) - others
            summed = others + lagrangian_bound(relaxation, target, self.deadline)
            # minus infinity says that there is no plan at all: any number bounds that
            points = min(points, summed) if math.isfinite(summed) else points
        return self._rounded(points)

    @property
    def _is_known(self) -> bool:
        return all(map(math.isfinite, self._single.values()))

    def _rounded(self, points: float) -> int:
        """Round up; each part is rounded by half a nano-point at most."""
        size = sum(map(abs, self._single.values()))
        return math.floor(NANO * (points + _SAFETY * size) + 0.5 * self._reach.numbers[1]) + 1

    @property
    def _is_worth_it(self) -> bool:
        """Whether prices can be had: their tables are not too large, and made before time is up."""
        size, left = len(self.space.municipalities), self.deadline.remaining
        needed = seconds_for_prices(self.space.params.lagrangian, size)
        in_time = left is None or (left > 0 and left >= 0.5 * needed)
        return 0 < size <= _LARGEST and in_time


def upper_bound(
    space: SearchSpace, reached: int | None = None, deadline: Deadline = Deadline()
) -> int | None:
    """Give a score that no plan of the free municipalities exceeds.

    Terms are bounded one by one; coverage, distance, stacking and terms on pairs also in
    sum (`lagrangian_bound`), which counts if it is lower.

    Parameters
    ----------
    space : SearchSpace
    reached : int, optional
        Score of a plan in nano-points: the closer to the best the better.
    deadline : Deadline
        After it the bounds of single terms have to do.

    Returns
    -------
    int or None
        Nano-points, rounding of every part allowed for. None where a term knows no best value.

    Notes
    -----
    O(m r log r) for m municipalities that can each share a part with r others; O(m^2) for distances.
    """
    return UpperBound(space, deadline).together(reached)


def seconds_for_prices(params: LagrangianParams, size: int) -> float:
    """Seconds that the tables of prices of so many municipalities may take."""
    return params.seconds(size, compiled=fast_best_parts() is not None)


def _fits(reach: Reach) -> bool:
    """Whether there is memory for the tables of prices."""
    size = _PLACE_BYTES * reach.within.widest * len(reach.within)
    if size <= budget().left:
        return True
    budget().lacks(PRICES)
    return False
