"""Sweeps on a cluster: scheduler and workers are processes of their own, one of them is killed."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances import InputError
from refzones.solver import sweep
from refzones.solver.progress import Step

pytest.importorskip("distributed")

from support.clusters import LocalCluster, local_cluster
from support.executors import Pickling

TABLES = ("settings.parquet", "answers.parquet", "plans.parquet", "sweep.json")
SPEC = {
    "name": "cluster",
    "regions": ["Waasland", "Middenkust", "Rivierenland"],
    "sample": {"points": 240, "weights": {"coverage": [0, 140], "distance": [0, 10]}},
}


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_same_files_though_a_worker_is_lost(tmp_path: Path) -> None:
    sweep(SPEC, tmp_path / "local")
    with local_cluster(tmp_path) as running:
        _while_one_is_killed(running, tmp_path)
    for name in TABLES:
        assert (tmp_path / "cluster" / name).read_bytes() == (tmp_path / "local" / name).read_bytes()


def _while_one_is_killed(running: LocalCluster, tmp_path: Path) -> None:
    workers = running.workers
    killed: list[int] = []

    def kill_one(step: Step) -> None:
        if step.done and not killed:
            workers[0].kill()
            killed.append(step.done)

    sweep(SPEC, tmp_path / "cluster", cluster=running.address, progress=kill_one)
    assert killed
    assert killed[0] < 720
    assert workers[0].wait() < 0
    assert workers[1].poll() is None


def test_what_is_done_is_kept_when_some_is_lost(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"lost some of the work .*: the cluster lost it"):
        sweep(SPEC, tmp_path / "cluster", cluster=Pickling(loses=[0, 3]))
    kept: list[Step] = []
    sweep(SPEC, tmp_path / "cluster", progress=kept.append)
    assert 0 < kept[0].done < 720
    sweep(SPEC, tmp_path / "local")
    for name in TABLES:
        assert (tmp_path / "cluster" / name).read_bytes() == (tmp_path / "local" / name).read_bytes()
