"""The best plan of a region as people would write it down: a group for each municipality."""

from __future__ import annotations

from functools import cache

from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import Result, solve


@cache
def best_of(region: str, preset: str = "mergers") -> Result:
    """Solve a region of the embedded instance once; what presets ask may change."""
    result = solve(load(), Scenario.preset(preset), regions=[region], workers=1)
    assert result.status == "optimal"
    return result


def best_groups(region: str) -> dict[str, str]:
    """Give each municipality the code of the first of its merger, by code."""
    plan, codes = best_of(region).plan, load().codes
    assert plan is not None
    groups = {codes[m]: codes[min(merger.members)] for merger in plan.mergers for m in merger.members}
    return dict(sorted(groups.items()))
