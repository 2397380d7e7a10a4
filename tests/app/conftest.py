"""The command line in an empty folder, with settings of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path

import pytest
from refzones.app.cli import main
from refzones.app.dutch import speak

os.environ["COLUMNS"] = "200"  # the console reads it once, when it is made

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Speak English, whatever an earlier test has left."""
    speak("en")
    yield
    speak("en")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command; give exit code, output and errors. No way of ending may show a traceback."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REFZONES_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr("refzones.app.terminal.status.SILENCE", inf)  # a busy machine is no reason to fail

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["refzones", *arguments])
        with pytest.raises(SystemExit) as stop:
            main()
        output, errors = capsys.readouterr()
        assert "Traceback" not in errors + output
        assert stop.value.code is None or isinstance(stop.value.code, int)
        return stop.value.code or 0, output, errors

    return call
