"""Who stands alone because of what it is."""

from __future__ import annotations

from typing import Any

import pytest
from refzones.models import Scenario
from refzones.models.question.exemptions import exempt_by_rule
from support.build import build_instance

# 1 and 2 are facility municipalities, 2 and 3 above the maximum of 50,000
ROW = build_instance([20_000, 9_000, 60_000, 50_001, 50_000], [(i, i + 1) for i in range(4)], facility=[1, 2])


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, {1: "facility", 2: "above_max", 3: "above_max"}),
        ({"rules": {"facility": "free"}}, {2: "above_max", 3: "above_max"}),
        ({"rules": {"above_max": "absorb", "absorb_up_to": 9}}, {1: "facility", 2: "facility"}),
        ({"rules": {"joined": ["m1", "Nobody"]}}, {2: "above_max", 3: "above_max"}),
        # what is agreed does not change what a municipality is
        (
            {"locks": {"alone": ["M0", "M1"]}, "existing": {"mode": "keep", "mergers": [["M1", "M2"]]}},
            {1: "facility", 2: "above_max", 3: "above_max"},
        ),
        # nor does a hard bound beyond the maximum
        (
            {"population": {"max": 50_000, "ceiling": 90_000}, "weights": {"shortfall": 1}},
            {1: "facility", 2: "above_max", 3: "above_max"},
        ),
    ],
)
def test_exempt(parts: dict[str, Any], expected: dict[int, str]) -> None:
    scenario = Scenario.from_dict({"population": {"max": 50_000}, **parts})
    assert exempt_by_rule(ROW, scenario) == expected


# Two regions: 0 - 1 - 2 - 3 and 4 - 5, and the island 6; 3 is a facility municipality.
MAP = build_instance(
    [20_000, 9_000, 9_000, 40_000, 9_000, 9_000, 99_000],
    [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)],
    region=[0, 0, 0, 0, 1, 1, 1],
    facility=[3],
    layers={"police": ["A", "A", "B", "B", "C", "C", "C"]},
)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, [4, 5, 6]),  # two together have too few inhabitants; an island of any size has nobody
        ({"population": {"min": 18_000}}, [6]),
        (
            {"population": {"min": 30_000, "floor": 18_000}, "weights": {"shortfall": 1}},
            [6],
        ),
        ({"population": {"min": 38_001}}, [0, 1, 2, 4, 5, 6]),  # 3 stands alone, it is no help
        ({"rules": {"facility": "free"}, "population": {"min": 38_001}}, [4, 5, 6]),
        ({"borders": {"removed": [["M1", "M2"]]}}, [0, 1, 2, 4, 5, 6]),
        ({"borders": {"added": [["M6", "M5"]]}}, []),
        ({"borders": {"min_length": 1001}}, [0, 1, 2, 4, 5, 6]),
        ({"frames": {"within": ["police"]}}, [0, 1, 2, 4, 5, 6]),
        ({"frames": {"within": ["police"]}, "population": {"min": 29_000}}, [2, 4, 5, 6]),
        ({"frames": {"zones": [["M4"], ["M5", "M6"]]}, "population": {"min": 10_000}}, [4, 5, 6]),
        # locks and existing mergers change nothing, whoever they name
        ({"locks": {"alone": ["M0"]}, "existing": {"mode": "keep", "mergers": [["M1", "M2"]]}}, [4, 5, 6]),
    ],
)
def test_isolated(parts: dict[str, Any], expected: list[int]) -> None:
    rules = {"isolated": "alone"} | parts.get("rules", {})
    scenario = Scenario.from_dict({**parts, "rules": rules})
    found = exempt_by_rule(MAP, scenario)
    assert [i for i, reason in found.items() if reason == "isolated"] == expected
    free = scenario.model_copy(update={"rules": scenario.rules.model_copy(update={"isolated": "free"})})
    assert "isolated" not in exempt_by_rule(MAP, free).values()


# 0, 1 and 3 came out of a merger; 1 is a facility municipality, 3 above the maximum
MERGED = build_instance(
    [20_000, 30_000, 9_000, 60_000, 9_999],
    [(i, i + 1) for i in range(4)],
    facility=[1],
    merged_in={0: 2019, 1: 2025, 3: 2019, 4: 2025},
)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"rules": {"merged": "alone"}}, {0: "merged", 1: "facility", 3: "above_max", 4: "merged"}),
        (
            {"rules": {"merged": "alone", "facility": "free"}},
            {0: "merged", 1: "merged", 3: "above_max", 4: "merged"},
        ),
        ({"rules": {"merged": "kept"}}, {0: "merged", 1: "facility", 3: "above_max"}),
        (
            {"rules": {"merged": "kept", "facility": "free"}, "population": {"min": 20_001, "max": 50_000}},
            {1: "merged", 3: "above_max"},
        ),
        # a soft minimum: large enough is what a merger may have
        (
            {
                "rules": {"merged": "kept", "facility": "free"},
                "population": {"min": 30_000, "floor": 20_000, "max": 50_000},
                "weights": {"shortfall": 1},
            },
            {0: "merged", 1: "merged", 3: "above_max"},
        ),
        ({"rules": {"merged": "priced"}, "weights": {"stacking": 1}}, {1: "facility", 3: "above_max"}),
        # 2 is left with nobody
        (
            {"rules": {"merged": "alone", "isolated": "alone"}},
            {0: "merged", 1: "facility", 2: "isolated", 3: "above_max", 4: "merged"},
        ),
    ],
)
def test_recent_mergers(parts: dict[str, Any], expected: dict[int, str]) -> None:
    scenario = Scenario.from_dict({"population": {"min": 10_000, "max": 50_000}, **parts})
    found = exempt_by_rule(MERGED, scenario)
    assert found == expected
