from __future__ import annotations

import numpy as np
import pytest
from refzones.models import Scenario
from refzones.models.indicators.councillors import Councillors
from support.build import build_instance


@pytest.mark.parametrize(
    ("people", "seats"),
    [
        (0, 7), (999, 7), (1_000, 9), (8_999, 19), (9_000, 21), (19_999, 25), (20_000, 27), (299_999, 53),
        (300_000, 55), (2_000_000, 55),
    ],
)  # fmt: skip
def test_councils_of_one_and_of_two(people: int, seats: int) -> None:
    """Whether inhabitants came together in a merger makes no difference."""
    instance = build_instance([people, 1, max(0, people - 1)], [(0, 1), (1, 2)])
    members = np.array([[1.0, 0, 0], [0, 1, 1]]) if people else np.array([[1.0, 0, 0], [1, 0, 1]])
    assert Councillors(instance, Scenario()).amounts(members, np.arange(3)).tolist() == [seats, seats]
