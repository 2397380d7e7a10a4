from __future__ import annotations

from refzones.instances import Instance
from refzones.models import Scenario
from refzones.models.indicators import build_indicator

ASKED = Scenario.from_dict({"weights": {}})


def test_the_one_in_the_middle_or_the_mean_of_two(bodies: Instance) -> None:
    found = build_indicator("median_inhabitants", bodies, ASKED).of_plan([(0, 1), (2,), (3, 4), (5, 6, 7)])
    assert found.numbers.tolist() == [3_000, 4_000, 13_000, 16_000]
    assert found.value([0, 1, 2]) == 4_000
    assert found.value([0, 1, 2, 3]) == 8_500
    assert found.value([]) is None
