"""The folder of a sweep: what is refused, and that runs which are killed and resumed leave the same files."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from refzones.instances import InputError
from refzones.models.scenario.sweep import SweepSpec
from refzones.solver import SweepResult, sweep
from refzones.solver.plan_sets.sweep.plan import plan_work
from refzones.solver.plan_sets.sweep.records import record_of
from refzones.solver.plan_sets.sweep.store import Store

TABLES = ("settings.parquet", "answers.parquet", "plans.parquet", "sweep.json")
SMALL: dict[str, Any] = {"name": "small", "regions": ["Waasland"], "grid": {"weights": {"distance": [1, 5]}}}
LONG = """
name = "long"
regions = ["Waasland", "Middenkust", "Rivierenland"]
[sample]
points = 240
[sample.weights]
coverage = [0, 140]
distance = [0, 10]
"""
_PATIENCE = 60.0


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in TABLES}


def run_until(spec: Path, folder: Path, chunks: int, more: float) -> int:
    """Kill a run some seconds after so many chunks are done; give how many there are then."""
    code = "from refzones.app.cli import main; main()"
    command = [sys.executable, "-c", code, "sweep", str(spec), "--out", str(folder), "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        until = time.monotonic() + _PATIENCE
        while len(list((folder / "unfinished").glob("*-*.json"))) < chunks:
            assert process.poll() is None, process.stderr and process.stderr.read()
            assert time.monotonic() < until
            time.sleep(0.005)
        time.sleep(more)
        process.kill()
    return len(list((folder / "unfinished").glob("*-*.json")))


def test_killed_three_times_and_resumed_it_is_the_same(tmp_path: Path) -> None:
    spec, folder = tmp_path / "long.toml", tmp_path / "killed"
    spec.write_text(LONG, encoding="utf-8")
    sweep(spec, tmp_path / "whole")
    moments = sorted(random.SystemRandom().sample(range(1, 10), 3))
    done = 0
    for moment in moments:
        found = run_until(spec, folder, max(moment, done), random.SystemRandom().uniform(0, 0.05))
        assert found >= done, moments
        done = found
        with pytest.raises(InputError, match="the sweep in this folder is not finished"):
            SweepResult.read(folder)
    told: list[tuple[int, int]] = []
    result = sweep(spec, folder, progress=lambda step: told.append((step.done, step.total)))
    assert told[0] == (40 * done, 720), moments
    assert told[-1] == (720, 720)
    assert bytes_of(folder) == bytes_of(tmp_path / "whole"), moments
    assert {path.name for path in folder.iterdir()} == {*TABLES, "timings.parquet"}
    assert (result.answers["status"] == "optimal").all()


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A store that is begun and holds no chunk yet."""
    work = plan_work(SweepSpec.from_dict(SMALL))
    from refzones.solver.plan_sets.sweep.run import _versions

    Store(tmp_path / "store", record_of(work, _versions("highs")))
    return tmp_path / "store"


@pytest.fixture
def ended(tmp_path: Path) -> Path:
    sweep(SMALL, tmp_path / "ended")
    return tmp_path / "ended"


def version_1(head: dict[str, Any]) -> None:
    head["schema_version"] = 1


def other_data(head: dict[str, Any]) -> None:
    head["instances"][0] |= {"name": "flanders-2024", "hash": "0"}


def other_program(head: dict[str, Any]) -> None:
    head["versions"]["ortools"] = "9.0"


def other_draws(head: dict[str, Any]) -> None:
    head["settings_hash"] = "0"


def no_terms(head: dict[str, Any]) -> None:
    del head["terms"]


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "schema": (version_1, "the sweep was written in version 1 of this format; this program writes 2"),
    "data": (other_data, "the folder holds a sweep on other data (flanders-2024)"),
    "versions": (other_program, "the sweep was made with ortools 9.0; this is "),
    "draws": (other_draws, "the folder holds a sweep of other settings"),
    "no head": (no_terms, "this is not the head of a sweep"),
}


@pytest.mark.parametrize("which", ["begun", "ended"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_store_of_something_else_is_refused(
    which: str, change: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(which)
    alter, message = CHANGES[change]
    (file,) = folder.rglob("sweep.json")
    head = json.loads(file.read_text(encoding="utf-8"))
    alter(head)
    file.write_text(json.dumps(head), encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(InputError) as caught:
        sweep(SMALL, folder)
    assert message in str(caught.value)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_another_question_is_refused_with_what_differs(begun: Path) -> None:
    other = {**SMALL, "scenario": "zones", "name": "other", "grid": {"weights": {"distance": [1, 6]}}}
    with pytest.raises(InputError) as caught:
        sweep(other, begun)
    text = str(caught.value)
    for part in ("of another scenario", "of another spec: grid differs", "of another spec: name differs"):
        assert part in text
    with pytest.raises(InputError, match="regions differs"):
        sweep({**SMALL, "regions": ["Westhoek"]}, begun)


def test_other_files_are_not_mixed_with(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(InputError, match="the folder holds other files, and no sweep; name a new"):
        sweep(SMALL, tmp_path)
    (tmp_path / "sweep.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="this is not the head of a sweep"):
        sweep(SMALL, tmp_path)


def test_chunks_that_cannot_be_read_are_answered_again(begun: Path, ended: Path) -> None:
    (chunk,) = plan_work(SweepSpec.from_dict(SMALL)).chunks()
    for text in ("", '{"key": ', '{"key": "other"}', '{"key": "' + chunk.key + '", "answers": []}'):
        (begun / "unfinished" / f"{chunk.key}.json").write_text(text, encoding="utf-8")
        told: list[tuple[int, int]] = []
        sweep(SMALL, begun, progress=lambda step, to=told: to.append((step.done, step.total)))
        assert told == [(0, 2), (2, 2)]
        assert bytes_of(begun) == bytes_of(ended)
        (begun / "unfinished").mkdir()
        (begun / "sweep.json").rename(begun / "unfinished" / "sweep.json")


def test_a_run_that_was_killed_at_its_very_end(ended: Path) -> None:
    """Tables written, chunks partly removed: what is left over goes, what is there counts."""
    before = bytes_of(ended)
    (ended / "unfinished").mkdir()
    (ended / "unfinished" / "00-000-00000.json").write_text("{}", encoding="utf-8")
    sweep(SMALL, ended)
    assert not (ended / "unfinished").exists()
    (ended / "plans.parquet").unlink()
    sweep(SMALL, ended)
    assert bytes_of(ended) == before
