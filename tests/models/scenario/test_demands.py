"""What is asked at one level: every message about it in full."""

from __future__ import annotations

import math
from typing import Any

import pytest
from support.refusals import refused

MESSAGES = [
    ({"wieghts": {}}, "my.toml: unknown key 'wieghts'; did you mean 'weights'?"),
    ({"rules": {"facilities": "free"}}, "my.toml: unknown key 'rules.facilities'; did you mean 'facility'?"),
    ({"locks": {"togther": []}}, "my.toml: unknown key 'locks.togther'; did you mean 'together'?"),
    (
        {"population": {"min": 50_000, "max": 40_000}},
        "my.toml: population: min (50000) is above max (40000); exchange or correct them",
    ),
    (
        {"population": {"min": -1}},
        "my.toml, value '-1': population.min: must be at least 0",
    ),
    ({"population": {"max": 0}}, "my.toml, value '0': population.max: must be more than 0"),
    (
        {"locks": {"apart": [["Gent", "Aalst"], []]}},
        "my.toml: locks.apart: a group needs at least two municipalities, this one is []",
    ),
    (
        {"coverage": {"shares": {"rail": 1.5, "hospital": -0.5}}},
        "my.toml, value '-0.5': coverage.shares.hospital: must be at least 0",
    ),
    (
        {"weights": {"distance": math.nan}},
        "my.toml, value 'nan': weights.distance: must be a finite number",
    ),
    (
        {"weights": {"distance": math.inf}},
        "my.toml, value 'inf': weights.distance: must be a finite number",
    ),
    (
        {"rules": {"facility": "maybe"}},
        "my.toml, value 'maybe': rules.facility: must be 'alone' or 'free'",
    ),
    (
        {"rules": {"merged": "priced"}, "weights": {"distance": 1}},
        'my.toml: rules.merged is "priced"; give each inhabitant that is merged again a price: '
        "weights.stacking, in points for all inhabitants",
    ),
    (
        {"preset": "mergers", "population": {"min": 200_000}},
        "my.toml: population: min (200000) is above max (130000); exchange or correct them",
    ),
]


@pytest.mark.parametrize(("data", "message"), MESSAGES)
def test_message(data: dict[str, Any], message: str) -> None:
    assert refused(data) == [message]


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("Distance", "unknown term 'Distance'; did you mean 'distance'? (terms: "),
        ("stradle(police)", "unknown term 'stradle(police)'; did you mean 'straddle'? (terms: "),
        ("xyz", "unknown term 'xyz'; known: coverage, distance, "),
        ("straddle()", "unknown term 'straddle()'; did you mean 'straddle'? (terms: "),
    ],
)
def test_unknown_term_comes_with_a_suggestion_and_the_list(name: str, beginning: str) -> None:
    (message,) = refused({"weights": {name: 1}})
    assert message.startswith(f"my.toml: weights: {beginning}")
    listed = message.rpartition("(terms: ")[2].removesuffix(")").split(", ")
    assert {"coverage", "distance", "straddle(layer)", "stacking"} <= set(listed)
