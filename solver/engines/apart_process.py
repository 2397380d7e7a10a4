"""The process in which a large programme is solved; see `apart`."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from ...instances.common.arrays import FloatArray
from ...models.programmes.programme import Programme
from .apart import NO_MEMORY
from .base import Answer, EngineError
from .mathopt import HighsEngine


def answer_one() -> None:
    """Solve the programme that standard input asks for, as the process that was started for it."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # engines may write to standard output, and the answer goes there
    with suppress(OSError):  # where the system runs out of memory it is this process that ends
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    given = sys.stdin.buffer
    asked = given.read(int.from_bytes(given.read(8), "big"))
    programme, until, seed, start = pickle.loads(asked)
    del asked
    threading.Thread(target=_end_with_parent, args=(given,), daemon=True).start()
    out.write(pickle.dumps(_answered(programme, until, seed, start)))
    out.flush()
    os._exit(0)


def _answered(programme: Programme, until: float | None, seed: int, start: FloatArray | None) -> Answer | str:
    seconds = None if until is None else max(1e-3, until - time.time())
    try:
        return HighsEngine().solve_here(programme, seconds=seconds, seed=seed, start=start)
    except EngineError as error:
        return str(error)
    except MemoryError:
        os._exit(NO_MEMORY)


def _end_with_parent(given: BinaryIO) -> None:
    given.read(1)
    os._exit(1)


if __name__ == "__main__":
    answer_one()
