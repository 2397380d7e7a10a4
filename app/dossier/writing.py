"""A dossier in a folder: its record, and the files that people read."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...instances.common.activity import doing
from ...instances.common.atomic import staged_folder
from ...instances.common.problems import reject, suggest
from ..files.naming import folder_name
from .content.document import Document
from .faces import html, pdf, word

if TYPE_CHECKING:
    from pydantic import BaseModel

_STEM = "dossier"
_LONGEST = 60
"""Longest list of regions, in characters, in the name of a file."""

ALL = "all"


@dataclass(frozen=True)
class Face:
    """One way to write a dossier.

    Attributes
    ----------
    check : callable
        Refuses where what writes it is not installed.
    write : callable
        Writes a document at a path.
    """

    check: Callable[[], None]
    write: Callable[[Document, Path], None]


FACES: Mapping[str, Face] = {
    "html": Face(html.check, html.write),
    "pdf": Face(pdf.check, pdf.write),
    "docx": Face(word.check, word.write),
}
"""By the ending of their files."""


def faces_named(names: Sequence[str] | None) -> list[str]:
    """Give the faces that are asked for, each of which can be written.

    Parameters
    ----------
    names : sequence of str, optional
        Endings of files, or ``all``; HTML where there are none.

    Raises
    ------
    InputError
        There is no such face, or its package is not installed.
    """
    wanted = list(names or ("html",))
    for name in wanted:
        if name not in (*FACES, ALL):
            reject("--format: a dossier is not written as this", suggest(name, (*FACES, ALL)), value=name)
    chosen = [name for name in FACES if name in wanted or ALL in wanted]
    for name in chosen:
        FACES[name].check()
    return chosen


def stem_of(regions: Sequence[str], *, all_regions: bool) -> str:
    """Name the files of a dossier, without their endings: after its regions, unless these are all."""
    if all_regions:
        return _STEM
    names = "-".join(regions)
    return f"{_STEM}-{folder_name(names if len(names) <= _LONGEST else f'{len(regions)} regions')}"


def write_dossier(
    document: Document, record: BaseModel, folder: Path, stem: str, faces: Sequence[str]
) -> list[str]:
    """Write a dossier and its record, all or nothing.

    Parameters
    ----------
    document : Document
    record : BaseModel
        What the figures of the document point into.
    folder : Path
        Made when it does not exist; other files in it stay.
    stem : str
        See `stem_of`.
    faces : sequence of str
        Keys of `FACES`.

    Returns
    -------
    list of str
        Names of the files.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    names = {face: f"{stem}.{document.language}.{face}" for face in faces}
    with staged_folder(folder) as staging, ThreadPoolExecutor() as pool:
        written = [pool.submit(_write, face, document, staging / name) for face, name in names.items()]
        record_file = f"{stem}.json"
        (staging / record_file).write_text(record.model_dump_json(indent=1) + "\n", encoding="utf-8")
        for one in written:
            one.result()
    return [*names.values(), record_file]


def _write(face: str, document: Document, path: Path) -> float:
    """Write one face; give the seconds that it took."""
    begun = time.perf_counter()
    with doing(f"writing the dossier as {face.upper()}"):
        FACES[face].write(document, path)
    return time.perf_counter() - begun
