"""Facts about the machine that figures depend on; nothing that would tell whose it is."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

QUIET = 1.5
"""Load average below which nothing else of weight runs."""

_PACKAGES = ("refzones", "ortools", "numpy", "pulp", "spopt", "gerrychain")


def machine() -> dict[str, str | int | float]:
    """Processor, memory, system and versions; the same columns in every row of a run."""
    import psutil

    facts: dict[str, str | int | float] = {
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "commit": _commit(),
    }
    return facts | {name: _version(name) for name in _PACKAGES}


def load_average() -> float:
    """Processes that wanted a processor over the last minute, before a measurement begins."""
    return round(os.getloadavg()[0], 2)


def described(facts: dict[str, str | int | float]) -> str:
    """One sentence for the report."""
    versions = ", ".join(f"{name} {facts[name]}" for name in _PACKAGES if facts.get(name))
    return (
        f"{facts['processor']}, {facts['cores']} processors, {facts['memory_gb']} GB, {facts['system']}, "
        f"Python {facts['python']}; {versions}; commit {facts['commit'] or 'unknown'}"
    )


def _commit() -> str:
    """Give the commit that is measured, with a plus where files differ; empty outside a checkout."""
    commit = _git("rev-parse", "--short", "HEAD")
    changed = _git("status", "--porcelain", "instances", "models", "solver", "app") if commit else ""
    return commit + ("+" if changed else "")


def _git(*command: str) -> str:
    """Give what git prints; empty where it fails, or is not installed."""
    here = Path(__file__).resolve().parents[1]
    try:
        run = subprocess.run(["git", "-C", str(here), *command], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return run.stdout.strip() if run.returncode == 0 else ""


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
