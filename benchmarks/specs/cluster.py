"""Answers on a cluster: one machine, one worker and two, a worker and a scheduler that are killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from given import give
from refzones.solver import solve
from refzones.solver.progress import Step
from registry import Benchmark, Case, Outcome, register

from .answers import outcome_of

_WORKERS = {"here": 0, "one worker": 1, "two workers": 2, "worker killed": 2, "scheduler killed": 2}
"""Ways, with the workers that each begins with."""

_PATIENCE = 60.0


def sweep() -> Sequence[Case]:
    """20,000 municipalities in 500 regions, every way."""
    return [Case("synthetic/20000-500-2.4-1", way, limit=1800.0) for way in _WORKERS]


def smoke() -> Sequence[Case]:
    """Six small regions, here and on a worker."""
    return [Case("synthetic/90-6-2.4-1", way, limit=60.0) for way in ("here", "one worker")]


def missing() -> str:
    """Say what is not installed."""
    try:
        import distributed  # noqa: F401
        import psutil  # noqa: F401
    except ImportError as error:
        return f"{error.name} is not installed: pip install 'refzones[bench]'"
    return ""


def run(case: Case) -> Outcome:
    """Answer all regions; seconds of processors and memory of the workers stand beside the wall time."""
    begun = time.perf_counter()
    instance, scenario = give(case.instance)
    given = time.perf_counter()
    if case.method == "here":
        spent = time.process_time()
        result = solve(instance, scenario, workers=1)
        used = {"client_cpu": time.process_time() - spent}
    else:
        with _cluster(_WORKERS[case.method]) as cluster:
            given, spent = time.perf_counter(), time.process_time()
            third = len(instance.regions) // 3

            def killing(step: Step) -> None:
                if step.done == third and case.method.endswith("killed"):
                    cluster.kill(case.method.removesuffix(" killed"))

            result = solve(instance, scenario, cluster=cluster.address, progress=killing)
            used = {"client_cpu": time.process_time() - spent} | cluster.used()
    solved = time.perf_counter()
    proved = sum(region.status == "optimal" for region in result.by_region)
    figures = ", ".join(f"{name.replace('_', ' ')} {value:.1f}" for name, value in used.items())
    outcome = outcome_of(
        result,
        {"setup": given - begun, "solve": solved - given},
        note=f"{proved} of {len(result.by_region)} regions proved; {figures}",
        facts={"proved": proved, **used},
    )
    return outcome


@dataclass
class _Cluster:
    """Processes of a cluster on this computer, and the memory of the workers, looked at each second."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]
    early: float = 0.0
    late: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def kill(self, which: str) -> None:
        """Kill the scheduler, or the first worker."""
        (self.scheduler if which == "scheduler" else self.workers[0]).kill()

    def watch(self) -> None:
        """Note the memory of the largest worker: in the first ten seconds of work, and since."""
        begun = time.perf_counter()
        while not self._stop.wait(1.0):
            most = max((_memory(process) for process in self.workers), default=0.0)
            if time.perf_counter() - begun < 10:
                self.early = max(self.early, most)
            else:
                self.late = max(self.late, most)

    def used(self) -> dict[str, float]:
        """Seconds of processors of those that live, and megabytes of the largest worker."""
        self._stop.set()
        workers = [_cpu(process) for process in self.workers]
        return {
            "workers_cpu": sum(workers),
            "scheduler_cpu": _cpu(self.scheduler),
            "early_mb": self.early,
            "late_mb": self.late,
        }


def _memory(process: subprocess.Popen[bytes]) -> float:
    import psutil

    try:
        return float(psutil.Process(process.pid).memory_info().rss) / 1e6
    except psutil.Error:
        return 0.0


def _cpu(process: subprocess.Popen[bytes]) -> float:
    import psutil

    try:
        times = psutil.Process(process.pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


@contextmanager
def _cluster(workers: int) -> Iterator[_Cluster]:
    """Start a scheduler and workers of one thread each; wait until they are there."""
    import distributed

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        where = ("--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1")
        scheduler = _start(folder, "scheduler", *where, "--port", "0")
        cluster = _Cluster("", scheduler, [])
        try:
            until = time.monotonic() + _PATIENCE
            while not (file.exists() and file.read_text(encoding="utf-8").strip().endswith("}")):
                assert time.monotonic() < until, "no scheduler"
                time.sleep(0.05)
            cluster.address = json.loads(file.read_text(encoding="utf-8"))["address"]
            options = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
            cluster.workers = [_start(folder, "worker", cluster.address, *options) for _ in range(workers)]
            client = distributed.Client(cluster.address, set_as_default=False)
            client.wait_for_workers(workers, timeout=_PATIENCE)
            client.close()
            threading.Thread(target=cluster.watch, daemon=True).start()
            yield cluster
        finally:
            cluster._stop.set()
            for process in [*cluster.workers, scheduler]:
                process.kill()
                process.wait()


def _start(folder: str, kind: str, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *options]
    quiet = subprocess.DEVNULL
    # as Dask's nanny sets it where there is one: a worker is one thread, also in products of matrices
    one_thread = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "MKL", "OPENBLAS")}
    return subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet, env=os.environ | one_thread)


register(
    Benchmark(
        "cluster",
        "On a cluster: one worker and two, a worker and a scheduler that are killed",
        sweep,
        smoke,
        run,
        phases=("setup", "solve"),
        missing=missing,
        # a scheduler that is killed leaves regions without a plan
        same_question=False,
    )
)
