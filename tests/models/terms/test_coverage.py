from __future__ import annotations

from collections.abc import Callable

import pytest
from refzones.instances import InputError, Instance
from refzones.models import Scenario, Scorer

SHARES = {"shares": {"hospital": 0.75, "rail": 0.25}}


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((0,), 0.0),
        ((2,), 4_000.0),  # both functions
        ((1,), 0.0),  # half a train is less than the one it takes
        ((0, 1), 0.0),
        ((1, 2), 6_000.0),
        ((2, 3, 4), 17_000.0),
    ],
)
def test_by_hand(value: Callable[..., float], members: tuple[int, ...], expected: float) -> None:
    assert value("coverage", members, coverage=SHARES) == expected


@pytest.mark.parametrize(
    ("shares", "expected"),
    [({"hospital": 1}, 6_000.0), ({"centre": 1}, 0.0), ({"hospital": 0.5, "centre": 0.5}, 3_000.0)],
)
def test_shares(value: Callable[..., float], shares: dict[str, float], expected: float) -> None:
    assert value("coverage", (1, 2), coverage={"shares": shares}) == expected


def test_unknown_functions_are_all_named(instance: Instance) -> None:
    scenario = Scenario.from_dict(
        {"coverage": {"shares": {"hospitl": 0.5, "xyz": 0.5}}, "weights": {"coverage": 1}}
    )
    with pytest.raises(InputError) as caught:
        Scorer(instance, scenario)
    assert [str(problem) for problem in caught.value.problems] == [
        "coverage.shares: the instance has no function 'hospitl'; did you mean 'hospital'?",
        "coverage.shares: the instance has no function 'xyz'; known: hospital, rail, centre; leave "
        "it out, or "
        "add it with: refzones instance add-functions small FILE --out FOLDER",
    ]
