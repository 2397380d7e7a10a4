"""What lies between the levels of a plan: mergers inside zones, and the sum of all scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .attribution import attributed
from .figures import score_nano
from .level import Level
from .scores import unclear_terms
from .violation import Violation

if TYPE_CHECKING:
    from ..results.plan import Plan


def check_nesting(plan: Plan, levels: Sequence[Level]) -> Iterator[Violation]:
    """Every merger lies inside one zone; a plan of one level has no zones beside it."""
    if len(levels) == 1:
        if plan.zones:
            text = f"the plan has {len(plan.zones)} zones, but the scenario asks for one level only"
            yield Violation("nesting", text)
        return
    zones, mergers = levels
    for part in mergers.parts:
        touched = [zone for zone in zones.parts if set(zone) & set(part)]
        if len(touched) > 1:
            crosses = f"crosses {len(touched)} zones"
            text = f"{mergers.named(part)} {crosses}"
            yield attributed(mergers, Violation("nesting", text, part, crosses))


def check_total(plan: Plan, levels: Sequence[Level]) -> Iterator[Violation]:
    """The score of a plan is the sum of those of its parts at all levels, each in its own weights."""
    if any(unclear_terms(level) for level in levels):
        return  # what cannot be computed is reported with the terms
    total = sum(score_nano(level.instance, level.scenario, part) for level in levels for part in level.parts)
    if plan.score_nano != total:
        has = "its mergers have" if len(levels) == 1 else "its mergers and zones have"
        text = f"the plan states a score of {plan.score_nano} billionths of a point; {has} {total}"
        yield Violation("score", text)
