"""Who stands alone by what it is: facility municipalities and those above the maximum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...instances import Instance

if TYPE_CHECKING:
    from ...models.scenario import Scenario


def stands_by_rule(i: int, instance: Instance, scenario: Scenario) -> str:
    """Rule by which a municipality stands alone whatever is agreed: size first, then facility; or empty."""
    rules = scenario.rules
    if rules.above_max == "alone" and is_above_max(i, instance, scenario):
        return "above_max"
    joined = {text.strip().casefold() for text in rules.joined}
    takes_part = instance.codes[i] in joined or instance.names[i].casefold() in joined
    if rules.facility == "alone" and instance.facility[i] and not takes_part:
        return "facility"
    return ""


def is_above_max(i: int, instance: Instance, scenario: Scenario) -> bool:
    """Whether a municipality by itself has more inhabitants than a merger should."""
    return int(instance.population[i]) > scenario.population.max
