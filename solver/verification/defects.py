"""Plans of this program that do not pass verification: defects of the program, which must not leave it."""

from __future__ import annotations

from collections.abc import Sequence

from ...instances import Instance
from ...models.scenario.scenario import Scenario
from ..results.plan import Plan
from .verifier import verify


class DefectError(RuntimeError):
    """Something that this program found does not hold: a defect of it.

    Parameters
    ----------
    what : str
        In words.
    details : sequence of str
        One line each.
    """

    def __init__(self, what: str, details: Sequence[str] = ()) -> None:
        super().__init__("\n".join([f"a defect of this program: {what}", *(f"  {text}" for text in details)]))


def check_own_plan(
    instance: Instance,
    scenario: Scenario,
    plan: Plan,
    regions: Sequence[str],
    *,
    name: str = "the plan",
    score_nano: int | None = None,
) -> None:
    """Verify a plan that this program found.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    plan : Plan
    regions : sequence of str
        Those that the plan is for.
    name : str
        What to call it.
    score_nano : int, optional
        Score that it is said to have, in nano-points.

    Raises
    ------
    DefectError
        It breaks a rule, or its score is another one.
    """
    wrong = [violation.text for violation in verify(instance, scenario, plan, regions=regions)]
    if score_nano is not None and plan.score_nano != score_nano:
        wrong.append(f"its score is {plan.score_nano} billionths of a point, not {score_nano}")
    if wrong:
        raise DefectError(f"{name} does not pass verification", wrong)
