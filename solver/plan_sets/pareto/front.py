"""Trade-offs of a question: the front of each region, and of all of them together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from ....instances.common.activity import doing
from ....instances.common.arrays import FloatArray, IntArray
from ....instances.common.deprecated import parameters_into
from ....instances.common.problems import reject
from ....instances.instance import Instance
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ....models.scoring.reported_values import Base, base_of, pooled_values, reported_value
from ....models.scoring.scorer import NANO, Scorer
from ...candidates.region import RegionListing
from ...candidates.sets import Part
from ...deadline import Deadline, Limits
from ...diagrams.diagram import ARC_BYTES
from ...executing.choosing import executor_of
from ...executing.executor import Executor
from ...partition.problem import problems_of
from ...progress import Progress, telling
from ..base import ALL
from ..regions import Region, each_region
from .minkowski import minkowski_sum
from .params import ParetoParams
from .result import Front, ParetoFront
from .search_regions import Point
from .supported import weight_intervals
from .terms import check_terms, weighing
from .thinning import thinned_sums
from .tri_objective import tri_objective_points
from .two_phase import NondominatedPoints, bi_objective_points

_LABEL_BYTES = 50
PRECISION = 0.1
"""Share of the span of each of three terms."""


@parameters_into(Limits, "limits", time_limit="seconds")
@parameters_into(ParetoParams, most_arcs="most_arcs", most_labels="most_labels")
@doing("looking for trade-offs")
def pareto_front(
    instance: Instance,
    scenario: Scenario,
    terms: Sequence[str],
    *,
    regions: Sequence[str] | None = None,
    precision: float = PRECISION,
    limits: Limits = Limits(),
    params: ParetoParams = ParetoParams(),
    progress: Progress | None = None,
    cluster: Executor | str | None = None,
) -> ParetoFront:
    """Find the points that no plan beats in every one of some terms, for each region and for all together.

    Two terms: all of them, exactly. Three: enough of them that every plan is within a precision of one.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level. Its bounds, rules and locks hold; its weights do not matter.
    terms : sequence of str
        Two or three different ones, whether the scenario weighs them or not.
    regions : sequence of str, optional
        All by default.
    precision : float
        With three terms: a share of the span of each term in the region, 0 to 1; see
        `tri_objective_points`. What it comes to stands in each `Front`; for all regions together it is
        twice the sum over the regions.
    limits : Limits
        Where one is reached, fronts that are not complete then say so.
    params : ParetoParams
        Sizes at which the work on a front is ended likewise.
    progress : callable, optional
    cluster : Executor or str, optional
        What answers in place of this process: the Dask scheduler at an address, or an executor. Does not
        change the answer; the limit of memory is one of each of its processes.

    Returns
    -------
    ParetoFront
        A region without a plan has an empty front.

    Raises
    ------
    InputError
        Scenario, instance and terms do not fit.

    Examples
    --------
    >>> from refzones.instances import load
    >>> trade_offs = pareto_front(
    ...     load("flanders-2025"), Scenario.preset("mergers"), ["coverage", "distance"], regions=["Waasland"]
    ... )
    >>> len(trade_offs.of("Waasland"))
    6
    """
    begun = time.perf_counter()
    instance = framed(instance, scenario)
    check_terms(terms)
    if not 0 <= precision <= 1:
        reject("the precision must be a share from 0 to 1", "0.1 is a tenth of the span", value=precision)
    asked = weighing(scenario, terms)
    scorer = Scorer(instance, asked)
    fronts = each_region(
        instance,
        asked,
        regions,
        limits,
        partial(_front, scorer, terms, precision, params),
        tell=telling(progress),
        executor=executor_of(cluster),
    )
    whole = _whole(fronts, scorer) if len(fronts) > 1 and all(map(len, fronts)) else None
    return ParetoFront(instance, scenario, tuple(terms), tuple(fronts), whole, time.perf_counter() - begun)


def _front(
    scorer: Scorer, terms: Sequence[str], precision: float, params: ParetoParams, region: Region
) -> Front:
    """Find the front of a region, if it could be listed."""
    points = NondominatedPoints(np.zeros((0, len(terms)), dtype=np.int64), (), is_proved=False)
    near: Point = (0,) * len(terms)
    if region.listing is not None:
        params = replace(
            params,
            most_arcs=region.limits.room(ARC_BYTES, params.most_arcs),
            most_labels=region.limits.room(_LABEL_BYTES, params.most_labels),
        )
        points, near = _points_of_region(region.listing, terms, precision, region.deadline, params)
    return _of_points(region.name, scorer, points, near, region.seconds_of_work)


def _points_of_region(
    listed: RegionListing, terms: Sequence[str], precision: float, deadline: Deadline, params: ParetoParams
) -> tuple[NondominatedPoints, Point]:
    """Sum the fronts of the components of a region; give its precision in nano-units, too."""
    scores = [list(listed.scores({term: 1.0})) for term in terms]
    exactly: Point = (0,) * len(terms)
    components, near = [], np.zeros(len(terms), dtype=np.int64)
    for k, problem in enumerate(problems_of(listed)):
        values = np.column_stack([nano[k] for nano in scores])
        if len(terms) == 2:
            points, within = bi_objective_points(problem, values, deadline=deadline, params=params), exactly
        else:
            points, within = tri_objective_points(
                problem, values, precision, deadline=deadline, params=params
            )
        components.append(points)
        near += np.array(within, dtype=np.int64)
        if not len(points.values):
            return points, within
    fronts = [one.values for one in components]
    values, parents = minkowski_sum(fronts) if len(terms) == 2 else thinned_sums(fronts, exactly)
    is_proved = all(one.is_proved for one in components)
    return NondominatedPoints(values, _joined(components, parents), is_proved), tuple(near.tolist())


def _joined(components: Sequence[NondominatedPoints], parents: IntArray) -> tuple[tuple[Part, ...], ...]:
    """Put the plans of components together."""
    return tuple(
        tuple(sorted(part for one, place in zip(components, row, strict=True) for part in one.plans[place]))
        for row in parents.tolist()
    )


def _of_points(
    name: str, scorer: Scorer, points: NondominatedPoints, near: Sequence[int], seconds: float
) -> Front:
    """Front of a region, its values as means over its inhabitants."""
    members = scorer.instance.members(scorer.instance.regions.index(name))
    bases = [base_of(term, members.tolist()) for term in scorer.terms]
    return _made(
        name,
        scorer,
        points.values,
        _means(scorer, points.plans, members, bases),
        plans=points.plans,
        near=near,
        is_proved=points.is_proved,
        seconds=seconds,
        bases=tuple(base.number for base in bases),
        inhabitants=int(scorer.instance.population[members].sum()),
    )


def _means(
    scorer: Scorer, plans: Sequence[tuple[Part, ...]], of: IntArray, bases: Sequence[Base]
) -> FloatArray:
    """Value of plans of a region in each term, shape (p, t), from their mergers and not from nano-units."""
    place = {part: k for k, part in enumerate(sorted({part for plan in plans for part in plan}))}
    members = np.zeros((len(place), len(of)))
    for part, k in place.items():
        members[k, np.searchsorted(of, part)] = 1
    values = scorer.values(members, of)
    totals = [values[[place[part] for part in plan]].sum(axis=0).tolist() for plan in plans]
    means = [
        [
            reported_value(term, total, base)
            for term, total, base in zip(scorer.terms, row, bases, strict=True)
        ]
        for row in totals
    ]
    return np.array(means, dtype=np.float64).reshape(len(plans), len(bases))


@doing("all regions together: looking for trade-offs")
def _whole(fronts: Sequence[Front], scorer: Scorer) -> Front:
    """Front of all regions together."""
    begun = time.perf_counter()
    near = np.zeros(len(scorer.terms), dtype=np.int64)
    if len(scorer.terms) == 2:
        nano, parents = minkowski_sum([front.nano for front in fronts])
    else:
        of_regions = np.array([front.precision_nano for front in fronts]).sum(axis=0)
        cell = [int(one / len(fronts)) for one in of_regions.tolist()]
        nano, parents = thinned_sums([front.nano for front in fronts], cell)
        near = of_regions + len(fronts) * np.array(cell)
    numbers = np.array([front.bases for front in fronts], dtype=np.float64)
    values = np.stack([front.values[parents[:, k]] for k, front in enumerate(fronts)], axis=-1)
    means = [pooled_values(term, values[:, t], numbers[:, t]) for t, term in enumerate(scorer.terms)]
    return _made(
        ALL,
        scorer,
        nano,
        np.column_stack(means),
        parents=parents,
        near=near.tolist(),
        is_proved=all(front.is_proved for front in fronts),
        seconds=time.perf_counter() - begun,
        bases=tuple(
            1.0 if term.divided_by == "nothing" else float(numbers[:, t].sum())
            for t, term in enumerate(scorer.terms)
        ),
        inhabitants=sum(front.inhabitants for front in fronts),
    )


def _made(
    name: str,
    scorer: Scorer,
    nano: IntArray,
    values: FloatArray,
    *,
    near: Sequence[int],
    is_proved: bool,
    seconds: float,
    bases: tuple[float, ...],
    inhabitants: int,
    plans: tuple[tuple[Part, ...], ...] = (),
    parents: IntArray | None = None,
) -> Front:
    nowhere = np.full(len(nano), np.nan)
    low, high = weight_intervals(nano) if len(scorer.terms) == 2 else (nowhere, nowhere)
    precise = [
        reported_value(term, one / NANO * scorer.divisor(term), Base(base, term.whole))
        for term, one, base in zip(scorer.terms, near, bases, strict=True)
    ]
    return Front(
        region=name,
        terms=tuple(term.name for term in scorer.terms),
        nano=nano,
        values=values,
        parents=np.zeros((len(nano), 0), dtype=np.int64) if parents is None else parents,
        plans=plans,
        weight_from=low,
        weight_to=high,
        precision=() if len(scorer.terms) == 2 else tuple(precise),
        precision_nano=() if len(scorer.terms) == 2 else tuple(near),
        bases=bases,
        inhabitants=inhabitants,
        is_proved=is_proved,
        seconds=seconds,
    )
