"""Runs benchmarks, each measurement in a process of its own, and keeps the results as Parquet and Markdown.

``python benchmarks/run.py NAME ...`` runs some, ``--all`` all of them; ``--list`` names them; ``--smoke``
runs a few small cases of each, with checks, and keeps nothing. ``python benchmarks/report.py`` makes tables
and figures of what is kept.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from machine import QUIET, described, load_average, machine
from measure import Measured, measure
from refzones.instances import InputError, Problems, reject
from registry import Benchmark, Case, benchmark, benchmarks
from results import Row, complaints, frame_of, read_rows, rows_of, write_rows
from tables import table

RESULTS = Path(__file__).with_name("results")
_PATIENCE = 600.0  # seconds to wait for a quiet machine


def main(arguments: list[str] | None = None) -> int:
    """Measure; exit code 0 when all is well, 1 for answers wrong or lost, 2 for bad input."""
    options = _parser().parse_args(arguments)
    try:
        if options.list:
            for one in benchmarks().values():
                if not one.hidden:
                    print(f"{one.name:15} {one.title} ({len(one.sweep())} cases)")
            return 0
        return _run(_chosen(options), options)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="benchmarks to run")
    parser.add_argument("--all", action="store_true", help="run all of them")
    parser.add_argument("--list", action="store_true", help="name them and stop")
    parser.add_argument(
        "--smoke", action="store_true", help="a few small cases of each, in less than a minute"
    )
    parser.add_argument(
        "--cases",
        default="",
        metavar="TEXT",
        help="only cases whose label holds this text; results of the others are kept",
    )
    parser.add_argument("--limit", type=float, metavar="SECONDS", help="time limit of every case, above 0")
    parser.add_argument("--repeat", type=int, metavar="N", help="measurements of every case, 1 or more")
    parser.add_argument(
        "--memory",
        type=float,
        metavar="GB",
        help="address space of a process; by default 90 %% of all memory",
    )
    parser.add_argument(
        "--quiet",
        action="store_true",
        help=f"before each benchmark, wait for a load average below {QUIET}; ten minutes at most",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where results go; benchmarks/results by default"
    )
    return parser


def _chosen(options: argparse.Namespace) -> list[Benchmark]:
    """Check all options at once and find the benchmarks."""
    problems = Problems()
    if options.limit is not None and not (options.limit > 0 and math.isfinite(options.limit)):
        problems.add(
            "--limit must be more than zero seconds", "leave it out for the usual one", value=options.limit
        )
    if options.repeat is not None and options.repeat < 1:
        problems.add("--repeat must be 1 or more", value=options.repeat)
    if options.memory is not None and not (options.memory > 0 and math.isfinite(options.memory)):
        problems.add(
            "--memory must be more than zero GB", "leave it out for the usual one", value=options.memory
        )
    chosen = []
    for name in options.names:
        try:
            chosen.append(benchmark(name))
        except InputError as error:
            problems.take(error)
    problems.raise_if_any()
    if options.all or (options.smoke and not chosen):
        return [one for one in benchmarks().values() if not one.hidden]
    if not chosen:
        reject("no benchmark is named", "name some, or use --all, --smoke or --list")
    return chosen


def _run(chosen: list[Benchmark], options: argparse.Namespace) -> int:
    begun = time.perf_counter()
    about = machine()
    print(described(about))
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as nowhere:
        folder = options.out or (Path(nowhere) if options.smoke else RESULTS)
        for one in chosen:
            if options.quiet:
                _wait_for_quiet(one.name)
            rows = _measured(one, folder, about, options)
            if rows:
                frame = frame_of(rows)
                print(f"\n## {one.title}\n\n{table(one.name, frame)}", flush=True)
                wrong += [f"{one.name}: {what}" for what in complaints(frame, one)]
    for what in wrong:
        print(f"wrong: {what}", file=sys.stderr)
    print(f"\n{time.perf_counter() - begun:.0f} s in all; {len(wrong)} answers wrong or lost")
    return 1 if wrong else 0


def _wait_for_quiet(name: str) -> None:
    """Wait until what ran before, here or beside, is out of the load average; say so where it does not go."""
    begun = time.monotonic()
    while (load := load_average()) >= QUIET:
        if time.monotonic() - begun > _PATIENCE:
            print(f"\n{name}: the load average is still {load}: seconds will be too long")
            return
        time.sleep(5)


def _measured(one: Benchmark, folder: Path, about: Row, options: argparse.Namespace) -> list[Row]:
    """Measure all cases of a benchmark; after each the file is written anew, so that nothing is lost."""
    if missing := one.missing():
        print(f"\n{one.name}: skipped: {missing}")
        return []
    cases = [case for case in (one.smoke if options.smoke else one.sweep)() if options.cases in case.label]
    if options.limit is not None:
        cases = [replace(case, limit=options.limit) for case in cases]
    repeats = options.repeat or (1 if options.smoke else one.repeat)
    memory = 0 if one.takes_addresses else int(2**30 * (options.memory or 0.9 * float(about["memory_gb"])))
    rows = _kept(one, folder, cases) if options.cases and not options.smoke else []
    for case in cases:
        for repeat in range(1, repeats + 1):
            moment = {"measured_at": datetime.now(UTC).isoformat(timespec="seconds"), "load": load_average()}
            measured = measure(one, case, memory=memory)
            rows += rows_of(one, case, repeat, measured, moment | about)
            rows.sort(key=_place(one))  # stable: repeats and phases stay as they are
            write_rows(rows, folder, one.name)
            _say(case, measured)
    return rows


def _kept(one: Benchmark, folder: Path, measured: Sequence[Case]) -> list[Row]:
    """Rows of the cases of a sweep that are not measured again, under whatever limit they were."""
    before = read_rows(folder, one.name)
    if before is None:
        return []
    swept = {(_key(case), case.limit) for case in one.sweep()}
    again = {(_key(case), case.limit) for case in measured}
    untouched = {key for key, _ in swept} - {key for key, _ in again}
    # where a sweep has a case under several limits, its others stay too
    others = swept - again if again <= swept else set()

    def stays(row: Row) -> bool:
        key = _key_of_row(row)
        return key in untouched or (key, row["limit"]) in others

    return [row for row in before.to_dict("records") if stays(row)]


def _place(one: Benchmark) -> Callable[[Row], int]:
    """Give a row the place of its case in the sweep; cases of a smoke run stay in order."""
    exact = {(_key(case), case.limit): place for place, case in enumerate(one.sweep())}
    places = {_key(case): place for place, case in reversed(list(enumerate(one.sweep())))}

    def place(row: Row) -> int:
        key = _key_of_row(row)
        return exact.get((key, row["limit"]), places.get(key, 0))

    return place


def _key(case: Case) -> tuple[object, ...]:
    """What a case is known by, under any limit."""
    return case.instance, case.method, case.engine, json.dumps(dict(case.options), sort_keys=True)


def _key_of_row(row: Row) -> tuple[object, ...]:
    return row["instance"], row["method"], row["engine"], row["options"]


def _say(case: Case, measured: Measured) -> None:
    outcome = measured.outcome
    seconds = sum(spent for name, spent in outcome.phases.items() if not name.startswith("stage"))
    print(f"  {case.label}: {outcome.status}, {seconds:.2f} s, {measured.peak_mb:.0f} MB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
