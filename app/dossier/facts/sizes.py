"""Municipalities before merging and after: how many, how large, how far, with which functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np

from ....instances.common.arrays import FloatArray
from ....instances.entities import NO_ZONE
from ....instances.instance import Instance
from ....models.scenario.scenario import Scenario
from ....models.seats import METRES_PER_KM, whole_metres
from ....solver.results.mergers import Merger
from .record import LayerZones, Sized, Sizes, ZoneCounts

FAR_KM = (5.0, 10.0)
"""Kilometres to the seat beyond which inhabitants are counted."""


def sizes_before(instance: Instance, asked: Scenario, municipalities: Sequence[int]) -> Sizes:
    """Describe municipalities as they are."""
    alone = [Merger((i,), i, "", (), 0) for i in sorted(municipalities)]
    return sizes_of(instance, asked, alone)


def sizes_of(instance: Instance, asked: Scenario, parts: Sequence[Merger]) -> Sizes:
    """Describe mergers, or zones, as the municipalities that come of them.

    Parameters
    ----------
    instance : Instance
    asked : Scenario
        Of their level, for its bounds.
    parts : sequence of Merger
        At least one.
    """
    bounds = asked.population
    people = [part.population(instance) for part in parts]
    smallest, largest = people.index(min(people)), people.index(max(people))
    far = [metres_to_seat(instance, part) for part in parts]
    inhabitants = sum(people)

    def share(number: float) -> float:
        return float(number) / inhabitants if inhabitants else 0.0

    return Sizes(
        municipalities=len(parts),
        inhabitants=inhabitants,
        smallest=Sized(name=parts[smallest].name(instance), inhabitants=people[smallest]),
        median=float(median(people)),
        largest=Sized(name=parts[largest].name(instance), inhabitants=people[largest]),
        below_min=sum(number < bounds.min for number in people),
        above_max=sum(number > bounds.max for number in people),
        mean_km=share(sum(_travelled(instance, part, one) for part, one in zip(parts, far, strict=True))),
        beyond_5=share(
            sum(_beyond(instance, part, one, FAR_KM[0]) for part, one in zip(parts, far, strict=True))
        ),
        beyond_10=share(
            sum(_beyond(instance, part, one, FAR_KM[1]) for part, one in zip(parts, far, strict=True))
        ),
        functions={
            key: share(
                sum(n for part, n in zip(parts, people, strict=True) if f.present[list(part.members)].any())
            )
            for key, f in instance.functions.items()
        },
        layers={name: _zone_counts(instance, name, parts) for name in instance.layers},
    )


def metres_to_seat(instance: Instance, part: Merger) -> FloatArray:
    """Give the whole metres from each member to the seat."""
    members = np.array(part.members, dtype=np.int64)
    far: FloatArray = whole_metres(instance, members)[:, part.members.index(part.seat)]
    return far


def mean_km(instance: Instance, part: Merger, metres: FloatArray) -> float:
    """Give the mean distance to the seat over the inhabitants of a merger, in km."""
    people = part.population(instance)
    return _travelled(instance, part, metres) / people if people else 0.0


def share_beyond(instance: Instance, part: Merger, metres: FloatArray, km: float) -> float:
    """Give the share of the inhabitants of a merger who live farther from the seat."""
    people = part.population(instance)
    return _beyond(instance, part, metres, km) / people if people else 0.0


def _travelled(instance: Instance, part: Merger, metres: FloatArray) -> float:
    return float(instance.population[list(part.members)] @ metres) / METRES_PER_KM


def _beyond(instance: Instance, part: Merger, metres: FloatArray, km: float) -> int:
    people = instance.population[list(part.members)]
    return int(people[metres > km * METRES_PER_KM].sum())


def _zone_counts(instance: Instance, layer: str, parts: Sequence[Merger]) -> ZoneCounts:
    here = {i for part in parts for i in part.members}
    zones = [zone for zone in _zones(instance, layer) if len(zone & here) > 1]
    whole = sum(any(zone & here <= set(part.members) for part in parts) for zone in zones)
    return ZoneCounts(zones=len(zones), whole=whole, cut=len(zones) - whole)


def _zones(instance: Instance, layer: str) -> Iterator[set[int]]:
    """Members of the zones of a layer."""
    zone = instance.layers[layer].zone
    for number in range(len(instance.layers[layer].zones)):
        yield set(np.flatnonzero(zone == number).tolist())


def zones_in(instance: Instance, layer: str, part: Merger) -> LayerZones:
    """Say which zones of a layer a merger holds whole, and which it cuts."""
    zones, members = instance.layers[layer], set(part.members)
    whole: list[str] = []
    cut: list[str] = []
    for number in sorted({int(zones.zone[i]) for i in members} - {NO_ZONE}):
        inside = set(np.flatnonzero(zones.zone == number).tolist()) <= members
        (whole if inside else cut).append(zones.zones[number])
    return LayerZones(whole=whole, cut=cut)
