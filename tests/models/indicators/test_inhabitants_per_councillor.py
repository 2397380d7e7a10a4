from __future__ import annotations

from refzones.models import Scenario
from refzones.models.indicators.inhabitants_per_councillor import InhabitantsPerCouncillor
from support.build import build_instance


def test_ratio_of_sums() -> None:
    """Councils of 7 and 13 before, of 13 after: no mean of means."""
    indicator = InhabitantsPerCouncillor(build_instance([500, 3_400], [(0, 1)]), Scenario())
    before, after = indicator.of_plan([(0,), (1,)]), indicator.of_plan([(0, 1)])
    assert before.value([0, 1]) == 3_900 / 20
    assert [before.value([0]), before.value([1])] == [500 / 7, 3_400 / 13]
    assert after.value([0]) == 3_900 / 13
