"""Works: pieces of work that a folder keeps, each with all its states."""

from __future__ import annotations

import json
import re
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from ...instances.common.atomic import write_file
from ...instances.common.problems import InputError, reject
from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from .acting import acted, shown_locks
from .contract.actions import Action, SetAction, StepAction
from .contract.scenarios import plain_scenario, whole_scenario
from .contract.works import Work, WorkLine
from .states import State

WORK_FILE = "work.json"
SCHEMA = 1
MOST_STATES = 500
"""States that a work keeps; the oldest ones go."""

_ID = re.compile(r"[0-9a-f]{12}")


class StorageError(InputError):
    """The folder cannot be written: nothing was changed."""


class StaleError(Exception):
    """Another tab has changed the work since this one saw it."""


@dataclass(frozen=True)
class History:
    """All states of a work; the present one is `states[position]`."""

    id: str
    title: str
    instance: str
    states: tuple[State, ...]
    position: int = 0
    revision: int = 0
    changed: str = ""

    @property
    def state(self) -> State:
        """The present state."""
        return self.states[self.position]

    def after(self, instance: Instance, action: Action) -> History:
        """Carry out an action.

        Raises
        ------
        InputError
            It cannot be done, or there is nothing to undo.
        """
        if isinstance(action, StepAction):
            return self._stepped(action)
        state = acted(instance, self.state, action)
        last = self.position if self._is_moving(action) else self.position + 1
        states = (*self.states[:last], state)[-MOST_STATES:]
        return self._changed(states, len(states) - 1)

    def _is_moving(self, action: Action) -> bool:
        """Whether an action goes on with the move of a slider, which is one step of the history."""
        step = self.state.step
        return isinstance(action, SetAction) and step.moving and step.key == action.key

    def _stepped(self, action: StepAction) -> History:
        to = {"undo": self.position - 1, "redo": self.position + 1, "go": action.to}[action.kind]
        if to is None or not 0 <= to < len(self.states):
            what = {"undo": "there is nothing to undo", "redo": "there is nothing to redo"}
            reject(what.get(action.kind, "there is no such step"))
        return self._changed(self.states, to)

    def _changed(self, states: tuple[State, ...], position: int) -> History:
        return replace(self, states=states, position=position, revision=self.revision + 1, changed=_now())

    def plain(self) -> str:
        """Give the text of a work file."""
        data = {
            "schema": SCHEMA,
            "id": self.id,
            "title": self.title,
            "instance": self.instance,
            "revision": self.revision,
            "position": self.position,
            "changed": self.changed,
            "states": [state.plain() for state in self.states],
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"

    @classmethod
    def of_plain(cls, text: str) -> History:
        """Read a work file.

        Raises
        ------
        ValueError
            The text is none.
        """
        try:
            data = json.loads(text)
            if data["schema"] != SCHEMA:
                raise ValueError(f"schema {data['schema']} of another version")
            states = tuple(State.of_plain(one) for one in data["states"])
            history = cls(
                str(data["id"]),
                str(data["title"]),
                str(data["instance"]),
                states,
                int(data["position"]),
                int(data["revision"]),
                str(data["changed"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(str(error)) from error
        if not 0 <= history.position < len(states):
            raise ValueError("the position lies outside the states")
        return history

    def shown(self, instance: Instance) -> Work:
        """Give the work as the page sees it."""
        scenario = self.state.asked
        drawn = self.state.drawn
        return Work(
            id=self.id,
            title=self.title,
            instance=self.instance,
            revision=self.revision,
            position=self.position,
            steps=[state.step for state in self.states],
            digest=self.state.digest,
            scenario=whole_scenario(scenario),
            locks=shown_locks(instance, scenario),
            zone_locks=None if scenario.zones is None else shown_locks(instance, scenario, "zones"),
            groups=None if drawn is None else [[instance.find(code) for code in group] for group in drawn],
            changed=self.changed,
        )


@dataclass
class Works:
    """The works of a folder, for one instance; safe from several threads.

    Parameters
    ----------
    folder : Path
        Holds a folder with a `WORK_FILE` for each work.
    instance : Instance
    """

    folder: Path
    instance: Instance
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _held: dict[str, History] = field(default_factory=dict, repr=False)

    def begin(self, scenario: Scenario, title: str = "", states: tuple[State, ...] = ()) -> History:
        """Begin a work; it is on disk when this returns."""
        begun = states or (State(plain_scenario(scenario)),)
        history = History(
            secrets.token_hex(6),
            title or scenario.name,
            self.instance.name,
            begun,
            len(begun) - 1,
            changed=_now(),
        )
        with self._lock:
            self._keep(history)
        return history

    def get(self, id: str) -> History:
        """Look up a work.

        Raises
        ------
        KeyError
            There is none of this name.
        InputError
            Its file cannot be read.
        """
        if not _ID.fullmatch(id):
            raise KeyError(id)
        with self._lock:
            if id not in self._held:
                self._held[id] = self._read(id)
            return self._held[id]

    def act(self, id: str, base: int, action: Action) -> History:
        """Carry out an action on a work that is as the one who asks has seen it.

        Raises
        ------
        KeyError, InputError
        StaleError
            It is not.
        """
        with self._lock:
            history = self.get(id)
            if history.revision != base:
                raise StaleError
            return self._keep(history.after(self.instance, action))

    def rename(self, id: str, title: str) -> History:
        """Give a work another title."""
        with self._lock:
            history = self.get(id)
            return self._keep(replace(history, title=title, revision=history.revision + 1, changed=_now()))

    def lines(self) -> list[WorkLine]:
        """List the works of this instance, the last one first; files that cannot be read are passed over."""
        with self._lock:
            found = [
                WorkLine(id=one.id, title=one.title, changed=one.changed, steps=len(one.states))
                for one in self._all()
                if one.instance == self.instance.name
            ]
        return sorted(found, key=lambda line: line.changed, reverse=True)

    def _all(self) -> Iterator[History]:
        for file in self.folder.glob(f"*/{WORK_FILE}"):
            try:
                yield self.get(file.parent.name)
            except (KeyError, InputError):
                continue

    def _read(self, id: str) -> History:
        file = self.folder / id / WORK_FILE
        if not file.is_file():
            raise KeyError(id)
        try:
            return History.of_plain(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            reject("this work cannot be read", f"begin another one ({error})", value=id)

    def _keep(self, history: History) -> History:
        """Write a work, then hold it: what the page is told is on disk."""
        try:
            write_file(self.folder / history.id / WORK_FILE, history.plain(), is_result=False)
        except InputError as error:
            raise StorageError(error.problems) from None
        self._held[history.id] = history
        return history


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
