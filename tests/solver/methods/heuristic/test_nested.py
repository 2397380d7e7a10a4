"""Zones and mergers inside them where zones cannot be listed: plans are clean, and bounds hold."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import event, given, settings
from refzones.instances import InputError, Instance
from refzones.instances.synthetic import synthesise
from refzones.models import Scenario
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.incumbents import Incumbent
from refzones.solver.methods.contract import Task
from refzones.solver.methods.heuristic.nested import NestedSearch
from refzones.solver.methods.portfolio import PortfolioParams, in_turn
from refzones.solver.methods.registry import chain
from refzones.solver.partition.answer import ComponentAnswer
from refzones.solver.regions.answering import Work
from refzones.solver.regions.region import RegionSolver
from refzones.solver.results.mergers import make_parts
from refzones.solver.results.plan import Plan
from refzones.solver.results.region_result import RegionResult
from refzones.solver.verification.verifier import verify
from support.brute_nested import brute_force_nested
from support.strategies import nested_questions


def searched(instance: Instance, scenario: Scenario, seconds: float | None = None) -> list[RegionResult]:
    """Answer each region by the search alone."""
    work = Work.of(instance, scenario, "partition", "highs", instance.regions)
    deadline = Deadline.after(seconds)
    return [
        RegionSolver(work.levels, region, (NestedSearch(),), engine("highs"), deadline=deadline).solve()
        for region in range(len(instance.regions))
    ]


@given(question=nested_questions(largest=7))
@settings(max_examples=8, deadline=None)
def test_plans_keep_both_levels_and_the_bound_holds(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    try:
        found = searched(instance, scenario)
    except InputError:
        return
    truth = brute_force_nested(instance, scenario)
    if any(one.score_nano is None for one in found):
        event("no plan found")
        return
    event("a plan")
    assert truth is not None
    plan = Plan(
        tuple(sorted((part for one in found for part in one.mergers), key=lambda part: part.members)),
        tuple(sorted((part for one in found for part in one.zones), key=lambda part: part.members)),
    )
    assert verify(instance, scenario, plan) == ()
    bounds = [one.bound_nano for one in found]
    assert None not in bounds
    assert plan.score_nano <= truth.score_nano <= sum(bound or 0 for bound in bounds)


INSTANCE = synthesise(120, regions=1, per_merger=3, seed=5)


def large(**locks: object) -> Scenario:
    """Zones of thirty municipalities are far too many to list."""
    total = int(INSTANCE.population.sum())
    return Scenario.from_dict(
        {
            "level": "nested",
            "population": {"min": total // 40, "max": total // 8},
            "rules": {"facility": "free", "above_max": "alone"},
            "weights": {"distance": 1},
            "zones": {
                "population": {"min": total // 5, "max": total // 3},
                "rules": {"facility": "free", "above_max": "alone"},
                "weights": {"cut_edges": 0.01},
                **locks,
            },
        }
    )


def task_of(scenario: Scenario) -> Task:
    work = Work.of(INSTANCE, scenario, "partition", "highs", INSTANCE.regions)
    (task,) = RegionSolver(work.levels, 0, (NestedSearch(),), engine("highs"))._tasks()
    return task


def is_plan(scenario: Scenario, answer: ComponentAnswer) -> bool:
    mergers, zones = Work.of(INSTANCE, scenario, "partition", "highs", INSTANCE.regions).levels
    plan = Plan(
        tuple(make_parts(mergers, sorted(answer.mergers))), tuple(make_parts(zones, sorted(answer.zones)))
    )
    return verify(INSTANCE, scenario, plan) == () and plan.score_nano == answer.score


def test_large_zones_have_a_plan() -> None:
    (found,) = searched(INSTANCE, large(), 15)
    assert found.score_nano is not None
    assert found.bound_nano is not None
    assert found.score_nano <= found.bound_nano
    assert verify(INSTANCE, large(), Plan(found.mergers, found.zones)) == ()


def with_a_fixed_zone() -> Scenario:
    """The largest municipality is a zone by itself, which cuts edges; the number joins it to the others."""
    largest = INSTANCE.codes[int(INSTANCE.population.argmax())]
    return large(locks={"alone": [largest]}, count={"min": 3, "max": 6})


def test_a_first_plan_has_both_levels_and_no_bound() -> None:
    scenario = with_a_fixed_zone()
    task = task_of(scenario)
    begun = NestedSearch().begin(task, Deadline.after(20))
    assert begun.bound is None
    assert len(task.fixed) == 1
    assert set(task.fixed) < set(begun.zones)
    assert is_plan(scenario, begun)
    # it is gone on from, where there is no time for another one
    no_time = NestedSearch().solve(replace(task, start=begun), Deadline.after(1e-3))
    assert (no_time.score, set(no_time.zones), set(no_time.mergers)) == (
        begun.score,
        set(begun.zones),
        set(begun.mergers),
    )
    better = NestedSearch().solve(replace(task, start=begun), Deadline.after(10))
    assert better.score > begun.score
    assert is_plan(scenario, better)


def test_what_is_told_is_true() -> None:
    """Plans as they get better, of the whole component, and a bound that counts the fixed zone once."""
    told: list[Incumbent] = []
    work = Work.of(INSTANCE, with_a_fixed_zone(), "partition", "highs", INSTANCE.regions)
    solver = RegionSolver(
        work.levels, 0, (NestedSearch(),), engine("highs"), deadline=Deadline.after(8), live=told.append
    )
    found = solver.solve()
    scores = [one.score_nano for one in told if one.score_nano is not None]
    assert len(scores) > 1
    assert scores == sorted(scores)
    assert scores[-1] <= found.score_nano
    for one in told:
        assert one.score_nano is None or sorted(i for part in one.mergers for i in part) == [*range(120)]
        assert one.bound_nano in (None, found.bound_nano)


def test_a_portfolio_begins_with_it_where_much_is_open() -> None:
    scenario = large()
    soon = replace(chain()[-1], params=PortfolioParams(begun_any=60))
    begun = soon.begin(task_of(scenario), Deadline.after(20))
    assert is_plan(scenario, begun)
    known = in_turn(task_of(scenario), (soon,), Deadline.after(3))
    assert known.score >= begun.score
    assert is_plan(scenario, known)
