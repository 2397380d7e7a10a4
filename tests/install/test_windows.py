"""What Windows lacks is never imported; it cannot be run here, so its gaps are made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# Modules of the standard library that are not there on Windows.
MISSING = [
    "crypt",
    "curses",
    "fcntl",
    "grp",
    "nis",
    "ossaudiodev",
    "posix",
    "pty",
    "pwd",
    "readline",
    "resource",
    "spwd",
    "syslog",
    "termios",
    "tty",
]

SCRIPT = """
import importlib, os, pkgutil, sys

def modules():
    for room in ("instances", "models", "solver", "app"):
        package = importlib.import_module("refzones." + room)
        yield package.__name__
        for entry in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            yield entry.name

missing = set(sys.argv[1].split(","))

class Gap:
    def find_spec(self, name, path=None, target=None):
        if name in missing:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

# first as it is, so that other people's packages have what they want of this system
names = list(modules())
for name in names:
    importlib.import_module(name)
for name in [name for name in sys.modules if name.split(".")[0] == "refzones" or name in missing]:
    del sys.modules[name]
sys.meta_path.insert(0, Gap())
for name in list(modules()):
    importlib.import_module(name)
assert sorted(names) == sorted(modules())
for name in "fork getuid geteuid sched_getaffinity mkfifo chown killpg statvfs uname".split():
    delattr(os, name)

from refzones.app.cli import main
sys.argv = ["refzones", "solve", "-r", "Waasland", "--workers", "1", "--out", sys.argv[2]]
main()
"""


def test_all_modules_and_a_run_without_what_windows_lacks(tmp_path: Path) -> None:
    """Every module is imported, and a run solved, drawn and written, with the gaps of Windows."""
    out = tmp_path / "run"
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, ",".join(MISSING), str(out)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"},
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "plan.json" in {path.name for path in out.iterdir()}


def test_a_module_that_windows_lacks_is_noticed() -> None:
    """The gaps are real: an import of one of them fails as it would there."""
    script = SCRIPT.replace("from refzones.app.cli import main", "import fcntl")
    run = subprocess.run(
        [sys.executable, "-c", script, ",".join(MISSING), "nowhere"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        check=False,
    )
    assert "No module named 'fcntl'" in run.stderr
