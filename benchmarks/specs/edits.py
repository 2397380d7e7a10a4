"""Edits, one after the other: seconds of each, by a resolver and by solving afresh, in one process."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from statistics import median

from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import Resolver, Result, solve
from registry import Benchmark, Case, Outcome, register

from .answers import clean, worst

_PRESETS = ("mergers", "zones", "nested")
_INSTANCE, _REGION = "flanders-2025", "Oost-Brabant"
_WEIGHED = ("orientation", "distance", "cooperation", "orientation", "distance")
_FACTORS = (1.25, 0.9, 1.1, 0.85, 1.2)


_LARGE = ("Oost-Brabant", "Regio Gent", "Halle-Vilvoorde")
"""Regions that take longest, asked for alone."""


def sweep() -> Sequence[Case]:
    """Five edits of each kind under each preset, both ways, and of the largest regions alone."""
    ways = ("resolver", "solve")
    alone = [_case("mergers", method, 5, region) for region in _LARGE for method in ways]
    return [_case(preset, method, 5) for preset in _PRESETS for method in ways] + alone


def smoke() -> Sequence[Case]:
    """One edit of each kind, both ways."""
    return [_case("mergers", method, 1) for method in ("resolver", "solve")]


def _case(preset: str, method: str, edits: int, region: str = "") -> Case:
    only = {"region": region} if region else {}
    return Case(_INSTANCE, method, "highs", 600.0, {"preset": preset, "edits": edits, **only})


def run(case: Case) -> Outcome:
    """Answer the preset, new weights, more and more locks in one region, and all of these taken back.

    All regions are asked for, or one alone. The score is the sum over all answers.
    """
    begun = time.perf_counter()
    instance, scenario = load(case.instance), Scenario.preset(str(case.options["preset"]))
    edits = int(case.options["edits"])
    region = str(case.options.get("region", ""))
    regions = [region] if region else None
    best = solve(instance, scenario, regions=regions or [_REGION], workers=1)  # loads engines
    given = time.perf_counter()
    resolver = Resolver(instance)
    answer = partial(resolver.solve if case.method == "resolver" else partial(solve, instance), workers=1)
    weighed, locked = _weighed(scenario, edits), _locked(scenario, best, edits)
    asked = {
        "first": [scenario],
        "a weight": weighed,
        "a lock": locked,
        "back": [*reversed(locked), *reversed(weighed), scenario],
    }
    answers: list[Result] = []
    phases = {"setup": given - begun}
    for phase, scenarios in asked.items():
        seconds = []
        for one in scenarios:
            at = time.perf_counter()
            answers.append(answer(one, regions=regions))
            seconds.append(time.perf_counter() - at)
        phases[phase] = median(seconds)
    scores, bounds = [one.score_nano for one in answers], [one.bound_nano for one in answers]
    return Outcome(
        status=worst([one.status for one in answers]),
        phases=phases,
        score=None if None in scores else sum(score for score in scores if score is not None),
        bound=None if None in bounds else sum(bound for bound in bounds if bound is not None),
        unit="nano-points",
        size=len(instance),
        proof="exact",
        verified=all(
            one.plan is not None and clean(instance, one.scenario, one.plan, regions) for one in answers
        ),
        note=f"locks in {region or _REGION}; score and bound are sums over {len(answers)} answers",
    )


def _weighed(scenario: Scenario, edits: int) -> list[Scenario]:
    """Change one weight after the other."""
    scenarios = []
    for term, factor in zip(_WEIGHED[:edits], _FACTORS, strict=False):
        scenario = scenario.overlaid({"weights": {term: factor * scenario.weights[term]}})
        scenarios.append(scenario)
    return scenarios


def _locked(scenario: Scenario, best: Result, edits: int) -> list[Scenario]:
    """Lock neighbours together, one pair after the other, that the best plan keeps apart."""
    instance, scenarios, locks = best.instance, [], []
    merger_of = {i: k for k, part in enumerate(best.mergers) for i in part.members if not part.standalone}
    apart = [
        (a, b)
        for a, b in instance.borders.pairs.tolist()
        if a in merger_of and b in merger_of and merger_of[a] != merger_of[b]
    ]
    for a, b in _spread(apart, edits):
        locks.append([instance.codes[a], instance.codes[b]])
        scenarios.append(scenario.overlaid({"locks": {"together": list(locks)}}))
    return scenarios


def _spread(pairs: list[tuple[int, int]], number: int) -> list[tuple[int, int]]:
    """Take some pairs that share no municipality, as they come."""
    taken: list[tuple[int, int]] = []
    for pair in pairs:
        if len(taken) < number and not any(set(pair) & set(other) for other in taken):
            taken.append(pair)
    return taken


register(
    Benchmark(
        "edits",
        "Edits one after the other: a resolver against solving afresh",
        sweep,
        smoke,
        run,
        phases=("first", "a weight", "a lock", "back"),
    )
)
