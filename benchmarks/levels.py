"""Zones, and mergers nested in them: time, memory, and what deciding both together gives.

Run with ``python benchmarks/levels.py [--instance NAME ...]``. Everything is measured in this one run: each
scenario as a whole command from the shell, in a process of its own; then, region by region, the nested
optimum beside the two-step answer (best zones first, then the best mergers inside them) under the same
objective.
"""

from __future__ import annotations

import argparse
import os
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from refzones.instances import Instance, embedded_instances, load
from refzones.models import Scenario
from refzones.solver import RegionResult, solve

NANO = 1e9


def shell_run(instance: str, scenario: str) -> tuple[float, float, int]:
    """Seconds, peak memory in MB and exit code of a whole command."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sysconfig.get_path("scripts")) / "refzones"), "solve", "-i", instance]
        command += ["-s", scenario, "--out", str(Path(folder) / "run")]
        begun = time.perf_counter()
        child = os.posix_spawn(
            command[0],
            command,
            os.environ | {"REFZONES_CONFIG_DIR": folder},
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
        )
        _, status, usage = os.wait4(child, 0)
        return time.perf_counter() - begun, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def two_steps(instance: Instance, scenario: Scenario, region: str) -> int | None:
    """Score in nano-points of the best mergers inside the best zones; None when those hold no mergers."""
    zones = solve(instance, scenario.at("zones"), regions=[region]).by_region[0]
    if zones.score_nano is None:
        return None
    drawn = tuple(tuple(instance.codes[i] for i in zone.members) for zone in zones.mergers)
    mergers_asked = scenario.at("mergers")
    asked = mergers_asked.model_copy(
        update={"frames": mergers_asked.frames.model_copy(update={"zones": drawn})}
    )
    mergers = solve(instance, asked, regions=[region]).by_region[0]
    return None if mergers.score_nano is None else zones.score_nano + mergers.score_nano


def row_of(instance: Instance, scenario: Scenario, nested: RegionResult) -> str:
    """One row of the table of differences."""
    score = nested.score_nano
    steps = two_steps(instance, scenario, nested.name)
    assert score is not None, nested.reason
    assert nested.status == "optimal", nested.status
    assert steps is None or steps <= score, "two steps beat a proved optimum"
    other = "none" if steps is None else f"{steps / NANO:.6f}"
    gain = "a plan" if steps is None else f"{(score - steps) / NANO:.6f}"
    parts = f"{len(nested.zones)} | {len(nested.mergers)}"
    return f"| {nested.name} | {parts} | {score / NANO:.6f} | {other} | {gain} | {nested.seconds:.2f} |"


def main() -> None:
    """Print everything as Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--instance", nargs="+", default=[entry.name for entry in embedded_instances()])
    names = parser.parse_args().instance
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors\n")
    print("| instance | scenario | seconds | peak MB | exit code |\n|---|---|---:|---:|---:|")
    for name in names:
        for preset in ("mergers", "zones", "nested"):
            seconds, peak, code = shell_run(name, preset)
            print(f"| {name} | {preset} | {seconds:.1f} | {peak:.0f} | {code} |", flush=True)
    for name in names:
        instance, scenario = load(name), Scenario.preset("nested")
        result = solve(instance, scenario, workers=1)
        print(f"\n{name}: nested {result.score:.6f} points, bound {result.bound:.6f}\n")
        print("| region | zones | mergers | nested | two steps | gained, points | seconds |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        for region in result.by_region:
            print(row_of(instance, scenario, region), flush=True)


if __name__ == "__main__":
    main()
