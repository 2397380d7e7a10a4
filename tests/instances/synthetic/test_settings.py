from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from refzones.instances.synthetic.settings import LARGEST, MIDDLE, SMALLEST, Settings
from refzones.models import Scenario

Complaints = Callable[..., list[str]]

USUAL: dict[str, Any] = {"municipalities": 300, "regions": None, "per_merger": 3.0, "seed": 0, "flows": False}


def settings(**changed: Any) -> Settings:
    return Settings.of(**(USUAL | changed))


def test_bounds_are_those_of_the_default_question() -> None:
    """Data cannot ask what is asked of them; so the two numbers stand twice."""
    for bounds in (Scenario().population, Scenario.preset("mergers").population):
        assert (bounds.min, bounds.max) == (SMALLEST, LARGEST)
    assert math.isclose(MIDDLE, math.sqrt(30_000 * 130_000))


@pytest.mark.parametrize(("n", "per_merger"), [(300, 3.0), (10, 15.0), (777, 2.5), (20_000, 2.0)])
def test_inhabitants_make_parts_of_so_many_members(n: int, per_merger: float) -> None:
    """n / K mergers of the geometric middle of the bounds, rounded to a person."""
    inhabitants = settings(municipalities=n, per_merger=per_merger).inhabitants
    assert abs(inhabitants - n / per_merger * math.sqrt(3.9e9)) <= 0.5


@pytest.mark.parametrize(
    ("changed", "regions"),
    [
        ({}, 15),
        ({"per_merger": 15}, 3),
        ({"municipalities": 20_000}, 1_000),
        ({"municipalities": 10, "per_merger": 15}, 1),
        ({"municipalities": 10, "per_merger": 2}, 1),
        ({"regions": 100}, 100),
        ({"regions": 1}, 1),
    ],
)
def test_regions_have_room_for_some_mergers(changed: dict[str, Any], regions: int) -> None:
    assert settings(**changed).regions == regions


MANY = "municipalities must be between 10 and 20,000; choose another number"
THICK = "per merger there must be between 2 and 15 municipalities; choose another number"
SEED = "the seed must be 0 or more, and below 2^63; choose another one"
ROOM = (
    "300 municipalities, 3 a merger: there can be 1 to 100 regions, so that each has room for a merger; "
    "choose another number of regions, or more municipalities"
)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"municipalities": 9}, f"value '9': {MANY}"),
        ({"municipalities": 20_001}, f"value '20001': {MANY}"),
        ({"per_merger": 1.9}, f"value '1.9': {THICK}"),
        ({"per_merger": math.nan}, f"value 'nan': {THICK}"),
        ({"seed": -1}, f"value '-1': {SEED}"),
        ({"seed": 2**63}, f"value '{2**63}': {SEED}"),
        ({"regions": 101}, f"value '101': {ROOM}"),
        ({"regions": 0}, f"value '0': {ROOM}"),
    ],
)
def test_what_is_out_of_range_is_named(changed: dict[str, Any], message: str, complaints: Complaints) -> None:
    assert complaints(settings, **changed) == [message]


def test_all_mistakes_at_once(complaints: Complaints) -> None:
    told = complaints(settings, municipalities=5, per_merger=20, seed=-3, regions=0)
    assert [text.split(":")[0] for text in told] == ["value '5'", "value '20'", "value '-3'", "value '0'"]
