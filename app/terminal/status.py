"""Telling what goes on during silence: one line on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from typing import Final

from ...instances.common.activity import WAITING, activities
from ..dutch.speaking import told
from .plain import one_line

SILENCE: Final = 2.0
"""Seconds without any output after which a line says what goes on."""

_EARLY: Final = 0.3  # the same on a terminal, where the line goes when something else is written
_OFTEN: Final = 300.0  # seconds of a run after which lines come less often
_LATER: Final = 30.0  # seconds between lines from then on
_AHEAD: Final = 0.25  # looked at now and then, a silence would last a little longer than it may

_lock = threading.RLock()
_last = time.monotonic()
_shown = False


def spoke() -> None:
    """Note that something is being written: clear the status line, and start to wait again."""
    global _last, _shown  # noqa: PLW0603
    with _lock:
        _last = time.monotonic()
        if _shown:
            _shown = False
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


class Status:
    """Watches for silence while a command works."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._at_work = False
        self._written = ""
        self._on_terminal = is_terminal()

    def __enter__(self) -> Status:
        spoke()
        return self

    def __exit__(self, *_: object) -> None:
        spoke()

    def look(self) -> None:
        """Say what goes on, where nothing was said for a while."""
        now = time.monotonic()
        announced = activities()
        if announced == [WAITING]:
            return
        self._at_work = self._at_work or bool(announced)
        # before anything is announced, the program and its libraries are being read
        texts = announced or ["working" if self._at_work else "starting"]
        what = "; ".join(told(one_line(text)) for text in texts)
        wait = _EARLY if self._on_terminal else SILENCE - _AHEAD if now - self._begun < _OFTEN else _LATER
        if now - _last >= wait:
            self._show(what, now - self._begun)

    def _show(self, what: str, seconds: float) -> None:
        global _last, _shown  # noqa: PLW0603
        text = f"{what} ({seconds:.0f} s)"
        with _lock:
            if self._on_terminal:
                width = max(10, shutil.get_terminal_size().columns - 1)
                short = text if len(text) <= width else f"{text[: width - 1]}…"
                if not (_shown and short == self._written):
                    print(f"\r\x1b[K{short}", end="", file=sys.stderr, flush=True)
                _shown, self._written = True, short
            else:
                print(f"... {text}", file=sys.stderr, flush=True)
                _last = time.monotonic()


def is_terminal() -> bool:
    """Tell whether errors go to a terminal, where a line can be written over."""
    return bool(sys.stderr.isatty()) and os.environ.get("TERM", "") not in ("dumb", "")
