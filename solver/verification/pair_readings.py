"""The verifier's reading of terms on pairs of municipalities: what counts where both are in one merger."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ...instances import CLASSES, Instance
from .remembered import Remembered
from .seats import Members

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario


def read_commuting(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Commuters between two different members, out of all commuters between municipalities."""
    commuters, total = commuters_of(instance)
    inside = sum(commuters.get((home, work), 0) for home in members for work in members)
    return inside / total


@lru_cache(maxsize=4)  # instances are frozen and compared by identity
def commuters_of(instance: Instance) -> tuple[dict[tuple[int, int], int], int]:
    """Hundredths of commuters by home and work, those within one municipality left out, and their sum."""
    commuters = {
        (home, work): round(people * 100) for (home, work), people in _flows(instance).items() if home != work
    }
    return commuters, sum(commuters.values())


@lru_cache(maxsize=4)
def _flows(instance: Instance) -> dict[tuple[int, int], float]:
    """People by home and work; nothing where the instance has no flows."""
    flows = instance.flows
    if flows is None:
        return {}
    columns = (flows.origin.tolist(), flows.destination.tolist(), flows.people.tolist())
    return {(home, work): people for home, work, people in zip(*columns, strict=True)}


def read_orientation(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Inhabitants who turn to a centre among the members, in whole hundredths for each home and centre."""
    hundredths, own, known = 0, set(members), _TURNED.of(instance, scenario)
    for home in members:
        if home not in known:
            people = int(instance.population[home])
            shares = _shares(instance, scenario, home)
            known[home] = {centre: round(people * share * 100) for centre, share in shares}
        hundredths += sum(turned for centre, turned in known[home].items() if centre in own)
    return hundredths / 100


_TURNED: Remembered[dict[int, int]] = Remembered()
"""Hundredths of inhabitants of each municipality who turn to each centre."""


def _shares(instance: Instance, scenario: Scenario, home: int) -> Iterator[tuple[int, float]]:
    """The centres that the inhabitants of a municipality turn to, with the share of each."""
    centres = centres_by_region(instance, scenario.orientation.centres)[int(instance.region[home])]
    if home in centres:
        yield home, 1.0
        return
    if scenario.orientation.by == "flows":
        pulls = {centre: _flows(instance).get((home, centre), 0.0) for centre in centres}
    else:
        pulls = {centre: _pull(instance, scenario, home, centre) for centre in centres}
    everything = math.fsum(pulls.values())
    for centre, pull in pulls.items():
        if pull > 0:
            yield centre, pull / everything


def _pull(instance: Instance, scenario: Scenario, home: int, centre: int) -> float:
    """km^distance x inhabitants^inhabitants x exp(bonuses), in this order; at least 1 km, at least one."""
    east = float(instance.x[home]) - float(instance.x[centre])
    north = float(instance.y[home]) - float(instance.y[centre])
    asked = scenario.orientation
    bonuses = [asked.classes.get(instance.classes[centre], 0.0)]
    for name, bonus in asked.functions.items():
        if instance.functions[name].amount[centre] >= instance.functions[name].at_least:
            bonuses.append(bonus)
    near = math.pow(max(1.0, math.hypot(east, north) / 1000), asked.distance)
    large = math.pow(max(1, int(instance.population[centre])), asked.inhabitants)
    return near * large * math.exp(math.fsum(bonuses))


@lru_cache(maxsize=8)
def centres_by_region(instance: Instance, classes: tuple[str, ...]) -> list[list[int]]:
    """Centres of each region; where none has one of the classes, all that have the best one."""
    found = []
    for region in range(len(instance.regions)):
        inside = [i for i in range(len(instance)) if instance.region[i] == region]
        ranks = {i: CLASSES.index(instance.classes[i]) for i in inside if instance.classes[i]}
        wanted = [i for i in inside if instance.classes[i] in classes]
        found.append(wanted or [i for i in ranks if ranks[i] == min(ranks.values())])
    return found


def read_cooperation(instance: Instance, scenario: Scenario, members: Members, _: str) -> float:
    """Inhabitants x the share of their partners in small zones who are members too, in whole hundredths."""
    hundredths, own, known = 0, set(members), _TOGETHER.of(instance, scenario)
    for i in members:
        if i not in known:
            known[i] = _partners(instance, scenario, i)
        hundredths += sum(worth for j, worth in known[i].items() if j in own)
    return hundredths / 100


_TOGETHER: Remembered[dict[int, int]] = Remembered()
"""What it is worth, in hundredths, that a municipality merges with each of its partners."""


def _partners(instance: Instance, scenario: Scenario, i: int) -> dict[int, int]:
    """What it is worth in hundredths that one municipality merges with each partner in small zones."""
    weights = scenario.cooperation.layers
    zones = {layer: _zones(instance, layer).get(i, []) for layer in weights}
    worth = {}
    for j in sorted({j for zone in zones.values() for j in zone} - {i}):
        amount = 0.0
        for layer, weight in weights.items():
            if j in zones[layer]:
                share = weight / sum(weights.values())
                amount += _partnership(instance, zones[layer], i, j, share)
        worth[j] = round(amount * 100)
    return worth


def _partnership(instance: Instance, zone: Sequence[int], i: int, j: int, share: float) -> float:
    """What it is worth in one layer that two of a zone merge: share p_i p_j / ((m - 1) (P - p_i))."""
    one, other = int(instance.population[i]), int(instance.population[j])
    partners = sum(int(instance.population[k]) for k in zone) - one
    return share * (one * other) / ((len(zone) - 1) * partners) if partners else 0.0


@lru_cache(maxsize=32)
def _zones(instance: Instance, layer: str) -> dict[int, list[int]]:
    """All municipalities of the zone of each one that is in a zone."""
    zone = instance.layers[layer].zone.tolist()
    together: dict[int, list[int]] = {}
    for i, number in enumerate(zone):
        if number >= 0:
            together.setdefault(number, []).append(i)
    return {i: together[number] for i, number in enumerate(zone) if number >= 0}


def lacks_flows(instance: Instance, scenario: Scenario, _: str) -> Iterable[str]:
    """What `commuting` needs and the instance has not."""
    if not commuters_of(instance)[1]:
        yield "commuting: the instance has no flows between different municipalities"


def lacks_centres(instance: Instance, scenario: Scenario, _: str) -> Iterable[str]:
    """What `orientation` needs and the instance has not."""
    for function in scenario.orientation.functions:
        if function not in instance.functions:
            yield f"orientation.functions: the instance has no function '{function}'"
    graded = {
        number for number, degree in zip(instance.region.tolist(), instance.classes, strict=True) if degree
    }
    for number, region in enumerate(instance.regions):
        if number not in graded:
            yield f"orientation: no municipality of region '{region}' has a degree of equipment"
    if scenario.orientation.by == "flows" and instance.flows is None:
        yield "orientation.by is 'flows', and the instance has no flows"


def lacks_layers(instance: Instance, scenario: Scenario, _: str) -> Iterable[str]:
    """What `cooperation` needs and the instance has not."""
    for layer in scenario.cooperation.layers:
        if layer not in instance.layers:
            yield f"cooperation.layers: the instance has no layer '{layer}'"
