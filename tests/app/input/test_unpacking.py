"""What kind of file a browser sent, whatever it is called."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from refzones.app.input.unpacking import MOST_UNPACKED, recognised
from refzones.instances.common.problems import InputError

RUN = ("plan.json", "assignment.csv")


def packed(*entries: tuple[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return box.getvalue()


def given(tmp_path: Path, content: bytes, name: str) -> tuple[str, Path]:
    raw, folder = tmp_path / "raw", tmp_path / "inside"
    raw.write_bytes(content)
    folder.mkdir()
    kind, path = recognised(raw, name, folder, RUN)
    assert folder in path.parents
    return kind, path.relative_to(folder)


@pytest.mark.parametrize(
    ("content", "name", "kind", "path"),
    [
        (b"a;b\n1;2\n", "plan.csv", "plan", "plan.csv"),
        (b"a;b\n1;2\n", "../../../plan", "plan", "plan.csv"),
        ("a;b\n1;2\n".encode("utf-16"), "plan.txt", "plan", "plan.txt"),
        (b"SQLite format 3\x00", "plan.csv", "plan", "plan.gpkg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "plan", "plan", "plan.xls"),
        (b'{"type": "FeatureCollection"}', "x.json", "plan", "plan.geojson"),
        (b'\xef\xbb\xbf {"schema_version": 2}', "x.txt", "plan", "plan.json"),
        (b"[weights]\n", "my.TOML", "scenario", "scenario.toml"),
        (packed(("[Content_Types].xml", b"")), "x.zip", "plan", "plan.xlsx"),
        (packed(("mine/plan.json", b"{}"), ("mine/more.txt", b"")), "x.zip", "plan", "run"),
    ],
)
def test_content_tells_the_kind(tmp_path: Path, content: bytes, name: str, kind: str, path: str) -> None:
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    assert given(tmp_path, content, name) == (kind, Path(path))


def test_a_run_is_unpacked_without_what_does_not_belong_to_it(tmp_path: Path) -> None:
    box = packed(("a/plan.json", b"{}"), ("a/evil.py", b"x"), ("__MACOSX/a/plan.json", b"y"))
    given(tmp_path, box, "a.zip")
    assert [file.name for file in (tmp_path / "inside" / "run").iterdir()] == ["plan.json"]
    assert (tmp_path / "inside" / "run" / "plan.json").read_bytes() == b"{}"


@pytest.mark.parametrize(
    "name", ["../plan.json", "/plan.json", "a/../../plan.json", "..\\plan.json", "C:/plan.json"]
)
def test_names_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="leads out"):
        given(tmp_path, packed((name, b"{}")), "a.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inside", "raw"]


def test_what_holds_too_much_is_not_unpacked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than"):
        given(tmp_path, packed(("plan.json", b"0" * (MOST_UNPACKED + 1))), "a.zip")


def test_too_many_entries_are_not_unpacked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="2000 files"):
        given(tmp_path, packed(*((str(k), b"") for k in range(2001))), "a.zip")


def test_a_damaged_entry_is_told(tmp_path: Path) -> None:
    box = bytearray(packed(("plan.json", b"abcdefgh" * 1000)))
    box[45:50] = b"\xff\xff\xff\xff\xff"
    with pytest.raises(InputError, match="cannot be read"):
        given(tmp_path, bytes(box), "a.zip")
