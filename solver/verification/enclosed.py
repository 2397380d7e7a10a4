"""Which municipalities a merger encloses, read from the scenario a second time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...instances import Instance
from .borders import borders_that_count
from .exempt import is_facility_alone

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario

_last: list[tuple[Instance, Scenario, dict[int, set[int]]]] = []
"""The last answer of `_around`, with what it is about: it is asked of one merger after the other."""


def enclosed_by(instance: Instance, scenario: Scenario, members: Sequence[int]) -> dict[int, set[int]]:
    """Municipalities beside two or more members, outside them, that have no other neighbour in their region.

    With their neighbours. A facility municipality that stands alone by rule is not one of them.
    """
    if len(members) < 2:
        return {}
    around, own = _around(instance, scenario), set(members)
    beside = {near for i in members for near in around[i]} - own
    return {
        i: around[i]
        for i in sorted(beside)
        if around[i] <= own and not is_facility_alone(i, instance, scenario)
    }


def enclosed_mergers(
    instance: Instance, scenario: Scenario, parts: Sequence[tuple[int, ...]]
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Parts of two or more with neighbours in one other part only, which has others; each with that one."""
    around = _around(instance, scenario)
    beside = {part: {near for i in part for near in around[i]} - set(part) for part in parts if len(part) > 1}
    return [
        (inner, outer)
        for inner, near in beside.items()
        for outer, beyond in beside.items()
        if near and near <= set(outer) and beyond - set(inner)
    ]


def _around(instance: Instance, scenario: Scenario) -> dict[int, set[int]]:
    """Neighbours of each municipality inside its region; frames take none away."""
    for known, under, around in _last[:]:
        if known is instance and under is scenario:
            return around
    around = {i: set() for i in range(len(instance))}
    for a, b in borders_that_count(instance, scenario):
        if instance.region[a] == instance.region[b]:
            around[a].add(b)
            around[b].add(a)
    _last[:] = [(instance, scenario, around)]
    return around
