"""What the program is doing, and what of it stays if it is stopped now.

Work says here what it does; who shows it, or who stops the program, looks here. Nothing else hangs on it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_doing: dict[int, list[list[str]]] = {}
"""What each thread does, the innermost last."""

_kept: dict[str, str] = {}
_staged: set[Path] = set()
_made: list[Path] = []
_begun = time.perf_counter()

REPLACING = threading.RLock()
"""Held while files take their final places; who stops the program waits for it."""


@contextmanager
def doing(what: str) -> Iterator[Callable[[str], None]]:
    """Say what this thread does until the block ends, such as ``drawing the map``; also a decorator.

    Yields
    ------
    callable
        Says it in other words, as the work goes on.
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
    """What is done now, a text for each thread; what ends in a colon, such as ``Limburg:``, stands before it.

    The first thread only waits where it has started others, as `solve` does for its regions, and is left out.
    """
    told = []
    for stack in list(_doing.values()):
        texts = [cell[0] for cell in stack[:]]
        heading = next((text for text in reversed(texts[:-1]) if text.endswith(":")), "")
        told += [f"{heading} {texts[-1]}".strip()] if texts else []
    return told[1:] or told


def keeps(where: str | Path, what: str = "") -> None:
    """Note what stays in a place whatever happens from now on; without a text, that nothing does any more.

    Parameters
    ----------
    where : str or Path
        A later note on the same place stands for this one.
    what : str
        As it ends a sentence: ``written to runs/x``.
    """
    _kept.pop(str(where), None)
    if what:
        _kept[str(where)] = what


def kept() -> list[str]:
    """Give what was kept so far."""
    return list(_kept.values())


def makes(folders: Iterable[Path]) -> None:
    """Note folders that are made for what is to come, the deepest first; they go if nothing comes."""
    _made.extend(folders)


def seconds_so_far() -> float:
    """Give the seconds since the command began."""
    return time.perf_counter() - _begun


def begin() -> None:
    """Start a command: forget what an earlier one in this process did."""
    global _begun  # noqa: PLW0603
    _begun = time.perf_counter()
    _kept.clear()
    _made.clear()


@contextmanager
def staged(path: Path) -> Iterator[None]:
    """Note that a file or folder is unfinished until the block ends: it goes when the program is stopped."""
    _staged.add(path)
    try:
        yield
    finally:
        _staged.discard(path)


def unfinished() -> list[Path]:
    """Give the files and folders that are being filled."""
    return list(_staged)


def made() -> list[Path]:
    """Give the folders that were made for what was to come."""
    return list(_made)
