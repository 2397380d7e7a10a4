"""How far a weight can move before another plan is best: a parametric search, term by term."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from ....instances.common.activity import doing
from ....instances.common.arrays import FloatArray, IntArray
from ....instances.common.deprecated import parameters_into
from ....instances.common.problems import InputError, reject, suggest
from ....instances.instance import Instance
from ....models.scenario.demands import HEAVIEST
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ....models.scoring.scorer import Scorer
from ...candidates.region import RegionListing
from ...deadline import Deadline, Limits, TimeUpError
from ...diagrams.diagram import ARC_BYTES, DiagramLimitError
from ...diagrams.k_best import cheapest
from ...executing.choosing import executor_of
from ...executing.executor import Executor
from ...partition.problem import PartitionProblem, problems_of
from ...partition.relaxation import WarmRelaxation
from ...progress import Progress, telling
from ..base import ALL
from ..regions import Region, each_region
from .params import ParetoParams
from .result import Stability, StableWeight

_TRIALS = 200  # plans tried for one end; each beats the one before, and a handful is usual

Rows = tuple[int, ...]


@parameters_into(Limits, "limits", time_limit="seconds")
@parameters_into(ParetoParams, most_arcs="most_arcs")
@doing("looking how far weights can move")
def stability(
    instance: Instance,
    scenario: Scenario,
    terms: Sequence[str] | None = None,
    *,
    regions: Sequence[str] | None = None,
    limits: Limits = Limits(),
    params: ParetoParams = ParetoParams(),
    progress: Progress | None = None,
    cluster: Executor | str | None = None,
) -> Stability:
    """Find, for each weight of a scenario, how far it can move before another plan is best.

    All other weights stay as they are. A plan's score is linear in the weight, so the best score is convex
    and piecewise linear in it: a trial weight either leaves the plan best, or brings a plan that beats it,
    and the weight for which the two are equal is the next trial. Each trial is a proved optimum, and there
    are finitely many plans to find (Newton's method as by Dinkelbach 1967).

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level.
    terms : sequence of str, optional
        Terms of the scenario; all by default.
    regions : sequence of str, optional
        All by default.
    limits : Limits
    params : ParetoParams
    progress : callable, optional
    cluster : Executor or str, optional
        What answers in place of this process: the Dask scheduler at an address, or an executor. Does not
        change the answer; the limit of memory is one of each of its processes.

    Returns
    -------
    Stability
        Ends are exact up to the rounding of scores to nano-points. Without regions that have no plan.

    Raises
    ------
    InputError
        Scenario and instance do not fit, or a term is not weighed by the scenario.
    """
    begun = time.perf_counter()
    instance = framed(instance, scenario)
    asked = list(scenario.weights) if terms is None else list(dict.fromkeys(terms))
    for term in asked:
        if term not in scenario.weights:
            reject("the scenario gives no weight to this term", suggest(term, scenario.weights), value=term)
    tell = telling(progress, lambda step: (step.name, step.seconds))
    scenario.check_weights()
    found = each_region(
        instance,
        scenario,
        regions,
        limits,
        partial(_stable, asked, params),
        tell=lambda step: tell(replace(step, answer=tuple(step.answer or ()))),
        executor=executor_of(cluster),
    )
    ranges = [one for weights in found for one in weights or []]
    complete = all(weights is not None for weights in found)
    whole = tuple(_whole(term, ranges) for term in asked) if complete and ranges else ()
    return Stability(tuple(ranges), whole, time.perf_counter() - begun)


def _stable(terms: Sequence[str], params: ParetoParams, region: Region) -> list[StableWeight] | None:
    """Find how far weights can move in a region, if it could be listed."""
    if region.listing is None:
        return None
    params = replace(params, most_arcs=region.limits.room(ARC_BYTES, params.most_arcs))
    return _of_region(region.listing, terms, region.deadline, params)


def _whole(term: str, ranges: Sequence[StableWeight]) -> StableWeight:
    """What all regions allow."""
    some = [one for one in ranges if one.term == term]
    return StableWeight(
        ALL,
        term,
        some[0].weight,
        max(one.lowest for one in some),
        min(one.highest for one in some),
        all(one.is_proved for one in some),
    )


def _of_region(
    listed: RegionListing, terms: Sequence[str], deadline: Deadline, params: ParetoParams
) -> list[StableWeight] | None:
    """Ends for each term; None when the region has no plan, or none that is known in time."""
    weights = dict(listed.scorer.scenario.weights)
    components = []
    for k, problem in enumerate(problems_of(listed)):
        if problem.infeasible_at_sight:
            return None
        if not problem.is_solved_at_sight:
            values = listed.components[k].values
            components.append(_Component(problem.in_order(), listed.scorer, values, deadline, params))
    ranges = []
    try:
        plans = [component.best(weights) for component in components]
    except (DiagramLimitError, TimeUpError):
        return None
    if any(plan is None for plan in plans):
        return None
    for term in terms:
        ends = [component.ends(term, plan or ()) for component, plan in zip(components, plans, strict=True)]
        lowest = max((low for low, _, _ in ends), default=0.0)
        highest = min((high for _, high, _ in ends), default=math.inf)
        ranges.append(
            StableWeight(listed.name, term, weights[term], lowest, highest, all(end[2] for end in ends))
        )
    return ranges


@dataclass
class _Component:
    """A component whose best plan is asked for under one weighting after the other."""

    problem: PartitionProblem
    scorer: Scorer
    values: FloatArray
    deadline: Deadline
    params: ParetoParams

    def __post_init__(self) -> None:
        self.relaxation = WarmRelaxation(self.problem)

    def nano(self, weights: Mapping[str, float]) -> IntArray:
        """Score the candidates."""
        return self.scorer.nano(self.values, weights)

    def best(self, weights: Mapping[str, float]) -> Rows | None:
        """Find the candidates of the best plan under some weights; None when there is no plan.

        Raises
        ------
        DiagramLimitError
            It is not known within the limits.
        """
        priced = self.relaxation.price(self.nano(weights), self.deadline)
        if not priced.feasible:
            return None
        best = cheapest(priced, deadline=self.deadline, most_arcs=self.params.most_arcs)
        return None if best is None else best[1]

    def ends(self, term: str, plan: Rows) -> tuple[float, float, bool]:
        """Find the range of a term's weight in which a plan is best, and whether its ends are proved."""
        low, low_proved = self._end(term, plan, Fraction(0))
        high, high_proved = self._end(term, plan, self._heaviest(term))
        highest = math.inf if high_proved and high == self._heaviest(term) else float(high)
        return float(low), highest, low_proved and high_proved

    def _heaviest(self, term: str) -> Fraction:
        """Give the largest weight that a scenario may give and that the scorer can add up."""
        own = self.scorer.scenario.weights
        weight = float(HEAVIEST)
        while weight > own[term]:
            try:
                self.nano({**own, term: weight})
            except InputError:
                weight /= 2
            else:
                break
        return Fraction(max(weight, own[term]))

    def _end(self, term: str, plan: Rows, trial: Fraction) -> tuple[Fraction, bool]:
        """Move a trial weight towards the scenario's until the plan is best."""
        own = Fraction(self.scorer.scenario.weights[term])
        for _ in range(_TRIALS):
            weights = {**self.scorer.scenario.weights, term: float(trial)}
            try:
                other = self.best(weights)
            except (DiagramLimitError, TimeUpError):
                return own, False
            nano = self.nano(weights)
            if other is None or nano[list(other)].sum() <= nano[list(plan)].sum():
                return trial, True
            equal = self._equal(term, plan, other)
            if equal is None or abs(equal - own) >= abs(trial - own):
                return trial, True  # the two are equal as far as rounding to nano-points tells
            if (equal - own) * (trial - own) < 0:
                return own, True  # likewise at the scenario's own weight
            trial = equal
        return trial, False

    def _equal(self, term: str, plan: Rows, other: Rows) -> Fraction | None:
        """Weight of a term for which two plans score the same; None where it does not matter."""
        first, second = self._points(plan), self._points(other)
        rest = Fraction(0)
        slope = Fraction(0)
        for column, one in enumerate(self.scorer.terms):
            more = first[column] - second[column]
            if one.name == term:
                slope = more
            else:
                rest += Fraction(self.scorer.scenario.weights[one.name]) * more
        return -rest / slope if slope else None

    def _points(self, plan: Rows) -> list[Fraction]:
        """Points of a plan for a unit of each weight, exactly."""
        points = []
        for column, term in enumerate(self.scorer.terms):
            total = sum((Fraction(float(self.values[row, column])) for row in plan), Fraction(0))
            points.append(term.sense * total / self.scorer.divisor(term))
        return points
