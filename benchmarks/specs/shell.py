"""What a user waits for: stages of the default run, whole commands from the shell, both levels."""

from __future__ import annotations

from collections.abc import Sequence

import flanders
import levels
from given import give
from registry import Benchmark, Case, Outcome, register

_INSTANCES = ("flanders-2025", "flanders-2024")


def stage_sweep() -> Sequence[Case]:
    """The default question on both embedded instances."""
    return [Case(name, "stages", limit=60.0) for name in _INSTANCES]


def run_stages(case: Case) -> Outcome:
    """Time every stage of the default run in this process, as `flanders.py` does."""
    return Outcome(
        "measured", flanders.stages_once(case.instance), size=len(give(case.instance)[0]), verified=True
    )


def command_sweep() -> Sequence[Case]:
    """Every preset on both embedded instances."""
    return [
        Case(name, preset, limit=120.0) for name in _INSTANCES for preset in ("mergers", "zones", "nested")
    ]


def command_smoke() -> Sequence[Case]:
    """The default command."""
    return [Case("flanders-2025", "mergers", limit=60.0)]


def run_command(case: Case) -> Outcome:
    """Time the whole command `refzones solve`, map included; exit code 0 says proved and verified."""
    seconds, peak, code = levels.shell_run(case.instance, case.method)
    out = Outcome("measured", {"whole": seconds}, size=len(give(case.instance)[0]), verified=code == 0)
    out.facts = {"exit code": code, "peak MB": round(peak, 1)}
    return out


register(
    Benchmark(
        "stages",
        "Stages of the default run",
        stage_sweep,
        list,  # what they sum to is measured by `commands`
        run_stages,
        phases=(),
        repeat=3,
        same_question=False,
    )
)
register(
    Benchmark(
        "commands",
        "Whole commands from the shell",
        command_sweep,
        command_smoke,
        run_command,
        phases=("whole",),
        repeat=2,
        same_question=False,
    )
)
