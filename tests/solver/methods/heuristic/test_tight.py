"""First plans for tight bounds and given numbers: they keep every rule, and are found where there are any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.instances.synthetic import synthesise
from refzones.models import Scenario, Scorer, ask
from refzones.models.scoring.model import Model
from refzones.solver.deadline import Deadline, TimeUpError
from refzones.solver.engines import engine
from refzones.solver.methods.heuristic import SearchSpace
from refzones.solver.methods.heuristic.tight import TightConstruction
from refzones.solver.results.mergers import make_parts
from refzones.solver.results.plan import Plan
from refzones.solver.verification.verifier import verify
from support.brute import brute_force
from support.strategies import questions


def construction(
    instance: Instance, scenario: Scenario, seed: int = 0, deadline: Deadline = Deadline()
) -> TightConstruction:
    """Construct plans of the open part of the first region."""
    question = ask(instance, scenario)
    model = Model(question, Scorer(instance, scenario))
    space = SearchSpace(model, 0, question.free_members(0), engine(), seed)
    return TightConstruction(space, np.random.default_rng(seed), deadline)


@given(question=questions(largest=8, agreed=True), seed=st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_plans_keep_the_rules(question: tuple[Instance, Scenario], seed: int) -> None:
    instance, scenario = question
    try:
        made = construction(instance, scenario, seed)
    except InputError:
        return
    if len(instance.regions) > 1 or not len(made.space.municipalities):
        return
    truth = brute_force(instance, scenario)
    plan = next(made.plans(), None)
    event("a plan" if plan is not None else "none")
    if plan is None:
        return
    assert truth is not None
    if made.space.sums:
        return  # they are brought within their bounds afterwards
    parts = [*plan, *(part for part, _ in made.space.question.fixed_parts(0))]
    merged = make_parts(Model(made.space.question, made.space.scorer), sorted(parts))
    assert verify(instance, scenario, Plan(tuple(merged))) == ()


def scenario_of(instance: Instance, number: int, slack: float) -> Scenario:
    """Ask for so many mergers, each within a share of the mean."""
    mean = int(instance.population.sum()) / number
    return Scenario.from_dict(
        {
            "population": {"min": int(mean * (1 - slack)), "max": int(mean * (1 + slack)) + 1},
            "count": {"min": number, "max": number},
            "rules": {"facility": "free", "above_max": "alone"},
            "weights": {"cut_edges": 1},
        }
    )


@pytest.mark.parametrize(("municipalities", "number"), [(120, 3), (200, 5), (300, 8)])
def test_tight_bounds_have_a_plan_at_once(municipalities: int, number: int) -> None:
    """Bounds within one percent: each plan that is given has the number and keeps the bounds."""
    instance = synthesise(municipalities, regions=1, seed=3)
    scenario = scenario_of(instance, number, 0.01)
    plan = next(construction(instance, scenario).plans())
    lowest, highest = scenario.population.lowest, scenario.population.highest
    assert len(plan) == number
    assert sorted(i for part in plan for i in part) == list(range(municipalities))
    assert all(lowest <= int(instance.population[list(part)].sum()) <= highest for part in plan)


def test_number_that_cannot_be_had_is_not_tried() -> None:
    instance = synthesise(40, regions=1, seed=1)
    mean = int(instance.population.sum()) // 4
    scenario = Scenario.from_dict(
        {
            "population": {"min": mean, "max": 2 * mean},
            "count": {"min": 5, "max": 5},
            "rules": {"facility": "free", "above_max": "alone"},
            "weights": {"cut_edges": 1},
        }
    )
    assert list(construction(instance, scenario).plans()) == []


def test_no_time_makes_no_plan() -> None:
    instance = synthesise(40, regions=1, seed=1)
    made = construction(instance, scenario_of(instance, 3, 0.02), deadline=Deadline(0.0))
    with pytest.raises(TimeUpError):
        next(made.plans())
