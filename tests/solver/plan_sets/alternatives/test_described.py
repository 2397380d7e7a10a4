"""Alternatives for people: what each costs and who moves, held against the best plan."""

from __future__ import annotations

from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import (
    Limits,
    Loss,
    best_plans,
    describe_alternatives,
    diverse_plans,
    moves_between,
    points_in_words,
    solve,
)

SCENARIO = Scenario.preset("mergers")


def test_plans_that_differ() -> None:
    instance, region = load("flanders-2025"), "Vlaamse Ardennen"
    found = diverse_plans(instance, SCENARIO, 5, Loss.read("10%"), regions=[region], limits=Limits(60))
    described = describe_alternatives(found, region)
    best = solve(instance, SCENARIO, regions=[region])
    assert len(described) == len(found.of(region).plans) > 1
    first, *others = described
    assert first.plan == best.plan
    assert (first.loss_nano, first.words, first.moves.moves) == (0, "", ())
    for one in others:
        assert one.plan.score_nano == first.plan.score_nano - one.loss_nano
        assert one.words == points_in_words(instance, SCENARIO, [region], one.loss_nano)
        assert one.moves == moves_between(instance, first.plan, one.plan)
        assert one.moves.inhabitants > 0


def test_best_plans_of_all_regions() -> None:
    instance, regions = load("flanders-2025"), ["Midwest", "Vlaamse Ardennen"]
    found = best_plans(instance, SCENARIO, 3, regions=regions, limits=Limits(60))
    described = describe_alternatives(found)
    assert [one.region for one in described] == ["all"] * 3
    assert [one.ranked.rank for one in described] == [1, 2, 3]
    assert described[1].moves
