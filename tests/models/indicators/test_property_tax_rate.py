from __future__ import annotations

import pytest
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from support.build import build_instance

ASKED = Scenario.from_dict({"weights": {}})


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            [(0, 1), (2,)],
            "1 member of a merger has several rates by kind of property: its base rate is compared",
        ),
        (
            [(0, 1, 2)],
            "2 members of mergers have several rates by kind of property: their base rate is compared",
        ),
        ([(0,), (1,), (2,)], ""),
    ],
)
def test_base_rates_are_said_to_be_compared(parts: list[tuple[int, ...]], told: str) -> None:
    columns = {"property_tax_rate": [1, 2, 3], "property_tax_differentiated": [1, 0, 1]}
    instance = build_instance([10, 20, 30], [(0, 1), (1, 2)], attributes=columns)
    indicator = build_indicator("property_tax_rate(largest)", instance, ASKED)
    assert indicator.remarks(parts) == ((told,) if told else ())


def test_where_nothing_is_known_of_several_rates_nothing_is_said() -> None:
    instance = build_instance([10, 20], [(0, 1)], attributes={"property_tax_rate": [1, 2]})
    assert build_indicator("property_tax_rate(mean)", instance, ASKED).remarks([(0, 1)]) == ()
