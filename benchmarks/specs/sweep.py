"""Sweeps: seconds a weighting, against solving each from scratch, on the same weightings in one process."""

from __future__ import annotations

import time
from collections.abc import Sequence

from given import give
from refzones.models.scenario.sweep import SweepSpec
from refzones.models.scenario.sweep_points import points, scenario_at
from refzones.solver import Result, solve
from refzones.solver.plan_sets.sweep import sweep as answer_all
from registry import Benchmark, Case, Outcome, register

from .answers import clean, worst

_WEIGHTS = {
    "coverage": [0, 140],
    "distance": [0, 10],
    "straddle(police)": [0, 40],
    "straddle(primary_care)": [0, 40],
    "stacking": [0, 40],
}
"""From nothing to twice the weights of the preset."""

_INSTANCES = ("flanders-2025", "flanders-2025/Kempen", "flanders-2025/Oost-Brabant")


def sweep() -> Sequence[Case]:
    """Thirty weightings both ways, and a thousand of all Flanders in a sweep only."""
    both = [
        Case(name, method, "highs", 600.0, {"weightings": 30})
        for name in _INSTANCES
        for method in ("sweep", "scratch")
    ]
    return [*both, Case(_INSTANCES[0], "sweep", "highs", 1200.0, {"weightings": 1000})]


def smoke() -> Sequence[Case]:
    """A small region both ways."""
    return [
        Case("flanders-2025/Rivierenland", method, "highs", 60.0, {"weightings": 6})
        for method in ("sweep", "scratch")
    ]


def run(case: Case) -> Outcome:
    """Answer a Latin hypercube of weightings; the score is the sum over all of them."""
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401  # loading them is no part of either way

    begun = time.perf_counter()
    instance, scenario = give(case.instance)
    number = int(case.options["weightings"])
    spec = SweepSpec.from_dict(
        {"scenario": scenario.model_dump(), "sample": {"points": number, "weights": _WEIGHTS}}
    )
    given = time.perf_counter()
    if case.method == "sweep":
        settings = answer_all(spec, instances=[instance]).settings
        spent = time.perf_counter() - given
        statuses = settings["status"].tolist()
        scores, bounds = settings["score_nano"].tolist(), settings["bound_nano"].tolist()
        verified = True  # a sweep writes nothing else
    else:
        results = [solve(instance, scenario_at(spec, point), workers=1) for point in points(spec)]
        spent = time.perf_counter() - given
        statuses = [result.status for result in results]
        scores = [result.score_nano for result in results]
        bounds = [result.bound_nano for result in results]
        verified = all(_is_clean(result) for result in results)
    return Outcome(
        status=worst(statuses),
        phases={"setup": given - begun, "all": spent, "a weighting": spent / number},
        score=_total(scores),
        bound=_total(bounds),
        unit="nano-points",
        size=len(instance),
        proof="exact",
        verified=verified,
        note=f"{number} weightings x {len(instance.regions)} regions; score and bound are their sums",
    )


def _is_clean(result: Result) -> bool:
    return result.score_nano is not None and clean(result.instance, result.scenario, result.plan)


def _total(values: Sequence[int | None]) -> int | None:
    known = [int(value) for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


register(
    Benchmark(
        "sweep",
        "Many weightings: a sweep against solving each from scratch",
        sweep,
        smoke,
        run,
        phases=("all", "a weighting"),
    )
)
