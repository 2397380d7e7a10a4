"""A cluster whose scheduler and workers are processes of their own; some of them are killed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from refzones.instances import InputError
from refzones.solver.deadline import Limits
from refzones.solver.executing import Cluster, Lost, dask_cluster

pytest.importorskip("distributed")

from support import cluster_tasks
from support.clusters import PATIENCE, LocalCluster, local_cluster, stopped

pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """A scheduler, and a worker with two threads."""
    with local_cluster(tmp_path_factory.mktemp("cluster"), workers=1, threads=2) as cluster:
        yield cluster


@pytest.fixture
def own(tmp_path: Path) -> Iterator[LocalCluster]:
    """A scheduler and two workers of one thread, for a test that kills some of them."""
    with local_cluster(tmp_path, workers=2) as cluster:
        yield cluster


def until(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_each_answer_comes_with_its_place(running: LocalCluster) -> None:
    heard: list[int] = []
    found = dict(Cluster(running.address).each(cluster_tasks.added, 10, range(30), heard=heard.append))
    assert {place: value for place, (value, _) in found.items()} == {k: 10 + k for k in range(30)}
    assert {process for _, process in found.values()} == {running.workers[0].pid}
    until(lambda: sorted(heard) == [*range(30)])


def test_what_a_task_raises_is_raised(running: LocalCluster) -> None:
    with pytest.raises(InputError, match="one is refused") as caught:
        list(Cluster(running.address).each(cluster_tasks.refused, None, range(3)))
    assert caught.value.problems[0].value == "1"


def test_threads_of_a_worker_share_its_memory(running: LocalCluster) -> None:
    assert dict(Cluster(running.address).each(cluster_tasks.memory, 8e9, [0])) == {0: 4e9}


def test_tasks_give_what_they_know_when_time_is_up(running: LocalCluster, tmp_path: Path) -> None:
    begun = time.monotonic()
    waiting = Cluster(running.address).each(
        cluster_tasks.waited, str(tmp_path), range(3), deadline=Limits(0.5).start()
    )
    assert dict(waiting) == dict.fromkeys(range(3), "as far as it is known")
    assert time.monotonic() - begun < 20


def test_work_is_ended_from_outside(running: LocalCluster, tmp_path: Path) -> None:
    """What `Limits.until` says reaches tasks that are under way."""
    event = threading.Event()
    found: dict[int, object] = {}

    def ask() -> None:
        limits = Limits(until=event).start()
        found.update(Cluster(running.address).each(cluster_tasks.waited, str(tmp_path), [0], deadline=limits))

    thread = threading.Thread(target=ask)
    thread.start()
    until((tmp_path / "begun-0").exists)
    event.set()
    thread.join(PATIENCE)
    assert found == {0: "as far as it is known"}


def test_nobody_works_on_for_a_client_that_is_killed(running: LocalCluster, tmp_path: Path) -> None:
    ask = (
        "import sys; from support import cluster_tasks; from refzones.solver.executing import Cluster; "
        "list(Cluster(sys.argv[1]).each(cluster_tasks.waited, sys.argv[2], [0]))"
    )
    client = subprocess.Popen(
        [sys.executable, "-c", ask, running.address, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    until((tmp_path / "begun-0").exists)
    assert not (tmp_path / "ended-0").exists()
    stopped(client)
    until((tmp_path / "ended-0").exists)


def test_tasks_that_are_not_waited_for_end(running: LocalCluster, tmp_path: Path) -> None:
    each = Cluster(running.address).each
    with pytest.raises(InputError):
        for _ in each(cluster_tasks.waited_or_refused, str(tmp_path), [0, 1]):
            pass
    until((tmp_path / "ended-0").exists)


def test_a_worker_that_is_killed_has_its_tasks_done_by_others(own: LocalCluster) -> None:
    found: dict[int, tuple[int, int]] = {}
    for place, answer in Cluster(own.address).each(cluster_tasks.added, 0, range(60)):
        found[place] = answer
        if len(found) == 10:
            stopped(own.workers[0])
    assert {place: value for place, (value, _) in found.items()} == {k: k for k in range(60)}


def test_a_task_that_kills_its_workers_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    with local_cluster(tmp_path, workers=3) as cluster:
        found = dict(Cluster(cluster.address).each(cluster_tasks.fatal, None, range(6)))
    assert isinstance(found.pop(1), Lost)
    assert found == {place: place for place in (0, 2, 3, 4, 5)}


def test_what_is_answered_stays_when_the_scheduler_is_killed(
    own: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_cluster, "AWAY", 0.5)
    found: dict[int, object] = {}
    for place, answer in Cluster(own.address).each(cluster_tasks.added, 0, range(100)):
        found[place] = answer
        if len(found) == 10:
            stopped(own.scheduler)
    assert sorted(found) == [*range(100)]
    lost = [answer for answer in found.values() if isinstance(answer, Lost)]
    assert 10 <= 100 - len(lost) < 100
    assert "does not answer any more" in lost[0].reason
    assert own.address in lost[0].reason


def test_it_goes_on_when_the_scheduler_comes_back(own: LocalCluster) -> None:
    port = int(own.address.rpartition(":")[2])
    found: dict[int, tuple[int, int]] = {}
    for place, answer in Cluster(own.address).each(cluster_tasks.added, 0, range(60)):
        found[place] = answer
        if len(found) == 10:
            stopped(own.scheduler)
            own.start_scheduler(port)
            own.start_worker()
    assert {place: value for place, (value, _) in found.items()} == {k: k for k in range(60)}


def test_a_cluster_that_loses_all_workers(own: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "ALONE", 0.5)
    found: dict[int, object] = {}
    for place, answer in Cluster(own.address).each(cluster_tasks.added, 0, range(100)):
        found[place] = answer
        if len(found) == 10:
            for worker in own.workers:
                stopped(worker)
    lost = [answer for answer in found.values() if isinstance(answer, Lost)]
    assert lost
    assert "no workers" in lost[0].reason


def test_a_worker_of_another_version_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other" / "refzones-0.0.9.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: refzones\nVersion: 0.0.9\n", encoding="utf-8"
    )
    cluster = LocalCluster(tmp_path)
    try:
        cluster.start_scheduler()
        cluster.start_worker(environment={"PYTHONPATH": str(other.parent)})
        cluster.wait_for_workers(1)
        with pytest.raises(InputError, match=r"runs refzones 0\.0\.9, this computer"):
            list(Cluster(cluster.address).each(cluster_tasks.added, 0, [0]))
    finally:
        cluster.stop()


def test_a_cluster_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "CONNECTING", 1.0)
    begun = time.monotonic()
    for address in ("tcp://127.0.0.1:9", "nonsense://x:1"):
        with pytest.raises(InputError, match="--cluster: no Dask scheduler answers at this address"):
            list(Cluster(address).each(cluster_tasks.added, 0, [0]))
    assert time.monotonic() - begun < 30


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"need the package distributed; pip install 'refzones\[cluster\]'"):
        list(Cluster("tcp://127.0.0.1:9").each(cluster_tasks.added, 0, [0]))
