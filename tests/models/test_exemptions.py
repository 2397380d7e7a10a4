"""Who stands alone because of what it is."""

from __future__ import annotations

from typing import Any

import pytest
from refzones.models import Scenario
from refzones.models.exemptions import exempt_by_rule
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
