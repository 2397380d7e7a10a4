"""Engines in a process of their own, which can be ended: where time is up, or memory.

HiGHS cannot be interrupted, and how much memory it will take cannot be told beforehand. Large programmes are
therefore solved apart. What the process fills counts as that of this one (`Budget`), and where both pass the
budget it is the engine that ends.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Any, BinaryIO

from ...instances.common.arrays import FloatArray
from ...models.programmes.programme import Programme
from ..limit_errors import OutOfMemoryError, TimeUpError
from ..memory import ENGINE, Budget, budget, counted
from .base import Answer, EngineError

_LARGE = 250_000  # coefficients from which on a programme is worth a process: it takes a second to start
_BASE, _COLUMN, _COEFFICIENT = 1.5e8, 300.0, 450.0  # bytes that an engine takes at least, about
_GRACE = 0.5  # seconds that the process may take to come back by itself
_LOOK = 0.05
_PROCESS = f"{__package__}.apart_process"
_PATIENCE = 10.0  # seconds in which a process that has answered ends
_KILLED, NO_MEMORY = -9, 77  # codes with which it ends


def is_large(programme: Programme) -> bool:
    """Whether a programme is worth a process of its own, where there can be one."""
    return len(programme.coefficients) >= _LARGE and bool(sys.executable)


def solve_apart(
    programme: Programme, *, seconds: float | None, seed: int, start: FloatArray | None
) -> Answer:
    """Solve a programme by HiGHS in a process of its own.

    Parameters
    ----------
    programme, seconds, seed, start
        As for `Engine.solve`.

    Raises
    ------
    OutOfMemoryError
        The programme is too large for what is left, or the engine has filled it.
    TimeUpError
        It has not come back in time.
    EngineError
        It broke down.
    """
    own = budget()
    rows, columns = programme.shape
    least = _BASE + _COLUMN * (rows + columns) + _COEFFICIENT * len(programme.coefficients)
    own.need(least, ENGINE)
    until = None if seconds is None else time.time() + seconds
    asked = pickle.dumps((programme, until, seed, start), protocol=pickle.HIGHEST_PROTOCOL)
    command = [sys.executable, "-m", _PROCESS]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        heard: list[bytes] = []
        assert process.stdin is not None
        assert process.stdout is not None
        talk = threading.Thread(
            target=_talk, args=(process.stdin, process.stdout, asked, heard), daemon=True, name="engine"
        )
        talk.start()
        del asked
        try:
            with counted(process.pid):
                _wait(talk, until, own)
            code = process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            code = _KILLED
        finally:
            process.kill()
            talk.join()
            with suppress(OSError):
                process.stdin.close()
    return _understood(heard, code)


def _wait(talk: threading.Thread, until: float | None, own: Budget) -> None:
    """Wait until there is an answer, the time is up, or the memory is full."""
    while talk.is_alive():
        talk.join(_LOOK)
        if own.is_full:
            own.lacks(ENGINE)
            raise OutOfMemoryError(ENGINE)
        if until is not None and time.time() > until + _GRACE:
            raise TimeUpError


def _talk(to: BinaryIO, back: BinaryIO, asked: bytes, heard: list[bytes]) -> None:
    """Ask, and wait for the answer. What is asked through stays open: its end tells the process to end."""
    with suppress(OSError, ValueError):
        to.write(len(asked).to_bytes(8, "big"))
        to.write(asked)
        to.flush()
        heard.append(back.read())


def _understood(heard: list[bytes], code: int) -> Answer:
    said: Any = None
    with suppress(pickle.UnpicklingError, EOFError, IndexError):
        said = pickle.loads(heard[0])
    if isinstance(said, Answer):
        return said
    if isinstance(said, str):
        raise EngineError(said)
    if code in (_KILLED, NO_MEMORY):  # the system had no memory left
        budget().lacks(ENGINE)
        raise OutOfMemoryError(ENGINE)
    raise EngineError(f"highs: the process of the engine ended with code {code}")
