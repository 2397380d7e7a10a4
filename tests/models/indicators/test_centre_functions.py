from __future__ import annotations

from collections.abc import Callable

import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from support.build import build_instance


def test_a_merger_has_the_functions_of_all_its_members(value: Callable[..., float]) -> None:
    assert value("centre_functions", (0, 1, 2)) == 2
    assert value("centre_functions", (2, 7)) == 1  # the same function twice is one
    assert value("centre_functions", (0,), (1,)) == pytest.approx(1_000 / 3_000)


def test_without_functions_it_says_how_to_add_them() -> None:
    with pytest.raises(InputError, match="the instance has no centre functions") as caught:
        build_indicator("centre_functions", build_instance([1], []), Scenario.from_dict({"weights": {}}))
    assert "refzones instance add-functions" in str(caught.value)
