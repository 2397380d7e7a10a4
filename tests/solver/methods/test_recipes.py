"""What the contract asks of every method, and a method made as CONTRIBUTING says."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.models.scoring.model import Model
from refzones.solver import Plan, solve, verify
from refzones.solver.candidates.components import Component
from refzones.solver.candidates.enumeration import enumerate_candidates
from refzones.solver.deadline import Deadline
from refzones.solver.engines import engine
from refzones.solver.methods.contract import Method, Task
from refzones.solver.methods.inner import InnerMergers
from refzones.solver.methods.listed import Listed, ListingParams
from refzones.solver.methods.registry import METHODS, Entry
from refzones.solver.partition.answer import ComponentAnswer
from refzones.solver.results.mergers import Merger, make_parts
from support.brute import brute_force
from support.brute_nested import brute_force_nested
from support.strategies import nested_questions, questions


class Singles(Method):
    """Every municipality alone, where that keeps all rules: a plan, and no bound."""

    name = "singles"
    doing = "leaving municipalities alone"

    def accepts(self, task: Task) -> str | None:
        return None if len(task.levels) == 1 else "mergers are nested in zones"

    def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
        free = task.free.municipalities
        listed = enumerate_candidates(task.question, free, deadline)
        sets = [listed.members(row) for row in range(len(listed))]
        alone = [part for part in sets if len(part) == 1]
        number = sum(task.question.is_counted(part) for part in alone)
        least, most = task.count or (0, None)
        if len(alone) < len(free) or not least <= number <= (number if most is None else most):
            return ComponentAnswer()
        return task.with_fixed(ComponentAnswer(tuple(alone), score=0))


ALL = [*METHODS, "singles"]


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(METHODS, "singles", Entry(Singles, "search"))


def tasks_of(instance: Instance, levels: tuple[Model, ...]) -> list[Task]:
    """Give each region as one component."""
    tasks = []
    for region in range(len(instance.regions)):
        fixed = tuple(part for part, _ in levels[-1].question.fixed_parts(region))
        inner = [InnerMergers(model, region, Deadline()) for model in levels[:-1]]
        component = Component(region, instance.members(region))
        tasks.append(Task(levels, component, fixed, engine(), inner=inner[0] if inner else None))
    return tasks


def check(name: str, instance: Instance, scenario: Scenario, best: int | None) -> None:
    """Hold what a method says of all regions against the best score of brute force, None without a plan."""
    method = METHODS[name].make()
    levels = tuple(Model.of(instance, level) for level in scenario.levels)
    tasks = tasks_of(instance, levels)
    if any(method.accepts(task) for task in tasks):
        event(f"{name}: refused")
        return
    answers = [method.solve(task) for task in tasks]
    for answer in answers:
        assert (answer.status == "optimal") == (answer.score is not None and answer.score == answer.bound)
    if any(answer.infeasible for answer in answers):
        assert best is None
    bounds = [answer.bound for answer in answers if answer.bound is not None]
    if best is not None and len(bounds) == len(answers):
        assert best <= sum(bounds)
    scores = [answer.score for answer in answers if answer.score is not None]
    if len(scores) == len(answers):
        event(f"{name}: a plan")
        assert best is not None
        assert sum(scores) <= best
        parts = [scored(levels[0], [one for answer in answers for one in answer.mergers])]
        if len(levels) > 1:
            parts.append(scored(levels[1], [one for answer in answers for one in answer.zones]))
        plan = Plan(*parts)
        assert plan.score_nano == sum(scores)
        assert verify(instance, scenario, plan) == ()


def scored(model: Model, parts: list[tuple[int, ...]]) -> tuple[Merger, ...]:
    return tuple(make_parts(model, sorted(parts)))


@pytest.mark.parametrize("name", ALL)
@given(question=questions(largest=6, agreed=True))
@settings(max_examples=20, deadline=None)
def test_answers_hold_against_brute_force(name: str, question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    truth = brute_force(instance, scenario)
    try:
        check(name, instance, scenario, None if truth is None else truth.score_nano)
    except InputError:
        event("refused by the question, or by the engine")


@pytest.mark.parametrize("name", ALL)
@given(question=nested_questions(largest=5))
@settings(max_examples=10, deadline=None)
def test_two_levels_are_answered_or_refused(name: str, question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    truth = brute_force_nested(instance, scenario)
    try:
        check(name, instance, scenario, None if truth is None else truth.score_nano)
    except InputError:
        event("refused by the question")


@given(question=questions(largest=6, agreed=True))
@settings(max_examples=20, deadline=None)
def test_a_method_of_ones_own_answers_what_cannot_be_listed(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    with pytest.MonkeyPatch.context() as patch:
        few = Listed(ListingParams(most_candidates=0))
        patch.setitem(METHODS, "listed", Entry(lambda: few, "listing"))
        for name in ("cuts", "heuristic", "generation"):
            patch.delitem(METHODS, name)
        try:
            result = solve(instance, scenario, workers=1)
        except InputError:
            event("refused")
            return
    event(result.status)
    truth = brute_force(instance, scenario)
    if result.plan is not None and all(region.score_nano is not None for region in result.by_region):
        assert truth is not None
        assert result.plan.score_nano <= truth.score_nano
        assert verify(instance, scenario, result.plan) == ()


@given(question=questions(largest=6, agreed=True))
@settings(max_examples=20, deadline=None)
def test_a_method_of_ones_own_beside_others_spoils_nothing(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    try:
        with pytest.MonkeyPatch.context() as patch:
            few = Listed(ListingParams(most_candidates=0))
            patch.setitem(METHODS, "listed", Entry(lambda: few, "listing"))
            result = solve(instance, scenario, workers=1)
    except InputError:
        event("refused")
        return
    truth = brute_force(instance, scenario)
    assert (result.score_nano is None) == (truth is None)
    if truth is not None and result.bound_nano is not None:
        assert (result.score_nano or 0) <= truth.score_nano <= result.bound_nano
