"""`--cluster` of every command that has it: what is written is what one machine writes."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")

from refzones.solver.executing import dask_cluster
from support import cluster_tasks
from support.clusters import PATIENCE, LocalCluster, local_cluster, stopped

pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
TIMES = {"runtime", "seconds", "files"}
"""What differs from run to run: times, and the digests of files that hold them."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    with local_cluster(tmp_path_factory.mktemp("cluster"), workers=1, threads=2) as cluster:
        yield cluster


def told(folder: Path) -> dict[str, object]:
    """What files hold, but for times."""
    return {file.name: _told(file) for file in folder.iterdir()}


def _told(file: Path) -> object:
    if file.suffix == ".json":
        return _untimed(json.loads(file.read_bytes()))
    if file.suffix == ".csv":
        with file.open(encoding="utf-8", newline="") as lines:
            return [_untimed(row) for row in csv.DictReader(lines)]
    return file.read_bytes()


def _untimed(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {key: _untimed(value) for key, value in thing.items() if key not in TIMES}
    return [_untimed(one) for one in thing] if isinstance(thing, list) else thing


REGIONS = ("--region", "waasland", "--region", "midwest")


@pytest.mark.parametrize(
    "command",
    [
        ("solve", *REGIONS),
        ("solve", "--scenario", "nested", "--region", "waasland"),
        ("alternatives", "-k", "5", *REGIONS),
        ("alternatives", "-k", "3", "--diverse", *REGIONS),
        ("pareto", "--terms", "coverage distance", *REGIONS),
        ("census", *REGIONS, "--sample", "3"),
    ],
    ids=lambda command: "-".join(command[:2]),
)
def test_the_same_files(run, running: LocalCluster, tmp_path: Path, command: tuple[str, ...]) -> None:
    codes = [
        run(*command, "--out", str(tmp_path / name), *more)[0]
        for name, more in (("there", ("--cluster", running.address)), ("here", ()))
    ]
    assert codes[0] == codes[1]
    there, here = told(tmp_path / "there"), told(tmp_path / "here")
    assert there.keys() == here.keys()
    assert [name for name in here if there[name] != here[name]] == []


def test_the_same_dossier(run, running: LocalCluster, tmp_path: Path) -> None:
    pytest.importorskip("jinja2")
    assert not run("solve", "--region", "waasland", "--out", str(tmp_path / "run"))[0]
    for name, more in (("there", ("--cluster", running.address)), ("here", ())):
        assert not run("dossier", str(tmp_path / "run"), "--out", str(tmp_path / name), *more)[0]
    assert told(tmp_path / "there") == told(tmp_path / "here")


def test_a_scheduler_that_is_killed_leaves_what_is_answered(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from refzones.app.terminal import results

    monkeypatch.setattr(dask_cluster, "AWAY", 0.3)
    monkeypatch.setattr(dask_cluster, "_AHEAD", 1)
    teller = results.teller
    with local_cluster(tmp_path, workers=1) as cluster:

        def killing(level: str) -> Any:
            tell = teller(level)

            def told_of(step: Any) -> None:
                tell(step)
                if step.done == 1:
                    stopped(cluster.scheduler)

            return told_of

        monkeypatch.setattr(results, "teller", killing)
        code, text, *_ = run("solve", "--out", str(tmp_path / "run"), "--cluster", cluster.address)
    assert code == 1
    assert f"the scheduler of the cluster at {cluster.address} does not answer any more" in text
    plan = json.loads((tmp_path / "run" / "plan.json").read_text(encoding="utf-8"))
    statuses = [region["status"] for region in plan["regions"]]
    assert 0 < statuses.count("optimal") < 15
    assert set(statuses) == {"optimal", "no plan within limit"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_reaches_the_workers(running: LocalCluster, tmp_path: Path) -> None:
    import distributed

    command = [sys.executable, "-c", "from refzones.app.cli import main; main()", "solve"]
    options = ["--set", "frames.regions=false", "--cluster", running.address, "--out", str(tmp_path / "run")]
    process = subprocess.Popen([*command, *options], env=os.environ, stderr=subprocess.PIPE)
    with distributed.Client(running.address, set_as_default=False) as client:

        def working() -> bool:
            return any(client.processing().values())

        try:
            _until(working)
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 130
        finally:
            process.kill()
            process.communicate()
        _until(lambda: not any(client.run(cluster_tasks.busy).values()))
    assert not (tmp_path / "run" / "plan.json").exists()


def _until(happens: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.05)
