"""Sweeps on a cluster: scheduler and workers are processes of their own, one of them is killed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from refzones.instances import InputError
from refzones.solver import sweep
from refzones.solver.progress import Step

distributed = pytest.importorskip("distributed")

from refzones.solver.plan_sets.sweep import cluster  # noqa: E402

TABLES = ("settings.parquet", "answers.parquet", "plans.parquet", "sweep.json")
SPEC = {
    "name": "cluster",
    "regions": ["Waasland", "Middenkust", "Rivierenland"],
    "sample": {"points": 240, "weights": {"coverage": [0, 140], "distance": [0, 10]}},
}
_PATIENCE = 60.0

Cluster = tuple[str, list["subprocess.Popen[bytes]"]]


def start(*arguments: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers on loopback; its address, and the workers."""
    file = tmp_path / "scheduler.json"
    where = ("--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1")
    processes = [start("distributed.cli.dask_scheduler", *where, "--port", "0", folder=tmp_path)]
    try:
        until = time.monotonic() + _PATIENCE
        while not (file.exists() and file.read_text(encoding="utf-8").strip().endswith("}")):
            assert processes[0].poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)

        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        worker = ("distributed.cli.dask_worker", *where, "--nthreads", "1", "--no-nanny")
        processes += [start(*worker, folder=tmp_path) for _ in range(2)]
        yield address, processes[1:]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_same_files_though_a_worker_is_lost(running: Cluster, tmp_path: Path) -> None:
    address, workers = running
    sweep(SPEC, tmp_path / "local")
    with distributed.Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=_PATIENCE)
    killed: list[int] = []

    def kill_one(step: Step) -> None:
        if step.done and not killed:
            workers[0].kill()
            killed.append(step.done)

    sweep(SPEC, tmp_path / "cluster", cluster=address, progress=kill_one)
    assert killed
    assert killed[0] < 720
    assert workers[0].wait() < 0
    assert workers[1].poll() is None
    for name in TABLES:
        assert (tmp_path / "cluster" / name).read_bytes() == (tmp_path / "local" / name).read_bytes()


def test_a_cluster_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cluster, "CONNECTING", 1.0)
    begun = time.monotonic()
    for address in ("tcp://127.0.0.1:9", "nonsense://x:1"):
        with pytest.raises(InputError, match="--cluster: no Dask scheduler answers at this address"):
            sweep(SPEC, tmp_path / "none", cluster=address)
    assert time.monotonic() - begun < 30


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"need the package distributed; pip install 'refzones\[cluster\]'"):
        sweep(SPEC, cluster="tcp://127.0.0.1:9")
