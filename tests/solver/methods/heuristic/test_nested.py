"""Zones and mergers inside them where zones cannot be listed: plans are clean, and bounds hold."""

from __future__ import annotations

from hypothesis import event, given, settings
from refzones.instances import InputError, Instance
from refzones.instances.synthetic import synthesise
from refzones.models import Scenario
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.methods.heuristic.nested import NestedSearch
from refzones.solver.regions.answering import Work
from refzones.solver.regions.region import RegionSolver
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


def test_large_zones_have_a_plan() -> None:
    """Zones of thirty municipalities are far too many to list."""
    instance = synthesise(120, regions=1, per_merger=3, seed=5)
    total = int(instance.population.sum())
    scenario = Scenario.from_dict(
        {
            "level": "nested",
            "population": {"min": total // 40, "max": total // 8},
            "rules": {"facility": "free", "above_max": "alone"},
            "weights": {"distance": 1},
            "zones": {
                "population": {"min": total // 5, "max": total // 3},
                "rules": {"facility": "free", "above_max": "alone"},
                "weights": {"cut_edges": 0.01},
            },
        }
    )
    (found,) = searched(instance, scenario, 15)
    assert found.score_nano is not None
    assert found.bound_nano is not None
    assert found.score_nano <= found.bound_nano
    assert verify(instance, scenario, Plan(found.mergers, found.zones)) == ()
