"""A process beside this one, which draws while this one searches.

What draws takes as long to load as what searches, and neither needs the other until there is a plan. So
functions are called by name in a second process, one after the other, and their answers are waited for when
they are needed. Whoever asks does it himself where there is no such process, or where it came to nothing; so
all errors are raised here, and the answer is the same.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from typing import IO, Any, Final

from ..terminal.streams import is_own_process

_PROCESS: Final = f"{__package__}.serving"
_ENOUGH: Final = 2
"""Processors from which on a second process is of use."""


class Beside:
    """A process that is asked by name of a function; made by `process_beside`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.pid = process.pid
        self._to, self._back = process.stdin, process.stdout
        self._asked: SimpleQueue[tuple[bytes, Future[Any]]] = SimpleQueue()
        threading.Thread(target=self._talk, daemon=True, name="beside").start()

    def ask(self, where: str, *given: Any, **more: Any) -> Future[Any]:
        """Ask for what a function gives, and go on.

        Parameters
        ----------
        where : str
            ``module:function``.
        *given, **more
            What it takes; changes that are made to it here afterwards are not seen there.

        Returns
        -------
        Future
            Ends in an error of some kind where there is no answer.
        """
        answer: Future[Any] = Future()
        self._asked.put((pickle.dumps((where, given, more), protocol=pickle.HIGHEST_PROTOCOL), answer))
        return answer

    def _talk(self) -> None:
        """Put the questions one by one, in a thread: a pipe holds little, and the process may be at work."""
        while True:
            asked, answer = self._asked.get()
            try:
                answer.set_result(_answered(self._to, self._back, asked))
            except Exception as error:
                answer.set_exception(error)


def _answered(to: IO[bytes], back: IO[bytes], asked: bytes) -> Any:
    to.write(asked)
    to.flush()
    is_given, answer = pickle.load(back)
    if not is_given:
        raise RuntimeError(answer)
    return answer


@contextmanager
def process_beside(*, wanted: bool = True) -> Iterator[Beside | None]:
    """Have a process beside this one while the block runs; none where it is not wanted or cannot be.

    It is wanted where neither time nor memory is limited, for those are of one process. Within a notebook, a
    script or a test there is none.
    """
    process = _started() if wanted and is_own_process() and processors() >= _ENOUGH else None
    if process is None:
        yield None
        return
    from ...solver.memory import counted

    try:
        with counted(process.pid):
            yield Beside(process)
    finally:
        process.kill()
        process.wait()


def _started() -> subprocess.Popen[bytes] | None:
    """Start the process, out of reach of Ctrl-C: it ends with this one, as what it is asked through does."""
    if not sys.executable:
        return None
    with suppress(OSError):
        return subprocess.Popen(
            [sys.executable, "-m", _PROCESS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    return None


def processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def given_by(answer: Future[Any] | None, otherwise: Callable[[], Any]) -> Any:
    """Wait for an answer from beside; where there is none, work it out here."""
    if answer is not None:
        with suppress(Exception):
            return answer.result()
    return otherwise()
