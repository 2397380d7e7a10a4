"""Actions: what each makes of a state, by the locks and keys of the scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from typing import Any

from ...instances.common.problems import Problems, reject
from ...instances.instance import Instance
from ...models.question.each_lock import Lock, LockKind, locks_of, with_lock, without_lock
from ...models.scenario.overlay import overlay, without_lost_prices
from ...models.scenario.scenario import Scenario, presets
from .contract.actions import (
    Action,
    BorderAction,
    DrawAction,
    JoinAction,
    LockAction,
    PresetAction,
    ReplaceAction,
    SetAction,
    UnlockAction,
)
from .contract.scenarios import plain_scenario, scenario_of
from .contract.works import Locks, Step
from .states import Data, State

_GROUPS = ("together", "apart")


def acted(instance: Instance, state: State, action: Action) -> State:
    """Carry out an action; the state that it leads to.

    Raises
    ------
    InputError
        The action names nobody, no key that there is, or a value that it cannot have.
    """
    return _DOING[type(action)](instance, state, action)


def shown_locks(instance: Instance, scenario: Scenario, level: str = "") -> Locks:
    """List the locks of a level of a scenario as the page takes them."""
    held: dict[str, list[list[int]]] = {}
    for lock in locks_of(instance, scenario):
        if lock.level == level:
            held.setdefault(lock.kind, []).append(list(lock.municipalities))

    def single(kind: str) -> list[int]:
        return sorted(i for members in held.get(kind, []) for i in members)

    return Locks(
        together=held.get("together", []),
        apart=held.get("apart", []),
        alone=single("alone"),
        seat=single("seat"),
        kept=held.get("existing", []),
        joined=single("joined"),
        added=held.get("added", []),
        removed=held.get("removed", []),
    )


def _codes(instance: Instance, names: Iterable[str]) -> list[str]:
    """Look up municipalities; codes, each once, in the order of the instance.

    Raises
    ------
    InputError
        Some of them are nobody; all of those are listed.
    """
    problems, found = Problems(), set()
    for name in names:
        try:
            found.add(instance.find(name))
        except KeyError as error:
            problems.add(str(error.args[0]), value=name)
    problems.raise_if_any()
    return [instance.codes[i] for i in sorted(found)]


def _remade(state: State, data: Data, step: Step, **more: Any) -> State:
    """Make the state with a changed scenario, which must be one."""
    return State(plain_scenario(scenario_of(deepcopy(data))), more.get("drawn", state.drawn), step)


def _step(instance: Instance, said: str, codes: Iterable[str] = (), **more: Any) -> Step:
    return Step(said=said, municipalities=list(codes), **more)


def _kind(lock: str) -> LockKind:
    """Name the kind of lock that the page calls otherwise."""
    kind: LockKind = "existing" if lock == "keep" else lock  # type: ignore[assignment]
    return kind


def _locked(
    instance: Instance, state: State, locks: Iterable[Lock], step: Step, *, held: bool = True
) -> State:
    """Put locks into the scenario of a state, or take them out.

    Raises
    ------
    InputError
        All of them are there already, or none of them is.
    """
    before = after = state.asked
    for lock in locks:
        after = (with_lock if held else without_lock)(instance, after, lock)
    if after == before:
        reject(
            "this is agreed already" if held else "there is no such lock",
            value=", ".join(step.municipalities),
        )
    return _remade(state, plain_scenario(after), step)


def _each(kind: LockKind, municipalities: Sequence[int], level: str) -> list[Lock]:
    """Give the locks of some municipalities: one of all of them, or one each where a lock is of one."""
    if kind in ("alone", "seat", "joined"):
        return [Lock(kind, (i,), level) for i in municipalities]
    return [Lock(kind, tuple(municipalities), level)]


def _lock(instance: Instance, state: State, action: LockAction) -> State:
    codes = _codes(instance, action.municipalities)
    if action.lock in _GROUPS and len(codes) < 2:
        reject("this lock needs at least two municipalities", "choose another one too", value=codes[0])
    locks = _each(_kind(action.lock), [instance.find(code) for code in codes], action.level)
    step = _step(instance, "lock", codes, lock=action.lock, level=action.level)
    return _locked(instance, state, locks, step)


def _unlock(instance: Instance, state: State, action: UnlockAction) -> State:
    codes = _codes(instance, action.municipalities) if action.municipalities else []
    kinds = {_kind(lock) for lock in ("together", "apart", "alone", "seat", "keep")}
    if action.lock != "all":
        kinds = {_kind(action.lock)}
    if codes:
        locks = [
            lock
            for kind in kinds
            for lock in _each(kind, [instance.find(code) for code in codes], action.level)
        ]
    else:
        levels = ("", "zones") if action.lock == "all" else (action.level,)
        every = locks_of(instance, state.asked)
        locks = [lock for lock in every if lock.kind in kinds and lock.level in levels]
    step = _step(instance, "unlock", codes, lock=action.lock, level=action.level)
    return _locked(instance, state, locks, step, held=False)


def _set(instance: Instance, state: State, action: SetAction) -> State:
    step = _step(instance, "set", key=action.key, value=action.value, moving=action.moving)
    data, laid, problems = deepcopy(state.scenario), Data(), Problems()
    for key, value in ({action.key: action.value} | action.more).items():
        path = _key_path(key)
        if value is None:
            _take_out(data, path)
        else:
            table = laid
            for part in path[:-1]:
                table = table.setdefault(part, {})
            table[path[-1]] = value
    for below, over in ((data, laid), (data.get("zones"), laid.get("zones"))):
        if isinstance(below, dict) and isinstance(over, dict):
            below.update(without_lost_prices(below, over))
    data = overlay(data, laid, "the page", problems)
    problems.raise_if_any()
    return _remade(state, data, step)


def _take_out(table: Any, path: Sequence[str]) -> None:
    for part in path[:-1]:
        table = table.get(part) if isinstance(table, dict) else None
    if isinstance(table, dict):
        table.pop(path[-1], None)


def _key_path(key: str) -> list[str]:
    """Divide a dotted key; what stands in brackets is one name."""
    parts, depth, word = [], 0, ""
    for letter in key:
        depth += (letter == "(") - (letter == ")")
        if letter == "." and depth == 0:
            parts.append(word)
            word = ""
        else:
            word += letter
    parts.append(word)
    if not all(parts):
        reject("this is no key of a scenario", "write it as population.min", value=key)
    return parts


def _preset(instance: Instance, state: State, action: PresetAction) -> State:
    data = plain_scenario(Scenario.preset(action.name))
    for asked, before in ((data, state.scenario), (data.get("zones"), state.scenario.get("zones"))):
        if isinstance(asked, dict) and isinstance(before, dict):
            _keep_agreed(asked, before)
    return _remade(state, data, _step(instance, "preset", value=action.name))


def _keep_agreed(asked: Data, before: Data) -> None:
    """Put what was agreed at a level into what a preset asks of it; borders of presets are not agreed."""
    for table in ("locks", "existing"):
        if table in before:
            asked[table] = deepcopy(before[table])
    for key in ("added", "removed"):
        own = asked.get("borders", {}).get(key, [])
        agreed = [list(pair) for pair in before.get("borders", {}).get(key, [])]
        more = [pair for pair in agreed if pair not in own and pair not in _borders_of_presets(key)]
        if more:
            asked.setdefault("borders", {})[key] = [*own, *more]
    joined = before.get("rules", {}).get("joined")
    if joined:
        asked.setdefault("rules", {})["joined"] = list(joined)


def _borders_of_presets(key: str) -> list[list[str]]:
    """List the borders that presets add or remove by themselves, as they write them."""
    levels = [level for name in presets() for level in Scenario.preset(name).levels]
    return [list(pair) for level in levels for pair in getattr(level.borders, key)]


def _join(instance: Instance, state: State, action: JoinAction) -> State:
    (code,) = _codes(instance, [action.municipality])
    municipality = instance.find(code)
    if not instance.facility[municipality]:
        reject("this is no facility municipality", "choose one", value=instance.label(municipality))
    step = _step(instance, "join" if action.joined else "part", [code], level=action.level)
    lock = Lock("joined", (municipality,), action.level)
    return _locked(instance, state, [lock], step, held=action.joined)


def _border(instance: Instance, state: State, action: BorderAction) -> State:
    codes = _codes(instance, action.pair)
    if len(codes) < 2:
        reject("a border lies between two municipalities", "choose another one too", value=codes[0])
    pair = tuple(instance.find(code) for code in codes)
    step = _step(instance, "border", codes, value=action.change, level=action.level)
    if action.change == "restore":
        both = [Lock("added", pair, action.level), Lock("removed", pair, action.level)]
        return _locked(instance, state, both, step, held=False)
    kind: LockKind = "added" if action.change == "add" else "removed"
    return _locked(instance, state, [Lock(kind, pair, action.level)], step)


def _draw(instance: Instance, state: State, action: DrawAction) -> State:
    groups = None
    if action.groups is not None:
        groups = tuple(tuple(_codes(instance, group)) for group in action.groups)
        seen: set[str] = set()
        for group in groups:
            for code in group:
                if code in seen:
                    label = instance.label(instance.find(code))
                    reject("a municipality is drawn in two mergers", "leave it in one", value=label)
                seen.add(code)
    step = _step(instance, action.said, _codes(instance, action.municipalities), text=action.text)
    return State(state.scenario, groups, step)


def _replace(instance: Instance, state: State, action: ReplaceAction) -> State:
    drawn = None if action.stop else state.drawn
    return _remade(state, action.scenario, Step(said=action.said, text=action.text), drawn=drawn)


_DOING: dict[type, Callable[[Instance, State, Any], State]] = {
    LockAction: _lock,
    UnlockAction: _unlock,
    SetAction: _set,
    PresetAction: _preset,
    JoinAction: _join,
    BorderAction: _border,
    DrawAction: _draw,
    ReplaceAction: _replace,
}
