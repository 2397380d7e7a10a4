"""What a worker of a cluster does with a task."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from ...instances.common.machine import keep_for_reuse
from ...instances.common.problems import reject
from ..deadline import Deadline
from ..memory import Budget, asked_memory, limit_memory, process_budget
from .executor import Here, Work

COMPARED = ("refzones", "ortools", "numpy")
"""Packages that a worker must have in the same version: an answer may depend on them."""

_LEAST = 1e-3  # seconds

_lock = threading.Lock()
_limited_by = ""  # the run that said last what this process may fill

_ended: set[str] = set()
"""Runs that were told to give what they know."""


@dataclass(frozen=True, eq=False)
class Common:
    """What all tasks of a run have in common.

    Attributes
    ----------
    run : str
        Name of the run, of no other one.
    work : callable
    given : object
    versions : mapping of str to str
        Of the packages of `COMPARED`, where the run was begun.
    listens : bool
        Whether anybody hears what tasks tell.
    memory : float, str or None
        What a worker may fill, where that was said; see `limit_memory`.
    """

    run: str
    work: Work
    given: object
    versions: Mapping[str, str]
    listens: bool
    memory: float | str | None = None


def same(common: Common) -> Common:
    """Give what all tasks have in common: a task itself, so that it is made again if a worker is lost."""
    return common


@cache
def versions_here() -> dict[str, str]:
    """Give the versions of what answers may depend on, in this process."""
    return {name: version(name) for name in COMPARED}


def refuse_versions(there: Mapping[str, str], here: Mapping[str, str], worker: str) -> None:
    """Make sure that a worker has the versions that the run was begun with.

    Raises
    ------
    InputError
        It has others.
    """
    for name in COMPARED:
        if there.get(name) != here.get(name):
            reject(
                f"--cluster: the worker {worker} runs {name} {there.get(name) or '(none)'}, this computer "
                f"{here.get(name)}",
                "install the same versions everywhere, so that answers are the same",
            )


def end(run: str) -> None:
    """Tell the tasks of a run that this process works on to give what they know."""
    _ended.add(run)


def answer(common: Common, task: object, seconds: float | None, share: float) -> Any:
    """Work out a task.

    Raises
    ------
    InputError
        This process has another version of the program than the one where the run was begun.
    """
    from distributed import get_worker

    get: Callable[[], Any] = get_worker
    worker = get()
    refuse_versions(versions_here(), common.versions, worker.address)
    until = _Ended(common.run, worker, worker.get_current_task())

    def tell(message: object) -> None:
        if common.listens:
            worker.log_event(common.run, pickle.dumps(message))

    deadline = Deadline.after(None if seconds is None else max(_LEAST, seconds), until)
    beside = max(1, worker.state.nthreads)
    with _memory(common).among(beside).at_work():
        return common.work(common.given, task, Here(deadline, share, beside, tell))


def _memory(common: Common) -> Budget:
    """Set what this process may fill, once for each run that says so."""
    global _limited_by  # noqa: PLW0603
    with _lock:
        if not _limited_by:
            keep_for_reuse()
        if _limited_by != common.run and common.memory != asked_memory():
            limit_memory(common.memory)
        _limited_by = common.run
    return process_budget()


@dataclass(frozen=True)
class _Ended:
    """Whether nobody waits for a task any more, or it is to give what it knows.

    A task whose client is gone, by whatever way, is cancelled by the scheduler; the worker is told so, and
    the thread that works on it reads it here.
    """

    run: str
    worker: Any
    key: str

    def is_set(self) -> bool:
        """Whether it has happened."""
        if self.run in _ended or self.worker.status.name in ("closing", "closed", "failed"):
            return True
        task = self.worker.state.tasks.get(self.key)
        return task is None or task.state in ("cancelled", "released", "forgotten")


__all__ = ["COMPARED", "Common", "answer", "end", "refuse_versions", "same", "versions_here"]
