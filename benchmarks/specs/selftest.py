"""Cases that go wrong in every way there is: the check of the runner itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

import numpy as np
from registry import Benchmark, Case, Outcome, register


def cases() -> Sequence[Case]:
    """One of each kind but 'never ends'; the last shows that the run goes on."""
    return [Case("none", method, limit=1.0) for method in ("dies", "eats memory", "breaks", "works")]


def run(case: Case) -> Outcome:
    """Go wrong as the method says."""
    match case.method:
        case "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        case "eats memory":
            # address space counts, so nothing needs to be written
            held = [np.zeros(1 << 28, dtype=np.uint8) for _ in range(1 << 16)]
            return Outcome("measured", note=f"{len(held)} blocks")
        case "never ends":
            time.sleep(3_600)
        case "breaks":
            raise RuntimeError("this case always breaks")
    return Outcome("measured", {"solve": 0.0})


register(Benchmark("selftest", "What breaks down", cases, cases, run, hidden=True, same_question=False))
