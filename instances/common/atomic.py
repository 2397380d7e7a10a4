"""Atomic writing of files and folders: whatever happens on the way, they are all old or all new."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from .activity import REPLACING, keeps, makes
from .problems import reject
from .temporary import locked, partial, remove_abandoned

_OLD, _NEW = ".old", ".new"  # the files that were there before; the names of those that come
_ROOM = 1 << 16  # bytes; a disk without room for these is full
_FOLDER = "name another folder with --out"


@contextmanager
def staged_folder(target: Path, replaces: Iterable[str] = (), last: str = "") -> Iterator[Path]:
    """Give a staging folder whose files move to `target` when the block ends without an error.

    They replace the files of an earlier run as a whole: the old ones are put aside first, then the new ones
    are moved in, each by one rename. An error on the way restores the old ones; after a kill, the next run
    does. One process at a time moves files into a folder. Other files of `target` stay as they are.

    Parameters
    ----------
    target : Path
        The folder to fill; made when it does not exist.
    replaces : iterable of str
        Files of an earlier run that are removed if the block does not write them.
    last : str
        The file that makes the others valid: the first to be removed, the last to be moved in.

    Yields
    ------
    Path
        An empty folder on the same file system.

    Raises
    ------
    InputError
        The target cannot be written, or the disk is full.
    """
    with _told(target, is_folder=True):
        place = _placed(target, is_folder=True)
        made = _make(place.parent)
    parent = place if place.exists() else place.parent  # a new folder is filled beside its place
    try:
        with _told(target, is_folder=True, inside=parent):
            _clean(parent)
            with partial(parent, folder=True) as staging:
                yield staging
                with REPLACING:
                    _commit(staging, place, set(replaces), last)
                    keeps(place, f"written to {target}")
    except BaseException:
        _unmake(made)
        raise


def _commit(staging: Path, place: Path, replaces: set[str], last: str) -> None:
    """Move the files of a staging folder to their place, all or none."""
    if staging.parent == place:
        _swap(staging, place, replaces, last)
        return
    try:
        staging.rename(place)
    except OSError:
        if not place.is_dir():
            raise
        with partial(place, folder=True) as inside:  # another run has made the folder in the meantime
            for file in staging.iterdir():
                file.replace(inside / file.name)
            _swap(inside, place, replaces, last)


def _swap(staging: Path, place: Path, replaces: set[str], last: str) -> None:
    new = sorted((file.name for file in staging.iterdir()), key=lambda name: (name == last, name))
    _check_names(place, new)
    aside = staging / _OLD
    (staging / _NEW).write_text("\n".join(new), encoding="utf-8")
    aside.mkdir()
    with locked(place):
        try:
            for name in sorted({*new, *replaces}, key=lambda name: (name != last, name)):
                if (place / name).is_symlink() or (place / name).is_file():
                    (place / name).replace(aside / name)
            for name in new:
                (staging / name).replace(place / name)
        except BaseException:
            _undo(staging)
            raise


def _undo(staging: Path) -> None:
    """Restore the files that an interrupted move has put aside.

    A new file that has left the staging folder is in its place, and the old ones are restored only when all
    new ones have been taken back; so this can itself be interrupted and repeated. Where all new files had
    reached their place, the move was complete.
    """
    place, manifest, aside = staging.parent, staging / _NEW, staging / _OLD
    if not manifest.is_file() or not aside.is_dir():
        return
    new = manifest.read_text(encoding="utf-8").splitlines()
    if any((staging / name).exists() for name in new):
        for name in reversed(new):
            if not (staging / name).exists():
                (place / name).replace(staging / name)
        for file in sorted(aside.iterdir(), key=lambda file: (file.name == new[-1], file.name)):
            file.replace(place / file.name)
    manifest.unlink()


def _clean(folder: Path) -> None:
    """Clear a folder of what killed runs left in it."""
    with locked(folder):
        remove_abandoned(folder, before=_undo)


def check_folder(target: Path, files: Iterable[str] = ()) -> None:
    """Check that a folder can be written, before long work whose result goes there.

    Parameters
    ----------
    target : Path
    files : iterable of str
        Names of the files that are to be written.

    Raises
    ------
    InputError
        It cannot be written.
    """
    with _told(target, is_folder=True):
        place = _placed(target, is_folder=True)
        made = _make(place)
        try:
            if not made:
                _check_names(place, files)
            _clean(place)
            _clean(place.parent)
            with partial(place, folder=True) as probe:
                (probe / "room").write_bytes(bytes(_ROOM))
        finally:
            _unmake(made)


def _check_names(folder: Path, files: Iterable[str]) -> None:
    for name in files:
        if (folder / name).is_dir():
            reject("there is a folder where a file is to be written", _FOLDER, file=str(folder / name))


def write_file(target: Path, content: str | bytes, *, is_result: bool = True, option: str = "--out") -> None:
    """Write a UTF-8 text, or bytes, by one rename: a reader sees the old file or the new one, never a part.

    What is not a regular file, such as a pipe, is written to directly.

    Parameters
    ----------
    target : Path
    content : str or bytes
    is_result : bool
        Tell of the file as a result when the program is stopped.
    option : str
        Where the user named the file.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    raw = content.encode() if isinstance(content, str) else content
    with _told(target, is_folder=False, option=option):
        place = _placed(target, is_folder=False, option=option)
        if place.exists() and not place.is_file():
            place.write_bytes(raw)
            return
        made = _make(place.parent)
        try:
            remove_abandoned(place.parent)
            with partial(place.parent, folder=False) as unfinished:
                unfinished.write_bytes(raw)
                with REPLACING:
                    unfinished.replace(place)
                    if is_result:
                        keeps(place, f"written to {target}")
        finally:
            _unmake(made)


def check_file(target: Path, *, option: str = "--out") -> None:
    """Check that a file can be written, before long work whose result goes there.

    Parameters
    ----------
    target : Path
    option : str
        Where the user named the file.

    Raises
    ------
    InputError
        It cannot be written.
    """
    with _told(target, is_folder=False, option=option):
        place = _placed(target, is_folder=False, option=option)
        if place.exists():
            if not place.is_file():
                return
            made = []
        else:
            made = _make(place.parent)
        try:
            if not place.exists():  # the name itself may be impossible
                place.touch(exist_ok=False)
                place.unlink()
            remove_abandoned(place.parent)
            with partial(place.parent, folder=False) as probe:
                probe.write_bytes(bytes(_ROOM))
        finally:
            _unmake(made)


def _placed(target: Path, *, is_folder: bool, option: str = "--out") -> Path:
    """Resolve the place that a path means, behind links; refuse a path that cannot be written."""
    if "\0" in str(target):
        reject("no name can hold a null byte", _remedy(is_folder, option), file=str(target))
    place = target.absolute()
    if place.is_symlink():
        if not place.exists():
            reject(
                "this is a link to something that is not there", _remedy(is_folder, option), file=str(target)
            )
        place = place.resolve()
    if is_folder and place.exists() and not place.is_dir():
        reject("this is a file, not a folder", _FOLDER, file=str(target))
    if not is_folder and place.is_dir():
        reject("this is a folder, not a file", f"name a file with {option}", file=str(target))
    return place


def _make(folder: Path) -> list[Path]:
    """Make a folder and its parents; give those that were missing, the deepest first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    with REPLACING:  # code that stops the program knows of them, or they are not made any more
        makes(missing)
        folder.mkdir(parents=True, exist_ok=True)
    return missing


def _unmake(made: Iterable[Path]) -> None:
    """Remove folders that were made in vain, as long as they are empty."""
    for folder in made:
        try:
            folder.rmdir()
        except OSError:
            return


@contextmanager
def _told(
    target: Path, *, is_folder: bool, inside: Path | None = None, option: str = "--out"
) -> Iterator[None]:
    """Report in one line why something cannot be written.

    Parameters
    ----------
    target : Path
        As the user wrote it.
    is_folder : bool
    inside : Path, optional
        The only folder that is written to; errors about files elsewhere are passed on.
    option : str
        Where the user named it.
    """
    try:
        yield
    except OSError as error:
        named = error.filename
        if inside and isinstance(named, str | bytes) and not Path(os.fsdecode(named)).is_relative_to(inside):
            raise
        _reject(target, error.strerror or str(error), is_folder, option)


def _reject(target: Path, why: str, is_folder: bool, option: str) -> NoReturn:
    what = "folder" if is_folder else "file"
    reject(f"the {what} cannot be written ({why})", _remedy(is_folder, option), file=str(target))


def _remedy(is_folder: bool, option: str) -> str:
    return _FOLDER if is_folder else f"name another file with {option}"
