"""Plans that exist: read from tables, scored, held against the optimum."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.results.plan import Plan
from refzones.solver.review.evaluation import evaluate
from support.build import build_instance
from support.strategies import nested_questions, questions

ROW = build_instance([40_000] * 4, [(0, 1), (1, 2), (2, 3)], region=[0, 0, 0, 1])
MERGERS = Scenario.from_dict({"weights": {"distance": 1}})


def test_broken_rules_are_listed() -> None:
    found = evaluate(ROW, MERGERS, Plan.of(ROW, MERGERS, [(0, 2), (1,)]))
    assert [violation.kind for violation in found.violations] == ["disconnected"]
    assert found.loss_nano is not None


@given(st.one_of(questions(largest=7, agreed=True), nested_questions(largest=6)))
@settings(max_examples=60, deadline=None)
def test_the_best_plan_loses_nothing(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    try:
        result = solve(instance, scenario, workers=1)
    except InputError:
        return
    if result.score_nano is None:
        return
    assert result.plan is not None
    found = evaluate(instance, scenario, result.plan)
    assert found.violations == ()
    assert (found.loss_nano, found.gap) == (0, 0)
    assert found.plan == result.plan
    assert all(region.loss_nano == 0 for region in found.by_region)


def test_everybody_alone_is_scored() -> None:
    instance = load("flanders-2025")
    scenario = Scenario.preset("mergers")
    waasland = instance.members(instance.regions.index("Waasland")).tolist()
    found = evaluate(instance, scenario, Plan.of(instance, scenario, [(i,) for i in waasland]))
    assert {violation.kind for violation in found.violations} == {"too_small"}
    assert found.plan.score_nano == sum(merger.score_nano for merger in found.plan.mergers)


def test_the_best_plan_of_two_levels_loses_nothing() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("nested")
    result = solve(instance, scenario, regions=["Midwest"])
    assert result.score_nano is not None
    assert result.plan is not None
    found = evaluate(instance, scenario, result.plan.with_context(instance, Scenario.preset("mergers")))
    assert found.plan == result.plan
    assert (found.violations, found.loss_nano, found.gap) == ((), 0, 0)
    assert found.by_region[0].score_nano == result.score_nano
    parts, zones = ([part.members for part in level] for level in (result.mergers, result.zones))
    split = Plan.of(instance, scenario, parts, [(i,) for part in zones for i in part])
    assert evaluate(instance, scenario, split).violations


def test_groups_of_municipalities_are_taken_for_one_release_more() -> None:
    with pytest.warns(DeprecationWarning, match="evaluate takes as groups of municipalities is now a plan"):
        old = evaluate(ROW, MERGERS, [(0, 2), (1,), (3,)])
    with pytest.warns(DeprecationWarning, match="parameter parts of evaluate is now plan"):
        named = evaluate(ROW, MERGERS, parts=Plan.of(ROW, MERGERS, [(0, 2), (1,), (3,)]))  # type: ignore[call-arg]
    assert old.plan == named.plan
