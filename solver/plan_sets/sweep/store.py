"""The folder of a sweep: refused where it is another one's, gone on with where it is unfinished."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ....instances.common.atomic import check_folder, staged_folder, write_file
from ....instances.common.problems import Problems, reject
from .plan import Work
from .records import SCHEMA, ChunkRecord, SweepRecord
from .tables import FILES, tables_of, write_tables

HEAD = "sweep.json"
UNFINISHED = "unfinished"


class Store:
    """The files of one sweep.

    While it runs, `unfinished/` holds its head and a file for each chunk that is answered, each written by
    one rename. At the end the tables are made from the chunks, in the order of settings and regions, so
    that they are the same whatever the order in which, where, and how many times it was run.

    Parameters
    ----------
    folder : Path
    head : SweepRecord

    Raises
    ------
    InputError
        The folder holds something else, or cannot be written.
    """

    def __init__(self, folder: Path, head: SweepRecord) -> None:
        self.folder = folder
        self.head = head
        check_folder(folder)
        self._work = folder / UNFINISHED
        begun, ended = self._work / HEAD, folder / HEAD
        self.finished = False
        if begun.is_file():
            _check_same(begun, head)
        elif ended.is_file():
            _check_same(ended, head)
            self.finished = all((folder / name).is_file() for name in FILES)
            shutil.rmtree(self._work, ignore_errors=True)  # what a run that was ended at its end left
        elif folder.is_dir() and any(folder.iterdir()) and not self._only_chunks():
            reject(
                "the folder holds other files, and no sweep",
                "name a new or an empty folder with --out",
                file=str(folder),
            )
        if not self.finished and not begun.is_file():
            write_file(begun, _text(head), is_result=False)

    def _only_chunks(self) -> bool:
        """Whether nothing but a place for chunks is there, from a run that was ended at its beginning."""
        return [path.name for path in self.folder.iterdir()] == [UNFINISHED]

    def done(self, work: Work) -> dict[str, ChunkRecord]:
        """Read the chunks that are answered, by key; a file that cannot be read counts as not answered."""
        records = {}
        for chunk in work.chunks():
            path = self._path(chunk.key)
            try:
                record = ChunkRecord.model_validate_json(path.read_bytes())
            except (FileNotFoundError, ValidationError):
                continue
            numbers = [setting.number for setting in chunk.settings]
            if record.key == chunk.key and [answer.setting for answer in record.answers] == numbers:
                records[chunk.key] = record
        return records

    def add(self, record: ChunkRecord) -> None:
        """Keep the answers of a chunk."""
        write_file(self._path(record.key), record.model_dump_json(), is_result=False)

    def finish(self, work: Work, records: Mapping[str, ChunkRecord]) -> None:
        """Make the tables, and remove the chunks."""
        tables = tables_of(work, records)
        with staged_folder(self.folder, last=HEAD) as staging:
            write_tables(tables, staging)
            (staging / HEAD).write_text(_text(self.head), encoding="utf-8")
        (self._work / HEAD).unlink()  # from now on the tables count
        shutil.rmtree(self._work, ignore_errors=True)
        self.finished = True

    def _path(self, key: str) -> Path:
        return self._work / f"{key}.json"


def read_head(folder: Path) -> SweepRecord:
    """Read the head of a finished sweep.

    Raises
    ------
    InputError
        The folder holds no finished sweep, or one of another version.
    """
    if not (folder / HEAD).is_file():
        unfinished = (folder / UNFINISHED / HEAD).is_file()
        reject(
            "the sweep in this folder is not finished" if unfinished else "the folder holds no sweep",
            "start it again to go on with it" if unfinished else "name the folder of a sweep",
            file=str(folder),
        )
    return _read(folder / HEAD)


def _read(path: Path) -> SweepRecord:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        version = data["schema_version"]
    except (ValueError, KeyError, TypeError):
        reject("this is not the head of a sweep", "name another folder with --out", file=str(path))
    if version != SCHEMA:
        reject(
            f"the sweep was written in version {version} of this format; this program writes {SCHEMA}",
            "name another folder with --out",
            file=str(path),
        )
    try:
        return SweepRecord.model_validate(data)
    except ValidationError:
        reject("this is not the head of a sweep", "name another folder with --out", file=str(path))


def _check_same(path: Path, head: SweepRecord) -> None:
    """Refuse to go on with a sweep of something else."""
    old, problems = _read(path), Problems()
    instead = "name another folder with --out; nothing was changed"
    if old.scenario_hash != head.scenario_hash:
        problems.add("the folder holds a sweep of another scenario", instead, file=str(path))
    if old.instances != head.instances:
        names = ", ".join(instance.name for instance in old.instances)
        problems.add(f"the folder holds a sweep on other data ({names})", instead, file=str(path))
    for what in _other_keys(old.spec, head.spec):
        problems.add(f"the folder holds a sweep of another spec: {what} differs", instead, file=str(path))
    for name in sorted(old.versions.keys() | head.versions.keys()):
        was, now = old.versions.get(name, "none"), head.versions.get(name, "none")
        if was != now:
            what = f"the sweep was made with {name} {was}; this is {now}"
            problems.add(what, "go on with that version, or name another folder with --out", file=str(path))
    if not problems and old != head:
        problems.add("the folder holds a sweep of other settings", instead, file=str(path))
    problems.raise_if_any()


def _other_keys(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Keys of a spec that differ, the scenario aside."""
    keys = sorted((old.keys() | new.keys()) - {"scenario"})
    return [key for key in keys if old.get(key) != new.get(key)]


def _text(head: SweepRecord) -> str:
    return json.dumps(head.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
