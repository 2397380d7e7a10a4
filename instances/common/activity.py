"""What the program is doing, and what remains of it if it is stopped now.

Work is announced here, for the status line and for the code that stops the program; nothing else depends on
it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

WAITING = ""
"""An activity that nobody need be told of: waiting for others, as a server does."""

_doing: dict[int, list[list[str]]] = {}
"""Activities of each thread, the innermost last."""

_kept: dict[str, str] = {}
_staged: set[Path] = set()
_made: list[Path] = []
_begun = time.perf_counter()

REPLACING = threading.RLock()
"""Held while files move to their final places; code that stops the program waits for it."""


@contextmanager
def doing(what: str) -> Iterator[Callable[[str], None]]:
    """Announce what this thread does until the block ends, such as ``drawing the map``; also a decorator.

    Yields
    ------
    callable
        Announces the next step of the same work.
    """
    ident = threading.get_ident()
    stack = _doing.setdefault(ident, [])
    cell = [what]
    stack.append(cell)
    try:
        yield lambda text: cell.__setitem__(0, text)
    finally:
        stack.remove(cell)
        if not stack:
            _doing.pop(ident, None)


def activities() -> list[str]:
    """List what is being done now, one text a thread.

    A text that ends in a colon, such as ``Limburg:``, is a heading of the innermost one; where it is the
    innermost itself, of the one around it. The first thread is left out where it has started others and only
    waits, as `solve` does for its regions.
    """
    told = []
    for stack in list(_doing.values()):
        texts = [cell[0] for cell in reversed(stack[:])]
        heading = next((text for text in texts if text.endswith(":")), "")
        words = next((text for text in texts if not text.endswith(":")), "")
        told += [f"{heading} {words}".strip() if words else heading.removesuffix(":")] if texts else []
    return told[1:] or told


def keeps(where: str | Path, what: str = "") -> None:
    """Note what stays in a place whatever happens from now on; an empty text withdraws the note.

    Parameters
    ----------
    where : str or Path
        A later note on the same place replaces this one.
    what : str
        As it ends a sentence: ``written to runs/x``.
    """
    _kept.pop(str(where), None)
    if what:
        _kept[str(where)] = what


def kept() -> list[str]:
    """List what is kept so far."""
    return list(_kept.values())


def makes(folders: Iterable[Path]) -> None:
    """Note folders that are made for results, the deepest first; they are removed if there are none."""
    _made.extend(folders)


def seconds_so_far() -> float:
    """Give the seconds since the command began."""
    return time.perf_counter() - _begun


def begin() -> None:
    """Start a command: forget an earlier one of this process."""
    global _begun  # noqa: PLW0603
    _begun = time.perf_counter()
    _kept.clear()
    _made.clear()


@contextmanager
def staged(path: Path) -> Iterator[None]:
    """Note that a file or folder is unfinished until the block ends; stopping the program removes it."""
    _staged.add(path)
    try:
        yield
    finally:
        _staged.discard(path)


def unfinished() -> list[Path]:
    """List the files and folders that are being written."""
    return list(_staged)


def made() -> list[Path]:
    """List the folders that were made for results."""
    return list(_made)
