"""Brute force over all plans of a small region when some rules of a scenario are given up.

A rule that is given up demands nothing. A municipality that stands alone by it, or a merger that is kept by
it, may still be a part as it is, whatever its size.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product

from refzones.instances import Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver.verification.seats import seat

from .admissible import Rules, is_connected

Part = tuple[int, ...]
Key = tuple[str, object]


def brute_relaxed(instance: Instance, scenario: Scenario, given_up: Collection[tuple[str, Key]]) -> bool:
    """Tell whether there is a plan that keeps all rules but those that are given up."""
    levels = [scenario] if scenario.zones is None else [scenario.at("mergers"), scenario.at("zones")]
    plans = []
    for level, asked in zip(("", "zones"), levels, strict=False):
        relaxed = _Relaxed(instance, asked, {key for name, key in given_up if name == level})
        plans.append([plan for plan in _partitions(list(range(len(instance)))) if relaxed.admits(plan)])
    if len(plans) == 1:
        return bool(plans[0])
    return any(_inside(mergers, zones) for zones in plans[1] for mergers in plans[0])


def _inside(mergers: list[Part], zones: list[Part]) -> bool:
    return all(any(set(merger) <= set(zone) for zone in zones) for merger in mergers)


def _partitions(members: list[int]) -> Iterator[list[Part]]:
    if not members:
        yield []
        return
    first, rest = members[0], members[1:]
    for number in range(1 << len(rest)):
        part = (first, *(i for k, i in enumerate(rest) if number >> k & 1))
        for more in _partitions([i for i in rest if i not in part]):
            yield [part, *more]


class _Relaxed:
    """Rules of one level of an instance of one region, less those that are given up."""

    def __init__(self, instance: Instance, scenario: Scenario, up: set[Key]) -> None:
        self.instance, self.scenario, self.up = instance, scenario, up
        named = self._named
        self.together = [named(g) for g in scenario.locks.together if ("together", named(g)) not in up]
        self.apart = [named(g) for g in scenario.locks.apart if ("apart", named(g)) not in up]
        self.seats = [i for i in named(scenario.locks.seat) if ("seat", i) not in up]
        left = tuple(instance.codes[i] for i in self.seats)
        self.seated = scenario.model_copy(update={"locks": scenario.locks.model_copy(update={"seat": left})})
        existing = [named(group) for group in scenario.existing.mergers]
        keep = scenario.existing.mode == "keep"
        self.kept = [group for group in existing if keep and len(group) > 1]
        extended = [g for g in existing if not keep and len(g) > 1 and ("existing", g) not in up]
        borders = self._borders()
        self.refused = any(not is_connected(instance, group, borders) for group in extended)
        self.together += extended
        self.borders = borders
        self.by_rule = self._by_rule()
        self.alone: dict[int, set[Key]] = {}
        for i in named(scenario.locks.alone):
            self.alone.setdefault(i, set()).add(("alone", i))
        for group in existing:
            if keep and len(group) == 1:
                self.alone.setdefault(group[0], set()).add(("existing", group))

    def _named(self, texts: Collection[str]) -> Part:
        return tuple(sorted(self.instance.find(text) for text in texts))

    def _borders(self) -> list[tuple[int, int]]:
        """List the borders that are left, as the brute force reads them from the edited scenario."""
        up, data = self.up, self.scenario.model_dump()
        data |= {"name": "relaxed"}
        data["borders"]["removed"] = [
            pair for pair in data["borders"]["removed"] if ("removed", self._named(pair)) not in up
        ]
        if ("min_length", None) in up:
            data["borders"]["min_length"] = 0
        data["frames"]["within"] = [n for n in data["frames"]["within"] if ("within", n) not in up]
        if ("zones", None) in up:
            data["frames"]["zones"] = []
        self.edited = Scenario.from_dict(data)
        return Rules(self.instance, self.edited)._borders

    def _by_rule(self) -> dict[int, set[Key]]:
        rules, population = self.scenario.rules, self.instance.population
        exempt: dict[int, set[Key]] = {}
        for i in range(len(self.instance)):
            if rules.facility == "alone" and self.instance.facility[i] and i not in self._named(rules.joined):
                exempt.setdefault(i, set()).add(("facility", i))
            if rules.above_max == "alone" and population[i] > self.scenario.population.max:
                exempt.setdefault(i, set()).add(("above_max", i))
            if Rules(self.instance, self.scenario).keeps_its_merger(i):
                exempt.setdefault(i, set()).add(("merged", i))
        if rules.isolated == "alone":
            for i in Rules(self.instance, self.scenario)._exempt - exempt.keys():
                exempt.setdefault(i, set()).add(("isolated", i))
        return exempt

    def admits(self, plan: list[Part]) -> bool:
        """Tell whether a plan keeps the rules that are left, with some of its parts exempt."""
        if self.refused or not all(self._agreed(part) for part in plan):
            return False
        may = [self._may_be_exempt(part) for part in plan]
        return any(
            self._with(plan, exempt)
            for exempt in product(*[(True, False) if one else (False,) for one in may])
        )

    def _agreed(self, part: Part) -> bool:
        inside = set(part)
        return (
            all(inside.issuperset(group) or not inside & set(group) for group in self.together)
            and all(len(inside & set(group)) < 2 for group in self.apart)
            and all(seat(self.instance, self.seated, sorted(part)) == i for i in inside & set(self.seats))
            and is_connected(self.instance, part, self.borders)
        )

    def _may_be_exempt(self, part: Part) -> bool:
        return part in self.kept or (len(part) == 1 and bool({part[0]} & (self.by_rule.keys() | self.alone)))

    def _with(self, plan: list[Part], exempt: tuple[bool, ...]) -> bool:
        fixed = {i for part, one in zip(plan, exempt, strict=True) if one for i in part}
        for part, one in zip(plan, exempt, strict=True):
            if not all(self._demanded(i, part, one) for i in part):
                return False
            if not one and not (self._fits(part) and self._required(part) and self._whole(part, fixed)):
                return False
            if not one and self._encloses(part):
                return False
        count = sum(
            len(part) > 1 or not one or part[0] not in self.by_rule
            for part, one in zip(plan, exempt, strict=True)
        )
        least, most = self.scenario.count.of(self.instance.regions[0]) or (0, None)
        low = ("fewest", None) in self.up or count >= least
        return low and (most is None or ("most", None) in self.up or count <= most)

    def _demanded(self, i: int, part: Part, exempt: bool) -> bool:
        """Tell whether the rules that are left allow a municipality in a part."""
        kept = [group for group in self.kept if i in group]
        if self.by_rule.get(i, set()) - self.up and not (exempt and (part == (i,) or part in kept)):
            return False
        if self.alone.get(i, set()) - self.up and not (exempt and part == (i,)):
            return False
        return all(exempt and part == group for group in kept if ("existing", group) not in self.up)

    def _fits(self, part: Part) -> bool:
        left = [name for name in self.scenario.population.also if ("also", name) not in self.up]
        columns = [self.instance.people(name) for name in left]
        return all(
            column is not None and self._fits_under([round(float(people)) for people in column], part)
            for column in (self.instance.population, *columns)
        )

    def _fits_under(self, people: list[int], part: Part) -> bool:
        bounds, rules = self.scenario.population, self.scenario.rules
        size = sum(people[i] for i in part)
        no_low, no_high = ("low", None) in self.up, ("high", None) in self.up
        cities = [i for i in part if self.instance.population[i] > bounds.max]
        if cities and not no_high:
            least = 0 if no_low else bounds.min
            room = min(bounds.max - least, (bounds.max - 1) // 2)
            if rules.above_max == "absorb" and ("absorb", None) not in self.up:
                room = rules.absorb_up_to
            return len(cities) == 1 and size - people[cities[0]] <= room
        return (no_low or size >= bounds.lowest) and (no_high or size <= bounds.highest)

    def _encloses(self, part: Part) -> bool:
        """Tell whether a part encloses a municipality, also one that had no neighbour before rules went."""
        if self.scenario.rules.enclosed != "forbidden" or ("enclosed", None) in self.up:
            return False
        left = Rules(self.instance, self.edited)
        had = Rules(self.instance, self.scenario)
        return any(had.around(i) and left.encloses_one(part, i) for i in range(len(self.instance)))

    def _required(self, part: Part) -> bool:
        requires = self.scenario.requires
        wanted = set() if ("classes", None) in self.up else set(requires.classes)
        functions = [name for name in requires.functions if ("function", name) not in self.up]
        return (not wanted or any(self.instance.classes[i] in wanted for i in part)) and all(
            any(self.instance.functions[name].present[i] for i in part) for name in functions
        )

    def _whole(self, part: Part, fixed: set[int]) -> bool:
        for name in self.scenario.frames.unsplit:
            if ("unsplit", name) in self.up:
                continue
            layer = self.instance.layers[name]
            for zone in layer.zones:
                inside = {i for i in range(len(self.instance)) if layer.name_of(i) == zone} - fixed
                if inside & set(part) and not inside <= set(part):
                    return False
        return True
