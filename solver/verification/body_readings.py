"""The verifier's reading of indicators on bodies of cooperation and on access: what a merger has of each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ...instances import Instance
from .seats import Members, seat

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario

Reading = Callable[[Instance, "Scenario", Members, str], int]
"""Amount of a merger from instance, scenario, members, and the argument of the indicator's name."""


def _names(instance: Instance, argument: str) -> list[str]:
    """Names of the layers that an argument means."""
    return [argument] if argument in instance.layers else list(instance.layers)


def _bodies(instance: Instance, layer: str, members: Members) -> set[str]:
    """Names of the bodies of a layer that some municipalities belong to."""
    names = {instance.layers[layer].name_of(i) for i in members}
    return names - {""}


def _partners(instance: Instance, members: Members) -> Iterator[set[int]]:
    """For each body that some municipalities belong to, all municipalities of it."""
    for layer in instance.layers:
        for body in sorted(_bodies(instance, layer, members)):
            yield {i for i in range(len(instance)) if instance.layers[layer].name_of(i) == body}


def read_memberships(instance: Instance, scenario: Scenario, members: Members, argument: str) -> int:
    """Bodies that the merger belongs to, in all layers meant."""
    return sum(len(_bodies(instance, layer, members)) for layer in _names(instance, argument))


def read_divided(instance: Instance, scenario: Scenario, members: Members, argument: str) -> int:
    """Layers meant in which the merger belongs to two bodies or more."""
    return sum(len(_bodies(instance, layer, members)) >= 2 for layer in _names(instance, argument))


def read_divided_bodies(instance: Instance, scenario: Scenario, members: Members, _: str) -> int:
    """Bodies that have partners outside the merger, while the merger has members outside the body."""
    own = set(members)
    return sum(bool(own - body) and bool(body - own) for body in _partners(instance, members))


def read_beyond(instance: Instance, scenario: Scenario, members: Members, argument: str) -> int:
    """Inhabitants of members whose point is more than so many km, in whole metres, from that of the seat."""
    to = seat(instance, scenario, members)
    x, y = instance.x, instance.y
    return sum(
        int(instance.population[i])
        for i in members
        if round(math.hypot(float(x[i] - x[to]), float(y[i] - y[to]))) > float(argument) * 1000
    )


BODY_READINGS: dict[str, Reading] = {
    "beyond": read_beyond,
    "divided": read_divided,
    "divided_bodies": read_divided_bodies,
    "memberships": read_memberships,
}
"""Readings by the key of the indicator."""
