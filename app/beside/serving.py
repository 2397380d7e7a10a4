"""The process beside: answers what it is asked until nobody is left to ask (see `process_beside`)."""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress
from importlib import import_module

from ..terminal.streams import prepare


def serve() -> None:
    """Answer one question after the other; what libraries print does not get between the answers."""
    back = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    prepare()
    with suppress(EOFError, OSError):
        while True:
            asked = pickle.load(sys.stdin.buffer)
            pickle.dump(_answer(*asked), back, protocol=pickle.HIGHEST_PROTOCOL)
            back.flush()


def _answer(where: str, given: tuple[object, ...], more: dict[str, object]) -> tuple[bool, object]:
    """Call a function; give whether that went well, and what it gave or why it did not."""
    module, _, name = where.partition(":")
    try:
        return True, getattr(import_module(module), name)(*given, **more)
    except Exception as error:
        return False, repr(error)


if __name__ == "__main__":
    serve()
