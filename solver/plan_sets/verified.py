"""Plans put to the independent verifier before they leave the program."""

from __future__ import annotations

from collections.abc import Iterable

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ..candidates.sets import Part
from ..results.plan import Plan
from ..verification.defects import check_own_plan


def check_plans(
    instance: Instance, scenario: Scenario, region: str, plans: Iterable[tuple[Plan, int | None]]
) -> dict[tuple[Part, ...], int]:
    """Verify plans of a region.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    region : str
    plans : iterable of (Plan, int or None)
        Each with the score that it is said to have, in nano-points.

    Returns
    -------
    dict of tuple of tuple of int to int
        Scores of the plans by the members of their mergers.

    Raises
    ------
    DefectError
        A plan breaks a rule, or its score is another one.
    """
    clean: dict[tuple[Part, ...], int] = {}
    for plan, score in plans:
        check_own_plan(instance, scenario, plan, [region], name=f"a plan of {region}", score_nano=score)
        clean[tuple(merger.members for merger in plan.mergers)] = plan.score_nano
    return clean
