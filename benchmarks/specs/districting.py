"""Published districting instances: our seconds beside those of the paper."""

from __future__ import annotations

import json
from collections.abc import Sequence

from given import districting_file, districting_missing
from registry import Benchmark, Case, Outcome, register

from .formulations import run as solve_compactly
from .frames import run as solve_case

_NAMES = (
    "ME_county",
    "NM_county",
    "ID_county",
    "WV_county",
    "AL_county",
    "AR_county",
    "OK_county",
    "NE_county",
    "IA_county",
    "KS_county",
    "NH_county",
    "CO_county",
    "NH_tract",
    "ID_tract",
)
_LIMIT = 20.0
_NANO = 1_000_000_000


def sweep() -> Sequence[Case]:
    """All of the instances at hand, as users solve them and by the formulation nearest to the paper's."""
    return [
        Case(f"districting/{name}", method, by, _LIMIT)
        for name in _NAMES
        for method, by in (("solve", ""), ("cut", "highs"))
    ]


def smoke() -> Sequence[Case]:
    """The smallest."""
    return [Case("districting/ME_county", "solve", limit=20.0)]


def run(case: Case) -> Outcome:
    """Solve; note what the paper says of its model with cuts ('lcut'), and whether the answers agree."""
    name = case.instance.partition("/")[2]
    outcome = (solve_case if case.method == "solve" else solve_compactly)(case)
    outcome.phases = {key: value for key, value in outcome.phases.items() if not key.startswith("stage")}
    published = json.loads(districting_file(name).read_text(encoding="utf-8"))["published_validi2022"]["lcut"]
    outcome.facts["published seconds"] = float(published["total_time_s"])
    try:
        optimum = float(published["objective"])
    except ValueError:
        optimum = None
    outcome.facts["published optimum"] = optimum
    if outcome.status == "optimal" and outcome.score is not None and optimum is not None:
        # published figures have two decimals
        outcome.facts["agrees"] = abs(-outcome.score / _NANO - optimum) < 0.006
    elif outcome.status == "infeasible":
        outcome.facts["agrees"] = optimum is None
    if outcome.facts.get("agrees") is False:
        outcome.verified = False
        outcome.note = f"published: {published['objective']}; {outcome.note}"
    return outcome


register(
    Benchmark(
        "districting", "Published districting instances", sweep, smoke, run, missing=districting_missing
    )
)
