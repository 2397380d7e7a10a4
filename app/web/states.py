"""States of a work, and the actions that lead from one to the next."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from ...instances.common.problems import Problems, reject
from ...instances.instance import Instance
from ...models.scenario.demands import Demands
from ...models.scenario.overlay import overlay, without_lost_prices
from ...models.scenario.scenario import Scenario
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

Data = dict[str, Any]
_GROUPS = ("together", "apart")
_SINGLES = ("alone", "seat")


@dataclass(frozen=True)
class State:
    """All that there is to a work at one moment.

    Attributes
    ----------
    scenario : dict
        As `Scenario.from_dict` takes it, without a preset.
    drawn : tuple of tuple of str, or None
        The plan that is drawn by hand, by NIS codes.
    step : Step
        The action that made it.
    """

    scenario: Data
    drawn: tuple[tuple[str, ...], ...] | None = None
    step: Step = field(default_factory=lambda: Step(said="begin"))

    @property
    def asked(self) -> Scenario:
        """The scenario of the state."""
        return scenario_of(self.scenario)

    @property
    def digest(self) -> str:
        """What tells the state from others: equal questions have equal digests."""
        told = json.dumps([self.scenario, self.drawn], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def plain(self) -> Data:
        """Give the state as a work file holds it."""
        return {
            "scenario": self.scenario,
            "drawn": self.drawn,
            "step": self.step.model_dump(mode="json", exclude_defaults=True),
        }

    @classmethod
    def of_plain(cls, data: Data) -> State:
        """Read what `plain` gives."""
        drawn = data["drawn"]
        groups = None if drawn is None else tuple(tuple(map(str, group)) for group in drawn)
        return cls(dict(data["scenario"]), groups, Step.model_validate(data["step"]))


def acted(instance: Instance, state: State, action: Action) -> State:
    """Carry out an action; the state that it leads to.

    Raises
    ------
    InputError
        The action names nobody, no key that there is, or a value that it cannot have.
    """
    return _DOING[type(action)](instance, state, action)


def locks_of(instance: Instance, scenario: Demands) -> Locks:
    """Look up the locks of a level of a scenario; those that name nobody here are left out."""

    def group(names: Iterable[str]) -> list[int]:
        found = (_found(instance, name) for name in names)
        return sorted({i for i in found if i is not None})

    def groups(named: Sequence[Iterable[str]], least: int = 2) -> list[list[int]]:
        return [known for one in named if len(known := group(one)) >= least]

    return Locks(
        together=groups(scenario.locks.together),
        apart=groups(scenario.locks.apart),
        alone=group(scenario.locks.alone),
        seat=group(scenario.locks.seat),
        kept=groups(scenario.existing.mergers, 1),
        joined=group(scenario.rules.joined),
        added=groups(scenario.borders.added),
        removed=groups(scenario.borders.removed),
    )


def _found(instance: Instance, name: str) -> int | None:
    try:
        return instance.find(name)
    except KeyError:
        return None


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


def _asked_at(data: Data, level: str) -> Data:
    """Give what a scenario asks at a level."""
    if not level:
        return data
    zones = data.get("zones")
    if not isinstance(zones, dict):
        reject("the scenario does not ask for zones around mergers", "leave the level out", value=level)
    return zones


def _lock(instance: Instance, state: State, action: LockAction) -> State:
    codes = _codes(instance, action.municipalities)
    data = deepcopy(state.scenario)
    asked = _asked_at(data, action.level)
    if action.lock == "keep":
        existing = asked.setdefault("existing", {})
        if existing.get("mergers") and existing.get("mode", "extend") != "keep":
            reject(
                "the scenario extends the mergers of a plan, so that none of them can be kept as it is",
                "lock its members together instead, or begin from a preset",
            )
        existing["mode"] = "keep"
        existing["mergers"] = [*existing.get("mergers", []), codes]
    elif action.lock in _GROUPS:
        if len(codes) < 2:
            reject("this lock needs at least two municipalities", "choose another one too", value=codes[0])
        locks = asked.setdefault("locks", {})
        locks[action.lock] = [*locks.get(action.lock, []), codes]
    else:
        locks = asked.setdefault("locks", {})
        locks[action.lock] = [*locks.get(action.lock, []), *codes]
    return _remade(state, data, _step(instance, "lock", codes, lock=action.lock, level=action.level))


def _unlock(instance: Instance, state: State, action: UnlockAction) -> State:
    data = deepcopy(state.scenario)
    codes = _codes(instance, action.municipalities) if action.municipalities else []
    gone = {instance.find(code) for code in codes}
    both = (data, data.get("zones"))
    for asked in both if action.lock == "all" else (_asked_at(data, action.level),):
        if isinstance(asked, dict):
            _without(instance, asked, action.lock, gone)
    if data == state.scenario:
        reject("there is no such lock", value=", ".join(codes) or action.lock)
    return _remade(state, data, _step(instance, "unlock", codes, lock=action.lock, level=action.level))


def _without(instance: Instance, asked: Data, lock: str, gone: set[int]) -> None:
    """Take the locks of a kind, or of all kinds, out of a level: those of some municipalities, or all."""

    def is_gone(group: Iterable[str]) -> bool:
        return not gone or {_found(instance, name) for name in group} == gone

    locks = asked.get("locks", {})
    for key in (*_GROUPS, *_SINGLES):
        if lock not in (key, "all") or key not in locks:
            continue
        if key in _GROUPS:
            locks[key] = [group for group in locks[key] if not is_gone(group)]
        else:
            locks[key] = [name for name in locks[key] if gone and _found(instance, name) not in gone]
    if lock in ("keep", "all") and asked.get("existing", {}).get("mergers"):
        existing = asked["existing"]
        existing["mergers"] = [group for group in existing["mergers"] if not is_gone(group)]
        if not existing["mergers"]:
            del asked["existing"]


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
    """Put what was agreed at a level into what a preset asks of it."""
    for table in ("locks", "existing", "borders"):
        if table in before:
            asked[table] = deepcopy(before[table])
    joined = before.get("rules", {}).get("joined")
    if joined:
        asked.setdefault("rules", {})["joined"] = list(joined)


def _join(instance: Instance, state: State, action: JoinAction) -> State:
    (code,) = _codes(instance, [action.municipality])
    if not instance.facility[instance.find(code)]:
        reject("this is no facility municipality", "choose one", value=instance.label(instance.find(code)))
    data = deepcopy(state.scenario)
    rules = _asked_at(data, action.level).setdefault("rules", {})
    others = [n for n in rules.get("joined", []) if _found(instance, n) != instance.find(code)]
    rules["joined"] = [*others, code] if action.joined else others
    return _remade(
        state, data, _step(instance, "join" if action.joined else "part", [code], level=action.level)
    )


def _border(instance: Instance, state: State, action: BorderAction) -> State:
    codes = _codes(instance, action.pair)
    if len(codes) < 2:
        reject("a border lies between two municipalities", "choose another one too", value=codes[0])
    data, pair = deepcopy(state.scenario), {instance.find(code) for code in codes}
    borders = _asked_at(data, action.level).setdefault("borders", {})
    for key in ("added", "removed"):
        kept = [p for p in borders.get(key, []) if {_found(instance, name) for name in p} != pair]
        borders[key] = kept
    if action.change != "restore":
        key = "added" if action.change == "add" else "removed"
        borders[key] = [*borders[key], codes]
    return _remade(state, data, _step(instance, "border", codes, value=action.change, level=action.level))


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
