"""Proofs that are written down: how large they are, and how long writing and checking them takes."""

from __future__ import annotations

import time
from collections.abc import Sequence

from registry import Benchmark, Case, Outcome, register

_INSTANCES = ("flanders-2025", "flanders-2024")
_PRESETS = ("mergers", "zones", "nested")
_LIMIT = 900.0


def sweep() -> Sequence[Case]:
    """All regions of both instances under each preset."""
    return [Case(instance, preset, limit=_LIMIT) for instance in _INSTANCES for preset in _PRESETS]


def smoke() -> Sequence[Case]:
    """One region."""
    return [Case(_INSTANCES[0], "mergers", limit=_LIMIT, options={"region": "Waasland"})]


def run(case: Case) -> Outcome:
    """Solve, write the proof of every region down, and check it."""
    from refzones.instances import load
    from refzones.models import Scenario
    from refzones.solver import certified, check_certificate, solve

    instance, scenario = load(case.instance), Scenario.preset(case.method)
    regions = [str(case.options["region"])] if "region" in case.options else None
    result = solve(instance, scenario, regions=regions)
    begun = time.perf_counter()
    result = certified(result)
    written = time.perf_counter() - begun
    assert result.certificate is not None
    assert result.plan is not None
    begun = time.perf_counter()
    checks = check_certificate(result.certificate, instance, scenario, result.plan)
    checked = time.perf_counter() - begun
    assert all(check.proved for check in checks), [check for check in checks if not check.proved]
    kilobytes = len(result.certificate.text().encode()) / 1000
    what = f"{case.method}, {case.instance}"
    out = Outcome("measured", verified=True)
    out.facts = {
        "measures": [
            [f"{what}: writing the proofs down", "s", written, written, None],
            [f"{what}: checking {sum(check.parts for check in checks):,} parts", "s", checked, checked, 60.0],
            [f"{what}: certificate", "kB", kilobytes, kilobytes, None],
        ]
    }
    return out


register(Benchmark("certificates", "Certificates", sweep, smoke, run, phases=(), same_question=False))
