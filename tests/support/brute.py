"""Brute force over all partitions of a small instance: the answer that every route must give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from refzones.instances import Instance
from refzones.models.scenario import Scenario
from refzones.solver.verification.figures import score_nano

Partition = frozenset[tuple[int, ...]]


@dataclass(frozen=True)
class BruteForce:
    """All that can be known about a small question.

    Attributes
    ----------
    score_nano : int
        Best score of any plan.
    plans : tuple of Partition
        All plans with that score.
    feasible : int
        Number of plans that keep the rules.
    """

    score_nano: int
    plans: tuple[Partition, ...]
    feasible: int

    @property
    def chosen(self) -> list[tuple[int, ...]]:
        """Of the best plans, the one that the rule for ties asks for."""
        return min(sorted(plan) for plan in self.plans)


def brute_force(instance: Instance, scenario: Scenario) -> BruteForce | None:
    """Enumerate all plans; None when there is none.

    Sets of municipalities are bit sets. Takes Bell(n) steps: 21,147 for n = 9.
    """
    scores = {
        part: score_nano(instance, scenario, members_of(part))
        for part in range(1, 1 << len(instance))
        if _admissible(instance, scenario, part)
    }
    best: int | None = None
    plans: list[Partition] = []
    feasible = 0
    for parts in _partitions((1 << len(instance)) - 1, scores):
        feasible += 1
        score = sum(scores[part] for part in parts)
        if best is None or score > best:
            best, plans = score, []
        if score == best:
            plans.append(frozenset(members_of(part) for part in parts))
    return None if best is None else BruteForce(best, tuple(plans), feasible)


def members_of(part: int) -> tuple[int, ...]:
    """Indices in a bit set, ascending."""
    return tuple(i for i in range(part.bit_length()) if part >> i & 1)


def is_connected(
    instance: Instance, members: tuple[int, ...], borders: list[tuple[int, int]] | None = None
) -> bool:
    """Whether a set holds together, by spreading from its first member."""
    pairs = instance.borders.pairs.tolist() if borders is None else borders
    inside = set(members)
    reached = {members[0]}
    for _ in members:
        for a, b in pairs:
            if a in inside and b in inside and (a in reached or b in reached):
                reached |= {a, b}
    return reached == inside


def _partitions(rest: int, admissible: dict[int, int]) -> Iterator[list[int]]:
    """All partitions of a bit set into admissible parts; each part holds the lowest that is left."""
    if not rest:
        yield []
        return
    lowest = rest & -rest
    others = rest ^ lowest
    chosen = others
    while True:
        part = lowest | chosen
        if part in admissible:
            for more in _partitions(rest ^ part, admissible):
                yield [part, *more]
        if not chosen:
            return
        chosen = (chosen - 1) & others


def _admissible(instance: Instance, scenario: Scenario, part: int) -> bool:
    """Whether a set may be a merger (or a municipality that stays alone)."""
    members = members_of(part)
    if len({int(instance.region[i]) for i in members}) > 1 or not _locks_kept(
        instance, scenario, set(members)
    ):
        return False
    if any(_stands_alone(instance, scenario, i) for i in members):
        return len(members) == 1
    inhabitants = sum(int(instance.population[i]) for i in members)
    bounds = scenario.population
    cities = [i for i in members if int(instance.population[i]) > bounds.max]
    if cities:
        absorbed = inhabitants - int(instance.population[cities[0]])
        fits = len(cities) == 1 and absorbed <= scenario.rules.absorb_up_to
    else:
        fits = bounds.min <= inhabitants <= bounds.max
    return (
        fits
        and _holds_required(instance, scenario, members)
        and is_connected(instance, members, _borders(instance, scenario))
    )


def _holds_required(instance: Instance, scenario: Scenario, members: tuple[int, ...]) -> bool:
    wanted = scenario.requires.classes
    return (not wanted or bool({instance.classes[i] for i in members} & set(wanted))) and all(
        any(instance.functions[name].present[i] for i in members) for name in scenario.requires.functions
    )


def _borders(instance: Instance, scenario: Scenario) -> list[tuple[int, int]]:
    """Borders that count under the scenario, those that cross a frame of its `within` left out."""

    def named(pairs: Iterable[tuple[str, str]]) -> set[frozenset[int]]:
        return {frozenset((instance.find(a), instance.find(b))) for a, b in pairs}

    lengths = zip(instance.borders.pairs.tolist(), instance.borders.length.tolist(), strict=True)
    counted = {frozenset(pair) for pair, length in lengths if length >= scenario.borders.min_length}
    counted = (counted | named(scenario.borders.added)) - named(scenario.borders.removed)
    layers = [instance.layers[name] for name in scenario.frames.within]
    return [
        (a, b)
        for a, b in (sorted(pair) for pair in counted)
        if all(layer.name_of(a) and layer.name_of(a) == layer.name_of(b) for layer in layers)
    ]


def _stands_alone(instance: Instance, scenario: Scenario, i: int) -> bool:
    return (
        (
            scenario.rules.facility == "alone"
            and bool(instance.facility[i])
            and i not in {instance.find(text) for text in scenario.rules.joined}
        )
        or (scenario.rules.above_max == "alone" and int(instance.population[i]) > scenario.population.max)
        or any(instance.find(text) == i for text in scenario.locks.alone)
    )


def _locks_kept(instance: Instance, scenario: Scenario, members: set[int]) -> bool:
    together = [{instance.find(text) for text in group} for group in scenario.locks.together]
    apart = [{instance.find(text) for text in group} for group in scenario.locks.apart]
    together += _unsplit(instance, scenario)
    return all(group <= members or not group & members for group in together) and all(
        len(group & members) < 2 for group in apart
    )


def _unsplit(instance: Instance, scenario: Scenario) -> list[set[int]]:
    """Zones that stay whole, as far as they lie in one region and do not stand alone."""
    groups = []
    for name in scenario.frames.unsplit:
        layer = instance.layers[name]
        for zone in layer.zones:
            for region in range(len(instance.regions)):
                inside = {
                    i
                    for i in range(len(instance))
                    if layer.name_of(i) == zone
                    and instance.region[i] == region
                    and not _stands_alone(instance, scenario, i)
                }
                groups.append(inside)
    return groups
