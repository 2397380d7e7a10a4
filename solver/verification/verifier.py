"""Check a plan against its instance and scenario, sharing no code with the search.

Everything is recomputed from the instance and the plan alone, in plain Python with networkx for contiguity:
cover, regions, contiguity, bounds, numbers, who stands alone, locks, existing mergers, frames, seats, terms
and scores, at one level or at both, and mergers inside zones. Slow and simple on purpose: all that this
module and the search have in common is the wording of `docs/design.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...instances import Instance
from ...instances.common.activity import doing
from .attribution import attributed
from .checks import CHECKS
from .level import levels_of, scope_of
from .regions import with_regions
from .violation import Kind, Violation
from .whole import check_nesting, check_total

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario
    from ..results.plan import Plan

__all__ = ["Kind", "Violation", "verify"]


@doing("verifying")
def verify(
    instance: Instance, scenario: Scenario, plan: Plan, *, regions: Sequence[str] | None = None
) -> tuple[Violation, ...]:
    """Check a plan from scratch.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    plan : Plan
    regions : sequence of str, optional
        Reference regions that the plan is to cover; all of the instance by default.

    Returns
    -------
    tuple of Violation
        All that is wrong; empty when the plan is clean.

    Raises
    ------
    InputError
        A region does not exist.

    Notes
    -----
    Takes O(n + m + sum of squared merger sizes) for n municipalities and m borders.
    """
    instance = with_regions(instance, scenario)
    levels = levels_of(instance, scenario, plan, scope_of(instance, regions))
    violations = [
        attributed(level, violation) for level in levels for check in CHECKS for violation in check(level)
    ]
    return (*violations, *check_nesting(plan, levels), *check_total(plan, levels))
