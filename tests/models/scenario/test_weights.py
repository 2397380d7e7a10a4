"""Scenarios that weigh nothing, by mistake or on purpose."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.plan_sets.alternatives import best_plans
from support.build import build_instance

PLAIN = build_instance([40_000, 40_000], [(0, 1)])


@pytest.mark.parametrize(
    "parts",
    [{}, {"population": {"min": 10_000}}, {"level": "nested", "zones": {}}, {"level": "zones"}],
    ids=str,
)
def test_scenario_without_weights_is_not_answered(parts: dict[str, Any]) -> None:
    scenario = Scenario.from_dict({"name": "mine", **parts})
    with pytest.raises(InputError, match="the scenario 'mine' weighs nothing: it has no"):
        solve(PLAIN, scenario)
    with pytest.raises(InputError, match="the scenario 'mine' weighs nothing: it has no"):
        best_plans(PLAIN, scenario, 2)


@pytest.mark.parametrize(
    "parts",
    [
        {"weights": {}},
        {"weights": {"distance": 0}},
        {"preset": "mergers", "weights": {"replace": True}},
        {"level": "nested", "weights": {}, "zones": {}},
    ],
    ids=str,
)
def test_what_weighs_nothing_on_purpose_is_answered(parts: dict[str, Any]) -> None:
    scenario = Scenario.from_dict(parts)
    assert scenario.weighs_nothing
    assert solve(PLAIN, scenario).status == "optimal"
    # also when it comes back from a file
    assert solve(PLAIN, Scenario.from_dict(tomllib.loads(scenario.to_toml()))).status == "optimal"


def test_zones_may_weigh_where_mergers_do_not() -> None:
    scenario = Scenario.from_dict({"level": "nested", "zones": {"weights": {"distance": 1}}})
    assert not scenario.weighs_nothing
    assert solve(PLAIN, scenario).status == "optimal"
