"""A file of a run as CONTRIBUTING makes one: how it is written, how it is checked, and its registration."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from refzones.app.files import formats
from refzones.app.files.run_file import Run, RunFile, Stated

from ..conftest import Run as Command


def write_sizes(path: Path, run: Run) -> str:
    """Write the inhabitants of each merger."""
    sizes = {
        merger.name(run.result.instance): merger.population(run.result.instance)
        for merger in run.result.mergers
    }
    path.write_text(json.dumps(sizes), encoding="utf-8")
    return "sizes.json knows no zones" if run.result.zones else ""


def check_sizes(path: Path, stated: Stated) -> Iterator[str]:
    """Compare them with the plan."""
    if not path.is_file():
        yield f"{path.name}: the file is missing"
    elif json.loads(path.read_text(encoding="utf-8")) != {
        m.name: m.population for m in stated.record.mergers
    }:
        yield f"{path.name}: a merger has other inhabitants"


SIZES = RunFile("sizes.json", write_sizes, check_sizes)
ASKED = ("-i", "flanders-2024", "-r", "Middenkust")


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "FORMATS", [*formats.FORMATS, SIZES])


def test_it_is_written_sealed_and_checked(run: Command, tmp_path: Path) -> None:
    code, said, _ = run("solve", *ASKED, "--out", "out")
    assert (code, said.splitlines()[-1]) == (0, "verified: clean; written to out")
    file, plan = tmp_path / "out" / "sizes.json", tmp_path / "out" / "plan.json"
    sizes = json.loads(file.read_text(encoding="utf-8"))
    assert len(sizes) > 1
    assert "sizes.json" in json.loads(plan.read_text(encoding="utf-8"))["files"]
    assert run("verify", "out", "--time-limit", "0")[0] == 0
    file.write_text(json.dumps(dict.fromkeys(sizes, 1)), encoding="utf-8")
    code, said, _ = run("verify", "out", "--time-limit", "0")
    assert (code, "violation: sizes.json: a merger has other inhabitants" in said) == (1, True)
    file.unlink()
    code, said, _ = run("verify", "out", "--time-limit", "0")
    assert (code, "violation: sizes.json: the file is missing" in said) == (1, True)


def test_what_it_leaves_out_is_told(run: Command) -> None:
    code, said, _ = run("solve", *ASKED, "-s", "nested", "--out", "out")
    assert code == 0
    assert "sizes.json knows no zones" in said.splitlines()


def test_where_it_fails_nothing_of_the_run_is_written(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, run: Run) -> str:
        path.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(formats, "FORMATS", [*formats.FORMATS[:-1], RunFile("sizes.json", fail, check_sizes)])
    code, _, errors = run("solve", *ASKED, "--out", "out")
    assert (code, "No space left on device" in errors) == (2, True)
    assert not (tmp_path / "out").exists()


def test_an_error_in_it_stops_the_run(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written is held against the plan before it takes its place."""

    def wrong(path: Path, run: Run) -> str:
        path.write_text("{}", encoding="utf-8")
        return ""

    monkeypatch.setattr(
        formats, "FORMATS", [*formats.FORMATS[:-1], RunFile("sizes.json", wrong, check_sizes)]
    )
    code, _, errors = run("solve", *ASKED, "--out", "out")
    assert (code, "sizes.json: a merger has other inhabitants" in errors) == (70, True)
    assert not (tmp_path / "out").exists()
