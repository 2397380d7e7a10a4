from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.models.indicators.asked import asked_indicators, data_columns, data_hash
from support.build import build_instance

OWN = {
    "title": "A scheme",
    "source": "nobody",
    "inhabitants": "inhabitants_2030",
    "per_inhabitant": {"below": [], "values": [5]},
}
YEARS = {2030: [10, 20], 2031: [11, 21]}


def asked(**tables: Any) -> Scenario:
    return Scenario.from_dict({"schemes": {"own": OWN}, **tables})


@pytest.fixture
def instance() -> Instance:
    return build_instance([10, 20], [(0, 1)], yearly=YEARS)


def test_weighed_and_bounded_indicators_at_a_level() -> None:
    weights = {"distance": 1, "effect(councillors)": 2, "effect(bonus(own))": 1}
    scenario = asked(weights=weights, budgets={"executives(first)": {"max": 9}})
    assert list(asked_indicators(scenario)) == ["councillors", "bonus(own)", "executives(first)"]


@pytest.mark.parametrize(
    ("tables", "years"),
    [
        ({"weights": {"distance": 1}}, set()),
        ({"weights": {"effect(councillors)": 1}}, set()),
        ({"weights": {"effect(bonus(own))": 1}}, {2030}),
        ({"weights": {}, "budgets": {"bonus(own)": {"max": 9}}}, {2030}),
        ({"weights": {}, "population": {"also": ["inhabitants_2031"]}}, {2031}),
        ({"weights": {"effect(bonus(own))": 1}, "population": {"also": ["inhabitants_2031"]}}, {2030, 2031}),
    ],
)
def test_a_hash_covers_the_years_that_an_answer_rests_on(
    instance: Instance, tables: Mapping[str, Any], years: set[int]
) -> None:
    scenario = asked(**tables)
    before = data_hash(instance, scenario)
    assert {column for column in data_columns(instance, scenario) if column.startswith("inhabitants")} == {
        f"inhabitants_{year}" for year in years
    }
    for year in YEARS:
        other = replace(instance, yearly={**instance.yearly, year: np.array([1.0, 2.0])})
        assert (data_hash(other, scenario) != before) == (year in years)
    if not years:
        assert before == instance.hash


def test_what_is_lacking_leaves_the_hash_as_it_is(instance: Instance) -> None:
    scenario = asked(weights={"effect(bonus(own))": 1})
    poor = replace(instance, yearly={})
    assert data_hash(poor, scenario) == poor.hash
