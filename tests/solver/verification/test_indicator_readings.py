"""Every indicator that may be weighed is read a second time, and both readings agree."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.models.indicators import build_indicator, indicator_classes
from refzones.models.indicators.base import AdditiveIndicator
from refzones.solver.verification.indicator_readings import (
    INDICATOR_READINGS,
    indicator_amount,
    lacks_indicator,
)
from support.build import build_instance
from support.strategies import instances

OWN = {
    "title": "A scheme of one's own",
    "source": "nobody",
    "inhabitants": "inhabitants_2030",
    "fixed": 3_000,
    "per_inhabitant": {"below": [5_000, 20_000], "values": [0, 2, 7]},
    "most": {"merger": 300_000},
}
ARGUMENTS = {
    "bonus": ("2019", "own"),
    "executives": ("first", "second", "later"),
    "memberships": ("all", "police"),
    "divided": ("all", "police"),
    "beyond": ("5", "10", "0.7"),
    "municipalities_below": ("minimum", "10000"),
    "inhabitants_below": ("minimum", "20000"),
}


def weighable() -> dict[str, type[AdditiveIndicator]]:
    kinds = [kind for kind in indicator_classes() if issubclass(kind, AdditiveIndicator)]
    return {kind.key: kind for kind in kinds if kind.weighable}


def test_every_indicator_that_may_be_weighed_has_a_second_reading() -> None:
    assert set(weighable()) == set(INDICATOR_READINGS)
    assert {key for key, kind in weighable().items() if kind.takes} == set(ARGUMENTS)


@pytest.mark.parametrize(
    "name", [f"{key}({one})" if one else key for key in weighable() for one in ARGUMENTS.get(key, ("",))]
)
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_both_readings_agree(name: str, data: st.DataObject) -> None:
    instance: Instance = data.draw(instances())
    seat = data.draw(st.sampled_from(("central", "best_equipped")))
    scenario = Scenario.from_dict({"schemes": {"own": OWN}, "rules": {"seat": seat}})
    n = len(instance)
    members = data.draw(st.lists(st.booleans(), min_size=n, max_size=n).filter(any))
    chosen = [i for i in range(n) if members[i]]
    indicator = cast(AdditiveIndicator, build_indicator(name, instance, scenario))
    (amount,) = indicator.amounts(np.array([members], dtype=np.float64), np.arange(n)).tolist()
    assert list(lacks_indicator(instance, scenario, name)) == []
    assert indicator_amount(instance, scenario, chosen, name) == amount
    assert amount == round(amount) >= 0


def test_what_is_lacking() -> None:
    instance = build_instance([1_000, 2_000], [(0, 1)])
    scenario = Scenario.from_dict({"schemes": {"own": OWN}})
    assert [*lacks_indicator(instance, scenario, "bonus(own)")] == [
        "the instance has no column 'inhabitants_2030'"
    ]
    assert [*lacks_indicator(instance, scenario, "bonus(1830)")] == ["there is no scheme '1830'"]
    assert [*lacks_indicator(instance, scenario, "executives(third)")] == [
        "there is no term of office 'third'"
    ]
    assert "does not know the indicator 'charm'" in next(iter(lacks_indicator(instance, scenario, "charm")))
