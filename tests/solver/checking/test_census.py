"""Certificates of drawn censuses are checked; what is counted from them is what brute force counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from statistics import fmean, pstdev

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models.scenario.scenario import Scenario
from refzones.solver.checking.census import PlansOfRegion, check_census
from refzones.solver.plan_sets.census import census
from refzones.solver.plan_sets.census.certificate import CensusCertificateParams, census_certificate
from refzones.solver.verification.figures import score_nano
from support.admissible import Rules
from support.all_plans import all_plans
from support.build import build_instance
from support.strategies import questions


def _checked(instance: Instance, scenario: Scenario) -> list[PlansOfRegion]:
    certificate = census_certificate(census(instance, scenario, bins=0))
    checks = check_census(certificate, instance, scenario)
    for region, check in zip(certificate.regions, checks, strict=True):
        assert region.proof == "certified", region.reason
        assert check.plans is not None, check.problem
    return [check.plans for check in checks if check.plans is not None]


@given(questions(agreed=True), st.booleans(), st.data())
@settings(max_examples=60, deadline=None)
def test_all_numbers_are_those_of_brute_force(
    question: tuple[Instance, Scenario], bounded: bool, data: st.DataObject
) -> None:
    instance, scenario = question
    if bounded:
        least = data.draw(st.integers(0, 3))
        count = {"min": least, "max": data.draw(st.integers(least, 5))}
        scenario = Scenario.from_dict(scenario.model_dump(mode="json") | {"count": count})
    try:
        checked = _checked(instance, scenario)
    except InputError:
        event("refused")
        return
    rules = Rules(instance, scenario)
    for number, found in enumerate(checked):
        plans = [parts for _, parts in all_plans(instance, scenario, number)]
        event("no plan" if not plans else "plans")
        assert found.plans == len(plans)
        if not plans:
            continue
        assert found.by_number == Counter(sum(map(rules.counts, parts)) for parts in plans)
        for pair in combinations(found.members, 2):
            shared = sum(any(set(pair) <= set(part) for part in parts) for parts in plans)
            assert found.together.get(pair, 0) == shared
        scores = sorted(sum(score_nano(instance, scenario, part) for part in parts) for parts in plans)
        values = found.values()
        moments = found.moments(values)
        assert (moments.least, moments.most) == (scores[0], scores[-1])
        assert moments.mean == pytest.approx(fmean(scores), rel=1e-12)
        assert moments.sd == pytest.approx(pstdev(scores), rel=1e-6, abs=1e-6)
        limits = [scores[0], scores[len(scores) // 2], scores[-1], scores[-1] + 1]
        assert found.below(values, limits) == [sum(s < limit for s in scores) for limit in limits]


def test_more_plans_than_64_bits_hold() -> None:
    # pairs and single ones along a line are counted by Fibonacci's numbers
    n = 120
    instance = build_instance([1000] * n, [(i, i + 1) for i in range(n - 1)])
    scenario = Scenario.from_dict(
        {
            "population": {"min": 1000, "max": 2000},
            "weights": {"distance": 1},
            "count": {"min": 61, "max": 90},
        }
    )
    (one,) = census(instance, scenario, bins=0).by_region
    (found,) = _checked(instance, scenario)
    assert found.plans == one.count
    assert found.plans > 2**64
    assert found.by_number == {k: plans for k, plans in enumerate(one.by_number) if plans}


def test_regions_that_are_divided_as_one() -> None:
    instance = build_instance([1000] * 8, [(i, i + 1) for i in range(7)], region=[0] * 5 + [1] * 3)
    scenario = Scenario.from_dict(
        {
            "population": {"min": 1000, "max": 2000},
            "weights": {"distance": 1},
            "frames": {"regions": False},
            "count": {"min": 5, "max": 6},
        }
    )
    (found,) = _checked(instance, scenario)
    # of eight in a row, 2 or 3 pairs and 4 or 2 single ones
    assert found.by_number == {5: 10, 6: 15}


def test_the_states_are_those_of_the_census() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    counted = census(instance, scenario, regions=["Halle-Vilvoorde", "Midwest"], bins=0)
    checks = check_census(census_certificate(counted), instance, scenario)
    assert [check.plans and check.plans.states for check in checks] == [
        one.states for one in counted.by_region
    ]


@pytest.mark.parametrize(
    ("changes", "params", "reason"),
    [
        ({}, CensusCertificateParams(most_states=5), "its diagram is too large to be written down"),
        (
            {"rules": {"enclosed": "forbidden", "enclosed_parts": "all"}},
            CensusCertificateParams(),
            "that mergers are not enclosed is a rule of whole plans",
        ),
        (
            {"budgets": {"councillors": {"max": 10_000}}},
            CensusCertificateParams(),
            "budgets are rules of whole plans",
        ),
    ],
)
def test_what_is_not_certified_says_why(
    changes: dict[str, object], params: CensusCertificateParams, reason: str
) -> None:
    instance = build_instance(
        [1000 + 10 * i for i in range(10)], [(i, i + 1) for i in range(9)], region=[0] * 8 + [1] * 2
    )
    scenario = Scenario.from_dict(
        {"population": {"min": 1000, "max": 3200}, "weights": {"distance": 1}} | changes
    )
    certificate = census_certificate(census(instance, scenario, regions=["R0"], bins=0), params)
    assert {(one.proof, one.reason) for one in certificate.regions} == {("not certified", reason)}
    assert [one.plans for one in check_census(certificate, instance, scenario)] == [None]


def test_a_census_that_is_estimated_is_not_certified() -> None:
    counted = census(load("flanders-2025"), Scenario.preset("mergers"), regions=["Midwest"], bins=0)
    estimated = replace(counted, by_region=(replace(counted.by_region[0], count=None, graph=None),))
    (region,) = census_certificate(estimated).regions
    assert (region.proof, region.reason) == ("not certified", "its plans are not counted")
