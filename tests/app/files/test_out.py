"""Where results are to go: what cannot be written is told in one line, before the work."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

REGION = ("-i", "flanders-2024", "-r", "Middenkust")
FOLDERS: dict[str, tuple[str, ...]] = {
    "solve": ("solve", *REGION, "--out"),
    "alternatives": ("alternatives", *REGION, "-k", "2", "--out"),
    "census": ("census", *REGION, "--out"),
    "pareto": ("pareto", *REGION, "--terms", "coverage", "distance", "--out"),
    "why": ("why", "done", "--together", "Oostende", "Bredene", "--out"),
    "compare": ("compare", "done", "done", "--out"),
    "dossier": ("dossier", "done", "--out"),
    "sweep": ("sweep", "sweep.toml", "--out"),
    "synth": ("instance", "synth", "-n", "20"),
    "add-flows": ("instance", "add-flows", "flanders-2024", "flows.csv", "--out"),
    "add-attributes": ("instance", "add-attributes", "flanders-2024", "a.csv", "--out"),
    "add-figures": ("instance", "add-figures", "flanders-2024", "a.csv", "--out"),
    "add-functions": ("instance", "add-functions", "flanders-2024", "a.csv", "--out"),
    "add-points": ("instance", "add-points", "flanders-2024", "a.csv", "--as", "a", "--out"),
    "add-layer": ("instance", "add-layer", "flanders-2024", "a.csv", "--out"),
    "merge": ("instance", "merge", "flanders-2024", "a.csv", "--year", "2031", "--out"),
    "update": ("instance", "update", "flanders-2024", "a.csv", "--year", "2031", "--out"),
    "districting": ("instance", "import", "--format", "districting", "d.json", "--out"),
    "import": ("instance", "import", "i.toml", "--out"),
}
FILES: dict[str, tuple[str, ...]] = {
    "evaluate": ("evaluate", "done", "--out"),
    "prices": ("why", "done", "--existing", "done/mergers.csv", "--out"),
}
SWEEP = """
name = "s"
instances = ["flanders-2024"]
regions = ["Middenkust"]
[grid]
weights = { distance = [0.1, 0.2] }
"""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("original")
    command = [sys.executable, "-c", "from refzones.app.cli import main; main()", "solve", *REGION]
    subprocess.run([*command, "--out", "done"], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def given(original: Path, run: Run, tmp_path: Path) -> Path:
    """Files that commands take."""
    (tmp_path / "done").symlink_to(original / "done")
    (tmp_path / "sweep.toml").write_text(SWEEP, encoding="utf-8")
    (tmp_path / "flows.csv").write_text("origin,destination,people\n", encoding="utf-8")
    for name in ("d.json", "i.toml"):
        (tmp_path / name).write_text("{}" if name == "d.json" else "", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder").mkdir()
    return tmp_path


PLACES = {
    "dangling": "this is a link to something that is not there",
    "file/below": "cannot be written (Not a directory)",
    "n" * 300: "cannot be written (File name too long)",
}


@pytest.mark.skipif(os.name == "nt", reason="links and messages are those of POSIX")
@pytest.mark.parametrize("command", [*FOLDERS, *FILES])
def test_told_before_the_work(command: str, given: Path, run: Run) -> None:
    before = sorted(given.rglob("*"))
    places = PLACES | (
        {"file": "this is a file, not a folder"}
        if command in FOLDERS
        else {"folder": "this is a folder, not a file"}
    )
    for place, text in places.items():
        code, shown, errors = run(*(FOLDERS | FILES)[command], place)
        assert code == 2
        told = [line for line in errors.splitlines() if not line.startswith("...")]
        assert len(told) == 1, errors
        assert told[0].startswith("error: ")
        assert text in told[0]
        assert shown == ""
    assert sorted(given.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_umask(given: Path, run: Run) -> None:
    """Files and folders have the rights that the user gives to new ones, whoever writes them."""
    before = os.umask(0o027)
    try:
        for name in ("solve", "alternatives", "compare", "synth"):
            assert run(*FOLDERS[name], f"out-{name}")[0] == 0
        assert run(*FILES["evaluate"], "out-file.json")[0] == 0
    finally:
        os.umask(before)
    made = [path for out in given.glob("out-*") for path in (out, *out.rglob("*"))]
    assert len(made) > 15
    for path in made:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o750 if path.is_dir() else 0o640), path


@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="only root can make a small disk")
def test_full_disk(given: Path, run: Run) -> None:
    """A disk with room for a part of a run: nothing of it stays, and the old run does."""
    disk = given / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        code, _, errors = run(*FOLDERS["solve"], str(disk / "run"))
        assert code == 2
        assert "the folder cannot be written (No space left on device)" in errors
        assert list(disk.iterdir()) == []
        (disk / "fill").write_bytes(bytes(350_000))
        code, shown, errors = run(*FOLDERS["solve"], str(disk / "run"))
        assert (code, shown) == (2, "")
        assert "No space left on device" in errors
        assert [path.name for path in disk.iterdir()] == ["fill"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)
