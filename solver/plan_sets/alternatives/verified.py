"""Plans of regions put to the independent verifier before they leave the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ....instances.common.activity import doing
from ....instances.instance import Instance
from ...candidates.sets import Part
from ...deadline import Deadline
from ...verification.defects import DefectError
from ..verified import check_plans
from .result import Alternatives, RankedPlans

_NOT_CHECKED = "the time limit left no more to check further plans, which are left out"


@doing("checking plans")
def check_alternatives(alternatives: Alternatives, deadline: Deadline = Deadline()) -> Alternatives:
    """Verify every plan of every region; plans of all regions are sums of these.

    Parameters
    ----------
    alternatives : Alternatives
    deadline : Deadline
        Lists end where there is no time to check more; the best plan of a region is checked in any case.

    Returns
    -------
    Alternatives
        What was checked, shorter lists with a note that says so.

    Raises
    ------
    DefectError
        A plan is not clean, or one of all regions is not made of plans that are.
    """
    instance = alternatives.instance
    clean: dict[int, dict[tuple[Part, ...], int]] = {}
    for left, plans in enumerate(alternatives.by_region, start=-len(alternatives.by_region)):
        until = deadline.part(1 / -left)
        made = (
            (alternatives.plan_of(plan.parts), plan.score_nano)
            for place, plan in enumerate(plans.plans)
            if not place or not until.passed
        )
        region = instance.regions.index(plans.region)
        clean[region] = check_plans(instance, alternatives.scenario, plans.region, made)
    place = instance.regions.index
    by_region = [_first(plans, len(clean[place(plans.region)])) for plans in alternatives.by_region]
    if alternatives.whole is None:
        return replace(alternatives, by_region=tuple(by_region))
    sums = 0
    for plan in alternatives.whole.plans:
        scores = [clean[region].get(parts) for region, parts in _by_region(instance, plan.parts).items()]
        if deadline.passed and None in scores:
            break
        known = [score for score in scores if score is not None]
        if len(known) < len(clean) or sum(known) != plan.score_nano:
            raise DefectError(f"plan {plan.rank} of all regions is not made of theirs")
        sums += 1
    return replace(alternatives, by_region=tuple(by_region), whole=_first(alternatives.whole, sums))


def _first(plans: RankedPlans, number: int) -> RankedPlans:
    """Keep the first plans of a list, as many as were checked."""
    if number == len(plans.plans):
        return plans
    # what was said of the longer list, such as that it is complete, does not hold of this one
    return replace(plans, plans=plans.plans[:number], is_all=False, note=_NOT_CHECKED)


def _by_region(instance: Instance, parts: Sequence[Part]) -> dict[int, tuple[Part, ...]]:
    """Divide the parts of a plan by region."""
    by_region: dict[int, list[Part]] = {}
    for part in parts:
        by_region.setdefault(int(instance.region[part[0]]), []).append(part)
    return {region: tuple(some) for region, some in by_region.items()}
