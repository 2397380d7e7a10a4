"""Which sets of municipalities may be parts of a plan, by the verifier's reading of the rules."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..verification.borders import borders_that_count
from ..verification.enclosed import enclosed_by
from ..verification.exempt import is_above_max, stands_by_rule
from ..verification.level import Level, Part
from ..verification.readings import has_column, inhabitants_under
from ..verification.seats import seat
from .connected import bits, connected_sets, mask_of

MOST_SETS = 5_000_000
"""Connected sets of a region that are listed at most."""


@dataclass(frozen=True, eq=False)
class Region:
    """The parts that plans of one region may have at one level.

    Rules that only whole plans break are not looked at, so that no part of a plan is missing: the number of
    parts, budgets, and mergers around other mergers.

    Attributes
    ----------
    level : Level
        What is asked, and by whom it is not.
    region : int
    held : tuple of frozenset of int
        Further groups that are in one part each: zones hold the mergers of the other level whole.
    """

    level: Level
    region: int
    held: tuple[frozenset[int], ...] = ()

    @cached_property
    def members(self) -> list[int]:
        """Municipalities of the region, ascending."""
        return [i for i, region in enumerate(self.level.instance.region.tolist()) if region == self.region]

    @cached_property
    def fixed(self) -> list[Part]:
        """Parts that are in every plan."""
        inside, level = set(self.members), self.level
        alone = [(i,) for i in self.members if i in level.standalone]
        return sorted(alone + [tuple(sorted(group)) for group in level.agreed.kept if group <= inside])

    @cached_property
    def free(self) -> list[int]:
        """Municipalities whose place is open."""
        given = {i for part in self.fixed for i in part}
        return [i for i in self.members if i not in given]

    def parts(self, limit: int = MOST_SETS) -> list[Part]:
        """List the parts that the rules allow, those in every plan first.

        Raises
        ------
        TooManySetsError
        """
        listed = connected_sets(self.near, self._people, self._most, limit)
        return self.fixed + [part for part in map(tuple, map(bits, listed)) if self._is_allowed(part)]

    def counts(self, part: Part) -> bool:
        """Whether a part counts where the number of parts is bounded."""
        return len(part) > 1 or not stands_by_rule(part[0], self.level.instance, self.level.scenario)

    @property
    def number(self) -> tuple[int, int]:
        """Bounds on the number of parts that count; where there is none above, what cannot be exceeded."""
        count = self.level.scenario.count
        least, most = count.regions.get(self.level.instance.regions[self.region], (count.min, count.max))
        return least, len(self.members) if most is None else most

    @cached_property
    def near(self) -> dict[int, int]:
        """Municipalities whose place is open, each with its neighbours among them as a bit mask."""
        near = dict.fromkeys(self.free, 0)
        for a, b in borders_that_count(self.level.instance, self.level.scenario):
            if a in near and b in near:
                near[a] |= 1 << b
                near[b] |= 1 << a
        return near

    @cached_property
    def _cities(self) -> frozenset[int]:
        """Municipalities above the maximum."""
        level = self.level
        return frozenset(i for i in self.free if is_above_max(i, level.instance, level.scenario))

    @cached_property
    def _absorbs(self) -> bool:
        return self.level.scenario.rules.above_max == "absorb"

    @cached_property
    def _inhabitants(self) -> dict[int, int]:
        return {i: int(self.level.instance.population[i]) for i in self.members}

    @cached_property
    def _people(self) -> dict[int, int]:
        """Inhabitants as far as they keep a part from growing: a city that absorbs others does not."""
        return {i: 0 if self._absorbs and i in self._cities else self._inhabitants[i] for i in self.free}

    @property
    def _most(self) -> int:
        largest = self.level.largest
        return max(largest, self.level.scenario.rules.absorb_up_to) if self._absorbs else largest

    def _is_allowed(self, part: Part) -> bool:
        """Whether a connected set of free municipalities keeps all rules that a part keeps by itself."""
        return (
            self._keeps_bounds(part)
            and self._keeps_groups(mask_of(part))
            and self._holds_required(part)
            and self._keeps_columns(part)
            and self._keeps_seats(part)
            and not self._encloses(part)
        )

    def _keeps_bounds(self, part: Part) -> bool:
        level, total = self.level, sum(self._inhabitants[i] for i in part)
        cities = [i for i in part if i in self._cities]
        if total < level.smallest or len(cities) > 1:
            return False
        if cities and self._absorbs:
            return total - self._inhabitants[cities[0]] <= level.scenario.rules.absorb_up_to
        return total <= level.largest

    @cached_property
    def groups(self) -> list[frozenset[int]]:
        """Groups of which a part holds all or none, those that share a municipality as one."""
        agreed, inside = self.level.agreed, set(self.members)
        joined: list[frozenset[int]] = []
        for group in (*agreed.together, *agreed.extended, *self._unsplit(), *self.held):
            if group & inside and not any(group <= merger for merger in agreed.kept):
                touched = [other for other in joined if other & group]
                joined = [other for other in joined if not other & group] + [group.union(*touched)]
        return joined

    @cached_property
    def _whole(self) -> list[int]:
        return [mask_of(group) for group in self.groups]

    def _unsplit(self) -> Iterator[frozenset[int]]:
        level = self.level
        for name in level.scenario.frames.unsplit:
            zones: dict[str, set[int]] = {}
            for i in self.free:
                zone = level.instance.layers[name].name_of(i)
                if zone:
                    zones.setdefault(zone, set()).add(i)
            yield from map(frozenset, zones.values())

    @cached_property
    def _apart(self) -> list[int]:
        """Groups of which a part holds one at the most."""
        return [mask_of(group) for group in self.level.agreed.apart]

    @cached_property
    def _frames(self) -> list[int]:
        """Sets that a part lies within or outside of."""
        level, frames = self.level, [mask_of(zone) for zone in self.level.agreed.zones]
        for name in level.scenario.frames.within:
            zones: dict[str, int] = {}
            for i in self.free:
                zone = level.instance.layers[name].name_of(i) or f"#{i}"
                zones[zone] = zones.get(zone, 0) | 1 << i
            frames += zones.values()
        return frames

    def _keeps_groups(self, mask: int) -> bool:
        for group in self._whole:
            if mask & group and group & ~mask:
                return False
        for group in self._apart:
            if (mask & group).bit_count() > 1:
                return False
        return not any(mask & frame and mask & ~frame for frame in self._frames)

    @cached_property
    def _required(self) -> list[frozenset[int]]:
        """Who has what each part must hold."""
        instance, requires = self.level.instance, self.level.scenario.requires
        having = []
        if requires.classes:
            having.append(frozenset(i for i in self.free if instance.classes[i] in requires.classes))
        for name in requires.functions:
            function = instance.functions[name]
            having.append(frozenset(i for i in self.free if function.amount[i] >= function.at_least))
        return having

    def _holds_required(self, part: Part) -> bool:
        return all(not having.isdisjoint(part) for having in self._required)

    @cached_property
    def _columns(self) -> list[dict[int, float]]:
        instance, also = self.level.instance, self.level.scenario.population.also
        return [
            dict(zip(self.free, inhabitants_under(instance, name, self.free), strict=True))
            for name in also
            if has_column(instance, name)
        ]

    def _keeps_columns(self, part: Part) -> bool:
        cities = self._cities.intersection(part)
        absorbs = bool(cities) and self._absorbs
        for column in self._columns:
            figures = [column[i] for i in part if i not in cities or not absorbs]
            if any(math.isnan(column[i]) for i in part if i not in cities):
                return False
            people = sum(figures)
            if absorbs and people > self.level.scenario.rules.absorb_up_to:
                return False
            if not absorbs and not self.level.smallest <= people <= self.level.largest:
                return False
        return True

    def _keeps_seats(self, part: Part) -> bool:
        level = self.level
        locked = level.agreed.seats.intersection(part)
        return not locked or locked == {seat(level.instance, level.scenario, part)}

    def _encloses(self, part: Part) -> bool:
        level = self.level
        if level.scenario.rules.enclosed != "forbidden":
            return False
        return bool(enclosed_by(level.instance, level.scenario, part))
