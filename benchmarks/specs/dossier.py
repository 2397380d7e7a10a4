"""What a planner waits for before the dossier is there: the whole command, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from registry import Benchmark, Case, Outcome, register

_INSTANCE = "flanders-2025"
_LIMIT = 900.0
_COMMAND = [sys.executable, "-c", "from refzones.app.cli import main; main()"]
_BARS = {"Kempen": 15.0, "all regions": 90.0}
"""What is measured, and the seconds that it may take on two processors."""


def sweep() -> Sequence[Case]:
    """One region, and all of them."""
    return [_case("Kempen", 5), _case("all regions", 3)]


def smoke() -> Sequence[Case]:
    """One region, once."""
    return [_case("Kempen", 1)]


def _case(name: str, times: int) -> Case:
    return Case(_INSTANCE, name, limit=_LIMIT, options={"times": times})


def run(case: Case) -> Outcome:
    """Write HTML, PDF and DOCX of a run again and again; the run itself is found before."""
    region = [] if case.method == "all regions" else ["--region", case.method]
    with tempfile.TemporaryDirectory() as name:
        _refzones(name, "solve", "--instance", case.instance, *region, "--out", "run")
        spent = []
        for k in range(int(case.options["times"])):
            begun = time.perf_counter()
            _refzones(name, "dossier", "run", "--format", "all", "--out", str(k))
            spent.append(time.perf_counter() - begun)
        kinds = sorted(path.suffix for path in Path(name, "0").iterdir())
    assert kinds == [".docx", ".html", ".json", ".pdf"], kinds
    what = f"dossier of {case.method} as HTML, PDF and DOCX"
    out = Outcome("measured", verified=None)
    out.facts = {"measures": [[what, "s", sorted(spent)[len(spent) // 2], max(spent), _BARS[case.method]]]}
    return out


def _refzones(folder: str, *words: str) -> None:
    """Run a command where no boundaries are remembered; one that falls short is an error."""
    environment = os.environ | {"REFZONES_CONFIG_DIR": folder, "REFZONES_LANG": "nl"}
    subprocess.run([*_COMMAND, *words], cwd=folder, env=environment, check=True, capture_output=True)


def missing() -> str:
    """Name the packages that a dossier needs and that are not there; empty where all are."""
    absent = [name for name in ("jinja2", "docx", "typst") if find_spec(name) is None]
    return f"{', '.join(absent)} of the extra 'dossier'" if absent else ""


register(
    Benchmark("dossier", "The dossier", sweep, smoke, run, phases=(), missing=missing, same_question=False)
)
