"""Locks one by one: what each holds, and the scenario with one more of them or one fewer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Literal, get_args

from ...instances.common.problems import reject, suggest
from ...instances.instance import Instance
from ..scenario.demands import Demands
from ..scenario.scenario import Scenario
from ..scenario.tables import Existing
from .locks import existing_here, is_known

LockKind = Literal["together", "apart", "alone", "seat", "existing", "joined", "added", "removed"]
"""Keys of a scenario file: `locks.together`, `.apart`, `.alone`, `.seat`; `existing.mergers`; `rules.joined`;
`borders.added`, `.removed`."""

_TABLE_OF: dict[str, str] = {
    "together": "locks",
    "apart": "locks",
    "alone": "locks",
    "seat": "locks",
    "existing": "existing",
    "joined": "rules",
    "added": "borders",
    "removed": "borders",
}
_SINGLE = ("alone", "seat", "joined")
_PAIR = ("added", "removed")


@dataclass(frozen=True)
class Lock:
    """One thing that is agreed.

    Attributes
    ----------
    kind : LockKind
        The key of the scenario file that holds it: 'together', 'apart', 'alone', 'seat'; 'existing' for a
        merger of `existing.mergers`; 'joined' for a facility municipality that takes part; 'added' and
        'removed' for a border.
    municipalities : tuple of int
        Ascending.
    level : str
        'zones' for one of the zones of a nested scenario, else empty.
    text : str
        For people; two locks are equal whatever they are called.
    """

    kind: LockKind
    municipalities: tuple[int, ...]
    level: str = ""
    text: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.kind not in get_args(LockKind):
            reject("there is no such kind of lock", suggest(self.kind, get_args(LockKind)), value=self.kind)

    @property
    def key(self) -> str:
        """Where it stands in a scenario file."""
        table, list_key = _place(self.kind)
        return f"{self.level}.{table}.{list_key}" if self.level else f"{table}.{list_key}"

    def regions(self, instance: Instance) -> tuple[str, ...]:
        """Name the regions that it concerns, in the order of the instance; none where it parts regions."""
        region = instance.region
        touched = {int(region[i]) for i in self.municipalities}
        if self.kind == "apart":
            pairs = combinations(self.municipalities, 2)
            touched = {int(region[a]) for a, b in pairs if region[a] == region[b]}
        return tuple(instance.regions[r] for r in sorted(touched))


def locks_of(instance: Instance, scenario: Scenario) -> tuple[Lock, ...]:
    """List the locks of a scenario, those of zones after those of mergers.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario

    Returns
    -------
    tuple of Lock
        Each once, in the order of `LockKind` and of the scenario. Texts that name no municipality, and groups
        of one that say nothing, are left out.
    """
    found: dict[Lock, None] = {}
    for level, asked in scenario.levels_by_prefix.items():
        for kind in get_args(LockKind):
            for members in _groups(instance, asked, kind):
                lock = Lock(kind, members, level)
                found.setdefault(Lock(kind, members, level, lock_text(instance, asked, lock)))
    return tuple(found)


def lock_text(instance: Instance, asked: Demands, lock: Lock) -> str:
    """Say a lock in a few words, such as "together: Aalst, Lede"."""
    names = ", ".join(instance.names[i] for i in lock.municipalities)
    pair = " - ".join(instance.names[i] for i in lock.municipalities)
    extends = lock.kind == "existing" and asked.existing.mode == "extend"
    said = {
        "together": f"together: {names}",
        "apart": f"apart: {names}",
        "alone": f"alone: {names}",
        "seat": f"seat: {names}",
        "existing": f"{'existing merger, others may join' if extends else 'kept as it is'}: {names}",
        "joined": f"takes part: {names}",
        "added": f"border added: {pair}",
        "removed": f"border removed: {pair}",
    }[lock.kind]
    return f"{said} (zones)" if lock.level else said


def without_lock(instance: Instance, scenario: Scenario, lock: Lock) -> Scenario:
    """Take a lock out of a scenario, however its municipalities are written, as often as it stands there.

    A scenario without it stays as it is.
    """
    asked = _asked(scenario, lock.level)
    table, key = _place(lock.kind)
    listed = getattr(getattr(asked, table), key)
    kept = tuple(entry for entry in listed if _found(instance, lock.kind, entry) != lock.municipalities)
    if kept == listed:
        return scenario
    changes: dict[str, Any] = {key: kept}
    if lock.kind == "existing" and not kept:
        changes |= {"mode": Existing().mode, "source": ""}  # without mergers they say nothing
    return _with(scenario, lock.level, table, changes)


def with_lock(instance: Instance, scenario: Scenario, lock: Lock) -> Scenario:
    """Put a lock into a scenario that does not have it; whether it can be kept is another question.

    A merger that is kept as it is makes `existing.mode` "keep"; existing mergers that others might join until
    then are held together by locks instead, which means the same. A border that is added is removed no
    longer, and the other way round.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    lock : Lock
        Of municipalities by index; its text does not matter.
    """
    if lock.kind == "existing":
        return _keeping(instance, scenario, lock)
    if lock.kind in _PAIR:
        opposite: LockKind = "removed" if lock.kind == "added" else "added"
        scenario = without_lock(instance, scenario, Lock(opposite, lock.municipalities, lock.level))
    asked = _asked(scenario, lock.level)
    if lock.municipalities in _groups(instance, asked, lock.kind):
        return scenario
    table, key = _place(lock.kind)
    texts = tuple(lock_name(instance, i) for i in lock.municipalities)
    new = texts if lock.kind in _SINGLE else (texts,)
    return _with(scenario, lock.level, table, {key: (*getattr(getattr(asked, table), key), *new)})


def _keeping(instance: Instance, scenario: Scenario, lock: Lock) -> Scenario:
    asked = _asked(scenario, lock.level)
    existing, groups = asked.existing, asked.existing.mergers
    if existing.mode == "extend":
        held = tuple(group for group in existing_here(instance, existing) if len(group) > 1)
        if held:
            together = (*asked.locks.together, *held)
            scenario = _with(scenario, lock.level, "locks", {"together": together})
        groups = ()
    known = [_found(instance, "existing", group) for group in groups]
    if lock.municipalities not in known:
        groups = (*groups, tuple(lock_name(instance, i) for i in lock.municipalities))
    source = existing.source if groups == existing.mergers else ""  # what is added stands in no file
    kept = Existing(mode="keep", mergers=groups, source=source)
    zones = lock.level == "zones"
    if zones and scenario.zones is not None:
        return scenario.model_copy(update={"zones": scenario.zones.model_copy(update={"existing": kept})})
    return scenario.model_copy(update={"existing": kept})


def lock_name(instance: Instance, municipality: int) -> str:
    """Name a municipality as a scenario does: by its name where it means one, else by its code."""
    name = instance.names[municipality]
    try:
        return name if instance.find(name) == municipality else instance.codes[municipality]
    except KeyError:
        return instance.codes[municipality]


def _place(kind: str) -> tuple[str, str]:
    return _TABLE_OF[kind], "mergers" if kind == "existing" else kind


def _asked(scenario: Scenario, level: str) -> Demands:
    if level and scenario.zones is None:
        reject("the scenario does not ask for zones around mergers", "leave the level out", value=level)
    return scenario.zones if level and scenario.zones is not None else scenario


def _with(scenario: Scenario, level: str, table: str, changes: dict[str, Any]) -> Scenario:
    asked = _asked(scenario, level)
    new = {table: getattr(asked, table).model_copy(update=changes)}
    if level:
        return scenario.model_copy(update={"zones": asked.model_copy(update=new)})
    return scenario.model_copy(update=new)


def _entries(asked: Demands, kind: str) -> Sequence[Any]:
    table, key = _place(kind)
    entries: Sequence[Any] = getattr(getattr(asked, table), key)
    return entries


def _groups(instance: Instance, asked: Demands, kind: str) -> Iterator[tuple[int, ...]]:
    """Members of each lock of a kind; those that mean nothing are passed over."""
    entries: Iterable[Any] = _entries(asked, kind)
    if kind == "existing":
        entries = existing_here(instance, asked.existing)
    lone = kind in _SINGLE or (kind == "existing" and asked.existing.mode == "keep")
    for entry in entries:
        members = _found(instance, kind, entry)
        if members and (lone or len(members) > 1):
            yield members


def _found(instance: Instance, kind: str, entry: Any) -> tuple[int, ...]:
    """Look up an entry; empty where one of its texts means no municipality."""
    texts = [entry] if kind in _SINGLE else list(entry)
    if not all(is_known(instance, text) for text in texts):
        return ()
    return tuple(sorted({instance.find(text) for text in texts}))
