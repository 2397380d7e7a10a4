"""Why a lock cannot be asked for: what shows of a selection before anything is solved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from ...instances.common.problems import InputError
from ...instances.instance import Instance
from ...models.question.builder import ask
from ...models.question.each_lock import Lock, LockKind, with_lock
from ...models.question.exemptions import ABOVE_MAX, FACILITY, ISOLATED, MERGED, STAYING
from ...models.question.locks import join_groups
from ...models.question.unchecked import Group, Unchecked
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from .reason import Reason, ReasonKind


def why_not(
    instance: Instance,
    scenario: Scenario,
    kind: LockKind,
    municipalities: Iterable[int],
    *,
    level: str = "",
) -> Reason | None:
    """Say why a lock cannot be asked for, as far as that shows without a search.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        May contradict itself.
    kind : LockKind
        Of single municipalities ('alone', 'seat', 'joined') one for each of the selection is meant.
    municipalities : iterable of int
        The selection.
    level : {'', 'zones'}
        'zones' for a lock of the zones of a nested scenario.

    Returns
    -------
    Reason or None
        The first that is found. None where nothing speaks against it so far: there may still be no plan with
        it, which `explain` tells.

    Examples
    --------
    >>> why_not(instance, scenario, "together", [instance.find("Aalst"), instance.find("Leuven")]).kind
    'different regions'
    """
    instance = framed(instance, scenario)
    asking = _Asking(Unchecked.of(instance, scenario, level), tuple(sorted(set(municipalities))), level)
    looked_at = {
        "together": asking.together,
        "existing": asking.exactly,
        "apart": asking.apart,
        "alone": asking.alone,
        "seat": asking.seat,
        "joined": asking.joined,
        "added": asking.added,
        "removed": asking.removed,
    }
    reason = next(looked_at[kind](), None) or next(_between_levels(instance, scenario, kind, asking), None)
    return reason or _contradiction(instance, scenario, kind, asking.group, level)


def wished_locks(kind: LockKind, municipalities: Iterable[int], level: str = "") -> tuple[Lock, ...]:
    """Give the locks that a selection means: of single municipalities one for each."""
    group = tuple(sorted(set(municipalities)))
    if kind in ("alone", "seat", "joined"):
        return tuple(Lock(kind, (i,), level) for i in group)
    return (Lock(kind, group, level),)


@dataclass(frozen=True)
class _Asking:
    of: Unchecked
    group: Group
    level: str

    # What is looked at for each kind

    def together(self) -> Iterator[Reason]:
        yield from self._several()
        yield from self._regions("no merger crosses one")
        yield from self._standing(self.group)
        yield from self._locked("together")
        yield from self._with_kept()
        whole = self._with_partners()
        yield from self._standing(whole)
        yield from self._lone_by_lock(whole)
        yield from self._parted(whole)
        yield from self._frames()
        yield from self._above(whole)
        yield from self._torn(whole)

    def exactly(self) -> Iterator[Reason]:
        if len(self.group) == 1:
            yield from self.alone()
            return
        # what is kept goes before what a municipality is: one that stands alone by rule may be in it
        yield from self._several()
        yield from self._regions("no merger crosses one")
        kept = self._kept_of(self.group)
        if kept is not None and kept.municipalities == self.group:
            yield self._lock("locked already", kept, "is kept already")
        if kept is not None:
            yield self._lock("lock", kept, "is kept as it is, and has others")
        yield from self._lone_by_lock(self.group)
        yield from self._parted(self.group)
        for lock in self.of.together:
            inside = set(lock.municipalities) & set(self.group)
            if inside and not set(self.group).issuperset(lock.municipalities):
                yield self._lock("lock", lock, "holds others together with these")
        yield from self._frames()
        pieces = self.of.pieces(self.group)
        if len(pieces) > 1:
            yield self._not_connected(pieces, "they do not border each other")

    def apart(self) -> Iterator[Reason]:
        yield from self._several()
        region = self.of.instance.region
        if len({int(region[i]) for i in self.group}) == len(self.group):
            text = "they are in different regions, and no merger crosses one: they are apart already"
            yield Reason("apart by region", text, self.group)
        yield from self._locked("apart")
        for lock in (*self.of.together, *self.of.kept):
            both = set(lock.municipalities) & set(self.group)
            if len(both) > 1:
                yield self._lock("lock", lock, f"holds {self._names(sorted(both))} together")

    def alone(self) -> Iterator[Reason]:
        yield from self._some()
        for i in self.group:
            by = self.of.alone_by_lock.get(i)
            if by is not None:
                yield self._lock("locked already", by, "says so already")
            # what is kept goes before what a municipality is
            for lock in (*self.of.kept, *self.of.together):
                if i in lock.municipalities and len(lock.municipalities) > 1:
                    yield self._lock("lock", lock, f"holds {self._name(i)} together with others")
            rule = self.of.alone.get(i)
            if rule is not None:
                text = f"{self._name(i)} {self._because(rule, i)} already"
                yield Reason("stands alone already", text, (i,), name=rule)

    def seat(self) -> Iterator[Reason]:
        yield from self._some()
        seats = {lock.municipalities[0]: lock for lock in self.of.locks if lock.kind == "seat"}
        for i in self.group:
            if i in seats:
                yield self._lock("locked already", seats[i], "says so already")
        for group in self._joined_groups():
            wanted = [i for i in group if i in self.group]
            other = next((seats[i] for i in group if i in seats and wanted), None)
            if other is not None:
                yield self._lock("lock", other, "is the seat of the same merger")
            if len(wanted) > 1:
                text = f"{self._names(wanted)} are in one merger by locks, which has one seat"
                yield Reason("contradiction", text, tuple(wanted))

    def joined(self) -> Iterator[Reason]:
        yield from self._some()
        instance, rules = self.of.instance, self.of.scenario.rules
        for i in self.group:
            if not instance.facility[i]:
                text = f"{self._name(i)} is no facility municipality; it takes part anyway"
                yield Reason("no facility municipality", text, (i,))
            if rules.facility == "free":
                text = f"{self._name(i)} takes part already: all facility municipalities do"
                yield Reason("takes part already", text, (i,))
        yield from self._locked_one_by_one("joined", "takes part already")

    def added(self) -> Iterator[Reason]:
        yield from self._pair()
        yield from self._regions("nothing crosses one")
        yield from self._locked("added")
        a, b = self.group
        if b in self.of.neighbours[a]:
            yield Reason("border already", f"{self._names(self.group)} share a border already", self.group)

    def removed(self) -> Iterator[Reason]:
        yield from self._pair()
        yield from self._locked("removed")
        a, b = self.group
        if b not in self.of.neighbours[a]:
            text = f"{self._names(self.group)} share no border that counts"
            yield Reason("no border", text, self.group)

    # Numbers and regions

    def _some(self) -> Iterator[Reason]:
        if not self.group:
            yield Reason("nothing selected", "no municipality is selected")

    def _several(self) -> Iterator[Reason]:
        yield from self._some()
        if len(self.group) == 1:
            yield Reason("one selected", "only one municipality is selected", self.group)

    def _pair(self) -> Iterator[Reason]:
        if len(self.group) != 2:
            yield Reason("not two selected", "a border lies between two municipalities", self.group)

    def _regions(self, why: str) -> Iterator[Reason]:
        instance = self.of.instance
        regions = sorted({instance.regions[instance.region[i]] for i in self.group})
        if len(regions) > 1:
            text = f"{self._names(self.group)} are in different regions ({', '.join(regions)}), and {why}"
            yield Reason("different regions", text, self.group)

    def _standing(self, group: Iterable[int]) -> Iterator[Reason]:
        merged = {i for lock in self.of.kept for i in lock.municipalities if len(lock.municipalities) > 1}
        for i in group:
            rule = self.of.alone.get(i)
            if rule is not None and i not in merged:
                text = f"{self._name(i)} {self._because(rule, i)}"
                yield Reason("stands alone by rule", text, (i,), name=rule)

    def _because(self, rule: str, i: int) -> str:
        return {
            FACILITY: "is a facility municipality and stands alone",
            ABOVE_MAX: "has more inhabitants than the maximum and stands alone",
            MERGED: f"came out of a merger of {self.of.instance.merged_in[i]} and stands alone",
            ISOLATED: "has nobody to merge with and stands alone",
            STAYING: "stays as it is for the time being",
        }[rule]

    def _above(self, group: Collection[int]) -> Iterator[Reason]:
        most, people = self.of.scenario.population.highest, self.of.counted(group)
        if people > most:
            has = f"{self._names(group)} together have {self.of.inhabitants(group):,} inhabitants"
            text = f"{has}, {people - most:,} more than the maximum of {most:,} allows"
            yield Reason("above the maximum", text, tuple(group), people - most)

    def _torn(self, group: Group) -> Iterator[Reason]:
        pieces = self.of.pieces(group)
        if len(pieces) < 2:
            return
        place = self.of.instance.region[group[0]]
        fixed = self.of.standing.keys() | {i for lock in self.of.kept for i in lock.municipalities}
        open_ones = [i for i in self.of.instance.members(int(place)).tolist() if i not in fixed]
        if self.of.between(group, set(open_ones)) is None:
            yield self._not_connected(pieces, "no chain of borders joins them")

    def _not_connected(self, pieces: list[Group], why: str) -> Reason:
        place = int(self.of.instance.region[self.group[0]])
        free = {i for i in self.of.instance.members(place).tolist() if i not in self.of.standing}
        between = self.of.between(self.group, free) or ()
        text = f"{why}: {' | '.join(self._names(piece) for piece in pieces)}"
        text += f"; between them: {self._names(between)}" if between else ""
        return Reason("not connected", text, self.group, pieces=tuple(pieces), between=between)

    def _frames(self) -> Iterator[Reason]:
        for name, zone in self.of.frames:
            if len({int(zone[i]) for i in self.group}) > 1:
                text = (
                    f"{self._names(self.group)} are in different zones of '{name}', which no merger crosses"
                )
                yield Reason("frame", text, self.group, name=name)

    # Other locks

    def _locked(self, kind: LockKind) -> Iterator[Reason]:
        lock = next(
            (one for one in self.of.locks if (one.kind, one.municipalities) == (kind, self.group)), None
        )
        if lock is not None:
            yield self._lock("locked already", lock, "says so already")

    def _locked_one_by_one(self, kind: LockKind, why: str) -> Iterator[Reason]:
        for lock in self.of.locks:
            if lock.kind == kind and lock.municipalities[0] in self.group:
                yield self._lock("locked already", lock, why)

    def _with_kept(self) -> Iterator[Reason]:
        for lock in self.of.kept:
            members = set(lock.municipalities)
            if len(members) > 1 and members & set(self.group):
                if members.issuperset(self.group):
                    yield self._lock("locked already", lock, "holds them together already")
                yield self._lock("lock", lock, "is kept as it is, and nobody may join")

    def _lone_by_lock(self, group: Iterable[int]) -> Iterator[Reason]:
        for i in group:
            if i in self.of.alone_by_lock:
                yield self._lock("lock", self.of.alone_by_lock[i], f"lets {self._name(i)} stand alone")

    def _parted(self, group: Group) -> Iterator[Reason]:
        for pair in combinations(sorted(group), 2):
            if pair in self.of.parted:
                yield self._lock("lock", self.of.parted[pair], f"keeps {self._names(pair)} apart")

    def _lock(self, kind: ReasonKind, lock: Lock, why: str) -> Reason:
        return Reason(kind, f'the lock "{lock.text}" {why}', lock.municipalities, lock=lock)

    def _kept_of(self, group: Group) -> Lock | None:
        return next(
            (
                lock
                for lock in self.of.kept
                if len(lock.municipalities) > 1 and set(lock.municipalities) & set(group)
            ),
            None,
        )

    def _with_partners(self) -> Group:
        """The selection with all that locks hold together with it."""
        whole, before = set(self.group), 0
        while len(whole) > before:
            before = len(whole)
            for lock in self.of.together:
                if whole & set(lock.municipalities):
                    whole |= set(lock.municipalities)
        return tuple(sorted(whole))

    def _joined_groups(self) -> list[Group]:
        held = (lock.municipalities for lock in (*self.of.together, *self.of.kept))
        return list(join_groups(held))

    # Words

    def _name(self, i: int) -> str:
        return self.of.instance.names[i]

    def _names(self, group: Iterable[int]) -> str:
        return ", ".join(self._name(i) for i in group)


def _between_levels(
    instance: Instance, scenario: Scenario, kind: LockKind, asking: _Asking
) -> Iterator[Reason]:
    """Locks of mergers and of the zones around them: who is in one merger is in one zone."""
    if scenario.zones is None or len(asking.group) < (1 if kind == "alone" else 2):
        return
    other = _Asking(Unchecked.of(instance, scenario, "" if asking.level else "zones"), asking.group, "")
    if not asking.level and kind in ("together", "existing"):
        yield from other._lone_by_lock(asking.group)
        yield from other._parted(asking.group)
    if asking.level and kind in ("apart", "alone"):
        for lock in (*other.of.together, *other.of.kept):
            both = set(lock.municipalities) & set(asking.group)
            if len(lock.municipalities) > 1 and len(both) > (kind == "apart"):
                yield other._lock("lock", lock, "holds them in one merger, which lies in one zone")


def _contradiction(
    instance: Instance, scenario: Scenario, kind: LockKind, group: Group, level: str
) -> Reason | None:
    """Ask for it: what the scenario contradicts with the lock that it does not without it."""
    wished = scenario
    for lock in wished_locks(kind, group, level):
        wished = with_lock(instance, wished, lock)
    regions = sorted({instance.regions[instance.region[i]] for i in group})
    new = _problems(instance, wished, regions)
    if not new:
        return None
    before = set(_problems(instance, scenario, regions))
    text = next((text for text in new if text not in before), None)
    return None if text is None else Reason("contradiction", text, group)


def _problems(instance: Instance, scenario: Scenario, regions: list[str]) -> list[str]:
    found = []
    for asked in scenario.levels:
        try:
            ask(instance, asked, regions)
        except InputError as error:
            found += [problem.what for problem in error.problems]
    return found
