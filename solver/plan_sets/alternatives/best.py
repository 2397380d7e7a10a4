"""The k best plans of regions and of all of them together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING
from functools import partial

from ....instances.common.activity import doing
from ....instances.common.deprecated import parameters_into
from ....instances.common.problems import reject
from ....instances.instance import Instance
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ...candidates.region import RegionListing
from ...deadline import Deadline, Limits
from ...diagrams.diagram import ARC_BYTES, MOST_ARCS
from ...diagrams.k_best import Ranked, k_best
from ...executing.choosing import executor_of
from ...executing.executor import Executor
from ...partition.problem import problems_of
from ...partition.relaxation import price
from ...progress import Progress, Step, telling
from ...results.status import points_text
from ..base import ALL
from ..regions import Region, each_region
from .k_best_sums import combine
from .params import AlternativesParams
from .result import Alternatives, RankedPlan, RankedPlans

MOST_PLANS = 1_000_000
"""Most plans that may be asked for."""


@parameters_into(Limits, "limits", time_limit="seconds")
@parameters_into(AlternativesParams, most_arcs="most_arcs")
@doing("listing the best plans")
def best_plans(
    instance: Instance,
    scenario: Scenario,
    k: int,
    *,
    regions: Sequence[str] | None = None,
    limits: Limits = Limits(),
    params: AlternativesParams = AlternativesParams(),
    progress: Progress | None = None,
    cluster: Executor | str | None = None,
) -> Alternatives:
    """List the k best plans of each region and of all of them together, in exact order.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level.
    k : int
        At least 1. Where there are fewer plans, all of them are given.
    regions : sequence of str, optional
        All by default.
    limits : Limits
        Where one is reached, the plans that are certain then are given, and the lists say so.
    params : AlternativesParams
        Sizes at which a list is ended likewise.
    progress : callable, optional
    cluster : Executor or str, optional
        What answers in place of this process: the Dask scheduler at an address, or an executor. Does not
        change the answer; the limit of memory is one of each of its processes.

    Returns
    -------
    Alternatives
        A region without a plan has an empty list.

    Raises
    ------
    InputError
        Scenario and instance do not fit, or `k` is out of range.

    Examples
    --------
    >>> from refzones.instances import load
    >>> best = best_plans(load("flanders-2025"), Scenario.preset("mergers"), 3, regions=["Waasland"])
    >>> [plan.rank for plan in best.of("Waasland").plans]
    [1, 2, 3]
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
        partial(_of_region, k, params.most_arcs),
        tell=telling(progress, arguments_before),
        executor=executor_of(cluster),
    )
    by_region = tuple(_ranked(one.name, one, k, one.reason) for one in lists)
    several = len(by_region) > 1 and all(one.plans for one in by_region)
    whole = _ranked(ALL, combine(lists, k), k) if several else None
    return Alternatives(instance, scenario, time.perf_counter() - begun, k, by_region, whole)


@dataclass(frozen=True)
class _OfRegion(Ranked):
    """The ranked plans of a region.

    Attributes
    ----------
    name : str
    reason : str
        Why the cluster lost it.
    """

    name: str = ""
    reason: str = ""


def _of_region(k: int, most_arcs: int, region: Region) -> _OfRegion:
    """Rank the plans of a region."""
    ranked = Ranked((), False)
    if region.listing is not None:
        ranked = rank_region(region.listing, k, region.deadline, region.limits.room(ARC_BYTES, most_arcs))
    return _OfRegion(**ranked.__dict__, name=region.name, reason=region.reason)


def check_number(k: int) -> None:
    """Make sure that a number of plans can be asked for.

    Raises
    ------
    InputError
        It cannot.
    """
    if not 1 <= k <= MOST_PLANS:
        reject(f"the number of plans must be from 1 to {MOST_PLANS:,}", value=k)


def arguments_before(step: Step) -> tuple[object, ...]:
    """Give what progress callbacks of three arguments are called with: region, number of plans, seconds."""
    return step.name, len(step.answer.plans), step.seconds


def rank_region(
    listed: RegionListing, k: int, deadline: Deadline = Deadline(), most_arcs: int = MOST_ARCS
) -> Ranked:
    """List the k best plans of a region: those of its components, combined."""
    lists = [
        k_best(price(problem, deadline), k, deadline=deadline, most_arcs=most_arcs)
        for problem in problems_of(listed)
    ]
    return combine(lists, k)


def _ranked(region: str, ranked: Ranked, k: int, reason: str = "") -> RankedPlans:
    best = ranked.plans[0][0] if ranked.plans else 0
    plans = tuple(
        RankedPlan(rank, score, best - score, parts) for rank, (score, parts) in enumerate(ranked.plans, 1)
    )
    return RankedPlans(region, plans, ranked.is_all, reason or _note(ranked, k))


def _note(ranked: Ranked, k: int) -> str:
    """Say what a reader must know about a list."""
    if ranked.is_all and not ranked.plans:
        return "no plan keeps all rules"
    if ranked.is_all:
        fewer = f", fewer than {k:,}" if len(ranked.plans) < k else ""
        return f"plans in all: {len(ranked.plans):,}{fewer}; all are given"
    if ranked.unseen is not None and ranked.plans:
        return (
            f"a limit ended the listing: these {len(ranked.plans):,} are the best, in order; all others "
            f"score at most {points_text(ranked.unseen, ROUND_CEILING)}"
        )
    if not ranked.plans:
        return "a limit ended the listing before a plan was certain"
    return ""
