"""Measuring a case in a process of its own, whatever becomes of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from registry import Benchmark, Case, Outcome

_WORKER = Path(__file__).with_name("worker.py")
_TOLD = 300  # characters of what a process says when it breaks down


@dataclass(frozen=True)
class Measured:
    """An outcome, and what its process took.

    Attributes
    ----------
    outcome : Outcome
    peak_mb : float
        Most memory that the process held.
    """

    outcome: Outcome
    peak_mb: float


def measure(benchmark: Benchmark, case: Case, *, memory: int = 0, grace: float | None = None) -> Measured:
    """Run a case in a new process; a process that dies is an outcome like any other.

    Parameters
    ----------
    benchmark : Benchmark
    case : Case
    memory : int
        Most bytes of address space that the process may take; 0 for no limit.
    grace : float, optional
        Seconds beyond the limit of the case after which the process is ended; by default the benchmark's.
    """
    seconds = case.limit + (benchmark.grace if grace is None else grace)
    with tempfile.TemporaryDirectory() as folder:
        answer, said = Path(folder) / "outcome.json", Path(folder) / "said.txt"
        order = {"benchmark": benchmark.name, "case": asdict(case), "memory": memory}
        command = [sys.executable, str(_WORKER), json.dumps(order), str(answer)]
        code, ended, peak_mb = _run(command, said, seconds)
        if answer.is_file() and code == 0:
            outcome = Outcome(**json.loads(answer.read_text(encoding="utf-8")))
        else:
            outcome = _broken(code, ended, seconds, said.read_text(encoding="utf-8", errors="replace"))
    return Measured(outcome, peak_mb)


def _run(command: list[str], said: Path, seconds: float) -> tuple[int, bool, float]:
    """Exit code, whether it was ended for its time, and peak memory in MB."""
    ended = threading.Event()
    with said.open("wb") as told:
        # a session of its own, so that what the case starts is ended with it
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=told, stderr=told, start_new_session=True
        )

    def end() -> None:
        ended.set()
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        _, status, usage = os.wait4(child.pid, 0)
    except BaseException:
        end()  # the runner itself is interrupted: nothing may go on behind its back
        child.wait()
        raise
    finally:
        timer.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, ended.is_set(), usage.ru_maxrss / 1024


def _broken(code: int, ended: bool, seconds: float, said: str) -> Outcome:
    """Say why there is no answer."""
    if ended:
        return Outcome("ended", note=f"no answer after {seconds:.0f} s")
    last = (said.strip().splitlines() or [""])[-1][:_TOLD]
    if "bad_alloc" in said or "MemoryError" in said:
        return Outcome("out of memory", note=last)
    if code < 0:
        return Outcome("died", note=f"{signal.Signals(-code).name} {last}".strip())
    return Outcome("error", note=last or f"exit code {code}")
