"""Check a plan against its instance and scenario, sharing no code with the search.

Everything is recomputed from the instance and the plan alone, in plain Python with networkx for contiguity:
cover, regions, contiguity, bounds, who stands alone, locks, seats, terms and scores. Slow and simple on
purpose: all that this module and the search have in common is the wording of `docs/design.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..instances import Instance
from .verification.checks import CHECKS
from .verification.level import mergers_level, scope_of
from .verification.violation import Kind, Violation

if TYPE_CHECKING:
    from ..models.scenario import Scenario
    from .result import Plan

__all__ = ["Kind", "Violation", "verify"]


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
    level = mergers_level(instance, scenario, plan, scope_of(instance, regions))
    return tuple(violation for check in CHECKS for violation in check(level))
