"""A dossier as a document that a word processor edits (DOCX)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from ....instances.common.optional import require
from ..content.document import Document
from .numbered import numbered

_MOMENT = (1980, 1, 1, 0, 0, 0)  # of each file in the archive: the same document gives the same bytes


def check() -> None:
    """Check that this face can be written.

    Raises
    ------
    InputError
        The package python-docx is not installed.
    """
    require("docx", "dossier", "dossiers as DOCX")


def write(document: Document, path: Path) -> None:
    """Write a dossier as DOCX: styles of a word processor, tables that stay tables, pictures with a text.

    Parameters
    ----------
    document : Document
    path : Path

    Raises
    ------
    InputError
        See `check`.
    """
    check()
    from .word_blocks import Writer
    from .word_styles import new_document

    data = numbered(document)
    word = new_document(data)
    Writer(word, data["words"]).whole(data)
    written = io.BytesIO()
    word.save(written)
    _repack(written, path)


def _repack(written: io.BytesIO, path: Path) -> None:
    """Write an archive again without the moments of its files."""
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
