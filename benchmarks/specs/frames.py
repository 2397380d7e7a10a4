"""`solve` as users call it, on large inputs: one frame, many regions, and where listing candidates ends."""

from __future__ import annotations

import time
from collections.abc import Sequence

from given import give
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.models.scenario.tables import Count
from refzones.solver import solve
from refzones.solver.deadline import Limits
from registry import Benchmark, Case, Outcome, register

from .answers import outcome_of

_PRESET = "mergers"
_WEIGHTS = {"moment": 1e-6, "cut_edges": 1.0}


def run(case: Case) -> Outcome:
    """Solve with all processors; what the stages take is summed over the threads that regions run in."""
    begun = time.perf_counter()
    instance, scenario = give(case.instance, preset=case.method)
    return _solved(instance, scenario, case, time.perf_counter() - begun)


def run_number(case: Case) -> Outcome:
    """Solve with a number of mergers that is given, under the preset or one term alone."""
    begun = time.perf_counter()
    instance, scenario = give(case.instance)
    number = case.options["number"]
    asked = {"count": Count(min=number, max=number)}
    if case.method != _PRESET:
        asked["weights"] = {case.method: _WEIGHTS[case.method]}
    outcome = _solved(instance, scenario.model_copy(update=asked), case, time.perf_counter() - begun)
    outcome.note = f"{number} mergers; {outcome.facts['ways']}"
    return outcome


def _solved(instance: Instance, scenario: Scenario, case: Case, given: float) -> Outcome:
    result = solve(instance, scenario, limits=Limits(case.limit))
    stages: dict[str, float] = {}
    for region in result.by_region:
        for stage, seconds in region.stages.items():
            stages[stage] = stages.get(stage, 0.0) + seconds
    proved = sum(region.status == "optimal" for region in result.by_region)
    phases = {"setup": given}
    if len(result.by_region) == 1:
        build = stages.get("candidates", 0.0) + stages.get("score", 0.0)
        phases |= {"build": build, "solve": max(0.0, result.seconds - build)}
    else:
        phases |= {"solve": result.seconds}
    phases |= {f"stage {stage}": seconds for stage, seconds in stages.items()}
    begun = time.perf_counter()
    outcome = outcome_of(result, phases)
    outcome.phases["check"] = time.perf_counter() - begun
    known = [region for region in result.by_region if region.score_nano is not None]
    ways = {way.way for region in result.by_region for way in region.ways if way.answered}
    outcome.facts |= {"regions": len(result.by_region), "proved": proved, "with a plan": len(known)}
    outcome.facts["ways"] = ", ".join(sorted(ways))
    return outcome


def frame_sweep() -> Sequence[Case]:
    """All Flanders as one frame: mergers, then zones."""
    return [
        Case(name, preset, limit=240.0) for name in ("flanders-2025/*",) for preset in ("mergers", "zones")
    ]


def frame_smoke() -> Sequence[Case]:
    """A small drawn frame."""
    return [Case("synthetic/40-1-2.4-1", "mergers", limit=20.0)]


def growth_sweep() -> Sequence[Case]:
    """More and more regions of 40 municipalities, up to 20,000 municipalities."""
    return [
        Case(f"synthetic/{40 * regions}-{regions}-{per:g}-1", "mergers", limit=600.0)
        for per, numbers in ((2.4, (5, 25, 125, 500)), (3.0, (5, 25, 125)))
        for regions in numbers
    ]


def growth_smoke() -> Sequence[Case]:
    """Ten small regions."""
    return [Case("synthetic/100-10-3-1", "mergers", limit=20.0)]


def hard_sweep() -> Sequence[Case]:
    """Frames whose candidates grow by exponents with the municipalities a merger, then frames that grow.

    The goals are a gap of 0.1 % for 1,000 municipalities at 4 a merger in 300 seconds, and of 1 % for 200 at
    10 a merger in 600; the sizes go on beyond the first, and up to the second.
    """
    sizes = [(200, 2, 60.0), (1_000, 2, 60.0)]
    sizes += [(100, 4, 60.0), (200, 4, 120.0), (400, 4, 120.0), (1_000, 4, 300.0), (2_000, 4, 300.0)]
    sizes += [(50, 10, 60.0), (100, 10, 120.0), (200, 10, 600.0)]
    return [Case(f"synthetic/{n}-1-{per:g}-1", "mergers", limit=limit) for n, per, limit in sizes]


def hard_smoke() -> Sequence[Case]:
    """A frame that is small enough."""
    return [Case("synthetic/20-1-3-1", "mergers", limit=20.0)]


def number_sweep() -> Sequence[Case]:
    """Frames too many to list, four or six municipalities a merger, with as many mergers as that makes."""
    sizes = ((60, 4), (100, 4), (200, 4), (60, 6))
    return [
        Case(f"synthetic/{n}-1-{per}-1", method, limit=60.0, options={"number": n // per})
        for n, per in sizes
        for method in (_PRESET, *_WEIGHTS)
    ]


def number_smoke() -> Sequence[Case]:
    """A frame that is small enough."""
    return [Case("synthetic/20-1-4-1", method, limit=20.0, options={"number": 5}) for method in _WEIGHTS]


register(
    # mergers and zones are two questions
    Benchmark("frame", "All Flanders as one frame", frame_sweep, frame_smoke, run, same_question=False)
)
register(
    Benchmark(
        "growth",
        "More regions: synthetic instances up to 20,000 municipalities",
        growth_sweep,
        growth_smoke,
        run,
        phases=("setup", "solve", "check"),
    )
)
register(Benchmark("hardness", "Larger mergers: one frame, to where it breaks", hard_sweep, hard_smoke, run))
register(
    Benchmark(
        "number",
        "Many mergers of a given number",
        number_sweep,
        number_smoke,
        run_number,
        # each term is a question of its own
        same_question=False,
    )
)
