"""Explanations: what they say of drawn scenarios, of real regions, of islands, and when time is short."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from refzones.instances import Instance, load
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.deadline import Limits
from refzones.solver.infeasibility.explanation import explain, with_explanations
from support.build import build_instance
from support.explained import BAD_INPUT, check_explanation, questions, refusals


@given(questions(largest=6, nested=False))
@settings(max_examples=60, deadline=None)
def test_drawn_clashes(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    if not any(bad in text for text in refusals(instance, scenario) for bad in BAD_INPUT):
        check_explanation(instance, scenario)


@given(questions(largest=5, nested=True))
@settings(max_examples=15, deadline=None)
def test_drawn_clashes_of_two_levels(question: tuple[Instance, Scenario]) -> None:
    test_drawn_clashes.hypothesis.inner_test(question)  # type: ignore[attr-defined]


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
    found = explain(instance, scenario, region, Limits(60))
    assert found is not None
    assert found.rules
    for change in found.repairs:
        # under a high maximum the best plan takes long to find; that there is one is verified already
        if "maximum" not in change.text:
            assert solve(instance, change.scenario, regions=[region]).status == "optimal"


HARD = {"preset": "mergers", "population": {"max": 130_000}}
"""A bound that a scenario sets itself is hard."""


def explained(scenario: Scenario, region: str) -> str:
    """The reason that `solve` gives for a region."""
    result = solve(load("flanders-2025"), scenario, regions=[region])
    return with_explanations(result, 60).by_region[0].reason


@pytest.mark.parametrize(
    ("asked", "clash", "change", "less"),
    [
        (
            {"frames": {"unsplit": ["police"]}},
            'frames.unsplit = ["police"]; population.max = 130000',
            "drop 'police' from frames.unsplit or maximum 182,188 instead of 130,000",
            {"population": {"max": 182_187}},
        ),
        (
            {"frames": {"unsplit": ["primary_care"]}},
            'frames.unsplit = ["primary_care"]; population.max = 130000',
            "drop 'primary_care' from frames.unsplit or maximum 156,824 instead of 130,000",
            {"population": {"max": 156_823}},
        ),
        (
            {"count": {"regions": {"Limburg": (30, 40)}}},
            'count.regions."Limburg": at least 30; population.min = 30000',
            'count.regions."Limburg": at least 18 instead of 30 or minimum 13,105 instead of 30,000',
            {"population": {"min": 13_106}},
        ),
        (
            {"locks": {"together": [["Hasselt", "Genk"]]}},
            "locks.together: Hasselt, Genk; population.max = 130000",
            "drop the lock together: Hasselt, Genk or maximum 158,307 instead of 130,000",
            {"population": {"max": 158_306}},
        ),
    ],
)
def test_limburg(asked: dict[str, object], clash: str, change: str, less: dict[str, object]) -> None:
    """Facility municipalities stay as they are: to let them join adds demands and is no cause."""
    reason = explained(Scenario.from_dict({**HARD, **asked}), "Limburg")
    assert f"these rules cannot hold together: {clash} (they could" in reason
    assert f"Enough by itself: {change}" in reason
    assert "found out" not in reason
    for key, value in {**less, "count": {"regions": {"Limburg": (19, 40)}}}.items():
        if key in asked or key != "count":
            tighter = Scenario.from_dict({**HARD, **asked, key: value})
            assert solve(load("flanders-2025"), tighter, regions=["Limburg"]).status == "infeasible"


def test_an_island_is_named_first() -> None:
    """It shows without a search, so that it is said however large the rest is."""
    mainland = [(i, j) for i in range(9) for j in range(i + 1, 9) if j - i in (1, 3)]
    island = build_instance(
        [200_000] * 9 + [700, 351],
        [*mainland, (9, 10)],
        points=[(1000.0 * (i % 3), 1000.0 * (i // 3)) for i in range(9)] + [(5000.0, 0.0), (6000.0, 0.0)],
    )
    scenario = Scenario.from_dict(
        {"population": {"min": 523_653, "max": 700_000}, "weights": {"distance": 1}}
    )
    found = explain(island, scenario, "R0")
    assert found is not None
    assert found.in_words().startswith(
        "M9 (10009), M10 (10010) (1,051 inhabitants) have no border with the rest of the region (an island) "
        "and have fewer inhabitants than population.min = 523,653. this rule leaves no plan by itself: "
        "population.min = 523653. Enough by itself: let who has nobody to merge with stand alone "
        '(rules.isolated = "alone") or add a border between M9 and M2 (borders.added = [["10009", "10002"]])'
    )
    assert re.search(r"minimum 1,051 instead of 523,653 \(population.min = 1051\)$", found.in_words())
    for change in found.repairs:
        assert solve(island, change.scenario).status == "optimal"
    # too little time for a search, and the island is said all the same
    hurried = explain(island, scenario, "R0", Limits(1e-6))
    assert hurried is not None
    assert "(an island)" in hurried.in_words()
    assert "Not found out whether enough by itself" in hurried.in_words()


def test_two_islands_are_joined_by_one_border() -> None:
    """The border between them is named once, and each may stand alone."""
    row = build_instance([20_000, 140_000, 10_000], [(0, 1), (1, 2)])
    scenario = Scenario.from_dict(
        {"population": {"ceiling": 200_000}, "weights": {"shortfall": 0.001}},
    )
    check_explanation(row, scenario)
    found = explain(row, scenario, "R0")
    assert found is not None
    assert [change.text for change in found.repairs] == [
        'let who has nobody to merge with stand alone (rules.isolated = "alone")',
        'add a border between M0 and M2 (borders.added = [["10000", "10002"]])',
        "minimum 10,000 instead of 30,000 (population.min = 10000)",
        'let M1 absorb up to 30,000 inhabitants (rules.above_max = "absorb", rules.absorb_up_to = 30000)',
        "maximum 140,000 instead of 130,000 (population.max = 140000)",
    ]
