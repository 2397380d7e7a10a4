from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from refzones.instances import InputError
from refzones.models import NANO, Scenario, Scorer
from refzones.models.terms.shortfall import ShortfallTerm
from support.build import build_instance

# 1,000, 2,000, 4,000, 8,000 and 5,000 inhabitants


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((0,), 2_000.0),
        ((0, 1), 0.0),  # exactly the minimum
        ((1, 2), 0.0),
        ((0, 1, 2), 0.0),  # exactly the maximum
        ((2, 4), 2_000.0),
        ((0, 1, 2, 4), 5_000.0),
        ((3,), 0.0),  # above the maximum: stands alone, and misses nothing
        ((0, 3), 0.0),  # if it is merged all the same, its own size is not held against it
    ],
)
def test_by_hand(value: Callable[..., float], members: tuple[int, ...], expected: float) -> None:
    assert value("shortfall", members, population={"min": 3_000, "max": 7_000}) == expected


def of_each(**parts: Any) -> list[float]:
    """Shortfall of each of two municipalities alone, and of both; the first is a facility municipality."""
    instance = build_instance([1_000, 1_500], [(0, 1)], facility=[0])
    scenario = Scenario.from_dict({"population": {"min": 3_000, "max": 7_000}, **parts})
    rows = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    found: list[float] = ShortfallTerm(instance, scenario).values(rows, np.arange(2)).tolist()
    return found


def test_only_what_a_municipality_is_excuses_it() -> None:
    """Not a lock, nor an existing plan that is kept."""
    assert of_each() == [0.0, 1_500.0, 500.0]
    assert of_each(rules={"facility": "free"}) == [2_000.0, 1_500.0, 500.0]
    assert of_each(rules={"joined": ["M0"]}) == [2_000.0, 1_500.0, 500.0]
    assert of_each(locks={"alone": ["M0", "M1"]}) == [0.0, 1_500.0, 500.0]
    assert of_each(existing={"mode": "keep", "mergers": [["M0", "M1"]]}) == [0.0, 1_500.0, 500.0]


def test_the_price_is_that_of_an_inhabitant() -> None:
    """Not divided by the inhabitants of the instance."""
    instance = build_instance([1_000, 1_500], [(0, 1)])
    scenario = Scenario.from_dict(
        {"population": {"min": 3_000, "max": 7_000, "floor": 0}, "weights": {"shortfall": 0.01}}
    )
    assert Scorer(instance, scenario).score(np.ones((1, 2)), np.arange(2)).nano.tolist() == [-5 * NANO]


def test_prices_that_would_not_fit_in_whole_numbers_are_refused() -> None:
    instance = build_instance([1_000, 1_500], [(0, 1)])
    heavy = Scenario.from_dict(
        {"population": {"min": 900_000, "max": 900_000, "floor": 0}, "weights": {"shortfall": 1e6}}
    )
    with pytest.raises(InputError) as caught:
        Scorer(instance, heavy).score(np.ones((1, 2)), np.arange(2))
    assert str(caught.value) == (
        "the weights are too heavy for this instance: one merger would score 8.98e+11 points, more than "
        "7.21e+07; divide all of them by 12,456 or more"
    )
