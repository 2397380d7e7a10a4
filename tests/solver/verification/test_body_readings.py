from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from refzones.models.indicators.base import AdditiveIndicator
from refzones.solver.verification.body_readings import BODY_READINGS
from support.demands import LAYERS
from support.strategies import connected_sets, instances

ARGUMENTS = {
    "beyond": ("0", "0.5", "1", "2.5", "5"),
    "divided": ("all", *LAYERS),
    "divided_bodies": ("",),
    "memberships": ("all", *LAYERS),
}


@given(st.data())
def test_both_readings_say_the_same(data: st.DataObject) -> None:
    instance = data.draw(instances())
    members = data.draw(connected_sets(instance))
    seats = data.draw(st.sampled_from(("central", "best_equipped")))
    locked = data.draw(st.lists(st.sampled_from(instance.codes), max_size=1))
    asked = Scenario.from_dict({"rules": {"seat": seats}, "locks": {"seat": locked}, "weights": {}})
    for key, arguments in ARGUMENTS.items():
        for argument in arguments:
            name = f"{key}({argument})" if argument else key
            indicator = build_indicator(name, instance, asked)
            assert isinstance(indicator, AdditiveIndicator)
            assert indicator.weighable
            (amount,) = indicator.of_plan([members]).numbers.tolist()
            assert BODY_READINGS[key](instance, asked, members, argument) == amount
