from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from refzones.models.indicators.base import AdditiveIndicator
from refzones.solver.verification.size_readings import SIZE_READINGS
from support.strategies import connected_sets, instances

SIZES = ("minimum", "1", "5000", "10000", "20000", "1000000")


@given(st.data())
def test_both_readings_say_the_same(data: st.DataObject) -> None:
    instance = data.draw(instances())
    members = data.draw(connected_sets(instance))
    people = int(instance.population[list(members)].sum())
    least = data.draw(st.sampled_from((0, people, people + 1)))
    bounds = {"min": least, "max": max(least, 1) + 10}
    asked = Scenario.from_dict({"population": bounds, "weights": {}})
    for key, reading in SIZE_READINGS.items():
        for argument in SIZES if key != "municipalities" else ("",):
            indicator = build_indicator(f"{key}({argument})" if argument else key, instance, asked)
            assert isinstance(indicator, AdditiveIndicator)
            assert indicator.weighable
            (amount,) = indicator.of_plan([members]).numbers.tolist()
            assert reading(instance, asked, members, argument) == amount
