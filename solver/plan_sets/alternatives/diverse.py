"""Good plans that differ most from each other."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ....instances.common.activity import doing
from ....instances.common.arrays import BoolArray, IntArray
from ....instances.common.deprecated import parameters_into
from ....instances.instance import Instance
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ...candidates.region import RegionListing
from ...candidates.sets import Part
from ...deadline import Deadline, Limits, TimeUpError
from ...diagrams.diagram import ARC_BYTES, DiagramLimitError
from ...executing.choosing import executor_of
from ...executing.executor import Executor
from ...progress import Progress, telling
from ..regions import Region, each_region
from .best import arguments_before, check_number, rank_region
from .co_assignment import near_optimal_by_component
from .loss import Loss
from .near_optimal import NearOptimalPlans
from .params import AlternativesParams
from .result import Alternatives, RankedPlan, RankedPlans


@dataclass(frozen=True)
class _PairSets:
    """Plans of some municipalities as sets of pairs of them that are in one merger.

    Attributes
    ----------
    together : ndarray of int8, shape (n, pairs)
    weight : ndarray of int64, shape (pairs,)
        Pairs of inhabitants of the two.
    """

    together: NDArray[np.int8]
    weight: IntArray

    def apart(self, plan: int) -> IntArray:
        """Count the pairs of inhabitants that each plan places otherwise than one of them, shape (n,)."""
        pairs = np.zeros(len(self.together), dtype=np.int64)
        one = self.together[plan]
        for pair in range(self.together.shape[1]):
            pairs += self.weight[pair] * (self.together[:, pair] != one[pair])
        return pairs


@dataclass(frozen=True)
class _Pool:
    """The good plans of a region: one plan of each block by its place.

    Attributes
    ----------
    blocks : list of _PairSets
    places : ndarray of int64, shape (n, blocks)
    loss : ndarray of int64, shape (n,)
    parts : callable
        Gives the parts of a plan.
    """

    blocks: list[_PairSets]
    places: IntArray
    loss: IntArray
    parts: Callable[[int], tuple[Part, ...]]

    def apart(self, plan: int) -> IntArray:
        """Count the pairs of inhabitants that each plan places otherwise than one of them, shape (n,)."""
        pairs = np.zeros(len(self.places), dtype=np.int64)
        for k, block in enumerate(self.blocks):
            pairs += block.apart(int(self.places[plan, k]))[self.places[:, k]]
        return pairs


@parameters_into(Limits, "limits", time_limit="seconds")
@parameters_into(AlternativesParams, most="most_compared", most_arcs="most_arcs")
@doing("looking for plans that differ")
def diverse_plans(
    instance: Instance,
    scenario: Scenario,
    k: int,
    loss: Loss,
    *,
    regions: Sequence[str] | None = None,
    limits: Limits = Limits(),
    params: AlternativesParams = AlternativesParams(),
    progress: Progress | None = None,
    cluster: Executor | str | None = None,
) -> Alternatives:
    """Choose k plans of each region, all within a loss, that differ most.

    The first is the best plan; each next one is, of all good plans, the one whose distance to the nearest
    plan chosen is greatest (of equals the better one). The distance is the share of the pairs of inhabitants
    that two plans place differently, 1 less the Rand index. All good plans are listed and each step is exact;
    the choice as a whole is greedy. For two plans with the optimum among them it is the best there is; for
    more, the least distance among them is at least half of what any choice of k plans reaches (Ravi,
    Rosenkrantz and Tayi 1994).

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level.
    k : int
    loss : Loss
        What a plan may lack to the best one of its region.
    regions : sequence of str, optional
        All by default; each by itself, as every combination of their plans is a plan of all.
    limits : Limits
    params : AlternativesParams
        Where there are more good plans than are compared, only the best are, and the list says so.
    progress : callable, optional
    cluster : Executor or str, optional
        What answers in place of this process: the Dask scheduler at an address, or an executor. Does not
        change the answer; the limit of memory is one of each of its processes.

    Returns
    -------
    Alternatives
    """
    begun = time.perf_counter()
    instance = framed(instance, scenario)
    check_number(k)
    scenario.check_weights()
    lists = each_region(
        instance,
        scenario,
        regions,
        limits,
        partial(_chosen, k, loss, params),
        tell=telling(progress, arguments_before),
        executor=executor_of(cluster),
    )
    return Alternatives(instance, scenario, time.perf_counter() - begun, k, tuple(lists), None, loss.text)


def _chosen(k: int, loss: Loss, params: AlternativesParams, region: Region) -> RankedPlans:
    """Choose the plans of a region, if it could be listed."""
    if region.listing is None:
        note = region.reason or "a limit ended the listing before a plan was certain"
        return RankedPlans(region.name, (), False, note)
    params = replace(params, most_arcs=region.limits.room(ARC_BYTES, params.most_arcs))
    return _of_region(region.listing, k, loss, region.deadline, params)


def _of_region(
    listed: RegionListing, k: int, loss: Loss, deadline: Deadline, params: AlternativesParams
) -> RankedPlans:
    """Choose the plans of a region."""
    name = listed.name
    population = listed.question.instance.population
    sampled = ""
    try:
        good = near_optimal_by_component(listed, loss, deadline, params.most_compared, params)
        if good is None:
            return RankedPlans(name, (), True, "no plan keeps all rules")
        best = sum(component.best for component in good[0])
        plans = _pool(*good, population, params.most_compared)
    except (DiagramLimitError, TimeUpError):
        ranked = rank_region(listed, params.sampled, deadline, params.most_arcs)
        if not ranked.plans:
            return RankedPlans(name, (), False, "a limit ended the listing before a plan was certain")
        best = ranked.plans[0][0]
        some = [one for one in ranked.plans if best - one[0] <= loss.nano(best)]
        plans = _pool_of(some, listed.question.instance.members(listed.region), population)
        if not ranked.holds_all_within(loss.nano(best)):
            sampled = f"chosen among the {len(some):,} best plans only: a limit ended the list of good ones"
    inhabitants = int(population[listed.question.instance.members(listed.region)].sum())
    chosen = _dispersed(plans, k, deadline)
    pairs = max(1, inhabitants * (inhabitants - 1) // 2)
    ranked_plans = tuple(
        RankedPlan(
            rank,
            best - int(plans.loss[plan]),
            int(plans.loss[plan]),
            plans.parts(plan),
            None if distance is None else distance / pairs,
        )
        for rank, (plan, distance) in enumerate(chosen, 1)
    )
    is_all = not sampled and len(ranked_plans) == len(plans.loss)
    note = sampled
    if is_all:
        fewer = f", fewer than {k:,}" if len(ranked_plans) < k else ""
        note = f"plans within the loss: {len(ranked_plans):,}{fewer}; all are given"
    elif len(ranked_plans) < min(k, len(plans.loss)):
        note = "; ".join([*([sampled] if sampled else []), "the time limit ended the choice"])
    return RankedPlans(name, ranked_plans, is_all, note)


def _dispersed(plans: _Pool, k: int, deadline: Deadline) -> list[tuple[int, int | None]]:
    """Choose plans one after the other; each with its distance to the nearest one chosen before."""
    first = _first_in_order(plans, plans.loss == 0)
    chosen: list[tuple[int, int | None]] = [(first, None)]
    nearest = plans.apart(first)
    left = np.ones(len(plans.loss), dtype=np.bool_)
    left[first] = False
    while left.any() and len(chosen) < k and not deadline.passed:
        farthest = left & (nearest == nearest[left].max())
        plan = _first_in_order(plans, farthest & (plans.loss == plans.loss[farthest].min()))
        chosen.append((plan, int(nearest[plan])))
        nearest = np.minimum(nearest, plans.apart(plan))
        left[plan] = False
    return chosen


def _first_in_order(plans: _Pool, mask: BoolArray) -> int:
    """Of some plans, the first in lexicographic order."""
    return min(np.flatnonzero(mask).tolist(), key=plans.parts)


def _pool(good: list[NearOptimalPlans], allowed: int, population: IntArray, most: int) -> _Pool:
    """Combine the good plans of the components of a region, as far as they are good together.

    Raises
    ------
    DiagramLimitError
        There are too many.
    """
    places, loss = np.zeros((1, 0), dtype=np.int64), np.zeros(1, dtype=np.int64)
    for component in good:
        if len(loss) * len(component) > 10 * most:
            raise DiagramLimitError
        total = np.add.outer(loss, component.loss)
        a, b = np.nonzero(total <= allowed)
        places, loss = np.column_stack([places[a], b]), total[a, b]
        if len(loss) > most:
            raise DiagramLimitError

    def parts(plan: int) -> tuple[Part, ...]:
        chosen = (component.parts(int(place)) for component, place in zip(good, places[plan], strict=True))
        return tuple(sorted(part for some in chosen for part in some))

    return _Pool([_pair_sets(component, population) for component in good], places, loss, parts)


def _pair_sets(good: NearOptimalPlans, population: IntArray) -> _PairSets:
    """Write the plans of a component as sets of pairs."""
    municipalities = good.priced.candidates.municipalities
    a, b = np.triu_indices(len(municipalities), 1)
    levels: list[NDArray[np.int8]] = []
    for depth, level in enumerate(good.levels):
        rows, back = np.unique(level.row, return_inverse=True)
        bits = good.priced.candidates.dense(rows).astype(np.int8)
        own = (bits[:, a] * bits[:, b])[back]
        levels.append(own + levels[-1][level.parent] if depth else own)
    together = np.zeros((len(good), len(a)), dtype=np.int8)
    for depth, bits in enumerate(levels):
        ended = good.level == depth
        together[ended] = bits[good.place[ended]]
    # pairs that all plans place alike say nothing
    varied = together.min(axis=0, initial=1) != together.max(axis=0, initial=0)
    weight = population[municipalities[a]] * population[municipalities[b]]
    return _PairSets(together[:, varied], weight[varied])


def _pool_of(
    ranked: Sequence[tuple[int, tuple[Part, ...]]], members: IntArray, population: IntArray
) -> _Pool:
    """Take plans that were ranked."""
    a, b = np.triu_indices(len(members), 1)
    together = np.zeros((len(ranked), len(a)), dtype=np.int8)
    for k, (_, parts) in enumerate(ranked):
        first = {i: part[0] for part in parts for i in part}
        label = np.array([first[i] for i in members.tolist()])
        together[k] = label[a] == label[b]
    weight = population[members[a]] * population[members[b]]
    loss = np.array([ranked[0][0] - score for score, _ in ranked], dtype=np.int64)
    places = np.arange(len(ranked), dtype=np.int64)[:, None]
    return _Pool([_PairSets(together, weight)], places, loss, lambda plan: ranked[plan][1])
