from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from refzones.instances import InputError, Instance
from refzones.models import Scenario, ask
from support.build import build_instance
from support.refusals import refused

NOT = float("nan")


def instance(
    later: Sequence[float] = (11_000.5, 21_500, 8_000, 99_000), **yearly: Sequence[float]
) -> Instance:
    """Four municipalities in a row, the last a city in a region of its own."""
    return build_instance(
        [10_000, 20_000, 10_000, 90_000],
        [(0, 1), (1, 2), (2, 3)],
        region=[0, 0, 0, 1],
        attributes={"later": later},
        yearly={int(year[1:]): column for year, column in yearly.items()},
    )


def asked(*also: str, **rules: Any) -> Scenario:
    population = {"min": 15_000, "max": 50_000, "also": list(also)}
    return Scenario.from_dict({"population": population, "rules": rules, "weights": {"distance": 1}})


def told(where: Instance, scenario: Scenario, *regions: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        ask(where, scenario, regions or None)
    return [str(problem) for problem in caught.value.problems]


def test_columns_are_counted_in_whole_inhabitants_and_a_city_as_the_bounds_count_it() -> None:
    question = ask(instance(y2030=[1, 2, 3, 4]), asked("later", "inhabitants_2030"))
    later, thirty = question.also
    assert (later.column, later.lower, later.upper) == ("later", 15_000, 50_000)
    assert later.counted.tolist() == [11_000, 21_500, 8_000, 20_000]
    assert thirty.counted.tolist() == [1, 2, 3, 20_000]
    assert question.bounded[3] == 20_000


def test_hard_bounds_are_those_that_hold() -> None:
    soft = {"min": 15_000, "max": 50_000, "floor": 9_000, "ceiling": 70_000, "also": ["later"]}
    scenario = Scenario.from_dict({"population": soft, "weights": {"shortfall": 0.1}})
    (later,) = ask(instance(), scenario).also
    assert (later.lower, later.upper, later.counted[3]) == (9_000, 70_000, 40_000)


def test_nothing_is_added_by_default() -> None:
    assert ask(instance(), asked()).also == ()
    assert "also" not in asked().model_dump()["population"]
    assert asked("later").model_dump()["population"]["also"] == ("later",)
    assert asked("later").columns == ("later",)


def test_who_stands_alone_is_told_by_the_inhabitants_of_today() -> None:
    question = ask(instance((60_000, 20_000, 10_000, 10_000)), asked("later"))
    assert question.standalone == {3: "above_max"}


def test_columns_of_both_levels_are_named_once() -> None:
    zones = {"population": {"min": 0, "max": 90_000, "also": ["inhabitants_2030", "later"]}}
    data = asked("later").model_dump() | {"level": "nested", "zones": zones}
    assert Scenario.from_dict(data).columns == ("later", "inhabitants_2030")


def test_a_column_that_is_not_there() -> None:
    (message,) = told(instance(y2030=[1, 2, 3, 4]), asked("inhabitants_2031"))
    assert message == (
        "population.also: the instance 'small' has no column of numbers named 'inhabitants_2031'; did you "
        "mean 'inhabitants_2030'?"
    )


def test_figures_that_are_not_known_in_a_region_that_is_asked_for() -> None:
    where = instance(y2030=[1, NOT, NOT, NOT])
    (message,) = told(where, asked("inhabitants_2030"))
    assert message == (
        "population.also: 'inhabitants_2030' is not known of M1 (10001), M2 (10002); fill the cells in, or "
        "leave the column out"
    )
    assert ask(where, asked("inhabitants_2030"), ["R1"]).also[0].column == "inhabitants_2030"


def test_figures_of_a_city_above_the_maximum_are_not_needed() -> None:
    (bounds,) = ask(instance(y2030=[1, 2, 3, NOT]), asked("inhabitants_2030")).also
    assert bounds.counted.tolist() == [1, 2, 3, 20_000]


def test_figures_below_zero() -> None:
    (message,) = told(instance((-1, 2, 3, 4)), asked("later"))
    assert "'later' is below 0 in M0 (10000)" in message


def test_a_column_that_stands_twice() -> None:
    (message,) = refused({"population": {"also": ["later", "later"]}, "weights": {"distance": 1}})
    assert "population.also" in message
    assert "'later' stands twice; keep it once" in message
