"""Zones and the mergers inside them in one proof: against brute force, against two steps, and corrupted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.solver import ENGINES, solve
from refzones.solver.deadline import Limits
from refzones.solver.results.mergers import Merger
from refzones.solver.results.plan import Plan
from refzones.solver.verification.verifier import Violation, verify
from support.agreement import check_against_brute_force
from support.brute_nested import brute_force_nested
from support.build import build_instance
from support.proving import proving
from support.strategies import nested_questions

Question = tuple[Instance, Scenario]


@given(nested_questions())
@settings(max_examples=100, deadline=None)
def test_solve_equals_brute_force(question: Question) -> None:
    check_against_brute_force(*question)


@given(nested_questions(largest=8, agreed=False))
@settings(max_examples=40, deadline=None)
def test_plain_questions_equal_brute_force(question: Question) -> None:
    """Bounds, terms, locks and frames only, so that most of them have a plan."""
    check_against_brute_force(*question)


@pytest.mark.parametrize("engine_name", [name for name in ENGINES if name != "highs"])
@given(question=nested_questions(), workers=st.integers(1, 3), seed=st.integers(0, 9))
@settings(max_examples=12, deadline=None)
def test_engines_workers_and_seeds_change_nothing(
    engine_name: str, question: Question, workers: int, seed: int
) -> None:
    check_against_brute_force(*question, engine_name=engine_name, workers=workers, seed=seed)


@pytest.mark.parametrize("searchable", [-1, 6_000])
@given(question=nested_questions(limited=False))
@settings(max_examples=25, deadline=None)
def test_scores_that_are_worked_out_late_change_nothing(searchable: int, question: Question) -> None:
    """From programmes of few zones that have to be widened, with and without the search."""
    with proving(first=1, searchable=searchable):
        check_against_brute_force(*question)


@given(nested_questions(agreed=False, largest=6))
@settings(max_examples=15, deadline=None)
def test_one_region_alone_has_its_part_of_the_plan(question: Question) -> None:
    instance, scenario = question
    if brute_force_nested(instance, scenario) is None:
        return
    for region in solve(instance, scenario, workers=1).by_region:
        part = solve(instance, scenario, regions=[region.name], workers=1)
        assert (part.mergers, part.zones) == (region.mergers, region.zones)
        assert part.plan is not None
        assert verify(instance, scenario, part.plan, regions=[region.name]) == ()


# Two steps: the best zones first, then the best mergers inside them


def two_steps(instance: Instance, scenario: Scenario) -> int | None:
    """Score of the best zones and of the best mergers inside them; None when either step has no answer."""
    zones = solve(instance, scenario.at("zones"), workers=1)
    if zones.score_nano is None:
        return None
    mergers = scenario.at("mergers")
    own = [{instance.find(text) for text in group} for group in mergers.frames.zones]
    named = {i for zone in own for i in zone}
    inside = []
    for part in (set(zone.members) for zone in zones.mergers):
        inside += [part & zone for zone in own] + [part - named]
    framed = mergers.frames.model_copy(
        update={"zones": tuple(tuple(instance.codes[i] for i in sorted(zone)) for zone in inside if zone)}
    )
    try:
        found = solve(instance, mergers.model_copy(update={"frames": framed}), workers=1)
    except InputError:  # a lock crosses a zone, or somebody is left alone in one
        return None
    return None if found.score_nano is None else zones.score_nano + found.score_nano


@given(nested_questions())
@settings(max_examples=50, deadline=None)
def test_never_worse_than_two_steps(question: Question) -> None:
    instance, scenario = question
    if scenario.at("mergers").rules.isolated == "alone":
        # a zone that is drawn first can leave somebody isolated, and so exempt, who is not in the region
        event("other questions")
        return
    try:
        together = solve(instance, scenario, workers=1)
    except InputError:
        return
    apart = two_steps(instance, scenario)
    if apart is None:
        event("no answer in two steps" if together.score_nano is None else "only together")
        return
    assert together.score_nano is not None
    assert together.score_nano >= apart
    event("better together" if together.score_nano > apart else "as good in two steps")


# By hand: six in a row of 10,000 each at 0, 1, 3, 4, 6 and 7 km; one km for everybody costs 6 points

ROW = build_instance([10_000] * 6, pairwise(range(6)), points=[(1000.0 * km, 0) for km in (0, 1, 3, 4, 6, 7)])
PAIRS = {"population": {"min": 20_000, "max": 20_000}, "weights": {"distance": 6.0}}


def nested(zones: dict[str, Any], **mergers: Any) -> Scenario:
    return Scenario.from_dict({"level": "nested", **PAIRS, **mergers, "zones": zones})


def test_zones_give_way_to_mergers() -> None:
    """Two zones of three are nearer to their seats, but cannot be divided into pairs."""
    zones = {"population": {"min": 20_000, "max": 40_000}, "weights": {"distance": 6.0}}
    scenario = nested(zones)
    assert [zone.members for zone in solve(ROW, scenario.at("zones")).mergers] == [(0, 1), (2, 3), (4, 5)]
    assert solve(ROW, scenario).score == -6.0
    scenario = nested(zones | {"count": {"max": 2}})
    assert [zone.members for zone in solve(ROW, scenario.at("zones")).mergers] == [(0, 1, 2), (3, 4, 5)]
    assert two_steps(ROW, scenario) is None
    result = solve(ROW, scenario)
    assert [zone.members for zone in result.zones] == [(0, 1), (2, 3, 4, 5)]
    assert [merger.members for merger in result.mergers] == [(0, 1), (2, 3), (4, 5)]
    assert (result.score, result.bound) == (-10.0, -10.0)  # 1 and 6 for the zones, 3 for the mergers


def test_each_level_has_weights_of_its_own() -> None:
    zones = {
        "population": {"min": 60_000, "max": 60_000},
        "weights": {"size": 1.0},
        "size": {"target": 30_000},
    }
    result = solve(ROW, nested(zones))
    assert [part.score_nano for part in result.zones] == [-(10**9)]
    assert [part.score_nano for part in result.mergers] == [-(10**9)] * 3
    assert result.score == -4.0


def test_of_equals_the_first_zones_and_then_the_first_mergers() -> None:
    """Three in a row: the zones could be cut either way, and so could the mergers of the first zone."""
    anything = {"population": {"min": 10_000, "max": 60_000}}
    result = solve(ROW, nested(anything, **anything, weights={}))
    assert [zone.members for zone in result.zones] == [(i,) for i in range(6)]
    large = {"population": {"min": 30_000, "max": 60_000}}
    result = solve(ROW, nested(large, **anything, weights={}))
    assert [zone.members for zone in result.zones] == [(0, 1, 2), (3, 4, 5)]
    assert [merger.members for merger in result.mergers] == [(i,) for i in range(6)]


def test_who_stands_alone_at_one_level_is_merged_at_the_other() -> None:
    row = build_instance([10_000] * 4, pairwise(range(4)), facility=[1])
    result = solve(
        row,
        nested(
            {"population": {"min": 20_000, "max": 20_000}, "rules": {"facility": "free"}},
            locks={"alone": ["M0"]},
        ),
    )
    assert [zone.members for zone in result.zones] == [(0, 1), (2, 3)]
    assert [(merger.members, merger.standalone) for merger in result.mergers] == [
        ((0,), "locked"), ((1,), "facility"), ((2, 3), ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("zones", "mergers", "reason"),
    [
        (
            {"population": {"min": 30_000, "max": 30_000}},
            {},
            "6 municipalities with 60,000 inhabitants cannot be divided under these rules and locks: each "
            "piece must be a connected zone of 30,000 to 30,000 inhabitants, itself divided into mergers",
        ),
        (
            {"population": {"min": 70_000, "max": 80_000}},
            {},
            "no connected zone of 70,000 to 80,000 inhabitants can hold M0 "
            "(10000), M1 (10001), M2 (10002), M3 (10003), M4 (10004) and others",
        ),
        (
            {"population": {"min": 10_000, "max": 80_000}},
            {"locks": {"alone": ["M1"]}, "population": {"min": 20_000, "max": 30_000}},
            "no connected merger of 20,000 to 30,000 inhabitants can hold M0 (10000)",
        ),
    ],
)
def test_reasons(zones: dict[str, Any], mergers: dict[str, Any], reason: str) -> None:
    row = build_instance([10_000] * 6, pairwise(range(6)))
    if "locks" in mergers:  # a neighbour that it may not merge with
        row = build_instance([10_000] * 6, [(0, 1), *((1, i) for i in range(2, 6)), (2, 3), (4, 5)])
    (region,) = solve(row, nested(zones, **mergers)).by_region
    assert (region.status, region.bound_nano, region.mergers, region.zones) == ("infeasible", None, (), ())
    assert region.reason == reason


@pytest.mark.parametrize(
    ("population", "mergers", "zones"),
    [
        # the hub can only go with one of the leaves, and the last one stands alone
        ([1_000] * 5 + [6_000, 25_000], (7_713, 17_997), (0, 10_285)),
        ([1_000] * 5 + [3_000, 18_000], (7_428, 14_856), (0, 7_429)),
        # the whole star is the one zone
        ([1_000, 1_000, 8_000], (1_666, 8_332), (3_333, 16_665)),
    ],
)
def test_large_scores_where_few_mergers_fit(
    population: list[int], mergers: tuple[int, int], zones: tuple[int, int]
) -> None:
    """What the mergers of a zone may score at most stays within 64 bits, though duals are beyond measure."""
    star = build_instance(population, [(0, i) for i in range(1, len(population))])
    bounds = [{"population": {"min": least, "max": most}} for least, most in (mergers, zones)]
    scenario = {"level": "nested", **bounds[0], "zones": bounds[1], "weights": {"size": 20.0}}
    check_against_brute_force(star, Scenario.from_dict({**scenario, "size": {"target": 1}}))


def test_time_limits_never_claim_a_proof_that_they_lack() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("nested")
    regions = ["Waasland", "Vlaamse Ardennen"]
    best = solve(instance, scenario, regions=regions)
    assert best.status == "optimal"
    assert best.score_nano is not None
    for limit in (1e-6, 0.02, 0.1):
        found = solve(instance, scenario, regions=regions, limits=Limits(limit))
        if found.status == "optimal":
            assert found.score_nano == best.score_nano
        if found.bound_nano is not None:
            assert found.bound_nano >= best.score_nano
        if found.score_nano is not None:
            assert found.score_nano <= best.score_nano


# Corrupted plans of two levels


@pytest.fixture(scope="module")
def answer() -> tuple[Scenario, Plan]:
    """Zones (0, 1) and (2, 3, 4, 5), mergers of two."""
    scenario = nested(
        {"population": {"min": 20_000, "max": 40_000}, "count": {"max": 2}, "weights": {"distance": 6.0}}
    )
    plan = solve(ROW, scenario).plan
    assert plan is not None
    return scenario, plan


def part(scenario: Scenario, like: Merger, members: tuple[int, ...]) -> Merger:
    """Another part with all its figures right."""
    wanted = Scenario.from_dict(
        {**scenario.model_dump(), "population": {"min": 0, "max": 10**6}, "count": {}}
    )
    locks = (
        {"together": [[ROW.codes[i] for i in members]]}
        if len(members) > 1
        else {"alone": [ROW.codes[members[0]]]}
    )
    found = solve(ROW, Scenario.from_dict({**wanted.model_dump(), "locks": locks}))
    (made,) = [part for part in found.mergers if part.members == members]
    return replace(made, standalone=like.standalone)


def kinds(violations: tuple[Violation, ...]) -> set[str]:
    return {violation.kind for violation in violations}


def test_clean(answer: tuple[Scenario, Plan]) -> None:
    assert verify(ROW, *answer) == ()


def test_merger_across_zones(answer: tuple[Scenario, Plan]) -> None:
    scenario, plan = answer
    zones = scenario.at("zones")
    narrow = Plan(
        plan.mergers,
        (part(zones, plan.zones[0], (0, 1, 2)), part(zones, plan.zones[1], (3, 4, 5))),
    )
    (violation,) = verify(ROW, scenario, narrow)
    assert (violation.kind, violation.municipalities) == ("nesting", (2, 3))
    assert violation.text == "the merger of M2 (10002) and M3 (10003) crosses 2 zones"


CORRUPTIONS: dict[str, tuple[Callable[[Plan], Plan], set[str], str]] = {
    "no zones": (lambda p: Plan(p.mergers), {"missing"}, "M0 (10000) is in no zone"),
    "no mergers": (lambda p: Plan((), p.zones), {"missing"}, "M0 (10000) is in no merger"),
    "a zone too few": (lambda p: Plan(p.mergers, p.zones[:1]), {"missing"}, "M2 (10002) is in no zone"),
    "a zone twice": (
        lambda p: Plan(p.mergers, (p.zones[0], *p.zones)),
        {"twice", "nesting", "count"},
        "M0 (10000) is in the zones 2 times",
    ),
    "levels exchanged": (
        lambda p: Plan(p.zones, p.mergers),
        {"nesting", "count", "too_large"},
        "the merger of M2 (10002), M3 (10003), M4 (10004) and M5 (10005) crosses 2 zones",
    ),
    "score of a zone": (
        lambda p: Plan(p.mergers, (replace(p.zones[0], score_nano=0), p.zones[1])),
        {"score"},
        "the zone of M0 (10000) and M1 (10001) states a score of 0 billionths of a point; it is -1000000000",
    ),
    "points moved from one level to the other": (
        lambda p: Plan(
            (replace(p.mergers[0], score_nano=p.mergers[0].score_nano - 1), *p.mergers[1:]),
            (replace(p.zones[0], score_nano=p.zones[0].score_nano + 1), p.zones[1]),
        ),
        {"score"},
        "the zone of M0 (10000) and M1 (10001) states a score of -999999999 billionths of a point; "
        "it is -1000000000",
    ),
    "value of a zone": (
        lambda p: Plan(p.mergers, (replace(p.zones[0], values=(0.0,)), p.zones[1])),
        {"term"},
        "the zone of M0 (10000) and M1 (10001) states 0.0 for distance; it is 10000.0",
    ),
    "seat of a zone": (
        lambda p: Plan(p.mergers, (replace(p.zones[0], seat=1), p.zones[1])),
        {"seat"},
        "the seat of the zone of M0 (10000) and M1 (10001) is stated as M1 (10001); it should be M0 (10000)",
    ),
    "reason of a zone": (
        lambda p: Plan(p.mergers, (replace(p.zones[0], standalone="locked"), p.zones[1])),
        {"standalone"},
        "the zone of M0 (10000) and M1 (10001) is marked as standing alone by rule 'locked'; it should be '' "
        "(empty: by no rule)",
    ),
    "a zone without members": (
        lambda p: Plan(p.mergers, (*p.zones, Merger((), 0, "", (0.0,), 0))),
        {"missing"},
        "zone 3 of the plan has no members",
    ),
}


@pytest.mark.parametrize("corruption", CORRUPTIONS)
def test_corrupted_plan_is_rejected(answer: tuple[Scenario, Plan], corruption: str) -> None:
    scenario, plan = answer
    corrupt, expected, text = CORRUPTIONS[corruption]
    found = verify(ROW, scenario, corrupt(plan))
    assert kinds(found) == expected
    assert text in [violation.text for violation in found]


def test_zones_where_one_level_is_asked_for(answer: tuple[Scenario, Plan]) -> None:
    scenario, plan = answer
    (nesting, score) = verify(ROW, scenario.at("mergers"), plan)
    assert str(nesting) == "nesting: the plan has 2 zones, but the scenario asks for one level only"
    assert score.kind == "score"
