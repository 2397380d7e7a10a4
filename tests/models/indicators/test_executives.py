from __future__ import annotations

import numpy as np
import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.models.indicators.executives import Executives
from support.build import build_instance

INSTANCE = build_instance([999, 9_001, 90_000], [(0, 1), (1, 2)])


@pytest.mark.parametrize(("term", "merged"), [("first", (8, 12)), ("second", (7, 11)), ("later", (6, 10))])
def test_a_mayor_and_aldermen(term: str, merged: tuple[int, int]) -> None:
    """2, 4 and 8 aldermen of municipalities alone, 5 of 10,000 inhabitants together, 9 of all."""
    members = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 1, 1]])
    found = Executives(INSTANCE, Scenario(), term).amounts(members, np.arange(3))
    assert found.tolist() == [3, 5, 9, *merged]


def test_unknown_term() -> None:
    with pytest.raises(InputError, match=r"executives\(frst\): there is no such term.*did you mean 'first'"):
        Executives(INSTANCE, Scenario(), "frst")
