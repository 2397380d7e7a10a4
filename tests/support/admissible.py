"""Admissible sets of municipalities: every rule of a scenario, written a third time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver.verification.seats import seat

Pairs = list[tuple[int, int]]


def is_connected(instance: Instance, members: tuple[int, ...], borders: Pairs | None = None) -> bool:
    """Tell whether a set is contiguous, by spreading from its first member."""
    pairs = instance.borders.pairs.tolist() if borders is None else borders
    inside = set(members)
    reached = {members[0]}
    for _ in members:
        for a, b in pairs:
            if a in inside and b in inside and (a in reached or b in reached):
                reached |= {a, b}
    return reached == inside


@dataclass(frozen=True)
class Rules:
    """The demands of a scenario of one level on sets of municipalities."""

    instance: Instance
    scenario: Scenario

    def refused(self) -> bool:
        """Tell whether the scenario contradicts itself in a way that no single set shows."""
        names = [i for group in self._existing for i in group]
        own = [i for group in self._own for i in group]
        touched = {int(self.instance.region[i]) for i in own}
        inside = [i for i in range(len(self.instance)) if int(self.instance.region[i]) in touched]
        return (
            len(names) > len(set(names))
            or len(own) > len(set(own))
            or bool(set(inside) - set(own))
            or any(not is_connected(self.instance, group, self._borders) for group in self._merged)
        )

    def admits(self, members: tuple[int, ...]) -> bool:
        """Tell whether a set may be a part of a plan."""
        kept = members in self._kept
        if len({int(self.instance.region[i]) for i in members}) > 1 or not self._agreed(set(members)):
            return False
        if any(set(group) & set(members) for group in self._kept) and not kept:
            return False
        if self._alone.intersection(members):
            return len(members) == 1
        sized = kept or (self._fits(members) and self._holds_required(members) and not self.encloses(members))
        return sized and is_connected(self.instance, members, self._borders)

    def counts(self, members: tuple[int, ...]) -> bool:
        """Tell whether a part counts among those whose number may be limited."""
        return len(members) > 1 or members[0] not in self._exempt

    def number_is_right(self, region: int, number: int) -> bool:
        """Tell whether a region may have so many parts that count."""
        count, name = self.scenario.count, self.instance.regions[region]
        if name in count.regions:
            return count.regions[name][0] <= number <= count.regions[name][1]
        return number >= count.min and (count.max is None or number <= count.max)

    # Inhabitants and requirements

    def _fits(self, members: tuple[int, ...]) -> bool:
        columns = [self.instance.people(name) for name in self.scenario.population.also]
        return all(
            column is not None and self._fits_under([round(float(people)) for people in column], members)
            for column in (self.instance.population, *columns)
        )

    def _fits_under(self, people: list[int], members: tuple[int, ...]) -> bool:
        population, bounds = self.instance.population, self.scenario.population
        inhabitants = sum(people[i] for i in members)
        cities = [i for i in members if int(population[i]) > bounds.max]
        if cities:
            absorbed = inhabitants - people[cities[0]]
            return len(cities) == 1 and absorbed <= self.scenario.rules.absorb_up_to
        floor = bounds.min if bounds.floor is None else bounds.floor
        ceiling = bounds.max if bounds.ceiling is None else bounds.ceiling
        return floor <= inhabitants <= ceiling

    def _holds_required(self, members: tuple[int, ...]) -> bool:
        instance, requires = self.instance, self.scenario.requires
        wanted = set(requires.classes)
        return (not wanted or bool({instance.classes[i] for i in members} & wanted)) and all(
            any(instance.functions[name].present[i] for i in members) for name in requires.functions
        )

    def encloses(self, members: tuple[int, ...]) -> bool:
        """Tell whether a set has all neighbours of some other municipality, where that is forbidden."""
        forbidden = self.scenario.rules.enclosed == "forbidden"
        return forbidden and any(self.encloses_one(members, i) for i in range(len(self.instance)))

    def encloses_one(self, members: tuple[int, ...], i: int) -> bool:
        """Tell whether a set has all neighbours of some municipality."""
        near, rules = self.around(i), self.scenario.rules
        bound = bool(self.instance.facility[i]) and rules.facility == "alone"
        may_join = not bound or i in self._named(rules.joined)
        return bool(near) and near <= set(members) and i not in members and may_join and len(members) > 1

    def around(self, i: int) -> set[int]:
        """Find the neighbours of a municipality in its region."""
        return {a + b - i for a, b in self._inside if i in (a, b)}

    # Municipalities that stand alone

    @cached_property
    def _exempt(self) -> set[int]:
        """Municipalities that stand alone by rule."""
        instance, rules = self.instance, self.scenario.rules
        exempt = set()
        for i in range(len(instance)):
            facility = bool(instance.facility[i]) and i not in self._named(rules.joined)
            above = int(instance.population[i]) > self.scenario.population.max
            if (rules.facility == "alone" and facility) or (rules.above_max == "alone" and above):
                exempt.add(i)
            if self.keeps_its_merger(i):
                exempt.add(i)
        isolated = self._isolated(exempt) if rules.isolated == "alone" else set()
        return exempt | isolated | set(self._named(rules.staying))

    def keeps_its_merger(self, i: int) -> bool:
        """Tell whether a municipality that came out of a merger may not merge again."""
        bounds, rule = self.scenario.population, self.scenario.rules.merged
        enough = int(self.instance.population[i]) >= (bounds.min if bounds.floor is None else bounds.floor)
        return bool(self.instance.merged_in[i]) and (rule == "alone" or (rule == "kept" and enough))

    def _isolated(self, alone: set[int]) -> set[int]:
        """Find components that are single or too small once the others stand alone."""
        piece_of = {i: {i} for i in range(len(self.instance)) if i not in alone}
        for a, b in self._borders:
            same = self.instance.region[a] == self.instance.region[b]
            if same and a in piece_of and b in piece_of:
                joined = piece_of[a] | piece_of[b]
                piece_of |= dict.fromkeys(joined, joined)
        bounds = self.scenario.population
        floor = bounds.min if bounds.floor is None else bounds.floor
        return {
            i
            for i, piece in piece_of.items()
            if len(piece) == 1 or sum(int(self.instance.population[j]) for j in piece) < floor
        }

    @cached_property
    def _alone(self) -> set[int]:
        """Municipalities that stand alone for whatever reason."""
        keep = self.scenario.existing.mode == "keep"
        lone = {group[0] for group in self._existing if len(group) == 1 and keep}
        return lone.union(self._named(self.scenario.locks.alone), self._exempt - set(chain(*self._kept)))

    # What is agreed

    def _agreed(self, members: set[int]) -> bool:
        """Tell whether locks, whole zones, own zones and locked seats are kept."""
        return (
            all(group <= members or not group & members for group in self._together)
            and all(len(group & members) < 2 for group in self._apart)
            and all(seat(self.instance, self.scenario, sorted(members)) == i for i in members & self._seats)
        )

    @cached_property
    def _together(self) -> list[set[int]]:
        groups = [set(self._named(group)) for group in self.scenario.locks.together] + self._unsplit
        if self.scenario.existing.mode == "extend":
            groups += [set(group) for group in self._merged]
        return groups

    @cached_property
    def _apart(self) -> list[set[int]]:
        return [set(self._named(group)) for group in self.scenario.locks.apart]

    @cached_property
    def _seats(self) -> set[int]:
        return set(self._named(self.scenario.locks.seat))

    @cached_property
    def _existing(self) -> list[tuple[int, ...]]:
        return [self._named(group) for group in self.scenario.existing.mergers]

    @cached_property
    def _merged(self) -> list[tuple[int, ...]]:
        return [group for group in self._existing if len(group) > 1]

    @cached_property
    def _kept(self) -> list[tuple[int, ...]]:
        return self._merged if self.scenario.existing.mode == "keep" else []

    @cached_property
    def _own(self) -> list[tuple[int, ...]]:
        return [self._named(group) for group in self.scenario.frames.zones]

    @cached_property
    def _unsplit(self) -> list[set[int]]:
        """Zones that stay whole, within one region and without municipalities that are fixed otherwise."""
        instance, groups = self.instance, []
        for name in self.scenario.frames.unsplit:
            layer = instance.layers[name]
            for zone in layer.zones:
                for region in range(len(instance.regions)):
                    inside = {
                        i
                        for i in range(len(instance))
                        if layer.name_of(i) == zone
                        and instance.region[i] == region
                        and i not in self._alone
                        and not any(i in group for group in self._kept)
                    }
                    groups.append(inside)
        return groups

    @cached_property
    def _borders(self) -> Pairs:
        """Borders that count, without those that cross a zone of `within`."""
        layers = [self.instance.layers[name] for name in self.scenario.frames.within]
        own = {i: number for number, group in enumerate(self._own) for i in group}
        return [
            (a, b)
            for a, b in self._counted
            if own.get(a) == own.get(b)
            and all(layer.name_of(a) and layer.name_of(a) == layer.name_of(b) for layer in layers)
        ]

    @cached_property
    def _counted(self) -> Pairs:
        """Borders that are long enough or added, and not removed."""
        instance, rules = self.instance, self.scenario.borders
        lengths = zip(instance.borders.pairs.tolist(), instance.borders.length.tolist(), strict=True)
        counted = {(min(pair), max(pair)) for pair, length in lengths if length >= rules.min_length}
        ends = [self._named(pair) for pair in rules.added], [self._named(pair) for pair in rules.removed]
        counted |= {(a, b) for a, b in ends[0]}
        return sorted(counted - {(a, b) for a, b in ends[1]})

    @cached_property
    def _inside(self) -> Pairs:
        """Those of them inside a region."""
        region = self.instance.region
        return [(a, b) for a, b in self._counted if region[a] == region[b]]

    def _named(self, texts: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted(self.instance.find(text) for text in texts))
