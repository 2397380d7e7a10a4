"""The program as a process: signals, streams, its environment, unexpected errors."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from refzones.app import process
from refzones.instances.common import activity
from refzones.instances.common.problems import InputError, Problem

_SCRIPT = "from refzones.app.cli import main; main()"
posix = pytest.mark.skipif(os.name == "nt", reason="signals and descriptors of POSIX")

# answers `solve` by something that takes long, in the given way
_SLOW = """
import sys, threading, time
import refzones.app.maps.drawing as drawing
from refzones.app.beside import asking
from refzones.app.files.drawn_beside import DrawnBeside
from refzones.solver.regions.region import RegionSolver as Region
{patch}
from refzones.app.cli import main
main()
"""


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "PYTHONWARNINGS")}
    return kept | {"REFZONES_CONFIG_DIR": str(folder / "config")} | more


def run(
    folder: Path, *arguments: str, script: str = _SCRIPT, **more: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment(folder, **more), capture_output=True, timeout=60, check=False
    )


def told(errors: bytes) -> list[str]:
    """Give what was told among the errors, without what goes on: a busy machine is no error."""
    return [line for line in errors.decode().splitlines() if not line.startswith("... ")]


def started(folder: Path, *arguments: str, script: str = _SCRIPT) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


SLOW_WAYS = {
    "in a thread of regions": "Region.solve = lambda self: (open('begun', 'w'), time.sleep(60))",
    "while a map is drawn": (
        "asking.processors = lambda: 1\n"
        "drawing.draw_map = lambda *given, **more: (open('begun', 'w'), time.sleep(60))"
    ),
    "while a map is drawn beside": (
        "asking.processors = lambda: 2\n"
        "def slow(self, *given):\n"
        "    open('begun', 'w').write(str(self._beside.pid))\n"
        "    return self._beside.ask('time:sleep', 60)\n"
        "DrawnBeside.begin_map = slow"
    ),
    "in a process that was started": (
        "import subprocess\n"
        "def child(self):\n"
        "    process = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "    open('begun', 'w').write(str(process.pid))\n"
        "    process.wait()\n"
        "Region.solve = child"
    ),
}


@posix
@pytest.mark.parametrize("way", SLOW_WAYS)
def test_a_signal_ends_it_within_a_second(tmp_path: Path, way: str) -> None:
    number, code = (signal.SIGTERM, 143) if way == "while a map is drawn" else (signal.SIGINT, 130)
    begun = tmp_path / "begun"
    script = _SLOW.format(patch=SLOW_WAYS[way])
    with started(tmp_path, "solve", "-r", "Waasland", "--out", "deep/run", script=script) as process_:
        until = time.monotonic() + 50
        while not begun.exists() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.2)
        process_.send_signal(number)
        sent = time.monotonic()
        output, errors = process_.communicate(timeout=20)
        assert time.monotonic() - sent < 2  # a second, and what a busy machine adds
    assert process_.returncode == code
    assert errors.decode().splitlines()[-1] == "interrupted; nothing was written"
    assert b"Traceback" not in output + errors
    child = begun.read_text(encoding="utf-8")
    begun.unlink()
    assert list(tmp_path.iterdir()) == []
    if child:
        time.sleep(0.2)
        assert not _is_alive(int(child))


def _is_alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state not in ("Z", "X")


@posix
@pytest.mark.parametrize("command", [("--help",), ("instance", "show"), ("solve", "-r", "Waasland")])
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path, command: tuple[str, ...]) -> None:
    with started(tmp_path, *command) as process_:
        assert process_.stdout is not None
        process_.stdout.close()
        assert process_.stderr is not None
        errors = process_.stderr.read()
        assert process_.wait(timeout=60) == 0
    assert told(errors) == []
    if command[0] == "solve":  # what it was started for is done all the same
        assert (tmp_path / "runs" / "flanders-2025-mergers" / "plan.json").is_file()


@posix
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_error(tmp_path: Path, closed: str) -> None:
    command = f"'{sys.executable}' -c '{_SCRIPT}' instance list {closed}"
    found = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=False
    )
    assert found.returncode == 0
    assert told(found.stderr) == []
    assert (b"flanders-2025" in found.stdout) == (">&-" not in closed.replace("2>&-", ""))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device without room")
def test_output_without_room_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        found = subprocess.run(
            [sys.executable, "-c", _SCRIPT, "instance", "list"],
            cwd=tmp_path,
            env=environment(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert found.returncode == 2
    assert told(found.stderr)[0].startswith("error: what this prints cannot be written (No space left")


@posix
@pytest.mark.parametrize("command", [("solve",), ("sweep", "x.toml")])
def test_a_folder_that_is_gone_is_bad_input(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "gone").mkdir()
    script = "import os; os.chdir('gone'); os.rmdir('../gone')\n"
    found = run(tmp_path, *command, script=script + _SCRIPT)
    assert found.returncode == 2
    assert found.stderr == b"error: the folder in which this was started is gone; change to one that exists\n"
    (tmp_path / "gone").mkdir()
    shown = run(tmp_path, *command, "--help", script=script + _SCRIPT)
    assert (shown.returncode, shown.stderr) == (0, b"")


ENVIRONMENTS: dict[str, dict[str, str]] = {
    "an ASCII terminal": {"PYTHONIOENCODING": "ascii", "LANG": "C", "PYTHONUTF8": "0"},
    "an encoding with strict errors": {"PYTHONIOENCODING": "latin-1:strict", "COLUMNS": "0", "LINES": "0"},
    "one column": {"COLUMNS": "1"},
    "a width of a strange digit": {"COLUMNS": "\u00b2", "TERM": "dumb", "NO_COLOR": "1"},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_no_terminal_stops_it(tmp_path: Path, name: str) -> None:
    found = run(tmp_path, "instance", "list", **ENVIRONMENTS[name])
    assert (found.returncode, told(found.stderr)) == (0, [])
    assert b"flanders-2025" in found.stdout


@pytest.mark.parametrize(
    "settings",
    [
        {"MPLBACKEND": "nonsense", "PYTHONWARNINGS": "error", "PYTHONIOENCODING": "latin-1"},
        {"MPLBACKEND": "module://x", "MPLCONFIGDIR": "/proc/none", "HOME": "/proc/none", "COLUMNS": "1"},
    ],
)
def test_no_settings_of_matplotlib_stop_it(tmp_path: Path, settings: dict[str, str]) -> None:
    (tmp_path / "matplotlibrc").write_bytes(b"backend: nonsense\ntext.usetex: True\nfont.size: \xff\n")
    found = run(tmp_path, "solve", "-r", "Middenkust", "--out", "run", **settings)
    assert (found.returncode, told(found.stderr)) == (0, [])
    assert (tmp_path / "run" / "map.png").stat().st_size > 10_000
    assert b"Middenkust" in found.stdout


def fail(error: BaseException) -> None:
    raise error


def test_an_unexpected_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert process.ended(lambda: fail(TypeError("no\nsuch\x1b[31m thing"))) == 70
    message = capsys.readouterr().err
    assert message.startswith("defect: TypeError: no\\nsuch\\x1b[31m thing; the fault is in the program")
    assert message.count("\n") == 1
    assert "REFZONES_DEBUG=1" in message


def test_its_traceback_is_there_when_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFZONES_DEBUG", "1")
    assert process.ended(lambda: fail(KeyError("x"))) == 70
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError([Problem("wrong")]), 2),
        (SystemExit(3), 3),
        (SystemExit(None), 0),
        (KeyboardInterrupt(), 130),
        (MemoryError(), 2),
        (RecursionError(), 70),
    ],
)
def test_each_end_has_its_code(error: BaseException, code: int) -> None:
    assert process.run(lambda: fail(error)) == code


def test_what_was_kept_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from refzones.instances.common.atomic import write_file

    def work() -> None:
        write_file(tmp_path / "one.csv", "x")
        raise KeyboardInterrupt

    assert process.run(work) == 130
    assert capsys.readouterr().err == f"interrupted; written to {tmp_path / 'one.csv'}\n"


def test_folder_that_is_being_filled_goes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that another thread writes between listing and removing keeps the folder from going."""
    folder = tmp_path / "x.partial"
    folder.mkdir()
    remove, late = shutil.rmtree, iter([True, True])

    def removed(path: Path, **options: bool) -> None:
        if next(late, False):
            (path / "late.csv").write_text("", encoding="utf-8")
            return
        remove(path, **options)

    monkeypatch.setattr(shutil, "rmtree", removed)
    with activity.staged(folder):
        process._remove_unfinished()
    assert not folder.exists()
