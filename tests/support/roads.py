"""Small roads: plans of few mergers, and what is asked of when they take effect."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models.road import Road
from refzones.models.scenario.scenario import Scenario
from refzones.models.scenario.tables import Rules
from refzones.solver import Plan

from .build import build_instance

SCHEMES = {"flat": ((), (300,)), "steps": ((40_000,), (100, 700))}
"""Bonus schemes: ends of steps of inhabitants, and euros for an inhabitant in each."""

SCENARIO = Scenario(
    name="near",
    rules=Rules(isolated="alone"),
    weights={"distance": 1.0},
    schemes={
        name: {
            "title": name,
            "source": "a test",
            "per_inhabitant": {"below": list(below), "values": list(euros)},
        }
        for name, (below, euros) in SCHEMES.items()
    },
)

DATES = (datetime.date(2027, 1, 1), datetime.date(2031, 1, 1))


def road_of(**asked: Any) -> Road:
    """Make a road with two dates, those of the report."""
    return Road.model_validate(_two_dates() | asked)


def _two_dates() -> dict[str, Any]:
    return {
        "title": "two dates",
        "source": "a test",
        "milestones": [{"date": str(date)} for date in DATES],
        "horizon": "2037-01-01",
    }


@st.composite
def roads(draw: st.DrawFn) -> tuple[Instance, Plan, dict[str, Any]]:
    """Draw an instance, a plan of at most five mergers, and a road as a file says it."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=5).filter(lambda s: max(s) > 1))
    groups: list[tuple[int, ...]] = []
    for size in sizes:
        start = sum(map(len, groups))
        groups.append(tuple(range(start, start + size)))
    n = sum(sizes)
    instance = build_instance(
        [1000 * draw(st.integers(1, 40)) for _ in range(n)],
        [(i, i + 1) for i in range(n - 1)],
        region=[k % 2 for k, group in enumerate(groups) for _ in group],
        merged_in=draw(st.dictionaries(st.integers(0, n - 1), st.sampled_from((2019, 2025)), max_size=2)),
    )
    plan = Plan.of(instance, SCENARIO, groups)
    merging = [f"M{group[0]}" for group in groups if len(group) > 1]
    dates = draw(st.sampled_from((("2027-01-01", "2031-01-01"), ("2027-01-01", "2031-01-01", "2033-01-01"))))
    asked: dict[str, Any] = _two_dates() | {
        "milestones": [
            {"date": date, "bonus": scheme}
            for date, scheme in zip(dates, ("flat", "steps", "flat"), strict=False)
        ],
        "compulsory": draw(st.booleans()),
        "rest_years": draw(st.sampled_from((0, 0, 6, 12))),
        "capacity": draw(st.lists(_capacities(dates), max_size=3)),
        "agreements": draw(st.lists(_agreements(merging, dates), max_size=2)),
        "orders": draw(st.lists(_orders(merging), max_size=2)),
        "objectives": draw(
            st.sampled_from(
                (
                    ["below_minimum", "mandates"],
                    ["mandates"],
                    ["mandates", "below_minimum"],
                    ["least_bonus", "below_minimum"],
                    ["most_bonus", "mandates"],
                )
            )
        ),
        "weights": draw(
            st.sampled_from(
                ({}, {}, {"below_minimum": 0.5, "mandates": 2}, {"mandates": 0.1, "least_bonus": 0.003})
            )
        ),
    }
    return instance, plan, asked


@st.composite
def _capacities(draw: st.DrawFn, dates: tuple[str, ...]) -> dict[str, Any]:
    unit = draw(st.sampled_from(("mergers", "municipalities", "inhabitants", "bonus")))
    most = {
        "mergers": st.integers(0, 3),
        "municipalities": st.integers(0, 6),
        "bonus": st.integers(0, 90_000_000),
    }
    made: dict[str, Any] = {unit: draw(most.get(unit, st.integers(0, 150_000)))}
    places = (None, None, ("region", "R0"), ("province", "Antwerpen"), ("province", "Limburg"))
    where = draw(st.sampled_from(places))
    if where:
        made[where[0]] = where[1]
    when = draw(st.sampled_from((None, "together", *dates)))
    return made | ({"together": True} if when == "together" else {"date": when} if when else {})


@st.composite
def _agreements(draw: st.DrawFn, merging: list[str], dates: tuple[str, ...]) -> dict[str, Any]:
    kind = draw(st.sampled_from(("at", "not_before", "not_after")))
    return {"merger": draw(st.sampled_from(merging)), kind: draw(st.sampled_from(dates))}


def _orders(merging: list[str]) -> st.SearchStrategy[dict[str, str]]:
    one = st.sampled_from(merging)
    return st.fixed_dictionaries({"first": one, "then": one})
