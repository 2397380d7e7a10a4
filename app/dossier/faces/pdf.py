"""A dossier as PDF, set by Typst."""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

from ....instances.common.optional import require
from ..content.document import Document, Picture
from .numbered import numbered

_TEMPLATE = "dossier.typ"


def check() -> None:
    """Check that this face can be written.

    Raises
    ------
    InputError
        The package typst is not installed.
    """
    require("typst", "dossier", "dossiers as PDF")


def write(document: Document, path: Path) -> None:
    """Write a dossier as tagged PDF on A4.

    Texts go to the typesetter as data, so that nothing in them is taken for markup. The same document always
    gives the same bytes.

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
    import typst

    with tempfile.TemporaryDirectory(prefix="refzones-") as name:
        folder = Path(name)
        shutil.copyfile(str(files(__package__) / _TEMPLATE), folder / _TEMPLATE)
        data = _with_files(numbered(document), folder)
        (folder / "dossier.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        content = typst.compile(
            str(folder / _TEMPLATE),
            root=str(folder),
            font_paths=[_fonts()],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",  # PDF/UA: read aloud in order, with pictures described
        )
    path.write_bytes(content)


def _fonts() -> str:
    """Folder of the fonts of the maps; the letter of the text is the typesetter's own."""
    import matplotlib as mpl

    return str(Path(mpl.get_data_path()) / "fonts" / "ttf")


def _with_files(value: Any, folder: Path) -> Any:
    """Put pictures into files, and name those."""
    if isinstance(value, Picture):
        name = f"picture-{sum(1 for _ in folder.glob('picture-*')) + 1}.svg"
        (folder / name).write_bytes(value.svg)
        return name
    if isinstance(value, dict):
        return {("file" if key == "picture" else key): _with_files(one, folder) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_files(one, folder) for one in value]
    return value
