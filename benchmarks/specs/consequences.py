"""What a plan does and the road to it: effects, budgets, schedules, two dates, the experiment."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from refzones.instances import Instance, load
from refzones.models import Scenario, read_road
from refzones.models.scenario.staged import StagedScenario
from refzones.solver import Plan, Schedule, best_schedule, effects_of, road_problem, solve, solve_staged
from refzones.solver.experiments import steps_experiment
from registry import Benchmark, Case, Outcome, register

_INSTANCE = "flanders-2025"
_DOCS = Path(__file__).parents[2] / "docs"
_LIMIT = 600.0


def _effects(instance: Instance, scenario: Scenario, plan: Plan) -> Callable[[], object]:
    def work() -> bool:
        found = effects_of(instance, scenario, plan)
        return bool(found.measured and found.by_region)

    return work


def _plain(instance: Instance, scenario: Scenario, plan: Plan) -> Callable[[], object]:
    return lambda: solve(instance, scenario).status == "optimal"


def _budget(instance: Instance, scenario: Scenario, plan: Plan) -> Callable[[], object]:
    """At least 4,400 councillors fewer, which the best plan does not have."""
    asked = scenario.overlaid({"budgets": {"councillors": {"most_change": -4_400}}})
    return lambda: solve(instance, asked).status == "optimal"


def _schedule(instance: Instance, scenario: Scenario, plan: Plan) -> Callable[[], object]:
    road = read_road(_DOCS / "images" / "road.toml")

    def work() -> bool:
        found = best_schedule(road_problem(instance, scenario, plan, road))
        return isinstance(found, Schedule) and found.is_proved

    return work


def _two_dates(instance: Instance, scenario: Scenario, plan: Plan) -> Callable[[], object]:
    asked = StagedScenario.read(_DOCS / "examples" / "roads" / "two-dates.toml")
    return lambda: solve_staged(instance, asked).status == "optimal"


def _experiment(instance: Instance, scenario: Scenario, plan: Plan) -> Callable[[], object]:
    return lambda: steps_experiment(instance, scenario).proved


_WORK = {
    "effects": ("all indicators of a plan of Flanders, by region", _effects, 1.0),
    "plain": ("all regions solved and proved, without a budget", _plain, 5.0),
    "budget": ("the same with at least 4,400 councillors fewer in all", _budget, 60.0),
    "schedule": ("59 mergers on two dates, proved", _schedule, 60.0),
    "two dates": ("the maps of 2027 and 2031 together, proved", _two_dates, 60.0),
    "experiment": ("the experiment on steps, 1,000 plans drawn", _experiment, 120.0),
}
"""What is measured, how it is prepared, and the seconds that it may take on two processors."""


def sweep() -> Sequence[Case]:
    """All of them."""
    return [Case(_INSTANCE, name, limit=_LIMIT, options={"times": 3}) for name in _WORK]


def smoke() -> Sequence[Case]:
    """Effects and a schedule, once."""
    return [Case(_INSTANCE, name, limit=_LIMIT, options={"times": 1}) for name in ("effects", "schedule")]


def run(case: Case) -> Outcome:
    """Do the same again and again, the first time unmeasured; the plan of Flanders is found before."""
    instance, scenario = load(case.instance), Scenario.preset("mergers")
    plan = solve(instance, scenario).plan
    assert plan is not None
    what, prepare, bar = _WORK[case.method]
    work = prepare(instance, scenario, plan)
    spent = []
    for _ in range(1 + int(case.options["times"])):
        begun = time.perf_counter()
        assert work(), f"{what}: not proved"
        spent.append(time.perf_counter() - begun)
    del spent[0]
    out = Outcome("measured", verified=None)
    out.facts = {"measures": [[what, "s", statistics.median(spent), max(spent), bar]]}
    return out


register(
    Benchmark(
        "consequences",
        "What a plan does, and the road",
        sweep,
        smoke,
        run,
        phases=(),
        same_question=False,
    )
)
