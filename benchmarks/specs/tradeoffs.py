"""Families of plans: exact fronts of two terms, and the best plans in exact order, region by region."""

from __future__ import annotations

import time
from collections.abc import Sequence

from given import give
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver.deadline import Limits
from refzones.solver.plan_sets.alternatives import best_plans
from refzones.solver.plan_sets.alternatives.verified import check_alternatives
from refzones.solver.plan_sets.pareto import pareto_front
from refzones.solver.plan_sets.pareto.verified import check_front
from registry import Benchmark, Case, Outcome, register

_INSTANCE = "flanders-2025"
PAIRS = ("coverage distance", "coverage straddle(police)", "distance straddle(primary_care)")
"""Terms that are traded off."""
NUMBERS = (10, 100, 1000)
"""Best plans that are asked for."""
_LIMIT = 600.0


def front_sweep() -> Sequence[Case]:
    """Every region and all of them together, for some pairs of terms."""
    regions = [*load(_INSTANCE).regions, "all"]
    return [Case(_INSTANCE, terms, "", _LIMIT, {"region": name}) for terms in PAIRS for name in regions]


def front_smoke() -> Sequence[Case]:
    """A small region."""
    return [Case(_INSTANCE, PAIRS[0], "", 20.0, {"region": "Waasland"})]


def front_run(case: Case) -> Outcome:
    """Find a front; the plan of every point is verified, and has its values."""
    instance, scenario = give(case.instance)
    name = str(case.options["region"])
    regions = None if name == "all" else [name]
    terms = case.method.split()
    begun = time.perf_counter()
    pareto = pareto_front(instance, scenario, terms, regions=regions, limits=Limits(case.limit))
    solved = time.perf_counter()
    check_front(pareto)  # it raises
    checked = time.perf_counter()
    front = pareto.of()
    return Outcome(
        status="measured",
        phases={"solve": solved - begun, "check": checked - solved},
        size=_municipalities(case),
        verified=True,
        note="" if all(one.is_proved for one in pareto.fronts) else "not proved: points may be missing",
        facts={
            "points": len(front),
            "supported": int(front.supported.sum()),
            "sum s": 0.0 if pareto.whole is None else pareto.whole.seconds,
        },
    )


def best_sweep() -> Sequence[Case]:
    """Every region and all of them together, for some numbers of plans."""
    regions = [*load(_INSTANCE).regions, "all"]
    return [
        Case(_INSTANCE, "mergers", "", _LIMIT, {"region": name, "k": k}) for name in regions for k in NUMBERS
    ]


def best_smoke() -> Sequence[Case]:
    """A small region."""
    return [Case(_INSTANCE, "mergers", "", 20.0, {"region": "Waasland", "k": 10})]


def best_run(case: Case) -> Outcome:
    """List the best plans; each of them is verified."""
    instance, scenario = load(case.instance), Scenario.preset(case.method)
    name = str(case.options["region"])
    regions = None if name == "all" else [name]
    begun = time.perf_counter()
    best = best_plans(instance, scenario, int(case.options["k"]), regions=regions, limits=Limits(case.limit))
    solved = time.perf_counter()
    check_alternatives(best)  # it raises
    checked = time.perf_counter()
    plans = best.of()
    return Outcome(
        status="measured",
        phases={"solve": solved - begun, "check": checked - solved},
        size=_municipalities(case),
        verified=True,
        note=plans.note,
        facts={"plans": len(plans.plans), "largest loss": plans.plans[-1].loss_nano},
    )


def _municipalities(case: Case) -> int:
    instance = load(case.instance)
    name = str(case.options["region"])
    return len(instance) if name == "all" else len(instance.members(instance.regions.index(name)))


register(
    Benchmark(
        "fronts",
        "Trade-offs: exact fronts of two terms",
        front_sweep,
        front_smoke,
        front_run,
        phases=("solve", "check"),
        same_question=False,
    )
)
register(
    Benchmark(
        "best",
        "Alternatives: the k best plans in exact order",
        best_sweep,
        best_smoke,
        best_run,
        phases=("solve", "check"),
        same_question=False,
    )
)
