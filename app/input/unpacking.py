"""Files as a browser sends them: what kind they are, by content first, and runs taken out of zip files."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Literal, NoReturn

from ...instances.common.problems import reject
from ...instances.plan_files import ASSIGNMENT_FILE, PLAN_FILE

UploadKind = Literal["scenario", "plan"]

MOST_UNPACKED = 64 * 2**20
"""Bytes that a packed file may hold, unpacked."""

_MOST_ENTRIES = 2000
_HEAD = 4096
_KNOWN = (
    "a scenario (.toml), a table (.csv, .xlsx), a list of mergers (.txt), boundaries with mergers (.geojson, "
    ".gpkg), or a run (plan.json, or its folder as .zip)"
)
_REMEDY = f"drop one of these: {_KNOWN}"
_TABLES = (".csv", ".tsv", ".tab", ".txt", "")
_BOXES = (".gpkg", ".xlsx", ".xls", ".zip", ".geojson", ".json", ".toml", *_TABLES)


def recognised(raw: Path, name: str, folder: Path, members: Collection[str]) -> tuple[UploadKind, Path]:
    """Recognise a file, and put it where a reader takes it.

    Parameters
    ----------
    raw : Path
        The bytes, under a name of ours.
    name : str
        What the user calls it: its ending is a hint, and it stands in messages; nothing else is done with it.
    folder : Path
        Empty; what is read is put here, under names of ours.
    members : collection of str
        Files of a run, which are taken out of a zip file.

    Returns
    -------
    kind : {'scenario', 'plan'}
    path : Path
        In `folder`: a file with the ending of what it is, or the folder of a run.

    Raises
    ------
    InputError
        It is empty, of no kind that is read, or packed so that it is not to be unpacked.
    """
    ending = PurePosixPath(name).suffix.lower()
    with raw.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip():
        reject("the file is empty", _REMEDY, file=name)
    if head.startswith(b"PK\x03\x04") or zipfile.is_zipfile(raw):
        return "plan", _unpacked(raw, name, folder, members)
    if head.startswith(b"SQLite format 3\x00"):
        return "plan", _put(raw, folder / "plan.gpkg")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "plan", _put(raw, folder / "plan.xls")
    if ending == ".toml":
        return "scenario", _put(raw, folder / "scenario.toml")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        is_run = _is_run(raw, name)
        return "plan", _put(raw, folder / (PLAN_FILE if is_run else "plan.geojson"))
    if ending not in _BOXES or _is_binary(head):
        _refuse(name, "files of this kind are not read")
    if ending not in _TABLES:
        _refuse(name, f"the file is not what its ending {ending} says")
    return "plan", _put(raw, folder / f"plan{ending or '.csv'}")


def _refuse(name: str, what: str) -> NoReturn:
    reject(what, _REMEDY, file=name)


def _put(raw: Path, path: Path) -> Path:
    raw.replace(path)
    return path


def _is_binary(head: bytes) -> bool:
    """Tell what is no text: it has zero bytes, and is no UTF-16 or UTF-32 either."""
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    even, odd = head[::2].count(0), head[1::2].count(0)
    return not marked and bool(even and odd)


def _is_run(raw: Path, name: str) -> bool:
    try:
        data = json.loads(raw.read_bytes())
    except (ValueError, RecursionError):
        reject("this is no JSON that can be read to its end", "save it again, whole", file=name)
    if not isinstance(data, dict):
        _refuse(name, "files of this kind are not read")
    return "schema_version" in data or ("scenario" in data and "mergers" in data)


def _unpacked(raw: Path, name: str, folder: Path, members: Collection[str]) -> Path:
    """Take what is known out of a zip file; a workbook is one too, and stays as it is."""
    try:
        with zipfile.ZipFile(raw) as packed:
            entries = packed.infolist()
            _check(entries, name)
            inside = {PurePosixPath(one.filename).name for one in entries}
            is_workbook = "[Content_Types].xml" in inside or "mimetype" in inside
            run = folder / "run"
            if not is_workbook:
                run.mkdir()
                _take(packed, entries, run, members, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        reject(f"the packed file cannot be read ({error})", "pack the folder of the run again", file=name)
    if is_workbook:
        return _put(raw, folder / "plan.xlsx")
    if not any((run / file).is_file() for file in (PLAN_FILE, ASSIGNMENT_FILE)):
        reject(f"the packed file holds no run: neither {PLAN_FILE} nor {ASSIGNMENT_FILE}", _REMEDY, file=name)
    return run


def _check(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse packed files that lead elsewhere, or hold far more than they seem to."""
    if len(entries) > _MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED:
        what = f"the packed file holds more than {MOST_UNPACKED // 2**20} MB or {_MOST_ENTRIES} files"
        reject(what, "pack the folder of the run alone", file=name)
    for one in entries:
        path = PurePosixPath(one.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in one.filename:
            what = "the packed file has a name that leads out of its folder"
            reject(what, "pack the folder of the run again", file=name, value=one.filename[:80])
        if one.flag_bits & 1:
            reject("the packed file asks for a password", "pack it again without one", file=name)


def _take(
    packed: zipfile.ZipFile,
    entries: list[zipfile.ZipInfo],
    run: Path,
    members: Collection[str],
    name: str,
) -> None:
    """Unpack the files of one run, under their own names, at most as long as they say."""
    taken: dict[str, str] = {}
    for one in entries:
        path = PurePosixPath(one.filename)
        if path.name not in members or one.is_dir() or "__MACOSX" in path.parts:
            continue
        if path.name in taken:
            what = f"the packed file holds two runs ({taken[path.name]} and {path.parent})"
            reject(what, "pack the folder of one of them", file=name)
        taken[path.name] = str(path.parent)
        with packed.open(one) as source:
            (run / path.name).write_bytes(source.read(one.file_size + 1))
