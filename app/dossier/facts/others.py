"""Other plans of a region: those that differ most, and what good plans agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....instances.instance import Instance
from ....models.scenario.scenario import Scenario
from ....models.scoring.scorer import NANO
from ....solver.deadline import Deadline
from ....solver.plan_sets.alternatives import Loss, RegionPairs, agreement, diverse_plans
from ....solver.results.counts import count_parts
from ....solver.results.plan import Plan
from ....solver.results.region_result import RegionResult
from ....solver.review.who_moves import Moves, moves_between
from ....solver.review.without import PlanWithout
from ....solver.verification.defects import check_own_plan
from .record import AlternativeFigures, AlternativesFigures, PairFigures, SettledFigures

LOSSES = (1, 2, 5, 10, 20)
"""Per cent of the score that other plans may lack: the first within which there are enough."""

ENOUGH = 4
"""Good plans, the best one included, that are enough to tell of."""

SHOWN = 3
"""Alternatives that are shown."""


@dataclass(frozen=True, eq=False)
class Other:
    """A plan of a region beside that of the run.

    Attributes
    ----------
    plan : Plan
    loss_nano : int
        What it lacks to the plan of the run.
    moves : Moves
        Who moves from that plan to this one.
    zone_moves : Moves or None
        The same of zones, where mergers are nested in them.
    distance : float or None
        See `RankedPlan`.
    """

    plan: Plan
    loss_nano: int
    moves: Moves
    zone_moves: Moves | None = None
    distance: float | None = None


@dataclass(frozen=True, eq=False)
class Others:
    """Plans of a region that differ from that of the run.

    Attributes
    ----------
    within : int or None
        Per cent of the score that they lack at most; None where they are the best plans without one part.
    is_all : bool
        Whether all plans within that were looked at.
    plans : tuple of Other
        The least loss first.
    pairs : RegionPairs or None
        What the plans within the same loss agree on.
    are_only : bool
        Whether there are no others within the loss.
    """

    within: int | None
    is_all: bool
    plans: tuple[Other, ...]
    pairs: RegionPairs | None = None
    are_only: bool = False


def other(instance: Instance, region: RegionResult, plan: Plan, distance: float | None = None) -> Other:
    """Hold a plan of a region, which is verified first, against that of the run."""
    assert plan.scenario is not None
    check_own_plan(instance, plan.scenario, plan, [region.name], name=f"an alternative for {region.name}")
    return Other(
        plan,
        (region.score_nano or 0) - plan.score_nano,
        moves_between(instance, region.mergers, plan.mergers),
        moves_between(instance, region.zones, plan.zones) if region.zones else None,
        distance,
    )


def others_of(
    instance: Instance, scenario: Scenario, region: RegionResult, deadline: Deadline
) -> Others | None:
    """Find plans that differ most within the least loss that gives enough of them, and what they agree on.

    None where plans of two levels are asked for, of which nothing is listed, or where time is up.
    """
    if scenario.zones is not None:
        return None
    own = frozenset(merger.members for merger in region.mergers)
    found = None
    for percent in LOSSES:
        if deadline.passed:
            break
        loss, limits = Loss.read(f"{percent}%"), deadline.limits()
        diverse = diverse_plans(instance, scenario, ENOUGH, loss, regions=[region.name], limits=limits)
        ranked = diverse.of(region.name)
        plans = [
            (diverse.plan_of(one.parts), one.distance) for one in ranked.plans if frozenset(one.parts) != own
        ]
        others = tuple(other(instance, region, plan, distance) for plan, distance in plans)
        looked_at = ranked.is_all or not ranked.note
        only = ranked.is_all and len(others) <= SHOWN
        found = Others(percent, looked_at, others[:SHOWN], are_only=only)
        if len(ranked.plans) >= ENOUGH:
            break
    if found is None or found.within is None or deadline.passed:
        return found
    loss = Loss.read(f"{found.within}%")
    agreed = agreement(instance, scenario, loss, regions=[region.name], limits=deadline.limits())
    pairs = next(iter(agreed.by_region), None)
    by_loss = tuple(sorted(found.plans, key=lambda one: one.loss_nano))
    return replace(found, plans=by_loss, pairs=pairs)


def next_best(instance: Instance, region: RegionResult, without: Sequence[PlanWithout]) -> Others | None:
    """Take the best plans without one part each as alternatives: the least loss first, each once."""
    plans = {
        (
            tuple(part.members for part in one.plan.mergers),
            tuple(part.members for part in one.plan.zones),
        ): one.plan
        for one in without
        if one.plan is not None
    }
    best = sorted(plans.items(), key=lambda item: (-item[1].score_nano, item[0]))
    if not best:
        return None
    return Others(None, True, tuple(other(instance, region, plan) for _, plan in best[:SHOWN]))


def alternatives_figures(instance: Instance, others: Others) -> AlternativesFigures:
    """Write down other plans."""
    return AlternativesFigures(
        within=None if others.within is None else others.within / 100,
        is_all=others.is_all,
        plans=[
            AlternativeFigures(
                loss_nano=one.loss_nano,
                loss=one.loss_nano / NANO,
                distance=one.distance,
                after=count_parts(one.plan.mergers).after,
                municipalities=one.moves.municipalities,
                inhabitants=one.moves.inhabitants,
                mergers=[[instance.codes[i] for i in part.members] for part in one.plan.mergers],
            )
            for one in others.plans
        ],
    )


def settled_figures(instance: Instance, others: Others) -> SettledFigures | None:
    """Write down what good plans agree on."""
    pairs = others.pairs
    if pairs is None or others.within is None or not pairs.plans:
        return None
    return SettledFigures(
        within=others.within / 100,
        loss_nano=pairs.loss_nano,
        plans=pairs.plans,
        is_exact=pairs.is_exact,
        pairs=[
            PairFigures(
                one=instance.codes[a], other=instance.codes[b], merging=merging, share=merging / pairs.plans
            )
            for (a, b), merging in zip(pairs.pairs.tolist(), pairs.merging.tolist(), strict=True)
        ],
    )
