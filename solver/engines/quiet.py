"""Solvers that write to standard output are kept from it: what stands there is the program's."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

_lock = threading.Lock()
_counts: dict[int, int] = {}
"""Threads that are to be silent, and how often each has asked for it."""
_undo: list[_Redirection] = []


@contextmanager
def quiet() -> Iterator[None]:
    """Drop what this thread writes to standard output, and what any library writes there past Python.

    Other threads go on printing: their text takes a copy of the descriptor. Used around solvers that announce
    themselves or their licence whatever they are told.
    """
    thread = threading.get_ident()
    with _lock:
        if not _counts:
            _undo.append(_Redirection())
        _counts[thread] = _counts.get(thread, 0) + 1
    try:
        yield
    finally:
        with _lock:
            _counts[thread] -= 1
            if not _counts[thread]:
                del _counts[thread]
            if not _counts:
                _undo.pop().end()


class _Redirection:
    """Descriptor 1 leads nowhere, and `sys.stdout` is one that asks who writes, until `end`."""

    def __init__(self) -> None:
        self._before: TextIO = sys.stdout
        self._copy: TextIO | None = None
        self._saved = _copied(1)
        # a progress bar of rich stands in for the stream behind it
        through = getattr(self._before, "rich_proxied_file", self._before)
        _flush(through)
        _flush_c()
        if self._saved is not None:
            if _descriptor(through) == 1:
                self._copy = through = open(  # noqa: SIM115
                    os.dup(self._saved), "w", encoding=through.encoding, errors=through.errors
                )
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.close(nowhere)
        self._gate: Any = _Gate(through)
        sys.stdout = self._gate

    def end(self) -> None:
        if sys.stdout is self._gate:
            sys.stdout = self._before
        if self._copy is not None:
            _flush(self._copy)
            self._copy.close()
        if self._saved is not None:
            _flush_c()
            os.dup2(self._saved, 1)
            os.close(self._saved)


class _Gate:
    """A stream that drops the text of threads that are to be silent."""

    def __init__(self, through: Any) -> None:
        self._through = through

    def write(self, text: str) -> int:
        if threading.get_ident() in _counts or self._through is None:
            return len(text)
        count: int = self._through.write(text)
        self._through.flush()
        return count

    def flush(self) -> None:
        _flush(self._through)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._through, name)


def _copied(descriptor: int) -> int | None:
    """Copy a descriptor; None where it is closed."""
    try:
        return os.dup(descriptor)
    except OSError:
        return None


def _descriptor(stream: Any) -> int | None:
    try:
        return int(stream.fileno())
    except (AttributeError, OSError, ValueError):  # none behind it: a notebook, a test
        return None


def _flush_c() -> None:
    """Have the C library write what it holds back, while it goes where it should."""
    with suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL("ucrtbase") if os.name == "nt" else ctypes.CDLL(None)
        library.fflush(None)


def _flush(stream: Any) -> None:
    with suppress(AttributeError, OSError, ValueError):
        stream.flush()
