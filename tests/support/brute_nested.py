"""Brute force over all zones and all mergers inside each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario

from .admissible import Rules
from .brute import Parts, admissible_parts, members_of, partitions

Plan = list[tuple[int, ...]]


@dataclass(frozen=True)
class NestedBruteForce:
    """The best plan of two levels; of several, the one that the rule for ties chooses.

    Attributes
    ----------
    score_nano : int
    zones, mergers : list of tuple of int
        By first member. The rule for ties: the first zones in order, then the first mergers.
    """

    score_nano: int
    zones: Plan
    mergers: Plan


def brute_force_nested(instance: Instance, scenario: Scenario) -> NestedBruteForce | None:
    """Enumerate all zones and all mergers inside them, region by region; None where there is no plan.

    The divisions of each zone are enumerated once: Bell(n + 1) steps for the zones of n municipalities, and
    Bell(n) for the plans.
    """
    outer, inner = Rules(instance, scenario.at("zones")), Rules(instance, scenario.at("mergers"))
    if outer.refused() or inner.refused():
        return None
    by_region = [_best_of_region(outer, inner, region) for region in range(len(instance.regions))]
    if not all(by_region):
        return None
    scores, zones, mergers = zip(*(best for best in by_region if best), strict=True)
    return NestedBruteForce(
        -sum(scores),
        sorted(part for plan in zones for part in plan),
        sorted(p for plan in mergers for p in plan),
    )


def best_without(
    instance: Instance, scenario: Scenario, region: int, level: int, part: tuple[int, ...]
) -> int | None:
    """Best score of a region in which a set is no merger (level 0), or no zone (1); None without a plan."""
    outer, inner = Rules(instance, scenario.at("zones")), Rules(instance, scenario.at("mergers"))
    best = _best_of_region(outer, inner, region, (level, sum(1 << i for i in part)))
    return None if best is None else -best[0]


Best = tuple[int, Plan, Plan]
"""Score with a minus, zones, mergers: the least is the best."""


def _best_of_region(outer: Rules, inner: Rules, region: int, but: tuple[int, int] = (0, 0)) -> Best | None:
    members = [i for i in range(len(outer.instance)) if int(outer.instance.region[i]) == region]
    zones, mergers = admissible_parts(outer, members), admissible_parts(inner, members)
    (mergers, zones)[but[0]].pop(but[1], None)
    divided = {zone: _divisions(zone, mergers) for zone in zones}
    best: Best | None = None
    for plan in partitions(sum(1 << i for i in members), zones):
        if not outer.number_is_right(region, sum(zones[zone][1] for zone in plan)):
            continue
        own = -sum(zones[zone][0] for zone in plan)
        for number, (score, inside) in _unions([divided[zone] for zone in plan]):
            if inner.number_is_right(region, number):
                candidate = (own + score, sorted(map(members_of, plan)), sorted(inside))
                best = candidate if best is None else min(best, candidate)
    return best


Divisions = dict[int, tuple[int, Plan]]
"""By number of mergers that count: the negated best score, and the first mergers that have it."""


def _divisions(zone: int, mergers: Parts) -> Divisions:
    """Find the best division of a zone for each number of mergers."""
    best: Divisions = {}
    for plan in partitions(zone, mergers):
        number = sum(mergers[part][1] for part in plan)
        candidate = (-sum(mergers[part][0] for part in plan), sorted(map(members_of, plan)))
        best[number] = min(best.get(number, candidate), candidate)
    return best


def _unions(divisions: list[Divisions]) -> Iterator[tuple[int, tuple[int, Plan]]]:
    """Enumerate the ways to take one division of each zone."""
    if not divisions:
        yield 0, (0, [])
        return
    for number, (score, plan) in divisions[0].items():
        for others, (more, rest) in _unions(divisions[1:]):
            yield number + others, (score + more, plan + rest)
