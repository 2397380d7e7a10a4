"""What a planner waits for on the page, and what page and server hold: driven in a browser."""

from __future__ import annotations

from collections.abc import Sequence

import page
from registry import Benchmark, Case, Outcome, register
from support import browsing

_INSTANCE = "flanders-2025"
_LIMIT = 600.0


def sweep() -> Sequence[Case]:
    """All that is measured, as often as its bar says."""
    return [_case(name, times) for name, (_, times) in page.MEASURED.items()]


def smoke() -> Sequence[Case]:
    """A start, and an input that all regions answer."""
    return [_case("start", 1), _case("regions", 1)]


def _case(name: str, times: int) -> Case:
    return Case(_INSTANCE, name, limit=_LIMIT, options={"times": times})


def run(case: Case) -> Outcome:
    """Drive the page; what it waits for is proved, and an answer that is not one never comes."""
    measure, _ = page.MEASURED[case.method]
    with browsing.chromium() as browser:
        measured = measure(browser, case.instance, int(case.options["times"]))
    out = Outcome("measured", verified=None)
    out.facts = {"measures": [[one.what, one.unit, one.median, max(one.values), one.bar] for one in measured]}
    return out


register(
    Benchmark(
        "page",
        "The planner's page",
        sweep,
        smoke,
        run,
        phases=(),
        missing=browsing.missing,
        same_question=False,
        takes_addresses=True,
    )
)
