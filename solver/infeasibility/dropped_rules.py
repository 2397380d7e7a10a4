"""Rules that are dropped: what a scenario still demands of a region without them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from ...instances.common.arrays import IntArray
from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ...models.question.also import ColumnBounds, columns_of
from ...models.question.exemptions import ABOVE_MAX, FACILITY, ISOLATED, MERGED, STAYING, exempt_by_rule
from ...models.question.layers import own_zones
from ...models.question.locks import existing_here, resolve
from ...models.question.neighbours import Neighbours, find_neighbours
from ...models.question.surroundings import unenclosed
from ...models.scenario.demands import Demands
from ...models.scenario.scenario import Scenario
from ...models.seats import find_seats, seat_ranks
from ..candidates.sets import Part
from .relaxed_level import (
    ABSORB,
    CLASSES,
    ENCLOSED,
    FEWEST,
    HIGH,
    LOW,
    MIN_LENGTH,
    MOST,
    NOBODY,
    OWN_ZONES,
    ExemptPart,
    Key,
    RelaxedLevel,
    is_connected,
)


def relax_level(
    instance: Instance, scenario: Scenario, region: int, dropped: Collection[Key] = ()
) -> RelaxedLevel:
    """Put one level of a scenario to a region, without the rules that are dropped.

    Contradictions are not looked for: they leave no parts, or too few. Names must be known.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level.
    region : int
    dropped : collection of Key

    Returns
    -------
    RelaxedLevel
    """
    return _LevelBuilder(instance, scenario, region, frozenset(dropped)).level()


@dataclass(frozen=True, eq=False)
class _LevelBuilder:
    instance: Instance
    scenario: Scenario
    region: int
    dropped: frozenset[Key]

    def level(self) -> RelaxedLevel:
        scenario, bounds = self._left, self.scenario.population
        members = self.instance.members(self.region)
        neighbours = self._neighbours
        free = frozenset(i for i in members.tolist() if self._allowed(i) is None)
        exempt = tuple(one for one in self._exempt if self._may_be(one.part, neighbours))
        optional = {i for one in exempt for i in one.part} & free
        whole, choices = self._unsplit(free, optional)
        upper: int | None = bounds.highest
        inhabitants = self.instance.population[members]
        most = max(int(people[members].sum()) for _, people in self._columns)
        absorbing = bool((inhabitants > bounds.max).any())  # what they may absorb is a bound as well
        if HIGH in self.dropped or (bounds.highest >= most and not absorbing):
            upper = None
        count = scenario.count.of(self.instance.regions[self.region]) or (0, None)
        return RelaxedLevel(
            self.instance, scenario, self.region, members, neighbours, free, exempt,
            together=(*self._groups, *whole),
            choices=tuple(choices),
            apart=self._apart,
            seats=self._seats,
            unenclosed=self._unenclosed,
            lower=0 if LOW in self.dropped else bounds.lowest,
            upper=upper,
            weight=self._weight(self.instance.population, upper),
            also=self._also(upper),
            count=(0 if FEWEST in self.dropped else count[0], None if MOST in self.dropped else count[1]),
        )  # fmt: skip

    @cached_property
    def _left(self) -> Scenario:
        """The scenario without borders, frames and requirements that are dropped."""
        scenario, dropped = self.scenario, self.dropped
        removed = [
            pair
            for pair, members in zip(
                scenario.borders.removed, self._resolved(scenario.borders.removed), strict=True
            )
            if ("removed", members) not in dropped
        ]
        borders = {"removed": tuple(removed)} | ({"min_length": 0.0} if MIN_LENGTH in dropped else {})
        frames: dict[str, object] = {
            "unsplit": tuple(name for name in scenario.frames.unsplit if ("unsplit", name) not in dropped),
            "within": tuple(name for name in scenario.frames.within if ("within", name) not in dropped),
        }
        frames |= {"zones": ()} if OWN_ZONES in dropped else {}
        also = tuple(name for name in scenario.population.also if ("also", name) not in dropped)
        functions = tuple(name for name in scenario.requires.functions if ("function", name) not in dropped)
        requires = {"functions": functions} | ({"classes": ()} if CLASSES in dropped else {})
        return scenario.model_copy(
            update={
                "population": scenario.population.model_copy(update={"also": also}),
                "borders": scenario.borders.model_copy(update=borders),
                "frames": scenario.frames.model_copy(update=frames),
                "requires": scenario.requires.model_copy(update=requires),
            }
        )

    @cached_property
    def _neighbours(self) -> tuple[tuple[int, ...], ...]:
        own = own_zones(self.instance, self._left, Problems())
        return find_neighbours(self.instance, self._left, own, Problems())

    @cached_property
    def _unenclosed(self) -> Neighbours:
        """Surroundings that no part may hold all of, under the borders that are left.

        One that has none under all the borders may be enclosed by any: a border that is given back must not
        take a plan away.
        """
        if ENCLOSED in self.dropped:
            return ()
        before = unenclosed(self.instance, self.scenario)
        left = unenclosed(self.instance, self._left)
        return tuple(some if had else () for had, some in zip(before, left, strict=True))

    def _resolved(self, groups: Iterable[Iterable[str]]) -> list[Part]:
        return resolve(self.instance, list(groups), "", Problems())

    # Municipalities that stand alone, and mergers that are kept

    @cached_property
    def _by_rule(self) -> dict[int, set[Key]]:
        exempt = exemptions_of(self.instance, self.scenario)
        return {i: keys for i, keys in exempt.items() if self.instance.region[i] == self.region}

    @cached_property
    def _existing(self) -> list[Part]:
        return self._resolved(existing_here(self.instance, self.scenario.existing))

    @cached_property
    def _kept(self) -> list[Part]:
        keep = self.scenario.existing.mode == "keep"
        return [group for group in self._existing if len(group) > 1] if keep else []

    @cached_property
    def _alone(self) -> dict[int, set[Key]]:
        """Municipalities that stand alone by a lock or an existing plan, with the rules that say so."""
        alone: dict[int, set[Key]] = {}
        for i in self._resolved([self.scenario.locks.alone])[0]:
            alone.setdefault(i, set()).add(("alone", i))
        if self.scenario.existing.mode == "keep":
            for group in self._existing:
                if len(group) == 1:
                    alone.setdefault(group[0], set()).add(("existing", group))
        return alone

    def _allowed(self, i: int) -> set[Part] | None:
        """Parts that a municipality must be one of by the rules left; None where none says anything."""
        demanded: list[set[Part]] = []
        kept = [group for group in self._kept if i in group]
        if self._by_rule.get(i, set()) - self.dropped:
            demanded.append({(i,), *kept})
        if self._alone.get(i, set()) - self.dropped:
            demanded.append({(i,)})
        demanded += [{group} for group in kept if ("existing", group) not in self.dropped]
        return set.intersection(*demanded) if demanded else None

    @cached_property
    def _exempt(self) -> list[ExemptPart]:
        members = self.instance.members(self.region).tolist()
        lone = [i for i in members if i in self._by_rule or i in self._alone]
        kept = [group for group in self._kept if self.instance.region[group[0]] == self.region]
        return [ExemptPart((i,), i not in self._by_rule) for i in lone] + [
            ExemptPart(group, True) for group in kept
        ]

    def _may_be(self, part: Part, neighbours: tuple[tuple[int, ...], ...]) -> bool:
        """Whether an exempt part keeps the locks that are left, and those on its members."""
        inside = set(part)
        allowed = [self._allowed(i) for i in part]
        return (
            all(parts is None or part in parts for parts in allowed)
            and len({int(self.instance.region[i]) for i in part}) == 1
            and all(inside.issuperset(group) or not inside & set(group) for _, group in self._groups)
            and not any(inside.issuperset(pair) for pair in self._apart)
            and is_connected(part, neighbours)
            and self._has_its_seat(part)
        )

    def _has_its_seat(self, part: Part) -> bool:
        wanted = set(self._seats) & set(part)
        if not wanted:
            return True
        members = np.array(part, dtype=np.int64)
        ranks = seat_ranks(self.instance, self.scenario, self._seats)
        seat = find_seats(self.instance, np.ones((1, len(part))), members, ranks)
        return wanted == {int(seat[0])}

    # Locks and whole zones

    @cached_property
    def _groups(self) -> tuple[tuple[frozenset[Key], Part], ...]:
        """Groups of locks and existing mergers that may be extended, as far as they concern the region."""
        groups: list[tuple[Key, Part]] = [
            (("together", group), group) for group in self._resolved(self.scenario.locks.together)
        ]
        if self.scenario.existing.mode == "extend":
            merged = [group for group in self._existing if len(group) > 1]
            # a merger that exists holds together by itself; one that does not can be in no plan
            groups += [
                (("existing", group), group if is_connected(group, self._neighbours) else (*group, NOBODY))
                for group in merged
            ]
        here = set(self.instance.members(self.region).tolist())
        return tuple(
            (frozenset({key}), group)
            for key, group in groups
            if key not in self.dropped and here & set(group)
        )

    @cached_property
    def _apart(self) -> tuple[tuple[int, int], ...]:
        groups = [
            group
            for group in self._resolved(self.scenario.locks.apart)
            if ("apart", group) not in self.dropped
        ]
        here = set(self.instance.members(self.region).tolist())
        return tuple(
            sorted({pair for group in groups for pair in combinations(group, 2) if here.issuperset(pair)})
        )

    @cached_property
    def _seats(self) -> Part:
        named = self._resolved([self.scenario.locks.seat])[0]
        return tuple(i for i in named if ("seat", i) not in self.dropped)

    def _unsplit(
        self, free: frozenset[int], optional: set[int]
    ) -> tuple[list[tuple[frozenset[Key], Part]], list[tuple[int, int]]]:
        """Whole zones of those certain to be in a part with bounds, and pairs with those that may be."""
        whole: list[tuple[frozenset[Key], Part]] = []
        choices: list[tuple[int, int]] = []
        for name in self._left.frames.unsplit:
            zone_of = self.instance.layers[name].separate()
            zones: dict[int, list[int]] = {}
            for i in sorted(free):
                zones.setdefault(int(zone_of[i]), []).append(i)
            for zone in zones.values():
                certain = [i for i in zone if i not in optional]
                if len(certain) > 1:
                    whole.append((frozenset({("unsplit", name)}), tuple(certain)))
                open_ones = [i for i in zone if i in optional]
                choices += [(a, b) for b in open_ones for a in certain[:1]]
                choices += list(combinations(open_ones, 2))
        return whole, choices

    @property
    def _columns(self) -> list[tuple[str, IntArray]]:
        """Inhabitants, and the further columns under which bounds hold."""
        return [("", self.instance.population), *columns_of(self.instance, self._left)]

    def _also(self, upper: int | None) -> tuple[ColumnBounds, ...]:
        lower = 0 if LOW in self.dropped else self.scenario.population.lowest
        return tuple(
            ColumnBounds(column, self._weight(people, upper), lower, upper)
            for column, people in self._columns[1:]
        )

    def _weight(self, people: IntArray, upper: int | None) -> IntArray:
        """Inhabitants of one column as the bounds count them; see `Question.bounded`."""
        population, bounds, rules = self.instance.population, self.scenario.population, self.scenario.rules
        if upper is None:
            return people
        room = most_absorbed(self.scenario, 0 if LOW in self.dropped else None)
        absorbed = room if rules.above_max == "alone" or ABSORB in self.dropped else rules.absorb_up_to
        return np.where(population > bounds.max, upper - absorbed, people)


def most_absorbed(scenario: Scenario, least: int | None = None) -> int:
    """Give the most inhabitants that a scenario may allow a city above the maximum to absorb."""
    bounds = scenario.population
    return min(bounds.max - (bounds.min if least is None else least), (bounds.max - 1) // 2)


def exemptions_of(instance: Instance, demands: Demands) -> dict[int, set[Key]]:
    """Find the municipalities that stand alone because of what they are, each with the rules that say so."""
    exempt: dict[int, set[Key]] = {}
    without = {FACILITY: {"facility": "free"}, ABOVE_MAX: {"above_max": "absorb"}, MERGED: {"merged": "free"}}
    for label in without:
        others = {
            key: word for other, words in without.items() if other != label for key, word in words.items()
        }
        rules = demands.rules.model_copy(update=others | {"isolated": "free", "staying": ()})
        for i in exempt_by_rule(instance, demands.model_copy(update={"rules": rules})):
            exempt.setdefault(i, set()).add((label, i))
    if demands.rules.isolated == "alone":
        for i, rule in exempt_by_rule(instance, demands).items():
            if rule == ISOLATED:
                exempt.setdefault(i, set()).add((rule, i))
    free = {"facility": "free", "above_max": "absorb", "merged": "free", "isolated": "free"}
    staying = demands.rules.model_copy(update=free)
    for i in exempt_by_rule(instance, demands.model_copy(update={"rules": staying})):
        exempt.setdefault(i, set()).add((STAYING, i))
    return exempt
