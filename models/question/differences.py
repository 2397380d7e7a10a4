"""What differs between two scenarios: keys that are set otherwise, locks that come and go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel

from ...instances.instance import Instance
from ..scenario.demands import Demands
from ..scenario.scenario import Scenario
from .each_lock import Lock, locks_of

DifferenceKind = Literal["set", "locked", "unlocked", "listed", "unlisted"]
"""'set': a key has another value; 'locked', 'unlocked': a lock comes or goes; 'listed', 'unlisted': a name
comes to a list or goes from it, such as a layer of `frames.unsplit`."""

_LOCKS = {
    *("locks.together", "locks.apart", "locks.alone", "locks.seat"),
    *("existing.mergers", "rules.joined", "borders.added", "borders.removed"),
}
_FOR_READERS = {"existing.source", "frames.source"}


@dataclass(frozen=True)
class Difference:
    """One thing in which a scenario differs from another.

    Attributes
    ----------
    kind : DifferenceKind
    key : str
        Where it stands in a scenario file, such as ``population.max`` or ``zones.locks.together``.
    before, after : object
        Values of a key that is set otherwise, as a file has them; None where there is no value. Of a name
        that is listed, `after`; of one that no longer is, `before`.
    municipalities : tuple of int
        Those of the lock.
    lock : Lock or None
    text : str
        For people.
    """

    kind: DifferenceKind
    key: str
    before: Any = None
    after: Any = None
    municipalities: tuple[int, ...] = ()
    lock: Lock | None = None
    text: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.text


def scenario_differences(instance: Instance, before: Scenario, after: Scenario) -> tuple[Difference, ...]:
    """List what differs between two scenarios: what a repair changes, or what a person did.

    Names and descriptions are passed over. Locks are compared by the municipalities that they mean.

    Parameters
    ----------
    instance : Instance
    before, after : Scenario

    Returns
    -------
    tuple of Difference
        Keys in their order in a scenario, then locks that go, then those that come.

    Examples
    --------
    >>> [one.text for one in scenario_differences(instance, scenario, explanation.repairs[0].scenario)]
    """
    old, new = (dict.fromkeys(locks_of(instance, scenario)) for scenario in (before, after))
    texts = {lock: lock.text for lock in (*locks_of(instance, before), *locks_of(instance, after))}
    return (
        *_settings(before, after),
        *(_lock("unlocked", lock, texts[lock]) for lock in old if lock not in new),
        *(_lock("locked", lock, texts[lock]) for lock in new if lock not in old),
    )


def _lock(kind: Literal["locked", "unlocked"], lock: Lock, text: str) -> Difference:
    said = f"{'with' if kind == 'locked' else 'without'} the lock {text}"
    return Difference(kind, lock.key, None, None, lock.municipalities, lock, said)


def _settings(before: Scenario, after: Scenario) -> Iterator[Difference]:
    yield from _of_level(before, after, "")
    if before.level != after.level:
        yield _set("level", before.level, after.level)
    if before.zones is not None or after.zones is not None:
        yield from _of_level(before.zones or Demands(), after.zones or Demands(), "zones.")


def _of_level(before: Demands, after: Demands, prefix: str) -> Iterator[Difference]:
    for key in Demands.model_fields:
        yield from _of_key(key, getattr(before, key), getattr(after, key), prefix)


def _of_key(key: str, old: Any, new: Any, prefix: str) -> Iterator[Difference]:
    if old == new or key in _LOCKS | _FOR_READERS:
        return
    if isinstance(old, BaseModel):
        for name in type(old).model_fields:
            yield from _of_key(f"{key}.{name}", getattr(old, name), getattr(new, name), prefix)
    elif isinstance(old, dict):
        for name in dict.fromkeys((*old, *new)):
            table = old.get(name, new.get(name))
            if isinstance(table, BaseModel):  # of which one may be missing
                for inner in type(table).model_fields:
                    was, now = (getattr(some.get(name), inner, None) for some in (old, new))
                    yield from _of_key(f"{key}.{_quoted(name)}.{inner}", was, now, prefix)
            elif old.get(name) != new.get(name):
                yield _set(f"{prefix}{key}.{_quoted(name)}", old.get(name), new.get(name))
    elif isinstance(old, tuple) and all(isinstance(one, str) for one in (*old, *new)):
        for name in (name for name in old if name not in new):
            yield Difference(
                "unlisted", prefix + key, name, None, text=f"'{name}' no longer in {prefix}{key}"
            )
        for name in (name for name in new if name not in old):
            yield Difference("listed", prefix + key, None, name, text=f"'{name}' in {prefix}{key}")
    else:
        yield _set(prefix + key, old, new)


def _set(key: str, old: Any, new: Any) -> Difference:
    if new is None:
        return Difference("set", key, old, None, text=f"no {key} ({_said(old)} before)")
    instead = "" if old is None else f" instead of {_said(old)}"
    return Difference("set", key, old, new, text=f"{key} = {_said(new)}{instead}")


def _said(value: Any) -> str:
    """Write a value for people."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"{value:,}"
        case tuple():
            return " to ".join(_said(one) for one in value)
    return str(value)


def _quoted(name: str) -> str:
    return name if name.replace("_", "").isalnum() else f'"{name}"'
