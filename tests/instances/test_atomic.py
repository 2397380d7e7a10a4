from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances.atomic import staged_folder, write_file


def test_files_appear_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "out"
    with staged_folder(target) as staging:
        (staging / "a.txt").write_text("new", encoding="utf-8")
        assert not target.exists()
    assert (target / "a.txt").read_text(encoding="utf-8") == "new"
    assert [path.name for path in target.parent.iterdir()] == ["out"]


def test_an_error_leaves_the_old_files_and_no_trace(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "a.txt").write_text("old", encoding="utf-8")

    def fail() -> None:
        with staged_folder(target) as staging:
            (staging / "a.txt").write_text("half", encoding="utf-8")
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        fail()
    assert (target / "a.txt").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_other_files_of_the_target_stay(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with staged_folder(tmp_path / "out") as staging:
        (staging / "a.txt").write_text("new", encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.txt", "mine.txt"]


def test_the_target_is_a_file(tmp_path: Path, complaints: Callable[..., list[str]]) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    assert complaints(staged_folder(tmp_path / "out").__enter__) == [
        f"{tmp_path / 'out'}: this is a file, not a folder; name another folder with --out"
    ]


def test_a_file_is_replaced_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "deep" / "found.json"
    write_file(target, "old\n")
    assert target.read_text(encoding="utf-8") == "old\n"

    def fail(self: Path, other: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        write_file(target, "new\n")
    assert target.read_text(encoding="utf-8") == "old\n"
    assert [path.name for path in target.parent.iterdir()] == ["found.json"]


def test_a_file_that_cannot_be_written(tmp_path: Path, complaints: Callable[..., list[str]]) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert complaints(write_file, tmp_path, "x") == [
        f"{tmp_path}: this is a folder, not a file; name a file with --out"
    ]
    (problem,) = complaints(write_file, tmp_path / "file" / "found.json", "x")
    assert "the file cannot be written" in problem
