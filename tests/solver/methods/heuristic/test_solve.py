"""Frames whose candidates may not be listed: plans keep the rules, bounds are above the optimum."""

from __future__ import annotations

import numpy as np
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.instances.synthetic import synthesise
from refzones.models import Scenario, Scorer, ask
from refzones.models.scoring.model import Model
from refzones.solver.candidates.components import Component, split
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.methods.contract import Task
from refzones.solver.methods.heuristic import Heuristic, SearchSpace
from refzones.solver.methods.heuristic.params import HeuristicParams, PairParams, WindowParams
from refzones.solver.methods.heuristic.search import SearchOutcome, search
from refzones.solver.results.mergers import Merger, make_parts
from refzones.solver.results.plan import Plan
from refzones.solver.verification.verifier import verify
from support.brute import brute_force
from support.build import build_instance
from support.strategies import questions

# the package gives the function of this name


def searched(
    instance: Instance, scenario: Scenario, seed: int = 0, params: HeuristicParams = HeuristicParams()
) -> tuple[Plan | None, int]:
    """Search every frame of every region: the plan, if all have one, and the sum of the bounds."""
    question, scorer, by = ask(instance, scenario), Scorer(instance, scenario), engine()
    mergers: list[Merger] = []
    bound, missing = 0, False
    for region in range(len(instance.regions)):
        settled = [part for part, _ in question.fixed_parts(region)]
        members = instance.members(region)
        frames = [(Component(region, members), settled)]
        if question.count(region) is None:
            frames = [(Component(region, np.array(part)), [part]) for part in settled]
            frames += [(frame, []) for frame in split(question, region)]
        for frame, held in frames:
            task = Task((Model(question, scorer),), frame, tuple(held), by, seed)
            answer = Heuristic(params).solve(task)
            assert answer.bound is not None
            bound += answer.bound
            missing |= answer.status != "feasible"
            parts = make_parts(Model(question, scorer), answer.mergers)
            assert (answer.score or 0) == sum(part.score_nano for part in parts)
            mergers += parts
    plan = Plan(tuple(sorted(mergers, key=lambda part: part.members)))
    return None if missing else plan, bound


@given(question=questions(largest=8, agreed=True), seed=st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_plan_keeps_the_rules_and_the_bound_holds(question: tuple[Instance, Scenario], seed: int) -> None:
    instance, scenario = question
    truth = brute_force(instance, scenario)
    try:
        plan, bound = searched(instance, scenario, seed)
    except InputError:
        return
    if truth is None:
        event("infeasible")
        assert plan is None
        return
    assert bound >= truth.score_nano
    # so small a frame is one window, so that a plan that exists is found, and the best one
    event(f"{truth.feasible} plans" if truth.feasible < 3 else "many plans")
    assert plan is not None
    assert verify(instance, scenario, plan) == ()
    assert plan.score_nano == truth.score_nano


@given(question=questions(largest=8, agreed=True))
@settings(max_examples=25, deadline=None)
def test_small_windows_keep_the_rules(question: tuple[Instance, Scenario]) -> None:
    """Windows of two parts and trees instead of lists: good plans, perhaps not the best."""
    instance, scenario = question
    small = HeuristicParams(
        limits=(2, 3),
        pairs=PairParams(listed=2),
        windows=WindowParams(size=2, smallest=2, few=2, listed=2),
    )
    try:
        plan, bound = searched(instance, scenario, params=small)
    except InputError:
        return
    if plan is not None:
        assert verify(instance, scenario, plan) == ()
        assert plan.score_nano <= bound


def test_no_plan_is_told() -> None:
    star = build_instance([10_000] * 6, [(0, i) for i in range(1, 6)])
    scenario = Scenario.from_dict({"population": {"min": 20_000, "max": 50_000}, "weights": {"distance": 1}})
    assert searched(star, scenario)[0] is None


def test_same_seed_same_search() -> None:
    instance, scenario = synthesise(30, regions=1, per_merger=3, seed=2), Scenario.preset("mergers")
    question = ask(instance, scenario)
    free = question.free_members(0)

    def run(seed: int) -> SearchOutcome:
        space = SearchSpace(Model(question, Scorer(instance, scenario)), 0, free, engine(), seed)
        return search(space, limits=(200,), kicks=2)

    assert run(1) == run(1)
    assert run(1).finished


def test_deadline_ends_the_search_with_what_it_has() -> None:
    instance, scenario = synthesise(30, regions=1, per_merger=3, seed=2), Scenario.preset("mergers")
    question = ask(instance, scenario)
    space = SearchSpace(Model(question, Scorer(instance, scenario)), 0, question.free_members(0), engine())
    found = search(space, Deadline(0.0))
    assert (found.parts, found.finished) == (None, False)


def test_number_of_mergers_is_kept() -> None:
    grid = [(i, i + 1) for i in range(12) if i % 4 < 3] + [(i, i + 4) for i in range(8)]
    points = [(1000.0 * (i % 4), 1000.0 * (i // 4)) for i in range(12)]
    land = build_instance([10_000] * 12, grid, points=points)
    for number in (3, 12):
        scenario = Scenario.from_dict(
            {
                "population": {"min": 10_000, "max": 50_000},
                "count": {"min": number, "max": number},
                "weights": {"distance": 1},
            }
        )
        plan, _ = searched(land, scenario)
        assert plan is not None
        assert len(plan.mergers) == number
        assert verify(land, scenario, plan) == ()
