"""A bound for frames of any size: the best that each term could give, were it alone.

Cheap and always valid, seldom tight: terms are bounded apart, and contiguity only says which can share a
part.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from ....instances.common.arrays import FloatArray
from ....models.scorer import NANO
from ....models.seats import METRES_PER_KM
from ....models.terms import Term
from ....models.terms.commuting import CommutingTerm
from ....models.terms.coverage import CoverageTerm
from ....models.terms.distance import DistanceTerm
from ....models.terms.fiscal import FiscalTerm
from ....models.terms.moment import MomentTerm
from ....models.terms.size import SizeTerm
from ....models.terms.stacking import StackingTerm
from ....models.terms.touched import TouchedTerm
from ...deadline import Deadline
from .lagrangian import LagrangianRelaxation, lagrangian_bound
from .reach import Reach
from .space import SearchSpace

_LARGEST = 4_000  # municipalities up to which all distances between them are held at once
_SAFETY = 1e-9  # of the sum of all terms, for what rounding of sums could hide


def upper_bound(space: SearchSpace, reached: int | None = None, deadline: Deadline = Deadline()) -> int:
    """Give a score that no plan of the free municipalities exceeds.

    Terms are bounded one by one; coverage, distance and stacking also in sum
    (`lagrangian_bound`), which counts if it is lower.

    Parameters
    ----------
    space : SearchSpace
    reached : int, optional
        Score of a plan in nano-points: the closer to the best the better.
    deadline : Deadline
        After it the bounds of single terms have to do.

    Returns
    -------
    int
        Nano-points, rounding of every part allowed for.

    Notes
    -----
    O(m r log r) for m municipalities that can each share a part with r others; O(m^2) for distances.
    """
    reach = Reach(space)
    scorer = space.scorer
    single = {
        term.name: term.sense
        * scorer.scenario.weights[term.name]
        * (best_value(term, reach) / scorer.divisor(term))
        for term in scorer.terms
    }
    size = sum(map(abs, single.values()))
    points = sum(single.values())
    if len(space.of) <= _LARGEST and space.of.size:
        together = LagrangianRelaxation(reach)
        names = {term.name for term in together.terms}
        others = sum(part for name, part in single.items() if name not in names)
        target = (points if reached is None else reached / NANO) - others
        summed = others + lagrangian_bound(together, target, deadline)
        # minus infinity says that there is no plan at all: any number bounds that
        points = min(points, summed) if math.isfinite(summed) else points
    # each part is rounded by half a nano-point at most
    return math.floor(NANO * (points + _SAFETY * size) + 0.5 * reach.numbers[1]) + 1


def best_value(term: Term, reach: Reach) -> float:
    """Give a value of a term that the parts of no plan better in sum: a maximum or minimum by its sense.

    Parameters
    ----------
    term : Term
    reach : Reach

    Returns
    -------
    float
        In inhabitants x unit. 0 for a term that is to be minimised and has no form here.
    """
    for kind, best in _BEST.items():
        if isinstance(term, kind):
            return best(term, reach)
    return math.inf if term.sense > 0 else 0.0


def _whole(term: Term, reach: Reach) -> float:
    """Value of the frame as one part: who commutes inside parts does inside it; gaps cancel out in it."""
    return float(term.values(np.ones((1, len(reach.space.of))), reach.space.of)[0])


def _touched(term: Term, reach: Reach) -> float:
    """Each zone and each part at least once."""
    return max(_whole(term, reach), float(reach.numbers[0]))


def _coverage(term: Term, reach: Reach) -> float:
    """Everybody has a function that somebody within reach has; those who have it serve a full part each."""
    instance, of = term.instance, reach.space.of
    inhabitants = instance.population[of]
    beyond = int(np.maximum(0, inhabitants - reach.space.question.bounded[of]).sum())
    most = 0.0
    for name, share in term.scenario.coverage.shares.items():
        has = instance.functions[name].present[of]
        within = np.array([has[others].any() for others in reach.of], dtype=np.bool_)
        full = int(has.sum()) * reach.space.bounds[1] + beyond
        most += share * float(min(int(inhabitants[within].sum()), full))
    return most


def _seated(term: Term, reach: Reach) -> float:
    """All but the seats go to somebody else, at least to the nearest within reach; the least of these."""
    assert isinstance(term, DistanceTerm | MomentTerm)
    of = reach.space.of
    if len(of) > _LARGEST:
        return 0.0
    efforts = term.efforts(of)
    inhabitants = term.instance.population[of].astype(np.float64)
    least: FloatArray = np.array(
        [
            float(inhabitants[k] * efforts[k, others[1:]].min(initial=np.inf)) if inhabitants[k] else 0.0
            for k, others in enumerate(reach.of)
        ]
    )
    leaving = max(0, len(of) - reach.numbers[1])
    some = np.sort(least)[:leaving]
    scale = METRES_PER_KM if isinstance(term, DistanceTerm) else 1.0
    return float(some[np.isfinite(some)].sum()) / scale


def _stacking(term: Term, reach: Reach) -> float:
    """Who was merged recently and is too small to stay alone is merged again."""
    instance, space = term.instance, reach.space
    pairs = [i for i in space.of.tolist() if space.inhabitants[i] < space.bounds[0]]
    return float(sum(int(instance.population[i]) for i in pairs if instance.merged_in[i] > 0))


def _size(term: Term, reach: Reach) -> float:
    """A target outside the bounds is missed by everybody."""
    space, target = reach.space, term.scenario.size.target
    population = term.instance.population[space.of]
    if (population != space.question.bounded[space.of]).any():
        return 0.0  # cities above the maximum: their parts are larger than the bounds say
    lowest, highest = space.bounds
    missed = max(0, lowest - target, target - highest)
    return float(population.sum()) * missed / target


_BEST: dict[type[Term], Callable[[Term, Reach], float]] = {
    CoverageTerm: _coverage,
    DistanceTerm: _seated,
    MomentTerm: _seated,
    CommutingTerm: _whole,
    FiscalTerm: _whole,
    TouchedTerm: _touched,
    StackingTerm: _stacking,
    SizeTerm: _size,
}
"""The best value of a term by its kind."""
