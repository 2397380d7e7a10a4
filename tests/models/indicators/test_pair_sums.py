"""Indicators on pairs say what the terms of the same name say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from refzones.models.indicators.base import AdditiveIndicator
from refzones.models.terms import build_term
from support.strategies import connected_sets, instances


@pytest.mark.parametrize("name", ["orientation", "commuting"])
@given(data=st.data())
def test_a_share_is_that_of_the_term(name: str, data: st.DataObject) -> None:
    instance = data.draw(instances())
    members = list(data.draw(connected_sets(instance)))
    asked = Scenario.from_dict({"orientation": {"by": data.draw(st.sampled_from(("gravity", "flows")))}})
    try:
        indicator = build_indicator(name, instance, asked)
        term = build_term(name, instance, asked)
    except InputError:
        assume(False)
    assert isinstance(indicator, AdditiveIndicator)
    found = indicator.of_plan([members])
    own = indicator.amounts(np.ones((1, len(members))), np.array(members))
    assert own.tolist() == found.numbers.tolist()
    (value,) = term.values(np.ones((1, len(members))), np.array(members)).tolist()
    base = term.base(members)
    counted = value * (term.whole if name == "commuting" else 1)  # commuting is a share of all commuters
    assert found.value([0]) == (pytest.approx(100 * counted / base) if base else None)
