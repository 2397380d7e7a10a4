"""The verifier's reading of indicators on the size of municipalities: what a merger has of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...instances import Instance
from .body_readings import Reading
from .seats import Members

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario


def _people(instance: Instance, members: Members) -> int:
    return sum(int(instance.population[i]) for i in members)


def _is_small(instance: Instance, scenario: Scenario, members: Members, argument: str) -> bool:
    size = scenario.population.min if argument == "minimum" else int(argument)
    return _people(instance, members) < size


def read_municipalities(instance: Instance, scenario: Scenario, members: Members, _: str) -> int:
    """One municipality for each merger, and for each that stays alone."""
    return 1


def read_municipalities_below(instance: Instance, scenario: Scenario, members: Members, size: str) -> int:
    """One where the merger has fewer inhabitants than the size."""
    return int(_is_small(instance, scenario, members, size))


def read_inhabitants_below(instance: Instance, scenario: Scenario, members: Members, size: str) -> int:
    """Inhabitants of the merger where they are fewer than the size."""
    return _people(instance, members) if _is_small(instance, scenario, members, size) else 0


def lacks_size(instance: Instance, scenario: Scenario, size: str) -> Iterable[str]:
    """Say that an argument is no number of inhabitants."""
    if size not in ("", "minimum") and not (size.isascii() and size.isdigit()):
        yield f"'{size}' is no number of inhabitants"


SIZE_READINGS: dict[str, Reading] = {
    "municipalities": read_municipalities,
    "municipalities_below": read_municipalities_below,
    "inhabitants_below": read_inhabitants_below,
}
"""Readings by the key of the indicator."""
