"""Municipalities that stand alone by what they are: large, facility, merged before, or with no partner."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...instances import Instance
from .borders import borders_that_count

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario


def stands_by_rule(i: int, instance: Instance, scenario: Scenario) -> str:
    """Rule by which a municipality stands alone whatever is agreed, by what it is; or empty."""
    reason = _by_itself(i, instance, scenario)
    if not reason and scenario.rules.isolated == "alone" and i in _isolated(instance, scenario):
        return "isolated"
    if not reason and i in _found(instance, scenario.rules.staying):
        return "staying"
    return reason


def _by_itself(i: int, instance: Instance, scenario: Scenario) -> str:
    """The same, wherever it lies."""
    if scenario.rules.above_max == "alone" and is_above_max(i, instance, scenario):
        return "above_max"
    if is_facility_alone(i, instance, scenario):
        return "facility"
    if int(instance.merged_in[i]) and _keeps_its_merger(int(instance.population[i]), scenario):
        return "merged"
    return ""


def is_facility_alone(i: int, instance: Instance, scenario: Scenario) -> bool:
    """Whether it is a facility municipality that the rules let merge with none."""
    rules = scenario.rules
    return bool(
        rules.facility == "alone" and instance.facility[i] and i not in _found(instance, rules.joined)
    )


def _keeps_its_merger(inhabitants: int, scenario: Scenario) -> bool:
    """Whether a municipality of so many inhabitants that came out of a recent merger stands alone."""
    if scenario.rules.merged == "kept":
        bounds = scenario.population
        return inhabitants >= (bounds.min if bounds.floor is None else bounds.floor)
    return scenario.rules.merged == "alone"


def is_above_max(i: int, instance: Instance, scenario: Scenario) -> bool:
    """Whether a municipality by itself has more inhabitants than a merger should."""
    return int(instance.population[i]) > scenario.population.max


_last: list[tuple[Instance, Scenario, frozenset[int]]] = []
"""The last answer of `_isolated`, with what it is about: the checks ask municipality by municipality."""


def _isolated(instance: Instance, scenario: Scenario) -> frozenset[int]:
    """Municipalities with no other to merge with: alone in their piece of the map, or in too small a one.

    Pieces are what is left of the map, cut along regions and frames, without those that stand alone by
    themselves.
    """
    for known, under, isolated in _last[:]:
        if known is instance and under is scenario:
            return isolated
    isolated = _find_isolated(instance, scenario)
    _last[:] = [(instance, scenario, isolated)]
    return isolated


def _find_isolated(instance: Instance, scenario: Scenario) -> frozenset[int]:
    partners: dict[int, set[int]] = {
        i: set() for i in range(len(instance)) if not _by_itself(i, instance, scenario)
    }
    place = {i: _places(i, instance, scenario) for i in partners}
    for a, b in borders_that_count(instance, scenario):
        if a in partners and b in partners and place[a] == place[b]:
            partners[a].add(b)
            partners[b].add(a)
    bounds = scenario.population
    smallest = bounds.min if bounds.floor is None else bounds.floor
    isolated: set[int] = set()
    for start in partners:
        piece, ahead = {start}, [start]
        while ahead:
            new = partners[ahead.pop()] - piece
            piece |= new
            ahead += new
        if len(piece) == 1 or sum(int(instance.population[i]) for i in piece) < smallest:
            isolated.add(start)
    return frozenset(isolated)


def _places(i: int, instance: Instance, scenario: Scenario) -> tuple[object, ...]:
    """Region and zones that a merger with this municipality stays in."""
    within = filter(instance.layers.__contains__, scenario.frames.within)
    layers = (instance.layers[name].name_of(i) or f"#{i}" for name in within)
    own = [k for k, group in enumerate(scenario.frames.zones) if i in _found(instance, group)]
    return (int(instance.region[i]), *layers, *own)


@lru_cache(maxsize=256)  # instances are frozen and compared by identity
def _found(instance: Instance, texts: tuple[str, ...]) -> frozenset[int]:
    """Look municipalities up, as far as they are there."""
    joined = set()
    for text in texts:
        try:
            joined.add(instance.find(text))
        except KeyError:
            continue  # told with the names
    return frozenset(joined)
