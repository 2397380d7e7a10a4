"""Obstacles: what leaves no plan and shows without a search, each in its words."""

from __future__ import annotations

import pytest
from refzones.models import Scenario
from refzones.solver.deadline import Deadline
from refzones.solver.infeasibility.certificates import certificates_of
from refzones.solver.infeasibility.feasibility import Feasibility
from refzones.solver.infeasibility.rules import rules_of
from support.brute_relaxed import brute_relaxed
from support.build import build_instance

# a row of five: 20, 50, 15, 60, 25 thousand inhabitants
ROW = build_instance(
    [20_000, 50_000, 15_000, 60_000, 25_000],
    [(0, 1), (1, 2), (2, 3), (3, 4)],
    facility=[1],
    functions={"rail": [0, 0, 0, 1, 0]},
)
FREE = {"facility": "free"}
CASES = [
    (
        {"rules": FREE, "borders": {"removed": [["M3", "M4"]]}},
        "M4 (10004) (25,000 inhabitants) can be joined to nobody else in the region (M3 (10003) is kept "
        "out by "
        "rules, locks or borders that do not count) and has fewer inhabitants than population.min = 30,000",
    ),
    (
        {"rules": {"facility": "alone"}},
        "M0 (10000) (20,000 inhabitants) can be joined to nobody else in the region (M1 (10001) has its "
        "place by "
        "rule or lock) and has fewer inhabitants than population.min = 30,000",
    ),
    (
        {"rules": FREE, "population": {"min": 180_000, "max": 190_000}},
        "M0 (10000), M1 (10001), M2 (10002), M3 (10003), M4 (10004) (170,000 inhabitants) are all there "
        "is in the "
        "region and have fewer inhabitants than population.min = 180,000",
    ),
    (
        {"rules": FREE, "requires": {"functions": ["rail"]}, "borders": {"removed": [["M2", "M3"]]}},
        "M0 (10000), M1 (10001), M2 (10002) can be joined to nobody else in the region (M3 (10003) is "
        "kept out by "
        "rules, locks or borders that do not count) and without a municipality with the function 'rail'",
    ),
    (
        {"locks": {"together": [["M0", "M1"]]}},
        "M0 (10000), M1 (10001) are to be in one merger, but have another place by rule or lock "
        '(rules.facility = "alone": M1 (10001))',
    ),
    (
        {"rules": FREE, "locks": {"together": [["M1", "M3"], ["M3", "M4"]]}},
        "M1 (10001), M3 (10003), M4 (10004), which are to be in one merger, have 135,000 inhabitants, "
        "more than "
        "population.max = 130,000",
    ),
    (
        {"rules": FREE, "locks": {"together": [["M0", "M2"]], "alone": ["M1"]}},
        "M0 (10000), M2 (10002), which are to be in one merger, are joined by no chain of borders",
    ),
    (
        {"rules": FREE, "population": {"min": 60_000, "max": 80_000}},
        "170,000 inhabitants of M0 (10000), M1 (10001), M2 (10002), M3 (10003), M4 (10004) are too many for "
        "2 mergers under population.max = 80,000 and too few for 3 under population.min = 60,000",
    ),
    (
        {"rules": FREE, "population": {"min": 100_000, "max": 140_000}, "locks": {"alone": ["M0"]}},
        "150,000 inhabitants of M1 (10001), M2 (10002), M3 (10003), M4 (10004) are too many for "
        "one merger under population.max = 140,000 and too few for 2 under population.min = 100,000",
    ),
    (
        {"rules": FREE, "count": {"min": 6}},
        "there are inhabitants for at most 5 mergers under population.min = 30,000, and at least 6 are "
        "asked for",
    ),
    (
        {"rules": FREE, "count": {"max": 1}},
        "at least 2 mergers are needed under population.max = 130,000, and at most 1 are asked for",
    ),
    (
        {"rules": FREE, "locks": {"apart": [["M4", "M3"]]}},
        "locks leave M4 (10004) nobody else to be in one merger with, and 25,000 inhabitants are fewer than "
        "population.min = 30,000",
    ),
]


@pytest.mark.parametrize(("asked", "text"), CASES)
def test_each_kind(asked: dict[str, object], text: str) -> None:
    scenario = Scenario.from_dict(asked)
    rules = rules_of(ROW, scenario, "R0")
    found = certificates_of(Feasibility(ROW, "R0", Deadline()), scenario, rules)
    certificate = next((one for one in found if one.text == text), None)
    assert certificate is not None, [one.text for one in found]
    # its rules leave no plan whatever else is given up
    assert not brute_relaxed(ROW, scenario, {rule.named for rule in rules} - certificate.rules)


def test_none_where_there_is_a_plan() -> None:
    scenario = Scenario.from_dict({"rules": FREE})
    assert not certificates_of(Feasibility(ROW, "R0", Deadline()), scenario, rules_of(ROW, scenario, "R0"))
