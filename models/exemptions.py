"""Who stands alone by rule, and is exempt from what merged municipalities must keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..instances.instance import Instance

if TYPE_CHECKING:
    from .scenario import Demands

FACILITY = "facility"
ABOVE_MAX = "above_max"
LOCKED = "locked"
"""Why a municipality stands alone."""


def exempt_by_rule(instance: Instance, demands: Demands) -> dict[int, str]:
    """Give who stands alone because of what it is, with the rule; size goes before facility.

    Such a municipality does not count as a merger and misses no bound. Names in `rules.joined` that mean
    nobody are passed over; `ask` reports them.
    """
    found: dict[int, str] = {}
    if demands.rules.facility == "alone":
        found |= dict.fromkeys(
            set(np.flatnonzero(instance.facility).tolist()) - _joined(instance, demands), FACILITY
        )
    if demands.rules.above_max == "alone":
        above = np.flatnonzero(instance.population > demands.population.max).tolist()
        found |= dict.fromkeys(above, ABOVE_MAX)
    return found


def _joined(instance: Instance, demands: Demands) -> set[int]:
    """Facility municipalities that take part by name."""
    joined = set()
    for text in demands.rules.joined:
        try:
            joined.add(instance.find(text))
        except KeyError:
            continue
    return joined
