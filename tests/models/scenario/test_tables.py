"""Soft bounds and numbers of mergers: what they mean, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from refzones.models import Scenario
from refzones.models.scenario.tables import Count, Part, Population
from support.refusals import refused


@pytest.mark.parametrize(
    ("bounds", "lowest", "highest", "soft"),
    [
        ({}, 30, 60, False),
        ({"floor": 20}, 20, 60, True),
        ({"ceiling": 61}, 30, 61, True),
        ({"floor": 0, "ceiling": 90}, 0, 90, True),
        ({"floor": 30, "ceiling": 60}, 30, 60, False),
    ],
)
def test_hard_bounds(bounds: dict[str, int], lowest: int, highest: int, soft: bool) -> None:
    population = Population(min=30, max=60, **bounds)
    assert (population.lowest, population.highest, population.soft) == (lowest, highest, soft)


def test_numbers_of_a_region() -> None:
    assert Count().of("R0") is None
    assert Count(min=2).of("R0") == (2, None)
    assert Count(max=0).of("R0") == (0, 0)
    # the bounds of a region replace both others
    both = Count(min=2, max=3, regions={"R1": (0, 9)})
    assert (both.of("R0"), both.of("R1")) == ((2, 3), (0, 9))
    assert Count(regions={"R1": (1, 1)}).of("R0") is None


MESSAGES = [
    (
        {"population": {"min": 30_000, "floor": 30_001}, "weights": {"shortfall": 1}},
        "my.toml: population: floor (30001) is above min (30000); exchange or correct them",
    ),
    (
        {"population": {"max": 60_000, "ceiling": 59_999}, "weights": {"shortfall": 1}},
        "my.toml: population: ceiling (59999) is below max (60000); exchange or correct them",
    ),
    (
        {"population": {"floor": 0}, "weights": {"distance": 1}},
        "my.toml: population.floor and population.ceiling make bounds soft; give each missing inhabitant a "
        "price: weights.shortfall, in points",
    ),
    (
        {"population": {"floor": "low"}, "weights": {"shortfall": 1}},
        "my.toml, value 'low': population.floor: must be a whole number, without quotes",
    ),
    (
        {"count": {"min": 3, "max": 2}},
        "my.toml: count: min (3) is above max (2); exchange or correct them",
    ),
    (
        {"count": {"regions": {"R0": [3, 2]}}},
        "my.toml: count: regions.R0: 3 is above 2; exchange or correct them",
    ),
    *(
        (
            {"count": {"regions": {"R0": wrong}}},
            "my.toml: count.regions: R0: write two numbers, the least and the most, as in [2, 3]",
        )
        for wrong in (3, [3], [1, 2, 3])
    ),
    ({"count": {"regions": [1, 2]}}, "my.toml: count.regions: must be a table of keys and values"),
    ({"count": {"maximum": 3}}, "my.toml: unknown key 'count.maximum'; did you mean 'max'?"),
    ({"count": 3}, "my.toml, value '3': count: must be a table of keys and values"),
    (
        {"existing": {"mode": "keeps"}},
        "my.toml, value 'keeps': existing.mode: must be 'extend' or 'keep'",
    ),
    (
        {"existing": {"mergers": ["Gent"]}},
        "my.toml, value 'Gent': existing.mergers, entry 1: must be a list, in square brackets",
    ),
    ({"locks": {"seat": "Gent"}}, "my.toml, value 'Gent': locks.seat: must be a list, in square brackets"),
]


@pytest.mark.parametrize(("data", "message"), MESSAGES)
def test_message(data: dict[str, Any], message: str) -> None:
    assert refused(data) == [message]


def test_a_price_of_nothing_is_a_price() -> None:
    free = Scenario.from_dict({"population": {"floor": 0}, "weights": {"shortfall": 0}})
    assert free.population.soft


def test_a_key_that_is_younger_than_plan_files_stands_there_where_it_says_something() -> None:
    assert "merged" not in Scenario().model_dump()["rules"]
    assert "merged" not in Scenario().to_toml()
    asked = Scenario.from_dict({"rules": {"merged": "kept"}, "weights": {}})
    assert asked.model_dump()["rules"]["merged"] == "kept"
    assert Scenario.model_validate(asked.model_dump()) == asked


def test_every_younger_key_is_one() -> None:
    for part in _parts(Scenario):
        assert set(part.ADDED) <= set(part.model_fields)


def _parts(model: type[Part]) -> set[type[Part]]:
    below = {item.annotation for item in model.model_fields.values()}
    return {model}.union(*(_parts(one) for one in below if isinstance(one, type) and issubclass(one, Part)))
