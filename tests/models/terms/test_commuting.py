from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from refzones.instances import Flows, InputError, Instance
from refzones.models import Scenario, Scorer

SCENARIO = Scenario.from_dict({"weights": {"commuting": 1}})


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((0,), 0.0),
        ((2,), 0.0),  # those who stay are no commuters
        ((0, 1), 0.4),  # both directions
        ((1, 2), 0.0),
        ((3, 4), 0.6),
        ((0, 1, 2, 3, 4), 1.0),
    ],
)
def test_by_hand(value: Callable[..., float], members: tuple[int, ...], expected: float) -> None:
    assert value("commuting", members) == expected


def test_without_flows_the_message_says_how_to_add_them(instance: Instance) -> None:
    with pytest.raises(InputError) as caught:
        Scorer(replace(instance, flows=None), SCENARIO)
    assert str(caught.value) == (
        "commuting: the instance has no flows; add them with: refzones instance add-flows small FILE "
        "--out FOLDER (FILE: a table with the columns origin, destination, people)"
    )


@pytest.mark.parametrize("flows", [{}, {(0, 0): 5.0}, {(0, 1): 0.004}])
def test_flows_between_nobody_are_none(instance: Instance, flows: dict[tuple[int, int], float]) -> None:
    with pytest.raises(InputError, match="the instance has no flows between different municipalities; add"):
        Scorer(replace(instance, flows=Flows.from_dict(flows)), SCENARIO)
