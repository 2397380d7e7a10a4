"""What is told while a region is answered: plans and bounds that hold, and each better than before."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import pairwise

import pytest
from hypothesis import assume, event, given, settings
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import Incumbent, Plan, incumbents, solve, verify
from refzones.solver.incumbents import Watch, bound_found, plan_found, watching
from support.brute import brute_force
from support.build import build_instance
from support.strategies import questions
from support.unlisted import unlisted


def check(told: list[Incumbent], instance: Instance, scenario: Scenario) -> None:
    """Hold plans against the verifier, and bounds against all plans of a region."""
    for incumbent in told:
        one = solve(instance, scenario, regions=[incumbent.name], workers=1)
        if incumbent.score_nano is not None:
            plan = Plan.of(instance, scenario, incumbent.mergers)
            assert verify(instance, scenario, plan, regions=[incumbent.name]) == ()
            assert plan.score_nano == incumbent.score_nano
            assert one.score_nano is not None
            assert incumbent.score_nano <= one.score_nano
        else:
            assert incumbent.mergers == ()
        if incumbent.bound_nano is not None and one.score_nano is not None:
            assert one.score_nano <= incumbent.bound_nano
    for name in {incumbent.name for incumbent in told}:
        for before, after in pairwise(one for one in told if one.name == name):
            assert (before.score_nano or -1 << 62) <= (after.score_nano or -1 << 62) or not after.score_nano
            if before.bound_nano is not None:
                assert after.bound_nano is not None
                assert after.bound_nano <= before.bound_nano
            assert before.seconds <= after.seconds


@pytest.fixture
def _all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incumbents, "EVERY", 0.0)


@pytest.mark.usefixtures("_all_of_it")
@pytest.mark.parametrize("formulation", ["partition", "flow", "cut"])
def test_what_is_told_holds(formulation: str) -> None:
    @given(questions(largest=8, agreed=True))
    @settings(max_examples=20, deadline=None)
    def all_questions(question: tuple[Instance, Scenario]) -> None:
        told: list[Incumbent] = []
        searched = unlisted() if formulation == "partition" else nullcontext()
        try:
            with searched:
                result = solve(*question, formulation=formulation, workers=1, live=told.append)
        except InputError:
            assume(False)
        event(f"{result.status}, {'told' if told else 'nothing told'}")
        check(told, *question)

    all_questions()


def test_there_is_something_to_tell() -> None:
    """Of a path of six, in three mergers."""
    instance = build_instance([10_000] * 6, [(i, i + 1) for i in range(5)])
    scenario = Scenario.from_dict(
        {"population": {"min": 20_000, "max": 30_000}, "weights": {"distance": 1.0}}
    )
    told: list[Incumbent] = []
    with unlisted():
        result = solve(instance, scenario, live=told.append)
    assert any(one.score_nano is not None for one in told)
    assert brute_force(instance, scenario) is not None
    assert result.status == "optimal"


def test_first_plan_is_told_at_once() -> None:
    """Also a moment after a bound; what follows waits."""
    told: list[Incumbent] = []
    watch = Watch("R", 1, told.append)
    watch.bound_found(0, 12)
    watch.plan_found(0, [(0, 1)], 7)
    watch.plan_found(0, [(0,), (1,)], 9)
    assert [(one.score_nano, one.bound_nano) for one in told] == [(None, 12), (7, 12)]


def test_components_are_told_of_together() -> None:
    told: list[Incumbent] = []
    watch = Watch("R", 2, told.append)
    with watching(watch, 0, ((0,),), lambda: 5):
        plan_found(lambda: [(2, 3), (1,)], 10)
    watch.answered(0, [(0,), (1,), (2, 3)], 15, 16)
    assert [(one.mergers, one.score_nano, one.bound_nano) for one in told] == [((), None, None)]
    watch._told = 0.0
    with watching(watch, 1, (), lambda: 0):
        plan_found(lambda: [(4, 5)], 7)
        plan_found(lambda: [(4,), (5,)], 6)  # is no better
        bound_found(9)  # a moment later
    assert [(one.mergers, one.score_nano, one.bound_nano) for one in told[1:]] == [
        (((0,), (1,), (2, 3), (4, 5)), 22, None)
    ]
    watch._told = 0.0
    with watching(watch, 1, (), lambda: 0):
        bound_found(None)
        bound_found(None)  # is no news
    assert [(one.score_nano, one.bound_nano) for one in told[2:]] == [(22, 25)]
    assert told[-1].gap == pytest.approx(3 / 22)


def test_nobody_listens() -> None:
    with watching(None, 0, (), lambda: 1 // 0):
        plan_found(lambda: pytest.fail("nobody asked for it"), 1)
        bound_found(3)
