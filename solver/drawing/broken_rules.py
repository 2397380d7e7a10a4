"""Rules that a drawn plan breaks, one by one, while municipalities may still be in no merger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from ...instances.common.arrays import BoolArray, IntArray
from ...instances.common.problems import Problems
from ...models.question.also import columns_of
from ...models.question.each_lock import Lock
from ...models.question.exemptions import ABOVE_MAX, FACILITY, ISOLATED, MERGED, STAYING, stands_as_facility
from ...models.question.layers import required_flags
from ...models.question.surroundings import forbids_enclosed_mergers, unframed_neighbours
from ...models.question.unchecked import Group, Unchecked
from ...models.scenario.framing import framed

BrokenKind = Literal[
    "region",
    "disconnected",
    "too_small",
    "too_large",
    "count",
    "standalone",
    "lock",
    "existing",
    "frame",
    "requirement",
    "enclosed",
]
"""What is broken, by the words of `Violation`, with what `BrokenRule` says of each:

- 'region': the merger lies in the regions `names`;
- 'disconnected': it falls apart into `pieces`, which `between` would join;
- 'too_small', 'too_large': by `number` inhabitants, under the column of inhabitants `names` if there is one;
- 'count': the region `names` has `number` mergers too many, or too few (below zero);
- 'standalone': `municipalities` stand alone by the rule `names`, but are merged;
- 'lock', 'existing': `lock` is not kept;
- 'frame': the layer `names` is crossed, or its zone divided;
- 'requirement': it holds nothing of `names`;
- 'enclosed': `municipalities` have no other neighbours than the merger."""


@dataclass(frozen=True)
class BrokenRule:
    """One rule that a drawn plan breaks.

    Attributes
    ----------
    kind : BrokenKind
    text : str
        A sentence without a full stop.
    merger : tuple of int
        The merger that breaks it; empty where that is not one alone.
    municipalities : tuple of int
        Those concerned, ascending.
    is_open : bool
        Whether municipalities that are in no merger yet may still mend it.
    number : int or None
    names : tuple of str
    pieces : tuple of tuple of int
    between : tuple of int
    lock : Lock or None
    """

    kind: BrokenKind
    text: str
    merger: Group = ()
    municipalities: Group = ()
    is_open: bool = False
    number: int | None = None
    names: tuple[str, ...] = ()
    pieces: tuple[Group, ...] = ()
    between: Group = ()
    lock: Lock | None = field(default=None)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, eq=False)
class Drawn:
    """Groups that were drawn, and the municipalities that are in none of them.

    Attributes
    ----------
    of : Unchecked
    groups : tuple of tuple of int
        By first member; no municipality is in two of them.
    unassigned : tuple of int
        Of the regions that are looked at, ascending.
    regions : tuple of int
        Those that are looked at.
    """

    of: Unchecked
    groups: tuple[Group, ...]
    unassigned: Group
    regions: Group

    def broken(self) -> tuple[BrokenRule, ...]:
        """List what is broken: group by group, then what concerns several of them."""
        found = [rule for group in self.groups for rule in self._of_group(group)]
        return (*found, *self._locks(), *self._unsplit(), *self._counts(), *self._enclosed_mergers())

    def is_exempt(self, group: Group) -> bool:
        """Whether a group is in every plan, whatever its size: it stands alone by rule, or is kept."""
        if len(group) == 1:
            return group[0] in self.of.standing
        return any(lock.municipalities == group for lock in self.of.kept)

    def _of_group(self, group: Group) -> Iterator[BrokenRule]:
        yield from self._region(group)
        yield from self._pieces(group)
        yield from self._standing(group)
        yield from self._frames(group)
        if self.is_exempt(group):
            return
        is_open = bool(self._rest_of_kept(group))  # the whole is exempt
        for rules in (self._bounds, self._columns, self._requirements, self._enclosed):
            for rule in rules(group):
                yield replace(rule, is_open=True) if is_open else rule

    def _rest_of_kept(self, group: Group) -> set[int]:
        """The others of a merger that is kept, where a group is part of it and they have no place yet."""
        own = set(group)
        whole = [set(lock.municipalities) for lock in self.of.kept if own < set(lock.municipalities)]
        rest = next(iter(whole), own) - own
        return rest if rest <= set(self.unassigned) else set()

    # One group

    def _region(self, group: Group) -> Iterator[BrokenRule]:
        instance = self.of.instance
        names = tuple(sorted({instance.regions[instance.region[i]] for i in group}))
        if len(names) > 1:
            text = f"{self._named(group)} lies in {len(names)} regions: {', '.join(names)}"
            yield BrokenRule("region", text, group, group, names=names)

    def _pieces(self, group: Group) -> Iterator[BrokenRule]:
        pieces = self.of_borders.pieces(group)
        if len(pieces) > 1:
            between = self.of.between(group, self._open_ones | self._rest_of_kept(group)) or ()
            told = " | ".join(self._names(piece) for piece in pieces)
            text = f"{self._named(group)} falls apart into {len(pieces)} pieces: {told}"
            text += f"; between them, in no merger yet: {self._names(between)}" if between else ""
            yield BrokenRule(
                "disconnected",
                text,
                group,
                group,
                is_open=bool(between),
                pieces=tuple(pieces),
                between=between,
            )

    def _standing(self, group: Group) -> Iterator[BrokenRule]:
        merged = {i for lock in self.of.kept for i in lock.municipalities if len(lock.municipalities) > 1}
        for i in group if len(group) > 1 else ():
            rule = self.of.alone.get(i)
            if rule is not None and i not in merged and i not in self.of.alone_by_lock:
                text = f"{self._name(i)} is merged with others but stands alone: {_BECAUSE[rule]}"
                yield BrokenRule("standalone", text, group, (i,), names=(rule,))

    def _bounds(self, group: Group) -> Iterator[BrokenRule]:
        scenario, people = self.of.scenario, self.of.inhabitants(group)
        bounds, has = scenario.population, f"{self._named(group)} has {people:,} inhabitants"
        if people < bounds.lowest:
            less = bounds.lowest - people
            text = f"{has}, {less:,} fewer than the minimum of {bounds.lowest:,}"
            yield BrokenRule("too_small", text, group, group, self._may_grow(group), less)
        more = self._too_many(group)
        if more:
            text = f"{has}, more than the maximum of {bounds.highest:,}"
            if self._absorbs(group):
                city = next(i for i in group if self._is_city(i))
                absorbed = people - int(self.of.instance.population[city])
                most = scenario.rules.absorb_up_to
                text = f"{has}; {self._name(city)} absorbs {absorbed:,}, more than {most:,}"
            yield BrokenRule("too_large", text, group, group, number=more)

    def _too_many(self, group: Group) -> int:
        """Inhabitants beyond what a merger may have, or a city among them absorb."""
        if self._absorbs(group):
            others = [i for i in group if not self._is_city(i)]
            return max(0, self.of.inhabitants(others) - self.of.scenario.rules.absorb_up_to)
        bounds, people = self.of.scenario.population, self.of.inhabitants(group)
        if sum(map(self._is_city, group)) > 1:
            return max(people - bounds.highest, 1)
        return max(0, people - bounds.highest)

    def _is_city(self, i: int) -> bool:
        return bool(self.of.instance.population[i] > self.of.scenario.population.max)

    def _absorbs(self, group: Group) -> bool:
        one = sum(map(self._is_city, group)) == 1
        return one and self.of.scenario.rules.above_max == "absorb"

    def _columns(self, group: Group) -> Iterator[BrokenRule]:
        bounds = self.of.scenario.population
        for name, people in self._counted_columns:
            if self._absorbs(group):
                others = [i for i in group if not self._is_city(i)]
                size, low, high = int(people[others].sum()), 0, self.of.scenario.rules.absorb_up_to
            else:
                size, low, high = int(people[list(group)].sum()), bounds.lowest, bounds.highest
            has = f"under {name} {self._named(group)} has {size:,} inhabitants"
            if size < low:
                text = f"{has}, {low - size:,} fewer than the minimum of {low:,}"
                grows = self._may_grow(group)
                yield BrokenRule("too_small", text, group, group, grows, low - size, (name,))
            elif size > high:
                text = f"{has}, more than the {high:,} there may be"
                yield BrokenRule("too_large", text, group, group, number=size - high, names=(name,))

    def _requirements(self, group: Group) -> Iterator[BrokenRule]:
        for words, has in self._required:
            if not has[list(group)].any():
                text = f"{self._named(group)} holds no {words.removeprefix('a ')}"
                grows = self._may_grow(group)
                yield BrokenRule("requirement", text, group, group, grows, names=(words,))

    def _frames(self, group: Group) -> Iterator[BrokenRule]:
        for name, zone in self.of.frames:
            # what is in none of the scenario's own zones counts as one; that regions differ is told above
            if len({max(int(zone[i]), -1) for i in group}) > 1:
                text = f"{self._named(group)} crosses zones of '{name}'"
                yield BrokenRule("frame", text, group, group, names=(name,))

    def _enclosed(self, group: Group) -> Iterator[BrokenRule]:
        if self.of.scenario.rules.enclosed != "forbidden" or len(group) < 2:
            return
        inside = set(group)
        beside = {j for i in group for j in self._around[i]} - inside
        for town in sorted(beside):
            if inside.issuperset(self._around[town]) and town not in self._facility:
                is_open = town in self._open_ones
                text = f"{self._named(group)} encloses {self._name(town)}, which may not be"
                text += "; it is in no merger yet" if is_open else ""
                yield BrokenRule("enclosed", text, group, (town,), is_open)

    # Several groups

    def _locks(self) -> Iterator[BrokenRule]:
        of, group_of = self.of, {i: group for group in self.groups for i in group}
        held = set(group_of) | set(self.unassigned)
        for lock in (*of.together, *of.kept):
            if not held.intersection(lock.municipalities) or len(lock.municipalities) < 2:
                continue
            groups = {group_of.get(i, ()) for i in lock.municipalities}
            kind: BrokenKind = "existing" if lock.kind == "existing" else "lock"
            exactly = lock in of.kept
            drawn = groups - {()}
            outside = exactly and any(set(group) - set(lock.municipalities) for group in drawn)
            if len(groups) > 1 or outside:
                may = len(drawn) < 2 and not outside
                text = f"the lock is not kept: {lock.text}"
                if drawn or not exactly:
                    yield BrokenRule(kind, text, (), lock.municipalities, may, lock=lock)
        for lock in of.locks:
            if lock.kind == "apart":
                yield from self._parted(lock)
        for lock in of.lone:
            (i,) = lock.municipalities
            group = group_of.get(i, ())
            if len(group) > 1:
                kind = "lock" if lock.kind == "alone" else "existing"
                text = f"{self._name(i)} is merged with others: {lock.text}"
                yield BrokenRule(kind, text, group, (i,), lock=lock)

    def _parted(self, lock: Lock) -> Iterator[BrokenRule]:
        for group in self.groups:
            both = tuple(i for i in group if i in lock.municipalities)
            if len(both) > 1:
                text = f"{self._names(both)} are in one merger: {lock.text}"
                yield BrokenRule("lock", text, group, both, lock=lock)

    def _unsplit(self) -> Iterator[BrokenRule]:
        instance, frames = self.of.instance, self.of.scenario.frames
        settled = self.of.standing.keys() | {i for k in self.of.kept for i in k.municipalities}
        group_of = {i: group for group in self.groups for i in group}
        for name in filter(instance.layers.__contains__, frames.unsplit):
            layer = instance.layers[name]
            zones: dict[tuple[str, int], list[int]] = {}
            for i in sorted(group_of.keys() - settled):
                if layer.name_of(i):
                    zones.setdefault((layer.name_of(i), int(instance.region[i])), []).append(i)
            for (zone, _), members in zones.items():
                over = len({group_of[i] for i in members})
                if over > 1:
                    text = f"zone '{zone}' of '{name}' is divided over {over} mergers"
                    yield BrokenRule("frame", text, (), tuple(members), names=(name,))

    def _counts(self) -> Iterator[BrokenRule]:
        instance = self.of.instance
        for region in self.regions:
            name = instance.regions[region]
            bounds = self.of.scenario.count.of(name)
            if bounds is None:
                continue
            least, most = bounds
            number = sum(
                len(group) > 1 or group[0] not in self.of.alone
                for group in self.groups
                if int(instance.region[group[0]]) == region
            )
            unfinished = any(int(instance.region[i]) == region for i in self.unassigned)
            if number < least:
                text = f"{name} has {number} mergers that count, fewer than the {least} asked for"
                yield BrokenRule("count", text, is_open=unfinished, number=number - least, names=(name,))
            if most is not None and number > most:
                text = f"{name} has {number} mergers that count, more than the {most} allowed"
                yield BrokenRule("count", text, number=number - most, names=(name,))

    def _enclosed_mergers(self) -> Iterator[BrokenRule]:
        if not forbids_enclosed_mergers(self.of.scenario):
            return
        around = {
            group: {j for i in group for j in self._around[i]} - set(group)
            for group in self.groups
            if len(group) > 1
        }
        for inner, near in around.items():
            for outer, beyond in around.items():
                if near and near <= set(outer) and beyond - set(inner) and not self.is_exempt(outer):
                    text = f"{self._named(outer)} encloses {self._named(inner)}, which may not be"
                    yield BrokenRule("enclosed", text, outer, inner)

    # What is asked again and again

    @cached_property
    def of_borders(self) -> Unchecked:
        """The same without regions and frames, which say what may be merged and not what is connected."""
        unframed = {"within": (), "zones": (), "regions": False}
        frames = self.of.scenario.frames.model_copy(update=unframed)
        scenario = self.of.scenario.model_copy(update={"frames": frames})
        return Unchecked(framed(self.of.instance, scenario), scenario)

    @cached_property
    def _around(self) -> Sequence[Group]:
        return unframed_neighbours(self.of.instance, self.of.scenario)

    @cached_property
    def _facility(self) -> frozenset[int]:
        return stands_as_facility(self.of.instance, self.of.scenario)

    @cached_property
    def _open_ones(self) -> frozenset[int]:
        kept = {i for lock in self.of.kept for i in lock.municipalities}
        return frozenset(self.unassigned) - self.of.standing.keys() - kept

    @cached_property
    def _required(self) -> Sequence[tuple[str, BoolArray]]:
        return required_flags(self.of.instance, self.of.scenario, Problems())

    @cached_property
    def _counted_columns(self) -> Sequence[tuple[str, IntArray]]:
        return list(columns_of(self.of.instance, self.of.scenario))

    def _may_grow(self, group: Group) -> bool:
        """Whether a municipality in no merger can still be reached from a group."""
        inside = set(group) | self._open_ones
        return any(len(self.of.reach(piece[0], inside)) > len(piece) for piece in self.of.pieces(group))

    def _name(self, i: int) -> str:
        return self.of.instance.names[i]

    def _names(self, group: Sequence[int]) -> str:
        return ", ".join(self._name(i) for i in group)

    def _named(self, group: Group) -> str:
        if len(group) == 1:
            return self._name(group[0])
        noun = "zone" if self.of.scenario.level == "zones" else "merger"
        return f"the {noun} of {self._names(group)}"


_BECAUSE = {
    ABOVE_MAX: "it has more inhabitants than the maximum",
    FACILITY: "it is a facility municipality",
    MERGED: "it came out of a recent merger",
    ISOLATED: "it has nobody to merge with",
    STAYING: "it stays as it is for the time being",
}
