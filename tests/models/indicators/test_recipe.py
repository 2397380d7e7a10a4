"""An indicator made as CONTRIBUTING says: shown by the command's functions, weighed, bounded and verified."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from refzones.models import Scenario
from refzones.models.indicators import _CLASSES as CLASSES
from refzones.models.indicators import AdditiveIndicator, add_indicator, indicator_class
from refzones.models.indicators.names import INDICATOR_NAMES
from refzones.solver import Plan, effects_of, effects_record, solve, verify
from refzones.solver.verification.indicator_readings import (
    INDICATOR_READINGS,
    IndicatorReading,
    add_indicator_reading,
)
from support.brute import brute_force
from support.build import build_instance

INSTANCE = build_instance(
    [12_000, 20_000, 11_000, 18_000, 14_000, 16_000, 13_000],
    [*pairwise(range(7)), (0, 2), (1, 3), (4, 6)],
    points=[(0, 0), (3e3, 4e3), (1e4, 0), (1e4, 6e3), (2e4, 0), (2e4, 5e3), (26e3, 5e3)],
)


class OddParts(AdditiveIndicator):
    """Parts of an odd number of municipalities."""

    key = "odd_parts"
    family = "identity"
    unit = "parts of an odd number"
    reads = ("municipalities.nis",)
    weighable = True

    def amounts(self, members, municipalities) -> np.ndarray:
        """See `AdditiveIndicator.amounts`."""
        return members.sum(axis=1) % 2


@pytest.fixture(autouse=True)
def _registered() -> Iterator[None]:
    add_indicator(OddParts)
    add_indicator_reading("odd_parts", IndicatorReading(lambda _, __, members, ___: len(members) % 2))
    yield
    INDICATOR_NAMES.remove("odd_parts")
    del CLASSES["odd_parts"], INDICATOR_READINGS["odd_parts"]


def asked(**more: object) -> Scenario:
    return Scenario.from_dict({"population": {"min": 20_000, "max": 70_000}, **more})


def test_it_is_found_and_shown() -> None:
    assert indicator_class("odd_parts") is OddParts
    plan = Plan.of(INSTANCE, asked(), [[0, 1, 2], [3, 4], [5, 6]])
    effects = effects_of(INSTANCE, asked(), plan)
    (found,) = (one for one in effects.whole if one.indicator.name == "odd_parts")
    assert (found.before, found.after) == (7, 1)
    (told,) = (one for one in effects_record(effects, "mine").indicators if one.name == "odd_parts")
    assert (told.family, told.unit) == ("identity", "parts of an odd number")


def test_it_is_weighed_and_verified() -> None:
    scenario = asked(weights={"distance": 1.0, "effect(odd_parts)": 500.0})
    truth = brute_force(INSTANCE, scenario)
    result = solve(INSTANCE, scenario, workers=1)
    assert truth is not None
    assert result.plan is not None
    assert (result.status, result.score_nano) == ("optimal", truth.score_nano)
    assert verify(INSTANCE, scenario, result.plan) == ()
    free = solve(INSTANCE, asked(weights={"distance": 1.0}), workers=1)
    odd = [sum(len(one.members) % 2 for one in plan.mergers) for plan in (result, free)]
    assert odd[0] <= odd[1]


def test_it_is_bounded() -> None:
    scenario = asked(weights={"distance": 1.0}, budgets={"odd_parts": {"min": 3}})
    result = solve(INSTANCE, scenario, workers=1)
    assert result.plan is not None
    assert sum(len(merger.members) % 2 for merger in result.mergers) >= 3
    assert verify(INSTANCE, scenario, result.plan) == ()
