"""How many plans there are: all regions of both instances counted, and the published answers."""

from __future__ import annotations

import time
from collections.abc import Sequence

from given import districting_missing, give
from refzones.instances import load
from refzones.solver.deadline import Limits
from refzones.solver.plan_sets.census import census
from registry import Benchmark, Case, Outcome, register

_INSTANCES = ("flanders-2025", "flanders-2024")
KNOWN = {"districting/NM_county": 365, "districting/ME_county": 1}
"""Plans within the bounds, as published."""
_LIMIT = 60.0


def sweep() -> Sequence[Case]:
    """Every region, and the published instances where they are at hand."""
    names = [f"{name}/{region}" for name in _INSTANCES for region in load(name).regions]
    return [Case(name, "census", limit=_LIMIT) for name in [*names, *_published()]]


def smoke() -> Sequence[Case]:
    """A small region, and a published answer."""
    return [Case(name, "census", limit=20.0) for name in ["flanders-2025/Waasland", *_published()[1:]]]


def _published() -> list[str]:
    return [] if districting_missing() else list(KNOWN)


def run(case: Case) -> Outcome:
    """Count; what does not fit in memory or time is estimated, and says so."""
    instance, scenario = give(case.instance)
    begun = time.perf_counter()
    (counted,) = census(instance, scenario, bins=0, limits=Limits(case.limit)).by_region
    spent = time.perf_counter() - begun
    out = Outcome("measured", {"solve": spent}, size=len(instance), candidates=counted.candidates)
    out.note = counted.note
    numbers = [k for k, plans in enumerate(counted.by_number) if plans]
    out.facts = {
        # as text: tables on disk hold no whole numbers of more than 64 bits
        "plans": None if counted.count is None else str(counted.count),
        "estimate": None if counted.estimated is None else counted.estimated.count,
        "fewest mergers": min(numbers, default=None),
        "most mergers": max(numbers, default=None),
        "states": counted.states,
        "known": KNOWN.get(case.instance),
    }
    if case.instance in KNOWN and counted.count is not None:
        out.verified = counted.count == KNOWN[case.instance]
    return out


register(
    Benchmark(
        "census",
        "How many plans there are",
        sweep,
        smoke,
        run,
        phases=("solve",),
        same_question=False,
    )
)
