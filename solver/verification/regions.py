"""Which regions are frames, read from the scenario a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...instances import Instance

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario

_ALL = "all regions"
"""What the region is called that all of them make."""


def region_names(instance: Instance, scenario: Scenario) -> tuple[str, ...]:
    """Names of the regions that no part of a plan crosses: those of the instance, or one for all of it."""
    regions = _as_given(instance).regions
    return regions if scenario.frames.regions or len(regions) == 1 else (_ALL,)


def region_of(i: int, instance: Instance, scenario: Scenario) -> int:
    """Place of the region of a municipality among those."""
    return int(_as_given(instance).region[i]) if scenario.frames.regions else 0


def _as_given(instance: Instance) -> Instance:
    """The instance with its own regions, whatever it was framed for."""
    return instance if instance.given is None else instance.given
