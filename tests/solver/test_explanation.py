"""Explanations: the clash is one, and none of its rules can be spared."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario, ask
from refzones.solver import solve
from refzones.solver.explanation import explain
from refzones.solver.rules import rules_of
from support.brute import brute_force
from support.brute_nested import brute_force_nested
from support.build import build_instance
from support.strategies import nested_questions, questions


def has_plan(instance: Instance, scenario: Scenario) -> bool:
    """Whether brute force finds a plan; a scenario that is refused has none."""
    levels = [scenario] if scenario.zones is None else [scenario.at("mergers"), scenario.at("zones")]
    try:
        for level in levels:
            ask(instance, level)
    except InputError:
        return False
    brute = brute_force if scenario.zones is None else brute_force_nested
    return brute(instance, scenario.model_copy(update={"weights": {}})) is not None


def check(instance: Instance, scenario: Scenario, region: str) -> None:
    """Only the rules named leave no plan; with any one of them dropped there is one."""
    found = explain(instance, scenario, region)
    assert found is not None
    assert found.minimal
    named = {rule.text for rule in found.rules}
    only = scenario
    for rule in rules_of(instance, scenario, region):
        if rule.text not in named:
            only = rule.without(only)
    inside = instance.restricted([region])
    assert not has_plan(inside, only)
    for rule in found.rules:
        assert has_plan(inside, rule.without(only)), rule.text
    for relaxation in found.relaxations:
        assert has_plan(inside, relaxation.scenario), relaxation.text


@given(questions(largest=7))
@settings(max_examples=100, deadline=None)
def test_drawn_clashes(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    assume(len(instance.regions) == 1)
    try:
        result = solve(instance, scenario, workers=1)
    except InputError:
        assume(False)
    if result.status == "optimal":
        assert explain(instance, scenario, instance.regions[0]) is None
    else:
        check(instance, scenario, instance.regions[0])


@given(nested_questions(largest=6))
@settings(max_examples=25, deadline=None)
def test_drawn_clashes_of_two_levels(question: tuple[Instance, Scenario]) -> None:
    test_drawn_clashes.hypothesis.inner_test(question)  # type: ignore[attr-defined]


# a row of five: 20, 50, 15, 60, 25 thousand inhabitants
ROW = build_instance(
    [20_000, 50_000, 15_000, 60_000, 25_000],
    [(0, 1), (1, 2), (2, 3), (3, 4)],
    facility=[1],
    layers={"police": ["A", "A", "B", "B", "B"]},
    functions={"rail": [0, 1, 0, 0, 0]},
    classes=["c3", "a1", "c3", "c3", "c3"],
)
KINDS = {
    "population.min": {"population": {"min": 86_000, "max": 130_000}, "rules": {"facility": "free"}},
    "population.max": {
        "population": {"min": 0, "max": 61_000},
        "rules": {"facility": "free"},
        "locks": {"together": [["M0", "M1"]]},
    },
    "rules.facility": {"population": {"min": 30_000, "max": 130_000}},
    "rules.above_max": {
        "population": {"min": 20_000, "max": 55_000},
        "rules": {"facility": "free"},
    },
    "borders.removed": {
        "population": {"min": 80_000, "max": 130_000},
        "rules": {"facility": "free"},
        "borders": {"removed": [["M1", "M2"]]},
    },
    "borders.min_length": {
        "population": {"min": 10_000, "max": 200_000},
        "rules": {"facility": "free"},
        "requires": {"functions": ["rail"]},
        "borders": {"min_length": 2000},
    },
    "frames.within": {
        "population": {"min": 80_000, "max": 130_000},
        "rules": {"facility": "free"},
        "frames": {"within": ["police"]},
    },
    "frames.unsplit": {
        "population": {"min": 20_000, "max": 90_000},
        "rules": {"facility": "free"},
        "frames": {"unsplit": ["police"]},
    },
    "requires.classes": {
        "rules": {"facility": "free"},
        "requires": {"classes": ["a1"]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "requires.functions": {
        "rules": {"facility": "free"},
        "requires": {"functions": ["rail"]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "locks.together": {
        "rules": {"facility": "free"},
        "locks": {"together": [["M0", "M4"]]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "locks.apart": {
        "rules": {"facility": "free"},
        "locks": {"apart": [["M0", "M1"]]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "locks.seat": {
        "rules": {"facility": "free"},
        "locks": {"seat": ["M0"]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "locks.alone": {
        "rules": {"facility": "free"},
        "locks": {"alone": ["M1"]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "existing.mergers (keep)": {
        "rules": {"facility": "free"},
        "existing": {"mode": "keep", "mergers": [["M1", "M2"]]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "existing.mergers (extend)": {
        "rules": {"facility": "free"},
        "existing": {"mergers": [["M0", "M1", "M2"], ["M3", "M4"]]},
        "population": {"min": 20_000, "max": 80_000},
    },
    "count: at least": {
        "rules": {"facility": "free"},
        "count": {"min": 4},
        "population": {"min": 30_000, "max": 130_000},
    },
    "count.regions": {
        "rules": {"facility": "free"},
        "count": {"regions": {"R0": [1, 1]}},
        "population": {"min": 30_000, "max": 130_000},
    },
    "frames.zones": {
        "rules": {"facility": "free"},
        "frames": {"zones": [["M0"], ["M1", "M2", "M3", "M4"]]},
        "population": {"min": 30_000, "max": 130_000},
    },
    "population.floor": {
        "rules": {"facility": "free"},
        "population": {"min": 90_000, "floor": 86_000, "max": 130_000},
        "weights": {"shortfall": 0.001},
    },
    "population.ceiling": {
        "population": {"min": 0, "max": 61_000, "ceiling": 65_000},
        "rules": {"facility": "free"},
        "locks": {"together": [["M0", "M1"]]},
        "weights": {"shortfall": 0.001},
    },
    "zones.population.min": {
        "level": "nested",
        "rules": {"facility": "free"},
        "zones": {"rules": {"facility": "free"}, "population": {"min": 120_000, "max": 130_000}},
    },
    "zones.count": {
        "level": "nested",
        "rules": {"facility": "free"},
        "zones": {
            "rules": {"facility": "free"},
            "population": {"min": 30_000, "max": 200_000},
            "count": {"min": 4},
        },
    },
    "zones.requires.classes": {
        "level": "nested",
        "rules": {"facility": "free"},
        "zones": {
            "rules": {"facility": "free"},
            "population": {"min": 30_000, "max": 130_000},
            "requires": {"classes": ["a1"]},
        },
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_rule(kind: str) -> None:
    scenario = Scenario.from_dict(KINDS[kind])
    check(ROW, scenario, "R0")
    found = explain(ROW, scenario, "R0")
    assert found is not None
    assert any(rule.text.startswith(kind) for rule in found.rules), [rule.text for rule in found.rules]


REAL = {
    "Kempen": {"requires": {"functions": ["hospital"]}, "locks": {"alone": ["Mol", "Geel"]}},
    "Middenkust": {"frames": {"unsplit": ["fire"]}},
    "Waasland": {"locks": {"together": [["Temse", "Lokeren"], ["Sint-Niklaas", "Lokeren"]]}},
    "Regio Brugge": {"preset": "zones", "count": {"min": 4}},
    "Rivierenland": {"preset": "nested", "zones": {"preset": "zones", "population": {"min": 100_000}}},
}


@pytest.mark.parametrize("region", REAL)
def test_real_regions(region: str) -> None:
    instance = load("flanders-2025")
    scenario = Scenario.from_dict({"preset": "mergers", **REAL[region]})
    found = explain(instance, scenario, region)
    assert found is not None
    named = {rule.text for rule in found.rules}
    only = scenario
    for rule in rules_of(instance, scenario, region):
        if rule.text not in named:
            only = rule.without(only)
    status = solve(instance, only, regions=[region]).status
    assert status == "infeasible"
    for relaxation in found.relaxations:
        assert solve(instance, relaxation.scenario, regions=[region]).status == "optimal"
