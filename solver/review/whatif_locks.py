"""A wish in indices, and the locks that it adds to the scenario of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, cast

from ...instances.common.problems import Problems, reject
from ...instances.instance import Instance
from ...models.question.each_lock import Lock, LockKind, lock_name, with_lock
from ...models.question.locks import existing_here, resolve
from ...models.scenario.demands import Demands
from ...models.scenario.scenario import Scenario
from ...models.scenario.tables import Existing, Groups, Locks
from ..results.mergers import Merger
from ..results.result import Result

Level = Literal["mergers", "zones"]
_Group = tuple[int, ...]


@dataclass(frozen=True)
class WhatIf:
    """A wish that a plan is asked with. Municipalities by NIS code or by name.

    Attributes
    ----------
    together : tuple of groups
        Each group in one merger, others may join it.
    apart : tuple of groups
        No two of a group in one merger.
    alone : tuple of str
        Stand alone, whatever their size.
    seat : tuple of str
        Are the seat of their merger.
    mergers : tuple of groups
        Each group a merger by itself, whatever its size.
    joined : tuple of str
        Facility municipalities that take part all the same.
    added, removed : tuple of pairs
        Borders that there are to be, and those that do not count.
    level : {'mergers', 'zones'} or None
        The parts that the wish is about; None is what the plan consists of, mergers at the nested level.
    """

    together: Groups = ()
    apart: Groups = ()
    alone: tuple[str, ...] = ()
    seat: tuple[str, ...] = ()
    mergers: Groups = ()
    joined: tuple[str, ...] = ()
    added: Groups = ()
    removed: Groups = ()
    level: Level | None = None


@dataclass(frozen=True)
class ResolvedWish:
    """A wish in indices; `opening` is what changes who may merge with whom."""

    together: list[_Group]
    apart: list[_Group]
    alone: _Group
    seat: _Group
    mergers: list[_Group]
    opening: tuple[Lock, ...] = ()

    def regions(self, instance: Instance) -> tuple[str, ...]:
        """Name the regions concerned, in the order of the instance."""
        region = instance.region
        named = {
            int(region[i]) for group in (*self.together, *self.mergers, self.alone, self.seat) for i in group
        }
        pairs = (pair for group in self.apart for pair in combinations(group, 2))
        named |= {int(region[a]) for a, b in pairs if region[a] == region[b]}
        named |= {instance.regions.index(name) for lock in self.opening for name in lock.regions(instance)}
        return tuple(instance.regions[r] for r in sorted(named))

    def is_held(self, parts: Sequence[Merger]) -> bool:
        """Tell whether the parts of a region are as the wish wants the municipalities in them."""
        part_of = {i: part for part in parts for i in part.members}
        return (
            all(
                set(group) <= set(part_of[group[0]].members) for group in self.together if group[0] in part_of
            )
            and all(
                part_of[a] is not part_of[b]
                for group in self.apart
                for a, b in combinations([i for i in group if i in part_of], 2)
            )
            and all(part_of[i].members == (i,) for i in self.alone if i in part_of)
            and all(part_of[i].seat == i for i in self.seat if i in part_of)
            and all(part_of[group[0]].members == group for group in self.mergers if group[0] in part_of)
        )


def wished_level(scenario: Scenario, wished: WhatIf) -> Level:
    """Say which parts the wish is about.

    Raises
    ------
    InputError
        The plan has no such parts.
    """
    if len(scenario.levels) > 1:
        return wished.level or "mergers"
    if wished.level not in (None, scenario.level):
        reject(
            f"the plan has no {wished.level}: it is at level '{scenario.level}'",
            "leave the level out",
            value=wished.level,
        )
    return cast(Level, scenario.level)


def resolve_wish(before: Result, wished: WhatIf) -> ResolvedWish:
    """Look up the municipalities that a wish names.

    Raises
    ------
    InputError
        See `what_if`; everything that is wrong is listed.
    """
    instance, problems = before.instance, Problems()
    demands = ResolvedWish(
        together=resolve(instance, wished.together, "together", problems),
        apart=resolve(instance, wished.apart, "apart", problems),
        alone=resolve(instance, [dict.fromkeys(wished.alone)], "alone", problems)[0],
        seat=resolve(instance, [dict.fromkeys(wished.seat)], "seat", problems)[0],
        mergers=resolve(instance, wished.mergers, "mergers", problems),
        opening=_opening(instance, wished, problems),
    )
    problems.raise_if_any()
    if demands == ResolvedWish([], [], (), (), []):
        problems.add("nothing is wished", "say who is to be together, apart, alone, the seat, or a merger")
    for key, groups in (
        ("together", demands.together),
        ("apart", demands.apart),
        ("mergers", demands.mergers),
    ):
        for group in groups:
            _check_group(instance, key, group, problems)
    problems.raise_if_any()
    _check_regions(before, demands, problems)
    problems.raise_if_any()
    return demands


def _opening(instance: Instance, wished: WhatIf, problems: Problems) -> tuple[Lock, ...]:
    """Look up who is to take part, and the borders."""
    level = "zones" if wished.level == "zones" else ""
    locks = [
        Lock("joined", (i,), level)
        for i in resolve(instance, [dict.fromkeys(wished.joined)], "joined", problems)[0]
    ]
    kinds: tuple[LockKind, ...] = ("added", "removed")
    for kind, pairs in zip(kinds, (wished.added, wished.removed), strict=True):
        for pair in resolve(instance, pairs, kind, problems):
            if len(pair) == 2:
                locks.append(Lock(kind, pair, level))
            elif not problems:
                names = ", ".join(instance.label(i) for i in pair)
                problems.add(f"{kind}: a border lies between two municipalities", "name two", value=names)
    return tuple(locks)


def _check_group(instance: Instance, key: str, group: _Group, problems: Problems) -> None:
    names = ", ".join(instance.label(i) for i in group)
    if len(group) < 2:
        problems.add(f"{key}: a group needs at least two municipalities", "name another", value=names)
    regions = sorted({instance.regions[instance.region[i]] for i in group})
    if key != "apart" and len(regions) > 1:
        problems.add(
            f"{key}: {names} are in different regions ({', '.join(regions)}), and no merger crosses one",
            "name municipalities of one region, or solve with frames.regions = false",
        )


def _check_regions(before: Result, demands: ResolvedWish, problems: Problems) -> None:
    """Note regions that have no plan to hold the wish against."""
    answered = {region.name: region for region in before.by_region}
    for name in demands.regions(before.instance):
        if name not in answered:
            problems.add(f"the plan is not for region '{name}'", f"it is for {', '.join(answered)}")
        elif answered[name].score_nano is None:
            problems.add(
                f"the plan has no answer for region '{name}' ({answered[name].status}), so that nothing "
                "tells what a wish costs there",
                "change the scenario until there is one, and solve it again",
            )


def with_wish(scenario: Scenario, demands: ResolvedWish, level: Level, instance: Instance) -> Scenario:
    """Add a wish to the locks and existing mergers of a scenario."""
    if scenario.zones is None or level == "mergers":
        wished = scenario.model_copy(update=_added(scenario, demands, instance))
    else:
        zones = scenario.zones.model_copy(update=_added(scenario.zones, demands, instance))
        wished = scenario.model_copy(update={"zones": zones})
    for lock in demands.opening:
        in_zones = "zones" if scenario.zones is not None and level == "zones" else ""
        wished = with_lock(instance, wished, replace(lock, level=in_zones))
    return wished


def _added(level: Demands, demands: ResolvedWish, instance: Instance) -> dict[str, object]:
    """Give the tables of a level that a wish changes."""
    locks, existing = level.locks, level.existing

    def named(groups: Iterable[_Group]) -> Groups:
        return tuple(tuple(lock_name(instance, i) for i in group) for group in groups)

    def more(texts: tuple[str, ...], wanted: _Group) -> tuple[str, ...]:
        known = {instance.find(text) for text in texts}
        return (*texts, *(lock_name(instance, i) for i in wanted if i not in known))

    together = (*locks.together, *named(demands.together))
    if demands.mergers and existing.mode == "extend":
        # one table has one mode: what may be extended is held together by locks, which mean the same
        together = (*together, *(group for group in existing.mergers if len(group) > 1))
        existing = Existing(mode="keep")
    kept = [{instance.find(text) for text in group} for group in existing_here(instance, existing)]
    new = named(group for group in dict.fromkeys(demands.mergers) if set(group) not in kept)
    return {
        "locks": Locks(
            together=together,
            apart=(*locks.apart, *named(demands.apart)),
            alone=more(locks.alone, demands.alone),
            seat=more(locks.seat, demands.seat),
        ),
        "existing": Existing(
            mode=existing.mode,
            mergers=(*existing.mergers, *new),
            source="" if new else existing.source,  # what is wished stands in no file
        ),
    }
