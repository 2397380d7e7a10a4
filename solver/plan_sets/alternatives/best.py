"""The k best plans of regions and of all of them together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING

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
from ...partition.problem import problems_of
from ...partition.relaxation import price
from ...progress import Progress, Step, telling
from ...results.status import points_text
from ..base import ALL
from ..regions import listed_regions
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
    params = replace(params, most_arcs=limits.room(ARC_BYTES, params.most_arcs))
    deadline = limits.start()
    lists: dict[str, Ranked] = {}
    scenario.check_weights()
    tell = telling(progress, arguments_before)
    for region in listed_regions(instance, scenario, regions, deadline):
        ranked = Ranked((), False)
        if region.listing is not None:
            ranked = rank_region(region.listing, k, deadline, params.most_arcs)
        lists[region.name] = ranked
        tell(region.step(ranked))
    by_region = tuple(_ranked(name, one, k) for name, one in lists.items())
    several = len(by_region) > 1 and all(one.plans for one in by_region)
    whole = _ranked(ALL, combine(list(lists.values()), k), k) if several else None
    return Alternatives(instance, scenario, time.perf_counter() - begun, k, by_region, whole)


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


def _ranked(region: str, ranked: Ranked, k: int) -> RankedPlans:
    best = ranked.plans[0][0] if ranked.plans else 0
    plans = tuple(
        RankedPlan(rank, score, best - score, parts) for rank, (score, parts) in enumerate(ranked.plans, 1)
    )
    return RankedPlans(region, plans, ranked.is_all, _note(ranked, k))


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
