"""Plans of regions put to the independent verifier before they leave the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...instances.instance import Instance
from ...models.scenario import Scenario
from ..listing import Part
from ..result import Plan
from ..verify import verify
from .result import Alternatives


class DefectError(RuntimeError):
    """A plan does not pass verification: a defect of this program."""


def check_plans(
    instance: Instance, scenario: Scenario, region: str, plans: Iterable[tuple[Plan, int | None]]
) -> dict[tuple[Part, ...], int]:
    """Verify plans of a region, and that they score what is said of them where something is.

    Returns
    -------
    dict of tuple of tuple of int to int
        Scores of the plans by their parts.

    Raises
    ------
    DefectError
        One of them is not clean.
    """
    clean: dict[tuple[Part, ...], int] = {}
    for plan, score in plans:
        wrong = [violation.text for violation in verify(instance, scenario, plan, regions=[region])]
        if score is not None and plan.score_nano != score:
            wrong.append(f"the plan scores {plan.score_nano}, not {score} billionths of a point")
        if wrong:
            raise DefectError(
                f"a defect of this program: a plan of {region} is not clean: {'; '.join(wrong)}"
            )
        clean[tuple(merger.members for merger in plan.mergers)] = plan.score_nano
    return clean


def check_alternatives(found: Alternatives) -> None:
    """Verify every plan of every region; plans of all regions are sums of these.

    Raises
    ------
    DefectError
        A plan is not clean, or one of all regions is not made of plans that are.
    """
    clean: dict[int, dict[tuple[Part, ...], int]] = {}
    for plans in found.by_region:
        made = ((found.plan_of(plan.parts), plan.score_nano) for plan in plans.plans)
        region = found.instance.regions.index(plans.region)
        clean[region] = check_plans(found.instance, found.scenario, plans.region, made)
    for plan in () if found.whole is None else found.whole.plans:
        scores = [
            clean[region].get(parts) for region, parts in _by_region(found.instance, plan.parts).items()
        ]
        known = [score for score in scores if score is not None]
        if len(known) < len(clean) or sum(known) != plan.score_nano:
            raise DefectError(
                f"a defect of this program: plan {plan.rank} of all regions is not made of theirs"
            )


def _by_region(instance: Instance, parts: Sequence[Part]) -> dict[int, tuple[Part, ...]]:
    """Divide the parts of a plan by region."""
    found: dict[int, list[Part]] = {}
    for part in parts:
        found.setdefault(int(instance.region[part[0]]), []).append(part)
    return {region: tuple(some) for region, some in found.items()}
