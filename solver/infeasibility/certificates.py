"""Certificates of infeasibility that show without a search: islands, locks that are too large, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ..candidates.sets import Part
from .feasibility import Feasibility, RuleKey, falls_between, pieces, reaches
from .relaxed_level import (
    CLASSES,
    FEWEST,
    HIGH,
    LOW,
    MIN_LENGTH,
    MOST,
    OWN_ZONES,
    Key,
    RelaxedLevel,
    connected_to,
)
from .rules import Rule

_NAMED = 5  # municipalities that are named; the others are counted
_BORDERS = ("removed", "within")


@dataclass(frozen=True)
class Certificate:
    """A fact that leaves a region without a plan by itself.

    Attributes
    ----------
    text : str
        What it is, in a sentence without a full stop.
    rules : frozenset of RuleKey
        The rules that it follows from; not all of them need be necessary.
    island : tuple of int
        Connected municipalities with too few inhabitants; empty where that is not it.
    apart : bool
        Whether it lies apart from others of the region.
    level : str
        'zones' for one among the zones of a nested scenario.
    """

    text: str
    rules: frozenset[RuleKey]
    island: Part = ()
    level: str = ""
    apart: bool = False


def certificates_of(test: Feasibility, scenario: Scenario, rules: Sequence[Rule]) -> list[Certificate]:
    """List the facts that leave a region without a plan and show without a search, islands first."""
    certificates: list[Certificate] = []
    for level, name in zip(test.levels(scenario), ("", "zones"), strict=False):
        seen = _Inspection(test.instance, level, [rule for rule in rules if rule.level == name], name)
        certificates += seen.all()
    return sorted(certificates, key=lambda certificate: (not certificate.apart, not certificate.island))


@dataclass(frozen=True, eq=False)
class _Inspection:
    """One level of a scenario as it stands."""

    instance: Instance
    level: RelaxedLevel
    rules: list[Rule]
    name: str

    def all(self) -> Iterator[Certificate]:
        yield from self._pieces()
        yield from self._settled()
        yield from self._groups()
        yield from self._columns()
        yield from self._between()
        yield from self._numbers()
        yield from self._reaches()

    # What certificates are made of

    @property
    def _noun(self) -> str:
        return self.level.scenario.level.removesuffix("s")

    def _keys(self, *keys: Iterable[Key]) -> frozenset[RuleKey]:
        return frozenset((self.name, key) for group in keys for key in group)

    @cached_property
    def _around(self) -> list[Key]:
        """Rules that say which municipalities may be joined, and which are not there to be joined."""
        return [
            rule.key
            for rule in self.rules
            if rule.exempts or rule.key[0] in _BORDERS or rule.key in (MIN_LENGTH, OWN_ZONES)
        ]

    def _certificate(self, text: str, *keys: Iterable[Key], island: Part = ()) -> Certificate:
        apart = bool(island) and len(island) < len(self.level.members)
        return Certificate(text, self._keys(*keys), island, self.name, apart)

    def _names(self, members: Iterable[int]) -> str:
        listed = sorted(members)
        names = ", ".join(self.instance.label(i) for i in listed[:_NAMED])
        more = len(listed) - _NAMED
        return f"{names} and {more} more" if more > 0 else names

    def _size(self, members: Iterable[int]) -> str:
        return f"{int(self.instance.population[list(members)].sum()):,} inhabitants"

    def _bound(self, which: str) -> str:
        """A bound as the scenario says it."""
        bounds = self.level.scenario.population
        key = {"low": ("min", "floor"), "high": ("max", "ceiling")}[which]
        soft = bounds.floor if which == "low" else bounds.ceiling
        value = bounds.lowest if which == "low" else bounds.highest
        prefix = f"{self.name}." if self.name else ""
        return f"{prefix}population.{key[soft is not None]} = {value:,}"

    # Connected pieces

    @cached_property
    def _components(self) -> list[Part]:
        return [tuple(piece) for piece in pieces(self.level)]

    def _pieces(self) -> Iterator[Certificate]:
        """A connected piece is too small for a merger, or lacks what each must have."""
        for piece in self._components:
            if self.level.size(piece) < self.level.lower:
                text = f"{self._names(piece)} ({self._size(piece)}) {self._cut_off(piece)}"
                text += (
                    f" and {'has' if len(piece) == 1 else 'have'} fewer inhabitants than {self._bound('low')}"
                )
                yield self._certificate(text, [LOW], self._around, self._group_keys(piece), island=piece)
                continue
            for words, has in self.level.required:
                if not has[list(piece)].any():
                    keys = [
                        rule.key for rule in self.rules if rule.key == CLASSES or rule.key[0] == "function"
                    ]
                    text = f"{self._names(piece)} {self._cut_off(piece)} and without {words}"
                    yield self._certificate(text, keys, self._around, self._group_keys(piece))

    def _cut_off(self, piece: Part) -> str:
        """Say why others cannot be joined to a piece."""
        instance, region = self.instance, self.level.region
        others = [i for i in self.level.members.tolist() if i not in piece]
        one = len(piece) == 1
        if not others:
            return f"{'is' if one else 'are'} all there is in the region"
        pairs = instance.borders.pairs.tolist()
        beside = {a for a, b in pairs if b in piece} | {b for a, b in pairs if a in piece}
        beside = {i for i in beside - set(piece) if instance.region[i] == region}
        added = {j for i in piece for j in self.level.neighbours[i]} - set(piece)
        if not beside | added:
            return f"{'has' if one else 'have'} no border with the rest of the region (an island)"
        near = beside | added
        return f"can be joined to nobody else in the region ({self._names(near)} {self._why(near)})"

    def _why(self, beside: set[int]) -> str:
        free = self.level.free & {i for block in self.level.blocks for i in block}
        one = len(beside) == 1
        if not beside & free:
            return f"{'has its' if one else 'have their'} place by rule or lock"
        return f"{'is' if one else 'are'} kept out by rules, locks or borders that do not count"

    def _group_keys(self, members: Iterable[int]) -> list[Key]:
        inside = set(members)
        return [key for keys, group in self.level.together if inside & set(group) for key in keys]

    # Locks and whole zones

    def _settled(self) -> Iterator[Certificate]:
        """A group is to be together, but one of it has another place."""
        parts = [set(one.part) for one in self.level.exempt]
        for keys, group in self.level.together:
            held = [i for i in group if i >= 0 and i not in self.level.free]
            if not held or any(part.issuperset(group) for part in parts):
                continue
            if any(self.instance.region[i] != self.level.region for i in group if i >= 0):
                continue
            exempting = [rule for rule in self.rules if rule.exempts and set(rule.municipalities) & set(held)]
            names = self._names(i for i in group if i >= 0)
            texts = "; ".join(rule.text for rule in exempting)
            yield self._certificate(
                f"{names} are to be in one {self._noun}, but have another place by rule or lock ({texts})",
                keys,
                [rule.key for rule in exempting],
            )

    def _groups(self) -> Iterator[Certificate]:
        """A group that is to be together is too large, or torn."""
        level = self.level
        hold = {i for block in level.blocks for i in block}
        for block in level.blocks:
            if len(block) < 2:
                continue
            keys = self._group_keys(block)
            names = f"{self._names(block)}, which are to be in one {self._noun},"
            if level.upper is not None and level.size(block) > level.upper:
                text = f"{names} have {self._size(block)}, more than {self._bound('high')}"
                yield self._certificate(text, keys, [HIGH], self._around)
            elif not connected_to(block[0], hold, level.neighbours).issuperset(block):
                yield self._certificate(f"{names} are joined by no chain of borders", keys, self._around)

    def _columns(self) -> Iterator[Certificate]:
        """Under a further column, what is to be one merger is too large, or a connected piece too small."""
        level, cities = self.level, self.instance.population > self.level.scenario.population.max
        for bounds in level.also:
            rule: Key = ("also", bounds.column)
            for block in level.blocks:
                people = int(bounds.counted[list(block)].sum())
                if bounds.upper is not None and people > bounds.upper and not cities[list(block)].any():
                    text = self._under(block, people, bounds.column, f"more than {self._bound('high')}")
                    yield self._certificate(text, self._group_keys(block), [HIGH, rule], self._around)
            for piece in self._components:
                people = int(bounds.counted[list(piece)].sum())
                if people < bounds.lower <= level.size(piece):  # what is too small today is told before
                    text = self._under(piece, people, bounds.column, f"fewer than {self._bound('low')}")
                    keys = [[LOW, rule], self._around, self._group_keys(piece)]
                    yield self._certificate(text, *keys, island=piece)

    def _under(self, members: Part, people: int, column: str, than: str) -> str:
        has = "has" if len(members) == 1 else "together have"
        return f"{self._names(members)} {has} {people:,} inhabitants under {column}, {than}"

    def _between(self) -> Iterator[Certificate]:
        """A connected piece has too many inhabitants for some number of mergers, and too few for one more."""
        level, noun = self.level, self._noun
        for piece in self._components:
            if not falls_between(level, piece):
                continue
            number = level.size(piece) // level.lower
            so_many = f"one {noun}" if number == 1 else f"{number} {noun}s"
            text = f"{self._size(piece)} of {self._names(piece)} are too many for {so_many}"
            text += f" under {self._bound('high')} and too few for {number + 1} under {self._bound('low')}"
            yield self._certificate(text, [LOW, HIGH], self._around, self._group_keys(piece))

    def _numbers(self) -> Iterator[Certificate]:
        """More mergers are asked for than there are inhabitants for, or fewer than there must be."""
        level, (fewest, most) = self.level, self.level.count
        fixed = sum(one.counted for one in level.exempt)
        sizes = [level.size(piece) for piece in self._components]
        many = f"{level.scenario.level}"
        if level.lower > 0:
            at_most = fixed + sum(size // level.lower for size in sizes)
            if at_most < fewest:
                text = f"there are inhabitants for at most {at_most} {many} under {self._bound('low')}"
                text += f", and at least {fewest} are asked for"
                yield self._certificate(text, [LOW, FEWEST], self._around)
        if most is not None:
            parts = [-(-size // level.upper) if level.upper else 1 for size in sizes]
            at_least = fixed + sum(max(1, number) for number in parts)
            if at_least > most:
                why = f" under {self._bound('high')}" if level.upper else ""
                text = f"at least {at_least} {many} are needed{why}, and at most {most} are asked for"
                yield self._certificate(text, [HIGH, MOST], self._around)

    def _reaches(self) -> Iterator[Certificate]:
        """Locks keep too many from a municipality."""
        small = {i for piece in self._components if self.level.size(piece) < self.level.lower for i in piece}
        for block, reach in reaches(self.level):
            if reach and not small.intersection(block) and self.level.size(reach) < self.level.lower:
                apart = [rule.key for rule in self.rules if rule.key[0] == "apart"]
                others = set(reach) - set(block)
                whom = self._names(others) if others else "nobody else"
                text = f"locks leave {self._names(block)} {whom} to be in one {self._noun} with"
                text += f", and {self._size(reach)} are fewer than {self._bound('low')}"
                groups = self._group_keys(self.level.free)
                yield self._certificate(text, [LOW], apart, groups, self._around)
                return
