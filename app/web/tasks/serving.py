"""The life of a worker process: one job after the other, until the server is gone."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from ....instances.common.problems import InputError
from ....solver.deadline import TimeUpError
from ....solver.memory import share_memory
from ..contract.saying import refused
from .alternatives import tell_agreement, tell_alternatives
from .answering import answer
from .comparing import compare_plans
from .describing import draw
from .drawing import complete
from .filing import keep_answer, read_file, write_file
from .measuring import measure_plan
from .pricing import price_each, price_wish
from .room import CancelledError, Room, Setup

TASKS: dict[str, Callable[..., None]] = {
    "agreement": tell_agreement,
    "alternatives": tell_alternatives,
    "answer": answer,
    "compare_plans": compare_plans,
    "complete": complete,
    "draw": draw,
    "measure_plan": measure_plan,
    "price_each": price_each,
    "price_wish": price_wish,
    "keep_answer": keep_answer,
    "read_file": read_file,
    "write_file": write_file,
}
"""What a worker can do, by name."""


def serve(pipe: Connection, setup: Setup) -> None:
    """Do the jobs that come through a pipe, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its workers itself
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    if setup.memory is not None:
        share_memory(setup.memory)
    room = Room(setup, pipe)
    waiting: SimpleQueue[tuple[str, dict[str, Any]]] = SimpleQueue()

    def listen() -> None:
        try:
            while True:
                message = pipe.recv()
                if message[0] == "cancel":
                    room.stop.set()
                else:
                    room.stop.clear()
                    waiting.put(message[1:])
        except (EOFError, OSError):
            os._exit(0)  # the server is gone

    threading.Thread(target=listen, daemon=True).start()
    while True:
        _do(room, *waiting.get())


def _do(room: Room, task: str, arguments: dict[str, Any]) -> None:
    """Do one job; whatever happens, say that it has ended."""
    try:
        TASKS[task](room, **arguments)
    except InputError as error:
        room.say("refused", refused(error))
    except (TimeUpError, CancelledError):
        pass
    except Exception:
        with room.speaking:
            room.pipe.send(("broken", traceback.format_exc()))
        return
    with room.speaking:
        room.pipe.send(("end", None))
