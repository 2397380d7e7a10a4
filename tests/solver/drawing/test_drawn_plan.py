"""Drawn plans: scores, losses and gaps are those of the plan once it is whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.solver import Plan, evaluate, evaluate_drawn, points_in_words, solve
from support.build import build_instance
from support.strategies import questions


def best_groups(region: str | None = None) -> tuple[Instance, Scenario, list[tuple[int, ...]]]:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    result = solve(instance, scenario, regions=None if region is None else [region])
    return instance, scenario, [merger.members for merger in result.mergers]


@given(questions(largest=7))
@settings(max_examples=40, deadline=None)
def test_the_best_plan_lacks_nothing(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    try:
        optimum = solve(instance, scenario, workers=1)
    except InputError:
        return
    groups = [merger.members for merger in optimum.mergers]
    answered = [region.name for region in optimum.by_region if region.score_nano is not None]
    drawn = evaluate_drawn(instance, scenario, groups, optimum=optimum, regions=answered)
    assert drawn.broken == ()
    assert drawn.mergers == optimum.mergers
    assert all((region.loss_nano, region.gap) == (0, 0.0) for region in drawn.regions)
    assert drawn.loss_nano == 0


def test_a_plan_that_is_changed_by_hand() -> None:
    instance, scenario, groups = best_groups("Midwest")
    optimum = solve(instance, scenario, regions=["Midwest"])
    a, b = sorted((group for group in groups if len(group) > 1), key=len)
    moved = next(i for i in b if set(b) - {i})
    changed = [tuple(sorted((*a, moved))), tuple(i for i in b if i != moved)]
    changed += [group for group in groups if len(group) == 1]
    drawn = evaluate_drawn(instance, scenario, changed, optimum=optimum)
    whole = evaluate(instance, scenario, Plan.of(instance, scenario, changed))
    assert (drawn.score_nano, drawn.loss_nano) == (whole.plan.score_nano, whole.loss_nano)
    assert drawn.gap == whole.gap
    assert {rule.kind for rule in drawn.broken} == {one.kind for one in whole.violations}
    assert drawn.loss_in_words == points_in_words(instance, scenario, ["Midwest"], drawn.loss_nano)


def test_an_unfinished_plan() -> None:
    """Who stands alone by rule has a place; others have none, and what the region lacks is not known."""
    instance, scenario, groups = best_groups()
    optimum = solve(instance, scenario)
    first = next(group for group in groups if len(group) > 2)
    region = instance.regions[instance.region[first[0]]]
    drawn = evaluate_drawn(instance, scenario, [first], optimum=optimum)
    (only,) = drawn.regions
    assert only.name == region
    members = set(instance.members(instance.regions.index(region)).tolist())
    standing = {merger.members[0] for merger in drawn.mergers if merger.standalone}
    assert set(drawn.unassigned) == members - set(first) - standing
    assert (only.loss_nano, only.gap, drawn.loss_nano, drawn.gap) == (None, None, None, None)
    assert (only.best_nano, drawn.is_sound) == (
        next(one.score_nano for one in optimum.by_region if one.name == region),
        True,
    )
    everywhere = evaluate_drawn(instance, scenario, [first], optimum=optimum, regions=instance.regions)
    assert [one.name for one in everywhere.regions] == list(instance.regions)


def test_whole_regions_have_their_loss_beside_unfinished_ones() -> None:
    instance, scenario, groups = best_groups()
    optimum = solve(instance, scenario)
    lacking = next(group for group in groups if len(group) > 2)
    drawn = evaluate_drawn(instance, scenario, [g for g in groups if g != lacking], optimum=optimum)
    assert drawn.unassigned == lacking
    losses = {region.name: region.loss_nano for region in drawn.regions}
    assert losses.pop(instance.regions[instance.region[lacking[0]]]) is None
    assert set(losses.values()) == {0}


def test_zones_of_a_nested_scenario() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("nested")
    optimum = solve(instance, scenario, regions=["Midwest"])
    for level, parts in (("", optimum.mergers), ("zones", optimum.zones)):
        groups = [part.members for part in parts]
        drawn = evaluate_drawn(instance, scenario, groups, optimum=optimum, level=level)
        assert drawn.is_sound
        assert drawn.mergers == parts
        assert drawn.loss_nano is None


def test_what_cannot_be_drawn() -> None:
    instance = build_instance([10, 10], [(0, 1)])
    scenario = Scenario.from_dict({"weights": {"distance": 1}})
    with pytest.raises(InputError, match="is in two of the mergers"):
        evaluate_drawn(instance, scenario, [[0, 1], [1]])
    with pytest.raises(InputError, match="there is no municipality 7"):
        evaluate_drawn(instance, scenario, [[7]])
    with pytest.raises(InputError, match="no such region"):
        evaluate_drawn(instance, scenario, [], regions=["R9"])
    assert evaluate_drawn(instance, scenario, [[]]).mergers == ()
