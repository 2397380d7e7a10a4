"""What a benchmark is: its sweep of cases, how a case is set up and run, and what comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Literal

from refzones.instances import reject, suggest

Unit = Literal["nano-points", "parts", ""]


@dataclass(frozen=True)
class Case:
    """One point of a sweep: one process, one row a phase.

    Attributes
    ----------
    instance : str
        As `given.give` reads it.
    method : str
        Formulation, preset or program that is measured.
    engine : str
        Solver of integer programmes; empty where there is none to choose.
    limit : float
        Seconds that the solving may take, more than 0. A process that takes far longer is ended.
    options : mapping of str to number or str
        Whatever else the benchmark needs; part of the row.
    """

    instance: str
    method: str
    engine: str = ""
    limit: float = 60.0
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Short name for messages and for choosing cases by a part of it."""
        more = [f"{key}={value}" for key, value in self.options.items()]
        return " ".join([self.instance, self.method, self.engine, *more]).replace("  ", " ").strip()


@dataclass
class Outcome:
    """What a case gives.

    Attributes
    ----------
    status : str
        'optimal', 'feasible', 'infeasible', 'no plan within limit', 'skipped' or 'measured'; the runner adds
        'died', 'out of memory', 'ended' and 'error'.
    phases : dict of str to float
        Seconds of each phase, in order. 'build' (the mathematical model: candidates and scores, or columns
        and rows) and 'solve' stand apart wherever both exist.
    score, bound : int or None
        In `unit`, higher is better.
    unit : str
    size : int
        Municipalities.
    candidates, rows, columns : int or None
        Of the model.
    parts : int or None
        Mergers of the plan.
    proof : str
        'exact' where score and bound meet in whole numbers; 'tolerance' within that of the engine.
    verified : bool or None
        Whether `refzones.solver.verify` finds the plan clean; None where there is no plan to look at.
    note : str
        What a reader of the table must know.
    facts : dict of str to float or str
        Anything else that was measured, one row each.
    """

    status: str
    phases: dict[str, float] = field(default_factory=dict)
    score: int | None = None
    bound: int | None = None
    unit: Unit = ""
    size: int = 0
    candidates: int | None = None
    rows: int | None = None
    columns: int | None = None
    parts: int | None = None
    proof: str = ""
    verified: bool | None = None
    note: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Benchmark:
    """One question about speed.

    Attributes
    ----------
    name : str
    title : str
        The question, as a heading.
    sweep : callable
        Gives the cases of the full run.
    smoke : callable
        Gives a few that together take some seconds.
    run : callable
        Runs a case, in a process of its own.
    phases : tuple of str
        Those that the table shows; what is reported beside them goes into the Parquet file only.
    repeat : int
        How often each case is measured in the full run; tables show medians.
    missing : callable
        Says why the benchmark cannot be run here; empty when it can.
    grace : float
        Seconds beyond the limit of a case, for imports, drawing the instance and checking the plan, after
        which its process is ended.
    same_question : bool
        Cases on the same instance and with the same options ask the same, so that their answers must agree.
    takes_addresses : bool
        Its processes take more addresses than there is memory, as browsers do, so these are not limited.
    hidden : bool
        Not part of `--all`: the runner's own check.
    """

    name: str
    title: str
    sweep: Callable[[], Sequence[Case]]
    smoke: Callable[[], Sequence[Case]]
    run: Callable[[Case], Outcome]
    phases: tuple[str, ...] = ("build", "solve")
    repeat: int = 1
    missing: Callable[[], str] = str
    grace: float = 120.0
    same_question: bool = True
    takes_addresses: bool = False
    hidden: bool = False


_MODULES = {
    "formulations": "formulations",
    "agreement": "agreement",
    "gap": "formulations",
    "frame": "frames",
    "growth": "frames",
    "hardness": "frames",
    "number": "frames",
    "cluster": "cluster",
    "districting": "districting",
    "cutedges": "districting",
    "memory": "memory",
    "census": "census",
    "fronts": "tradeoffs",
    "best": "tradeoffs",
    "stages": "shell",
    "commands": "shell",
    "page": "page",
    "dossier": "dossier",
    "certificates": "certificates",
    "consequences": "consequences",
    "edits": "edits",
    "sweep": "sweep",
    "maxp": "maxp",
    "first": "first",
    "recombination": "recombination",
    "sampling": "sampling",
    "selftest": "selftest",
}
"""Module in `specs` of each benchmark, in the order of the report; a process loads only what it measures."""

REGISTRY: dict[str, Benchmark] = {}
"""Benchmarks of the modules that are loaded, by name."""


def register(benchmark: Benchmark) -> Benchmark:
    """Enter a benchmark; names are unique."""
    assert benchmark.name not in REGISTRY, benchmark.name
    REGISTRY[benchmark.name] = benchmark
    return benchmark


def benchmarks() -> dict[str, Benchmark]:
    """All benchmarks by name, in the order of the report."""
    return {name: benchmark(name) for name in _MODULES}


def benchmark(name: str) -> Benchmark:
    """Find a benchmark.

    Raises
    ------
    InputError
        There is none of this name.
    """
    if name not in _MODULES:
        shown = [key for key in _MODULES if key != "selftest"]
        reject("there is no such benchmark", suggest(name, shown), value=name)
    import_module(f"specs.{_MODULES[name]}")  # it registers what it measures
    return REGISTRY[name]
