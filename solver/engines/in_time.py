"""Engines that look at their clock too seldom are left behind when it is time."""

from __future__ import annotations

import atexit
import contextvars
import ctypes
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from ..deadline import TimeUpError

_T = TypeVar("_T")
_GRACE = 0.2  # seconds that an engine may take to come back by itself

_left_behind: list[threading.Thread] = []


def in_time(work: Callable[[], _T], seconds: float | None) -> _T:
    """Do some work that was told to take so many seconds, and wait for it hardly longer than that.

    HiGHS does not look at its clock in some stages, and cannot be interrupted: it may take minutes more. It
    then goes on in a thread of its own, for nobody, until it or the program ends.

    Parameters
    ----------
    work : callable
        Must not hold the lock of the interpreter, nor change what others use.
    seconds : float or None
        None to wait however long it takes.

    Raises
    ------
    TimeUpError
        It has not come back.
    """
    if seconds is None:
        return work()
    outcome: list[_T] = []
    failed: list[BaseException] = []
    context: Any = contextvars.copy_context()

    def run() -> None:
        try:
            outcome.append(context.run(work))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True, name="engine")
    thread.start()
    thread.join(seconds + _GRACE)
    if thread.is_alive():
        if not _left_behind:
            atexit.register(_leave_libraries_up)
        _left_behind.append(thread)
        _make_way(thread)
        raise TimeUpError
    if failed:
        raise failed[0]
    return outcome[0]


def _make_way(thread: threading.Thread) -> None:
    """Let the rest of the program go before a thread, where threads have a priority of their own."""
    if sys.platform == "linux" and thread.native_id is not None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread.native_id, 19)


def _leave_libraries_up() -> None:
    """Let the program end at once after Python has: libraries in use must not be taken down, which aborts.

    What C calls at the end of a program gets the exit code, as what Python calls does not: so the C library's
    own function that ends it at once is all that has to be named. Where it cannot be (outside of glibc), the
    program ends as it would.
    """
    if left_behind():
        with suppress(AttributeError, OSError, TypeError):
            libc = ctypes.CDLL(None)
            libc.on_exit(libc._exit, None)


def left_behind() -> bool:
    """Whether something that nobody waits for is still at work."""
    return any(thread.is_alive() for thread in _left_behind)
