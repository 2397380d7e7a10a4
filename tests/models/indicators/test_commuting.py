from __future__ import annotations

import pytest
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from support.build import build_instance

ASKED = Scenario.from_dict({"weights": {}})


def test_commuters_are_counted_where_they_live() -> None:
    flows = {(0, 1): 30.0, (1, 0): 10.0, (1, 2): 10.0, (2, 2): 500.0}
    instance = build_instance([1_000] * 3, [(0, 1), (1, 2)], flows=flows)
    found = build_indicator("commuting", instance, ASKED).of_plan([(0, 1), (2,)])
    assert found.value([0]) == 80
    assert found.value([1]) is None  # nobody leaves
    assert found.value([0, 1]) == 80


def test_without_flows_it_says_how_to_add_them(bodies: Instance) -> None:
    with pytest.raises(InputError, match="the instance has no flows between municipalities") as caught:
        build_indicator("commuting", bodies, ASKED)
    assert "refzones instance add-flows small FILE --out FOLDER" in str(caught.value)
