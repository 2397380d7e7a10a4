"""Temporary files and folders, locked by their process and removed once that process was killed."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from .activity import REPLACING, staged

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PREFIX, SUFFIX = ".refzones-", ".partial"
"""How their names begin and end."""

_LOCK = f"{PREFIX}lock{SUFFIX}"
_PATIENCE = 30.0  # seconds to wait for another run that moves its files into the same folder
_ABANDONED = 900.0  # seconds without a change after which a place is abandoned, where there are no locks

_ours: set[Path] = (
    set()
)  # places that this process has locked: to lock them again would be to wait for itself


@contextmanager
def partial(parent: Path, *, folder: bool) -> Iterator[Path]:
    """Give an empty folder or file that is ours while the block runs, and is removed at its end.

    Mode and owner are those of any new file of the user. A lock marks it as in use; the system lifts the lock
    when the process ends, however that happens.

    Parameters
    ----------
    parent : Path
        The folder to make it in.
    folder : bool
        A folder; else a file.
    """
    with ExitStack() as noted:
        while True:
            path = parent / f"{PREFIX}{secrets.token_hex(4)}{SUFFIX}"
            with REPLACING:  # code that stops the program knows of it, or it is not made any more
                try:
                    path.mkdir() if folder else path.touch(exist_ok=False)
                except FileExistsError:
                    continue
                held = _held(path)
                if path.exists():  # else another run took it for a leftover before it was locked
                    noted.enter_context(staged(path))
                    break
            _release(held)
        _ours.add(path)
        try:
            yield path
        finally:
            _ours.discard(path)
            _remove(path)
            _release(held)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder in the system's temporary folder, and remove those of killed processes first."""
    place = Path(tempfile.gettempdir())
    remove_abandoned(place)
    with partial(place, folder=True) as folder:
        yield folder


def remove_abandoned(folder: Path, before: Callable[[Path], None] | None = None) -> None:
    """Remove what killed processes left in a folder; what a running one holds stays.

    Parameters
    ----------
    folder : Path
    before : callable, optional
        Called with each folder that is to be removed.
    """
    try:
        left = [Path(entry) for entry in os.scandir(folder) if _is_place(entry.name)]
    except OSError:
        return
    for path in left:
        try:
            held = _held(path, wait=False)
        except BlockingIOError:
            continue
        if held is None and not _is_old(path):
            continue
        if before is not None and path.is_dir():
            before(path)
        _remove(path)
        _release(held)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process at a time move files into a folder; a place of this process needs no lock."""
    if folder in _ours:
        yield
        return
    if fcntl is None or sys.platform == "win32":  # the type checker knows the second
        with _locked_by_file(folder / _LOCK):
            yield
        return
    held, until = None, time.monotonic() + _PATIENCE
    while True:
        try:
            held = _held(folder, wait=False)
            break
        except BlockingIOError:
            if time.monotonic() > until:
                break
            time.sleep(0.02)
    try:
        yield
    finally:
        _release(held)


@contextmanager
def _locked_by_file(lock: Path) -> Iterator[None]:
    """Lock by a file, which only one process can make, where locks do not end with their process."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            lock.touch(exist_ok=False)
            break
        except FileExistsError:
            if time.monotonic() > until:  # moving some files takes no such time: its process was killed
                break
            time.sleep(0.02)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _is_place(name: str) -> bool:
    return name.startswith(PREFIX) and name.endswith(SUFFIX)


def _held(path: Path, *, wait: bool = True) -> int | None:
    """Lock a file or folder; None where there are no such locks.

    Raises
    ------
    BlockingIOError
        Another process has it, and this one does not wait.
    """
    if fcntl is None or sys.platform == "win32":  # the type checker knows the second
        return None
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:  # some file systems have none
        os.close(handle)
        return None
    return handle


def _release(held: int | None) -> None:
    if held is not None:
        os.close(held)


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > _ABANDONED
    except OSError:
        return False


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            return
