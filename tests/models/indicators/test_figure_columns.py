from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from refzones.instances import Column, InputError, Instance
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from support.build import build_instance

ASKED = Scenario.from_dict({"weights": {}})
FIGURES = {
    "investment_eur": np.array([100.0, 500.0, 700.0, np.nan]),
    "establishments": np.array([1.0, 2.0, 3.0, 4.0]),
}


@pytest.fixture
def figured() -> Instance:
    borders = [(0, 1), (1, 2), (2, 3)]
    incomes = {"net_taxable_income_eur": [1e4, 4e4, 2e4, 1e4]}
    return replace(build_instance([10, 20, 30, 40], borders, attributes=incomes), figures=FIGURES)


def of(instance: Instance, name: str, *parts: tuple[int, ...]) -> float | None:
    return build_indicator(name, instance, ASKED).of_plan(parts).value(range(len(parts)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("investment_per_inhabitant", 1_300 / 60),
        ("establishments_per_thousand", 1_000 * 6 / 60),
        ("income_per_inhabitant", 7e4 / 60),
        ("investment_per_municipality", 1_300 / 2),
        ("inhabitants_per_municipality", 60 / 2),
        ("area_per_municipality", 3 / 2),
    ],
)
def test_figures_are_summed_over_members(figured: Instance, name: str, expected: float) -> None:
    assert of(figured, name, (0, 1), (2,)) == pytest.approx(expected)


def test_what_is_not_known_of_one_is_not_known_of_its_merger(figured: Instance) -> None:
    for name in ("investment_per_inhabitant", "investment_per_municipality"):
        assert of(figured, name, (2, 3)) is None
        assert of(figured, name, (0, 1), (3,)) is None
        assert of(figured, name, (1, 2)) is not None


def test_a_column_of_ones_own_goes_first(figured: Instance) -> None:
    own = replace(figured, attributes={"investment_eur": np.array([1.0, 2.0, 3.0, 4.0])})
    assert of(own, "investment_per_inhabitant", (0, 1, 2, 3)) == pytest.approx(10 / 100)
    assert (
        build_indicator("investment_per_inhabitant", own, ASKED).columns[0] == "municipalities.investment_eur"
    )
    described = replace(figured, columns={"figures.investment_eur": Column("budgets", "euro")})
    columns = build_indicator("investment_per_inhabitant", described, ASKED).columns
    assert columns == ("figures.investment_eur", "municipalities.population")


def test_it_is_said_what_is_not_known(figured: Instance) -> None:
    def told(values: list[float], *parts: tuple[int, ...]) -> tuple[str, ...]:
        instance = replace(figured, figures={"establishments": np.array(values)})
        return build_indicator("establishments_per_thousand", instance, ASKED).remarks(parts)

    nan = np.nan
    assert told([1, nan, 1, 1], (0, 1), (2, 3)) == (
        "'establishments' is not known for M1, nor is a sum or mean with it",
    )
    assert told([1, nan, nan, 1], (0, 1), (2, 3)) == (
        "'establishments' is not known for 2 municipalities, such as M1, nor is a sum or mean with one of "
        "them",
    )
    assert told([1, nan, nan, 1], (0, 3)) == ()


@pytest.mark.parametrize("figures", [{}, {"establishments": np.full(4, np.nan)}])
def test_a_missing_column_is_asked_for(figured: Instance, figures: dict[str, np.ndarray]) -> None:
    with pytest.raises(InputError) as caught:
        build_indicator("establishments_per_thousand", replace(figured, figures=figures), ASKED)
    assert str(caught.value) == (
        "establishments_per_thousand: the instance has no column 'establishments': the number of business "
        "establishments, which Statbel publishes; add it with: refzones instance add-figures small FILE "
        "--as establishments --out FOLDER"
    )
