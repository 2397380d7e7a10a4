"""Formulations and engines on the same frames: which proves what, how fast, and how the gap closes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from given import give
from refzones.models import Question, Scorer, ask
from refzones.models.scoring.model import Model
from refzones.solver.candidates.components import Component, split
from refzones.solver.candidates.enumeration import enumerate_candidates
from refzones.solver.candidates.scoring import score_all
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.methods.compact import solve_compact
from refzones.solver.partition.fixing import solve_partition
from refzones.solver.partition.problem import PartitionProblem
from registry import Benchmark, Case, Outcome, register

from .answers import Part, is_clean, settled, worst

_REGIONS = (
    "Middenkust",
    "Waasland",
    "Regio Brugge",
    "Rivierenland",
    "Zuid-West-Vlaanderen",
    "Denderregio",
    "Vlaamse Ardennen",
    "Midwest",
)
"""Reference regions of `flanders-2025` with at most 15 municipalities."""
_DRAWN = ("synthetic/18-1-3-1", "synthetic/24-1-3-1")
_ENGINES = ("highs", "scip", "cpsat", "cbc")
_NOT_WHOLE = ("highs", "scip", "cbc")  # flows need not be whole, and CP-SAT takes nothing else
_METHODS = (
    ("partition", _ENGINES),
    ("flow", _NOT_WHOLE),
    ("multiflow", _NOT_WHOLE),
    ("cut", _ENGINES),
    ("cpsat", ("",)),
)
_LIMIT = 5.0
_LIMITS = (1.0, 3.0, 10.0)


def cases(instances: Sequence[str], limit: float) -> list[Case]:
    """Every formulation with every engine it is compared on."""
    return [
        Case(instance, method, by, limit)
        for instance in instances
        for method, engines in _METHODS
        for by in engines
    ]


def sweep() -> Sequence[Case]:
    """Give the real regions with every engine, then drawn ones of growing size with one."""
    drawn = [case for case in cases(_DRAWN, _LIMIT) if case.engine in ("highs", "")]
    return [*cases([f"flanders-2025/{name}" for name in _REGIONS], _LIMIT), *drawn]


def smoke() -> Sequence[Case]:
    """One small region with one engine each."""
    some = [case for case in cases(["flanders-2025/Middenkust"], 10.0) if case.engine in ("highs", "")]
    return [case for case in some if case.method != "multiflow"]


def run(case: Case) -> Outcome:
    """Solve all frames of an instance by one formulation; building and solving apart."""
    instance, scenario = give(case.instance)
    question, scorer = ask(instance, scenario), Scorer(instance, scenario)
    frames = [frame for region in range(len(instance.regions)) for frame in _frames(question, region)]
    deadline = Deadline.after(case.limit)
    solve = _partition if case.method == "partition" else _compact
    answers = [solve(question, scorer, frame, case, deadline) for frame in frames]
    out = Outcome(worst([answer.status for answer in answers]), unit="nano-points", size=len(instance))
    out.phases = {phase: sum(a.phases.get(phase, 0.0) for a in answers) for phase in ("build", "solve")}
    alone = settled(question)
    base = int(scorer.score(_matrix(alone, len(instance)), np.arange(len(instance))).nano.sum())
    for name in ("score", "bound"):
        numbers = [getattr(answer, name) for answer in answers]
        if None not in numbers and out.status != "infeasible":
            setattr(out, name, base + sum(numbers))
    for name in ("candidates", "rows", "columns"):
        numbers = [getattr(answer, name) for answer in answers]
        setattr(out, name, sum(numbers) if None not in numbers else None)
    if out.score is not None:
        parts = alone + [part for answer in answers for part in answer.facts["parts"]]
        out.parts, out.verified = len(parts), is_clean(Model(question, scorer), parts)
    out.proof = "exact" if {answer.proof for answer in answers} == {"exact"} else "tolerance"
    out.proof = out.proof if out.status in ("optimal", "infeasible") else ""
    return out


def _frames(question: Question, region: int) -> list[Component]:
    """Frames of a region; one where a number of parts binds them together."""
    if question.count(region) is None:
        return split(question, region)
    assert not question.fixed, "parts that are in every plan would have to be counted too"
    return [Component(region, question.instance.members(region))]


def _partition(
    question: Question, scorer: Scorer, frame: Component, case: Case, deadline: Deadline
) -> Outcome:
    begun = time.perf_counter()
    candidates = enumerate_candidates(question, frame.municipalities, deadline)
    nano = score_all(scorer, candidates)
    built = time.perf_counter()
    answer = solve_partition(PartitionProblem(candidates, nano), engine(case.engine), deadline=deadline)
    phases = {"build": built - begun, "solve": time.perf_counter() - built}
    out = Outcome(answer.status, phases, answer.score, answer.bound, candidates=len(candidates))
    out.rows, out.columns, out.proof = len(frame.municipalities), len(candidates), "exact"
    out.facts["parts"] = [candidates.members(row) for row in answer.chosen]
    return out


def _compact(question: Question, scorer: Scorer, frame: Component, case: Case, deadline: Deadline) -> Outcome:
    by = engine(case.engine or "cpsat")
    begun = time.perf_counter()
    count = question.count(frame.region)
    answer = solve_compact(Model(question, scorer), frame, case.method, by, count=count, deadline=deadline)
    build = answer.stages.get("build", 0.0)
    phases = {"build": build, "solve": time.perf_counter() - begun - build}
    out = Outcome(answer.status, phases, answer.score, answer.bound)
    out.rows, out.columns = answer.figures.get("rows", 0), answer.figures.get("columns", 0)
    out.proof = "exact" if answer.is_proved else "tolerance" if answer.is_proved_to_tolerance else ""
    out.facts["parts"] = answer.mergers
    return out


def _matrix(parts: Sequence[Part], n: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    members = np.zeros((len(parts), n))
    for k, part in enumerate(parts):
        members[k, list(part)] = 1.0
    return members


register(Benchmark("formulations", "Formulations and engines on the same frames", sweep, smoke, run))


def gap_sweep() -> Sequence[Case]:
    """One frame that compact formulations do not finish, under growing limits."""
    once = [
        case
        for case in cases(["flanders-2025/Midwest", "synthetic/24-1-3-1"], 1.0)
        if case.engine in ("highs", "")
    ]
    return [replace(case, limit=limit) for limit in _LIMITS for case in once]


def gap_smoke() -> Sequence[Case]:
    """One short limit."""
    return [Case("flanders-2025/Rivierenland", "cut", "highs", 1.0)]


register(Benchmark("gap", "What is known after a while: gap against time", gap_sweep, gap_smoke, run))
