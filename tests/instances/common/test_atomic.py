from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances.common import temporary
from refzones.instances.common.atomic import check_file, check_folder, staged_folder, write_file

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")


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


# Killed, or hindered, on the way


@needs_fork
def test_killed_at_every_point(tmp_path: Path) -> None:
    """Old or new, or no plan and then the old one: never a mixture, nothing lost, nothing left over."""
    script = Path(__file__).with_name("killed.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, check=True
    )
    lines = [tuple(line.split(",")) for line in done.stdout.splitlines()]
    assert Counter(kind for kind, *_ in lines)["existing"] > 20
    assert {line for line in lines if line[0] == "existing"} == {
        ("existing", "old", "old", "new", "0"),
        ("existing", "no plan", "old", "new", "0"),
        ("existing", "nothing", "old", "new", "0"),
        ("existing", "new", "new", "new", "0"),
    }
    assert {line for line in lines if line[0] == "fresh"} == {
        ("fresh", "nothing", "nothing", "new", "0"),
        ("fresh", "new", "new", "new", "0"),
    }
    assert {line for line in lines if line[0] == "single"} == {
        ("single", "nothing", "nothing", "single", "0"),
        ("single", "single", "single", "single", "0"),
    }


NAMES = ("plan.json", "assignment.csv", "zones.csv")


def put(folder: Path, text: str) -> None:
    with staged_folder(folder, last="plan.json") as staging:
        for name in NAMES:
            (staging / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("has_locks", [True, False])
def test_an_error_between_two_moves_brings_the_old_files_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, complaints: Callable[..., list[str]], has_locks: bool
) -> None:
    if not has_locks:  # as on Windows
        monkeypatch.setattr(temporary, "fcntl", None)
    target, real = tmp_path / "out", Path.replace
    put(target, "old")
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    before = {path.name: path.read_text(encoding="utf-8") for path in target.iterdir()}
    for number in range(1, 2 * len(NAMES) + 1):
        moves = 0

        def replace(self: Path, other: Path, number: int = number) -> Path:
            nonlocal moves
            moves += 1
            if moves == number:
                raise PermissionError(errno.EACCES, "Permission denied", str(other))
            return real(self, other)

        monkeypatch.setattr(Path, "replace", replace)
        (problem,) = complaints(put, target, "new")
        monkeypatch.setattr(Path, "replace", real)
        assert problem.startswith(f"{target}: the folder cannot be written (Permission denied)")
        assert {path.name: path.read_text(encoding="utf-8") for path in target.iterdir()} == before
    put(target, "new")
    assert {path.name for path in target.iterdir()} == {*NAMES, "notes.txt"}


RUNS = """
import sys
from pathlib import Path
from refzones.instances.common.atomic import staged_folder
for turn in range(40):
    with staged_folder(Path(sys.argv[1]), last="plan.json") as staging:
        for name in ("plan.json", "assignment.csv", "zones.csv"):
            (staging / name).write_text(f"{sys.argv[2]} {turn}", encoding="utf-8")
"""


def test_runs_at_the_same_time_are_not_mixed(tmp_path: Path) -> None:
    runs = [
        subprocess.Popen([sys.executable, "-c", RUNS, str(tmp_path / "deep" / "out"), name]) for name in "abc"
    ]
    assert [run.wait() for run in runs] == [0, 0, 0]
    files = list((tmp_path / "deep" / "out").iterdir())
    assert sorted(file.name for file in files) == sorted(NAMES)
    assert len({file.read_text(encoding="utf-8") for file in files}) == 1
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


def test_a_place_that_is_in_use_is_no_leftover(tmp_path: Path) -> None:
    put(tmp_path, "old")
    with temporary.partial(tmp_path, folder=True) as mine, temporary.partial(tmp_path, folder=False) as file:
        check_folder(tmp_path)
        put(tmp_path, "new")
        assert mine.is_dir()
        assert file.is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(NAMES)


def test_without_locks_age_tells_a_leftover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary, "fcntl", None)
    young, old = tmp_path / ".refzones-1.partial", tmp_path / ".refzones-2.partial"
    young.mkdir()
    old.mkdir()
    os.utime(old, (1, 1))
    check_folder(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == [young.name]


# Who may read what is written


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize("mask", [0o022, 0o002, 0o077, 0o000])
def test_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        put(tmp_path / "deep" / "out", "new")
        put(tmp_path / "deep" / "out", "again")
        write_file(tmp_path / "deep" / "single.json", "new")
    finally:
        os.umask(before)
    for path in tmp_path.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o777 if path.is_dir() else 0o666) & ~mask, path


# Folders and files that cannot be written


def _dangling(where: Path) -> Path:
    (where / "link").symlink_to(where / "nowhere")
    return where / "link"


def _loop(where: Path) -> Path:
    (where / "link").symlink_to(where / "link")
    return where / "link"


def _link_to_a_file(where: Path) -> Path:
    (where / "file").write_text("mine", encoding="utf-8")
    (where / "link").symlink_to(where / "file")
    return where / "link"


def _below_a_file(where: Path) -> Path:
    (where / "file").write_text("mine", encoding="utf-8")
    return where / "file" / "out"


IMPOSSIBLE: dict[str, Callable[[Path], Path]] = {
    "this is a link to something that is not there": _dangling,
    "a link to something": _loop,
    "Not a directory": _below_a_file,
    "File name too long": lambda where: where / ("n" * 300),
    "too long": lambda where: where / "/".join(["n" * 200] * 30),
    "null byte": lambda where: where / "a\0b",
}


@pytest.mark.skipif(os.name == "nt", reason="links and messages are those of POSIX")
@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_impossible_places(tmp_path: Path, complaints: Callable[..., list[str]], text: str) -> None:
    target = IMPOSSIBLE[text](tmp_path)
    before = sorted(tmp_path.rglob("*"))
    for work in (
        check_folder,
        check_file,
        lambda place: write_file(place, "x"),
        lambda place: put(place, "x"),
    ):
        (problem,) = complaints(work, target)
        assert text in problem
        assert "\n" not in problem
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links(tmp_path: Path, complaints: Callable[..., list[str]]) -> None:
    """What a link leads to is written, and the link stays."""
    (problem,) = complaints(check_folder, _link_to_a_file(tmp_path))
    assert problem == f"{tmp_path / 'link'}: this is a file, not a folder; name another folder with --out"
    check_file(tmp_path / "link")
    write_file(tmp_path / "link", "new")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "new"
    (tmp_path / "real").mkdir()
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    check_folder(tmp_path / "folder")
    put(tmp_path / "folder", "new")
    assert sorted(path.name for path in (tmp_path / "real").iterdir()) == sorted(NAMES)
    assert (tmp_path / "folder").is_symlink()
    assert (tmp_path / "link").is_symlink()


def test_a_folder_where_a_file_is_to_be(tmp_path: Path, complaints: Callable[..., list[str]]) -> None:
    """It may hold anything, so it is not moved aside."""
    (tmp_path / "zones.csv").mkdir()
    (tmp_path / "zones.csv" / "mine").touch()
    for work in (lambda: check_folder(tmp_path, NAMES), lambda: put(tmp_path, "new")):
        (problem,) = complaints(work)
        assert problem == (
            f"{tmp_path / 'zones.csv'}: there is a folder where a file is to be written; "
            "name another folder with --out"
        )
    assert [path.name for path in tmp_path.iterdir()] == ["zones.csv"]
    check_folder(tmp_path)


def test_a_check_leaves_nothing(tmp_path: Path) -> None:
    check_folder(tmp_path / "a" / "b")
    check_file(tmp_path / "c" / "d.json")
    check_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be removed there")
def test_the_working_folder_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, complaints: Callable[..., list[str]]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for work in (check_folder, check_file):
        (problem,) = complaints(work, Path("out"))
        assert "cannot be written (No such file or directory)" in problem


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="there is no /dev/null")
def test_what_is_no_ordinary_file_is_written_to(tmp_path: Path) -> None:
    check_file(Path(os.devnull))
    write_file(Path(os.devnull), "x")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


UNPRIVILEGED = """
import os, sys
from pathlib import Path
from refzones.instances import InputError
from refzones.instances.common.atomic import check_file, check_folder
if os.getuid() == 0:
    os.setuid(65534)
for work, place in ((check_folder, "out"), (check_folder, "out/new"), (check_file, "out/f.json")):
    try:
        work(Path(sys.argv[1]) / place)
    except InputError as error:
        print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="rights are others there")
def test_no_permission(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o555)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() != "root" or folder == tmp_path:
            folder.chmod(folder.stat().st_mode | 0o011)
    command = [sys.executable, "-c", UNPRIVILEGED, str(tmp_path)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(lines) == 3
    assert all("cannot be written (Permission denied)" in line for line in lines)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, complaints: Callable[..., list[str]], code: int
) -> None:
    put(tmp_path / "out", "old")

    def fail(*_: object, **__: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "write_bytes", fail)
    monkeypatch.setattr(Path, "write_text", fail)
    for work in (check_folder, lambda target: put(target, "new")):
        for target in (tmp_path / "out", tmp_path / "new"):
            (problem,) = complaints(work, target)
            expected = f"the folder cannot be written ({os.strerror(code)}); name another folder with --out"
            assert problem == f"{target}: {expected}"
    (problem,) = complaints(check_file, tmp_path / "f.json")
    assert os.strerror(code) in problem
    (problem,) = complaints(write_file, tmp_path / "f.json", "x")
    assert os.strerror(code) in problem
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert {path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir()} == {"old"}


def test_an_error_of_reading_is_none_of_writing(tmp_path: Path) -> None:
    def read_elsewhere() -> None:
        with staged_folder(tmp_path / "out"):
            (tmp_path.parent / "no such font").read_bytes()

    with pytest.raises(FileNotFoundError, match="no such font"):
        read_elsewhere()
    assert list(tmp_path.iterdir()) == []


def test_temporary_folders_of_killed_processes_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was killed leaves its folder; the next one removes it, and its own at the end."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / ".refzones-0a1b2c3d.partial"
    left.mkdir()
    os.utime(left, (1, 1))
    (tmp_path / "mine").mkdir()
    with temporary.temporary_folder() as folder:
        assert folder.parent == tmp_path
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([folder.name, "mine"])
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_place_of_our_own_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary folder is locked by the process that has it, which would wait for itself."""

    def wait(seconds: float) -> None:
        raise AssertionError(f"waits {seconds} s for its own lock")

    monkeypatch.setattr(temporary.time, "sleep", wait)
    with temporary.temporary_folder() as folder:
        check_folder(folder)
        with staged_folder(folder, last="b") as staging:
            for name in ("a", "b"):
                (staging / name).write_text(name, encoding="utf-8")
        assert sorted(path.name for path in folder.iterdir()) == ["a", "b"]
    assert not folder.exists()
