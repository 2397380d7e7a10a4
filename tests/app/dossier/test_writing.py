"""Files of a dossier: their names, and that all of them are there or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import BaseModel
from refzones.app.dossier import writing
from refzones.app.dossier.writing import FACES, Face, faces_named, stem_of, write_dossier
from refzones.instances import InputError
from support.dossiers import sample

pytest.importorskip("jinja2", reason="jinja2 is in the extra 'dossier'")


class Record(BaseModel):
    """What stands beside the files."""

    answer: int = 42


def test_files_are_named_after_their_regions() -> None:
    assert stem_of(["Kempen", "Limburg"], all_regions=True) == "dossier"
    assert stem_of(["Kempen"], all_regions=False) == "dossier-Kempen"
    assert stem_of(["Kempen", "Regio Gent"], all_regions=False).startswith("dossier-Kempen-Regio-Gent")
    many = stem_of([f"Region {k}" for k in range(12)], all_regions=False)
    assert many.startswith("dossier-12-regions")
    assert not set(stem_of(["../x", "a/b"], all_regions=False)) & set("/\\")


def test_faces_come_in_one_order_and_once() -> None:
    assert faces_named(None) == ["html"]
    for package in ("docx", "typst"):
        pytest.importorskip(package, reason=f"{package} is in the extra 'dossier'")
    assert faces_named(["docx", "html", "docx"]) == ["html", "docx"]
    assert faces_named(["pdf", "all"]) == ["html", "pdf", "docx"]
    with pytest.raises(InputError, match="not written as this"):
        faces_named(["html", "odt"])


def test_the_record_stands_beside_the_files(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    names = write_dossier(sample("nl"), Record(), tmp_path, "dossier-x", ["html"])
    assert names == ["dossier-x.nl.html", "dossier-x.json"]
    assert json.loads((tmp_path / "dossier-x.json").read_text("utf-8")) == {"answer": 42}
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "dossier-x.json",
        "dossier-x.nl.html",
        "notes.txt",
    ]


def test_all_files_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one face cannot be written, the folder stays as it was."""

    def fail(document: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("no room")

    write_dossier(sample("nl"), Record(answer=1), tmp_path, "dossier", ["html"])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setattr(writing, "FACES", {**FACES, "pdf": Face(lambda: None, fail)})
    with pytest.raises(InputError, match="no room"):
        write_dossier(sample("nl", rows=3), Record(answer=2), tmp_path, "dossier", ["html", "pdf"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
