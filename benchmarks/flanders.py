"""The default run, stage by stage, and the same objective given whole to an integer solver.

Run with ``make bench`` or ``python benchmarks/flanders.py [--instance NAME] [--repeat N]``. Everything is
measured in this one run: stages in this process (median of the repeats), the command from the shell in
processes of its own, and the comparison row on the same candidates and scores.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T")
Rows = list[tuple[str, float, str]]

WHOLE_LIMIT = 120.0  # seconds a region when an integer solver gets all candidates


def timed(work: Callable[..., _T], *arguments: object, **options: object) -> tuple[float, _T]:
    """Seconds that a call takes, and what it gives."""
    begun = time.perf_counter()
    result = work(*arguments, **options)
    return time.perf_counter() - begun, result


def import_seconds(repeat: int) -> float:
    """Median seconds of a process that imports the public surface, less those of an empty one."""
    surface = "import refzones.instances, refzones.models, refzones.solver"
    spent = []
    for _ in range(repeat):
        empty, _done = timed(subprocess.run, [sys.executable, "-c", ""], check=True)
        full, _done = timed(subprocess.run, [sys.executable, "-c", surface], check=True)
        spent.append(full - empty)
    return statistics.median(spent)


def shell_run(instance: str, boundaries: str | None, repeat: int) -> tuple[float, float]:
    """Median seconds and peak memory (MB) of the whole command."""
    command = [str(Path(sysconfig.get_path("scripts")) / "refzones"), "solve", "--instance", instance]
    command += ["--boundaries", boundaries] if boundaries else []
    spent = []
    for _ in range(repeat):
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {"REFZONES_CONFIG_DIR": folder}
            run = [*command, "--out", str(Path(folder) / "run")]
            seconds, _done = timed(subprocess.run, run, check=True, capture_output=True, env=environment)
            spent.append(seconds)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return statistics.median(spent), peak


def stages_once(instance_name: str) -> dict[str, float]:
    """Seconds of every stage in this process; the stages of the proof are sums over regions."""
    from refzones.app.files.map_image import MAP
    from refzones.app.files.run_file import Run
    from refzones.app.files.run_folder import write_files
    from refzones.app.maps.shapes import generalised_shapes
    from refzones.instances import load
    from refzones.models import Scenario
    from refzones.solver import solve, verify

    scenario = Scenario.preset("mergers")
    spent: dict[str, float] = {}
    spent["load"], instance = timed(load, instance_name)
    alone = solve(instance, scenario, workers=1)
    for stage in ("candidates", "score", "relaxation", "integer"):
        spent[stage] = sum(region.stages.get(stage, 0.0) for region in alone.by_region)
    spent["candidates to proof, one worker"] = alone.seconds
    result = solve(instance, scenario)
    spent[f"candidates to proof, {result.workers} workers"] = result.seconds
    assert result.plan is not None
    assert result.status == "optimal"
    spent["verify"], violations = timed(verify, instance, scenario, result.plan)
    assert not violations, violations
    spent["cells"], shapes = timed(generalised_shapes, instance)
    with tempfile.TemporaryDirectory() as folder:
        run = Run(result, shapes)
        spent["write"], _ = timed(write_files, run, Path(folder), [MAP])
        spent["map"], _ = timed(MAP.write, Path(folder) / MAP.name, run)
    return spent


def stage_rows(instance_name: str, repeat: int) -> Rows:
    """Medians of every stage over some repeats."""
    runs = [stages_once(instance_name) for _ in range(repeat)]
    return [(stage, statistics.median(run[stage] for run in runs), "") for stage in runs[0]]


def whole_rows(instance_name: str) -> Rows:
    """Give all candidates of each region straight to the integer solvers; compare with our stages there."""
    from refzones.instances import load
    from refzones.models import Scenario, Scorer, ask
    from refzones.models.programmes.set_partition import partition_programme
    from refzones.solver.candidates.components import split
    from refzones.solver.candidates.enumeration import enumerate_candidates
    from refzones.solver.candidates.scoring import score_all
    from refzones.solver.engines import engine
    from refzones.solver.partition.fixing import solve_partition
    from refzones.solver.partition.problem import PartitionProblem

    instance, scenario = load(instance_name), Scenario.preset("mergers")
    question, scorer = ask(instance, scenario), Scorer(instance, scenario)
    parts = [frame for region in range(len(instance.regions)) for frame in split(question, region)]
    sets = [enumerate_candidates(question, part.municipalities) for part in parts]
    scores = [score_all(scorer, candidates) for candidates in sets]
    highs = engine("highs")
    begun = time.perf_counter()
    best = [
        solve_partition(PartitionProblem(candidates, nano), highs).score or 0
        for candidates, nano in zip(sets, scores, strict=True)
    ]
    ours = time.perf_counter() - begun
    rows = [("relaxation first, then HiGHS", ours, "ratio 1")]
    programmes = [
        partition_programme(candidates.dense(), -nano.astype(float))
        for candidates, nano in zip(sets, scores, strict=True)
    ]
    for name in ("highs", "scip", "cpsat"):
        solver = engine(name)
        begun = time.perf_counter()
        answers = [solver.solve(programme, seconds=WHOLE_LIMIT) for programme in programmes]
        seconds = time.perf_counter() - begun
        closed = sum(answer.status == "optimal" for answer in answers)
        lost = sum(
            score + round(programme.value(answer.x)) if answer.x is not None else 0
            for score, answer, programme in zip(best, answers, programmes, strict=True)
        )
        note = f"ratio {seconds / ours:.0f}; {closed} of {len(answers)} closed; "
        note += f"{lost} nano-points short in all"
        rows.append((f"all candidates to {name}", seconds, note))
    return rows


def show(title: str, rows: Rows) -> None:
    """Print a table in Markdown."""
    print(f"\n## {title}\n\n| stage | seconds | note |\n|---|---:|---|")
    for stage, seconds, note in rows:
        print(f"| {stage} | {seconds:.3f} | {note} |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instance", default="flanders-2025")
    parser.add_argument("--boundaries", help="also measure the whole run with this boundary file")
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    versions = ", ".join(f"{name} {version(name)}" for name in ("refzones", "ortools", "numpy", "matplotlib"))
    print(f"# {options.instance}: default run, {options.repeat} repeats, medians")
    print(f"\nPython {platform.python_version()}, {os.cpu_count()} processors; {versions}")
    rows: Rows = [("import", import_seconds(options.repeat), "processes of their own")]
    rows += stage_rows(options.instance, options.repeat)
    seconds, peak = shell_run(options.instance, None, options.repeat)
    rows.append(("whole command from the shell", seconds, f"peak memory {peak:.0f} MB"))
    if options.boundaries:
        seconds, peak = shell_run(options.instance, options.boundaries, options.repeat)
        rows.append(("the same with --boundaries", seconds, f"peak memory {peak:.0f} MB"))
    show("Stages", rows)
    show("The same objective given whole to an integer solver", whole_rows(options.instance))


if __name__ == "__main__":
    main()
