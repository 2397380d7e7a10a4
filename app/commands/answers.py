"""What commands that answer questions share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .clock import Clock

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...models.scenario.scenario import Scenario
    from ...solver.results.result import Result


def verify_or_stop(result: Result) -> None:
    """Verify a plan before anything of it leaves the program."""
    from ...solver.verification.defects import check_own_plan

    if result.plan is not None:
        solved = [region.name for region in result.by_region if region.score_nano is not None]
        check_own_plan(result.instance, result.scenario, result.plan, solved)


def with_prices_and_proofs(result: Result, clock: Clock, *, certificate: bool) -> Result:
    """Add what bounds under further columns cost, and the proofs written down, where these are asked for."""
    from ...solver.deadline import Limits
    from ...solver.regions.also import with_also_price

    result = with_also_price(result, Limits(clock.search(len(result.instance))))
    if not certificate:
        return result
    from ...solver.certificates.writing import certified

    return certified(result, Limits(clock.search(len(result.instance))))


def explain_missing(instance: Instance, scenario: Scenario, regions: Sequence[str], clock: Clock) -> None:
    """Say of regions without a plan which rules clash, and what is enough to change, as `solve` does."""
    from ...solver.deadline import Limits
    from ...solver.infeasibility.explanation import explain
    from ..terminal.console import say

    for region in regions:
        explanation = explain(instance, scenario, region, Limits(clock.each(20.0, len(regions))))
        why = "no plan keeps all rules" if explanation is None else explanation.in_words()
        say(f"{region}: infeasible: {why}")
