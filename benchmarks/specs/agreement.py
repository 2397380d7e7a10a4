"""Five formulations on 200 random instances: whether they agree to the last nano-point, what stays open."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from pieces import piece
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.solver import Result, solve, verify
from refzones.solver.deadline import Limits
from registry import Benchmark, Case, Outcome, register

FORMULATIONS = ("partition", "flow", "multiflow", "cut", "cpsat")
_INSTANCES = 200
_BATCH = 25  # instances of one process
_EACH = 5.0  # seconds for one formulation on one instance
_WHOLE = 600.0  # seconds for a batch: far more than it takes


@dataclass
class Tally:
    """What one formulation did with a batch.

    Attributes
    ----------
    optimal, infeasible : int
        Proved, to the last nano-point.
    unfinished : list of (int, int or None, int or None)
        Number of the instance, score and bound in nano-points, where the limit came first or the engine's
        tolerance left nano-points open.
    seconds : float
    """

    optimal: int = 0
    infeasible: int = 0
    unfinished: list[tuple[int, int | None, int | None]] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, number: int, result: Result, seconds: float) -> None:
        """Count an answer."""
        self.seconds += seconds
        if result.status == "optimal":
            self.optimal += 1
        elif result.status == "infeasible":
            self.infeasible += 1
        else:
            self.unfinished.append((number, result.score_nano, result.bound_nano))


def sweep() -> Sequence[Case]:
    """All instances, some in each process."""
    starts = range(1, _INSTANCES + 1, _BATCH)
    return [_case(start, min(start + _BATCH - 1, _INSTANCES)) for start in starts]


def smoke() -> Sequence[Case]:
    """The first three."""
    return [_case(1, 3)]


def _case(first: int, last: int) -> Case:
    return Case(f"random/{first}-{last}", "all five", "highs", _WHOLE, {"seconds each": _EACH})


def run(case: Case) -> Outcome:
    """Solve every instance by every formulation, and compare."""
    first, last = (int(text) for text in case.instance.partition("/")[2].split("-"))
    tallies = {name: Tally() for name in FORMULATIONS}
    wrong: list[str] = []
    for number in range(first, last + 1):
        instance, scenario = piece(number)
        answers = {}
        for name in FORMULATIONS:
            begun = time.perf_counter()
            answers[name] = _solved(instance, scenario, name, case)
            tallies[name].add(number, answers[name], time.perf_counter() - begun)
        wrong += [f"random {number}: {what}" for what in disagreements(answers)]
    out = Outcome("measured", {"solve": sum(tally.seconds for tally in tallies.values())})
    out.verified, out.note = not wrong, "; ".join(wrong)
    out.facts = {name: asdict(tally) for name, tally in tallies.items()}
    out.facts |= {"instances": last - first + 1, "disagreements": len(wrong)}
    return out


def _solved(instance: Instance, scenario: Scenario, formulation: str, case: Case) -> Result:
    limit = float(case.options["seconds each"])
    return solve(
        instance,
        scenario,
        formulation=formulation,
        engine_name=case.engine,
        workers=1,
        limits=Limits(limit),
    )


def disagreements(answers: Mapping[str, Result]) -> list[str]:
    """Say which answers to one question cannot all be right, and which plans are not clean."""
    scores = [result.score_nano for result in answers.values() if result.score_nano is not None]
    best, told = max(scores, default=None), []
    for name, result in answers.items():
        if result.status == "infeasible" and best is not None:
            told.append(f"{name} calls it infeasible; a plan was found")
        if result.status == "optimal" and result.score_nano != best:
            told.append(f"{name} calls {result.score_nano} optimal; {best} was found")
        if best is not None and result.bound_nano is not None and result.bound_nano < best:
            told.append(f"{name} proves no more than {result.bound_nano}; {best} was found")
        if result.score_nano is not None and verify(result.instance, result.scenario, result.plan):
            told.append(f"the plan of {name} is not clean")
    return told


register(
    Benchmark(
        "agreement",
        "Five formulations on 200 random instances",
        sweep,
        smoke,
        run,
        phases=("solve",),
        same_question=False,
    )
)
