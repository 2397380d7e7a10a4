"""Which regions are frames, read from the scenario a second time."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ...instances import Instance

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario

_ALL = "all regions"
"""What the region is called that all of them make."""


def with_regions(instance: Instance, scenario: Scenario) -> Instance:
    """Give an instance with the regions that no part of a plan may cross: its own, or one that holds all."""
    own = instance if instance.given is None else instance.given
    if scenario.frames.regions or len(own.regions) == 1:
        return own
    return _united(own)


@lru_cache(maxsize=16)  # instances are frozen and compared by identity
def _united(instance: Instance) -> Instance:
    return replace(instance, regions=(_ALL,), region=0 * instance.region, given=instance)
