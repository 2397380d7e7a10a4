"""What workers of a cluster are given to do by tests: functions that they can import."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from refzones.instances.common.problems import reject
from refzones.solver.executing import Here


def added(common: int, task: int, here: Here) -> tuple[int, int]:
    """Add, and say which process did it."""
    time.sleep(0.02)
    here.tell(task)
    return common + task, os.getpid()


def refused(common: Any, task: int, here: Here) -> int:
    """Refuse one of the tasks."""
    if task == 1:
        reject("one is refused", value=task)
    return task


def fatal(common: Any, task: int, here: Here) -> int:
    """Take the worker along at one of the tasks."""
    if task == 1:
        os._exit(1)
    time.sleep(0.05)
    return task


def waited(common: str, task: int, here: Here) -> str:
    """Wait until the time is up or the work is ended; note both in a folder."""
    (Path(common) / f"begun-{task}").touch()
    while not here.deadline.passed:
        time.sleep(0.02)
    (Path(common) / f"ended-{task}").touch()
    return "as far as it is known"


def memory(common: float, task: int, here: Here) -> float | None:
    """Say how much memory a task may take."""
    return here.memory(common)


def waited_or_refused(common: str, task: int, here: Here) -> str:
    """Refuse one task as soon as the other has begun to wait."""
    if task == 0:
        return waited(common, task, here)
    while not (Path(common) / "begun-0").exists():
        time.sleep(0.02)
    reject("one is refused", value=task)


def busy(dask_worker: Any) -> int:
    """Say how many tasks a worker works on."""
    return int(dask_worker.state.executing_count)
