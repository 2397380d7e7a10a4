"""Amounts of parts, and parts measured a few at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, load
from refzones.models import Scenario
from refzones.models.indicators import AdditiveIndicator, build_indicator, shown_names
from refzones.models.indicators.base import Amounts, column_key
from support.build import build_instance

FLANDERS = load()
DEMANDS = Scenario.preset("mergers").levels[0]


def test_the_value_of_some_parts_is_a_sum_or_a_ratio_of_sums() -> None:
    numbers = np.array([1.0, 2.0, 4.0])
    assert Amounts(numbers).value([0, 2]) == 5.0
    assert Amounts(numbers).value([]) == 0.0
    mean = Amounts(numbers, np.array([1.0, 1.0, 2.0]))
    assert mean.value([1, 2]) == 2.0
    assert mean.value([]) is None  # nothing divides


def test_what_is_not_known_of_one_part_is_not_known_of_the_sum() -> None:
    amounts = Amounts(np.array([1.0, np.nan]))
    assert amounts.value([0]) == 1.0
    assert amounts.value([1]) is None
    assert amounts.value([0, 1]) is None
    assert Amounts(np.ones(2), np.array([1.0, np.nan])).value([0, 1]) is None


def additive() -> list[AdditiveIndicator]:
    found = []
    for name in shown_names():
        try:
            indicator = build_indicator(name, FLANDERS, DEMANDS)
        except InputError:
            continue
        if isinstance(indicator, AdditiveIndicator):
            found.append(indicator)
    return found


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 70), min_size=len(FLANDERS), max_size=len(FLANDERS)), st.integers(1, 200))
def test_a_few_parts_at_a_time_are_all_parts_at_once(part: list[int], largest: int) -> None:
    parts: dict[int, list[int]] = {}
    for i, k in enumerate(part):
        parts.setdefault(0 if i < largest else k, []).append(i)
    groups = list(parts.values())
    members = np.zeros((len(groups), len(FLANDERS)))
    for row, group in enumerate(groups):
        members[row, group] = 1.0
    everybody = np.arange(len(FLANDERS))
    for indicator in additive():
        found = indicator.of_plan(groups)
        numbers, bases = indicator.amounts(members, everybody), indicator.bases(members, everybody)
        np.testing.assert_allclose(found.numbers, numbers, rtol=1e-12, err_msg=indicator.name)
        assert (found.bases is None) == (bases is None)
        if bases is not None and found.bases is not None:
            np.testing.assert_allclose(found.bases, bases, rtol=1e-12, err_msg=indicator.name)


def test_no_part_is_nothing() -> None:
    for indicator in additive():
        assert indicator.of_plan([]).numbers.shape == (0,)


def test_columns_are_found_in_whatever_file_they_stand() -> None:
    assert column_key(FLANDERS, "population") == "municipalities.population"
    assert column_key(FLANDERS, "inhabitants_2026") == "years.inhabitants_2026"
    assert column_key(FLANDERS, "investment_eur") == "figures.investment_eur"
    assert column_key(FLANDERS, "mine") == "municipalities.mine"


@pytest.mark.parametrize("name", shown_names())
def test_what_an_indicator_does_not_say_that_it_reads_does_not_change_it(name: str) -> None:
    """Inhabitants are changed for those that do not say that they read them."""
    people = [9_000, 14_000, 31_000, 8_000]
    borders, points = [(0, 1), (1, 2), (2, 3)], [(0.0, 0.0), (6e3, 0.0), (9e3, 0.0), (2e4, 0.0)]
    values = []
    for more in (0, 1):
        instance = build_instance(
            [one + 1_000 * more * k for k, one in enumerate(people)],
            borders,
            points=points,
            layers={"police": ["A", "A", "B", "B"]},
            functions={"rail": [1, 0, 0, 1]},
            classes=["a1", "c3", "c2", "c3"],
        )
        try:
            indicator = build_indicator(name, instance, Scenario.from_dict({"weights": {}}).levels[0])
        except InputError:
            return
        if "municipalities.population" in indicator.columns:
            return
        values.append(indicator.of_plan([(0, 1), (2, 3)]).numbers.tolist())
    assert values[0] == values[1]
