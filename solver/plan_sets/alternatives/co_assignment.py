"""Co-assignment in near-optimal plans: for each pair of neighbours, how many plans merge the two."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

import numpy as np

from ....instances.common.activity import doing
from ....instances.common.arrays import IntArray
from ....instances.common.deprecated import parameters_into
from ....instances.instance import Instance
from ....models.question.question import Question
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ...candidates.region import RegionListing
from ...deadline import Deadline, Limits, TimeUpError
from ...diagrams.diagram import ARC_BYTES, DiagramLimitError
from ...executing.choosing import executor_of
from ...executing.executor import Executor
from ...partition.problem import problems_of
from ...partition.relaxation import price
from ...progress import telling
from ..regions import Region, each_region
from .best import rank_region
from .loss import Loss
from .near_optimal import NearOptimalPlans, near_optimal_plans
from .params import AlternativesParams
from .result import Agreement, RegionPairs


@parameters_into(Limits, "limits", time_limit="seconds")
@parameters_into(AlternativesParams, most="most_good", most_arcs="most_arcs")
@doing("counting what good plans agree on")
def agreement(
    instance: Instance,
    scenario: Scenario,
    loss: Loss,
    *,
    regions: Sequence[str] | None = None,
    limits: Limits = Limits(),
    params: AlternativesParams = AlternativesParams(),
    cluster: Executor | str | None = None,
) -> Agreement:
    """Count, for each pair of neighbours, the good plans of their region that merge them.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level.
    loss : Loss
        A good plan lacks at most this to the best one of its region.
    regions : sequence of str, optional
        All by default.
    limits : Limits
    params : AlternativesParams
        Where there are more good plans of a region than are listed, the count rests on the best.
    cluster : Executor or str, optional
        What answers in place of this process: the Dask scheduler at an address, or an executor. Does not
        change the answer; the limit of memory is one of each of its processes.

    Returns
    -------
    Agreement
        Without regions that have no plan, or none that is known within the limits.

    Raises
    ------
    InputError
        Scenario and instance do not fit.
    """
    begun = time.perf_counter()
    instance = framed(instance, scenario)
    scenario.check_weights()
    found = each_region(
        instance,
        scenario,
        regions,
        limits,
        partial(_counted, loss, params),
        tell=telling(None),
        executor=executor_of(cluster),
    )
    by_region = tuple(pairs for pairs in found if pairs is not None)
    return Agreement(instance, scenario, time.perf_counter() - begun, loss.text, by_region)


def _counted(loss: Loss, params: AlternativesParams, region: Region) -> RegionPairs | None:
    """Count the good plans of a region, if it could be listed."""
    if region.listing is None:
        return None
    params = replace(params, most_arcs=region.limits.room(ARC_BYTES, params.most_arcs))
    return region_pairs(region.listing, loss, region.deadline, params)


def region_pairs(
    listed: RegionListing, loss: Loss, deadline: Deadline, params: AlternativesParams
) -> RegionPairs | None:
    """Count the good plans of a region that merge each pair of neighbours; None without a plan."""
    pairs = neighbour_pairs(listed.question, listed.region)
    try:
        components = near_optimal_by_component(listed, loss, deadline, params.most_good, params)
    except (DiagramLimitError, TimeUpError):
        return _of_the_best(listed, loss, pairs, deadline, params)
    if components is None:
        return None
    good, allowed = components
    plans, together = 0, np.zeros((len(listed.question.instance),) * 2, dtype=np.int64)
    for k, component in enumerate(good):
        others = sums_within([one.loss for one in (*good[:k], *good[k + 1 :])], allowed, params.most_good)
        weight = np.searchsorted(others, allowed - component.loss, side="right").astype(np.int64)
        plans = int(weight.sum())
        choosing = component.choosing(weight)
        rows = np.flatnonzero(choosing)
        candidates = component.priced.candidates
        bits = candidates.dense(rows).astype(np.int64)
        together[np.ix_(candidates.municipalities, candidates.municipalities)] = (
            bits * choosing[rows][:, None]
        ).T @ bits
    best = sum(component.best for component in good)
    merging = together[pairs[:, 0], pairs[:, 1]]
    return RegionPairs(listed.name, best, allowed, plans, True, pairs, merging)


def near_optimal_by_component(
    listed: RegionListing, loss: Loss, deadline: Deadline, most: int, params: AlternativesParams
) -> tuple[list[NearOptimalPlans], int] | None:
    """List the good plans of each component of a region, and what they may lack; None without a plan.

    Raises
    ------
    DiagramLimitError, TimeUpError
    """
    components = [price(problem, deadline) for problem in problems_of(listed)]
    best = 0
    for one in components:
        first = near_optimal_plans(one, 0, deadline=deadline, most=most, params=params)
        if first is None:
            return None
        best += first.best
    allowed = loss.nano(best)
    good = [
        near_optimal_plans(one, allowed, deadline=deadline, most=most, params=params) for one in components
    ]
    return [one for one in good if one is not None], allowed


def sums_within(losses: Sequence[IntArray], allowed: int, most: int) -> IntArray:
    """List all sums of one loss of each list that are within what is allowed, ascending.

    Raises
    ------
    DiagramLimitError
        There are too many.
    """
    total = np.zeros(1, dtype=np.int64)
    for loss in losses:
        if len(total) * len(loss) > 10 * most:
            raise DiagramLimitError
        sums = np.add.outer(total, loss).ravel()
        total = np.sort(sums[sums <= allowed])
    return total


def neighbour_pairs(question: Question, region: int) -> IntArray:
    """List the neighbours of a region under the scenario's rules, the lower index first; shape (p, 2)."""
    members = question.instance.members(region).tolist()
    pairs = [(a, b) for a in members for b in question.neighbours[a] if a < b]
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def _of_the_best(
    listed: RegionListing, loss: Loss, pairs: IntArray, deadline: Deadline, params: AlternativesParams
) -> RegionPairs | None:
    """Count among the best plans only."""
    ranked = rank_region(listed, params.sampled, deadline, params.most_arcs)
    if not ranked.plans:
        return None
    best = ranked.plans[0][0]
    allowed = loss.nano(best)
    good = [parts for score, parts in ranked.plans if best - score <= allowed]
    place = {pair: k for k, pair in enumerate(map(tuple, pairs.tolist()))}
    merging = np.zeros(len(pairs), dtype=np.int64)
    for parts in good:
        for part in parts:
            for pair in combinations(part, 2):
                if pair in place:
                    merging[place[pair]] += 1
    return RegionPairs(
        listed.name, best, allowed, len(good), ranked.holds_all_within(allowed), pairs, merging
    )
