"""Writing files and folders so that a killed process leaves no half file."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from .problems import reject


@contextmanager
def staged_folder(target: Path, replaces: Iterable[str] = ()) -> Iterator[Path]:
    """Give a staging folder whose files move to `target` when the block ends without an error.

    Each file moves by one rename, so that a reader sees the old file or the new one, never a part.
    Files of `target` that the block did not write stay as they are.

    Parameters
    ----------
    target : Path
        The folder to fill; made when it does not exist.
    replaces : iterable of str
        Files of an earlier run that go when the block did not write them: they would be taken for its own.

    Yields
    ------
    Path
        An empty folder on the same file system.

    Raises
    ------
    InputError
        The target cannot be written.
    """
    target = target.absolute()
    staging = _staging(target)
    try:
        yield staging
        staging.chmod(0o755)
        if target.exists():
            written = set()
            for file in sorted(staging.iterdir()):
                file.replace(target / file.name)
                written.add(file.name)
            for name in set(replaces) - written:
                (target / name).unlink(missing_ok=True)
        else:
            staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def check_folder(target: Path) -> None:
    """Make sure that a folder can be written, before long work whose result is to go there.

    Raises
    ------
    InputError
        It cannot.
    """
    target = target.absolute()
    made = [folder for folder in target.parents if not folder.exists()]
    _staging(target).rmdir()
    for folder in made:
        folder.rmdir()


def _staging(target: Path) -> Path:
    try:
        if target.exists() and not target.is_dir():
            reject("this is a file, not a folder", "name another folder with --out", file=str(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(13, "Permission denied")
        return Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent))
    except OSError as error:
        reject(
            f"the folder cannot be written ({error.strerror})",
            "name another folder with --out",
            file=str(target),
        )


def write_file(target: Path, text: str) -> None:
    """Write a UTF-8 text by one rename: a reader sees the old file or the new one, never a part.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    target = target.absolute()
    partial = _partial(target)
    try:
        partial.write_text(text, encoding="utf-8")
        partial.chmod(0o644)
        partial.replace(target)
    except OSError as error:
        _reject_file(target, error)
    finally:
        partial.unlink(missing_ok=True)


def check_file(target: Path) -> None:
    """Make sure that a file can be written, before long work whose result is to go there.

    Raises
    ------
    InputError
        It cannot.
    """
    _partial(target.absolute()).unlink()


def _partial(target: Path) -> Path:
    if target.is_dir():
        reject("this is a folder, not a file", "name a file with --out", file=str(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent)
    except OSError as error:
        _reject_file(target, error)
    os.close(handle)
    return Path(name)


def _reject_file(target: Path, error: OSError) -> NoReturn:
    reject(f"the file cannot be written ({error.strerror})", "name another one with --out", file=str(target))
