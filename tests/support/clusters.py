"""A Dask cluster on this computer: a scheduler and workers that are processes of their own."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 60.0
_TESTS = Path(__file__).parents[1]  # where workers find what tests give them to do


@dataclass
class LocalCluster:
    """Processes of a cluster.

    Attributes
    ----------
    folder : Path
        Where they run.
    address : str
    scheduler : Popen
    workers : list of Popen
    """

    folder: Path
    address: str = ""
    scheduler: subprocess.Popen[bytes] = field(init=False)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_scheduler(self, port: int = 0) -> None:
        """Start a scheduler, at a port that is free by default."""
        file = self.folder / "scheduler.json"
        file.unlink(missing_ok=True)
        where = ("--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1")
        self.scheduler = self._start("scheduler", *where, "--port", str(port))
        until = time.monotonic() + PATIENCE
        while not (file.exists() and file.read_text(encoding="utf-8").strip().endswith("}")):
            assert self.scheduler.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        self.address = json.loads(file.read_text(encoding="utf-8"))["address"]

    def start_worker(self, threads: int = 1, environment: Mapping[str, str] = {}) -> None:
        """Start a worker without a nanny, so that it is not replaced when it dies."""
        options = ("--nthreads", str(threads), "--no-nanny", "--no-dashboard")
        self.workers.append(self._start("worker", self.address, *options, environment=environment))

    def wait_for_workers(self, number: int) -> None:
        """Wait until so many workers are there."""
        import distributed

        with distributed.Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(number, timeout=PATIENCE)

    def stop(self) -> None:
        """End all processes that were started here."""
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()
        time.sleep(0.2)  # the threads of clients see that nobody answers
        gc.collect()  # what they leave open is warned of here, not in a test that comes later

    def _start(
        self, kind: str, *options: str, environment: Mapping[str, str] = {}
    ) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *options]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(_TESTS)} | dict(environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def stopped(process: subprocess.Popen[bytes]) -> None:
    """Kill a process as if its computer had failed."""
    process.send_signal(signal.SIGKILL)
    process.wait()


@contextmanager
def local_cluster(folder: Path, workers: int = 2, threads: int = 1) -> Iterator[LocalCluster]:
    """Start a cluster, and end it."""
    cluster = LocalCluster(folder)
    try:
        cluster.start_scheduler()
        for _ in range(workers):
            cluster.start_worker(threads)
        cluster.wait_for_workers(workers)
        yield cluster
    finally:
        cluster.stop()
