"""What questions of any size fill under a budget: published instances, and drawn ones of thousands."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from given import districting_missing, give
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.solver import limit_memory, solve
from refzones.solver.deadline import Limits
from refzones.solver.memory import filled
from registry import Benchmark, Case, Outcome, register

from .answers import outcome_of
from .districting import PUBLISHED

_LIMIT = 60.0
_BUDGETS = (1, 2, 8)  # GB
_DRAWN = ((1_046, 8), (1_115, 5), (1_508, 10), (2_000, 20), (5_000, 10), (5_000, 20))
_WITHIN = 0.01  # of the mean number of inhabitants of a merger, to both sides
_LOOK = 0.02  # seconds between two looks at the memory
_GIGABYTE = 1e9
_WEIGHTS = {"moment": {"moment": 1e-6}, "cut_edges": {"cut_edges": 1.0}}


def sweep() -> Sequence[Case]:
    """Published instances under the default budget; drawn ones under each budget, by all three objectives."""
    published = [Case(f"districting/{name}", "moment", limit=_LIMIT) for name in PUBLISHED]
    return published + [
        Case(f"synthetic/{size}-1-15-1", weights, limit=_LIMIT, options={"number": number, "budget": budget})
        for size, number in _DRAWN
        for weights in ("moment", "cut_edges", "default")
        for budget in _BUDGETS
    ]


def smoke() -> Sequence[Case]:
    """A component too large to list, under the smallest budget."""
    options = {"number": 5, "budget": 1}
    return [Case("synthetic/300-1-15-1", method, limit=5.0, options=options) for method in _WEIGHTS]


def run(case: Case) -> Outcome:
    """Solve a case within its budget, and note the most that the process and its engines filled together."""
    instance, scenario = give(case.instance)
    if "number" in case.options:
        scenario = asked(instance, case.method, int(case.options["number"]), scenario)
    budget = case.options.get("budget")
    if budget is not None:
        limit_memory(budget * _GIGABYTE)
    begun = time.perf_counter()
    with _peak() as peak:
        result = solve(instance, scenario, limits=Limits(case.limit))
    outcome = outcome_of(result, {"solve": time.perf_counter() - begun})
    outcome.facts["MB filled"] = round(max(peak) / 1e6)
    if budget is not None:
        share = max(peak) / (budget * _GIGABYTE)
        outcome.facts["share of the budget"] = round(share, 3)
        if share > 1.1:
            outcome.note = f"the budget is not kept; {outcome.note}"
    return outcome


def asked(instance: Instance, weights: str, number: int, usual: Scenario) -> Scenario:
    """Ask for a fixed number of mergers of nearly the same size."""
    mean = int(instance.population.sum()) / number
    return Scenario.model_validate(
        usual.model_dump(exclude_unset=True)
        | {
            "population": {"min": int((1 - _WITHIN) * mean) + 1, "max": int((1 + _WITHIN) * mean)},
            "count": {"min": number, "max": number},
            "rules": {"facility": "free"},
            "weights": _WEIGHTS.get(weights, usual.weights),
        }
    )


@contextmanager
def _peak() -> Iterator[list[float]]:
    """Note what is filled, a few times a second."""
    seen, ended = [filled()], threading.Event()

    def look() -> None:
        while not ended.wait(_LOOK):
            seen.append(max(seen.pop(), filled()))

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield seen
    finally:
        ended.set()
        watch.join()


register(
    Benchmark(
        "memory",
        "Memory under a budget",
        sweep,
        smoke,
        run,
        phases=("solve",),
        grace=240.0,
        missing=districting_missing,
        same_question=False,
    )
)
