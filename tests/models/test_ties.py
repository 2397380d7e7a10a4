"""Ties between municipalities; what follows from them is tested with the terms on them."""

from __future__ import annotations

import pytest
from refzones.instances import InputError
from refzones.models.scenario.tables import Orientation
from refzones.models.ties import centres_of, check_turning, commuters, turned_to
from support.build import build_instance

INSTANCE = build_instance(
    [1_000, 20_000, 40_000, 7_000],
    [(0, 1), (1, 2)],
    points=[(0, 0), (2_000, 0), (0, 6_000), (0, 0)],
    region=[0, 0, 0, 1],
    classes=["c3", "a1", "a0", "b1"],
    flows={(0, 1): 1.0, (0, 2): 3.004, (1, 1): 9.0},
)
PLAIN = Orientation(distance=-2, inhabitants=1, classes={}, functions={})


def test_people_are_shared_out_over_the_centres_of_their_region() -> None:
    """1/2^2 x 20,000 beside 1/6^2 x 40,000: 9 to 2."""
    assert turned_to(INSTANCE, PLAIN) == {
        (0, 1): 81_818,
        (0, 2): 18_182,
        (1, 1): 2_000_000,
        (2, 2): 4_000_000,
        (3, 3): 700_000,
    }


def test_the_best_class_is_the_centre_where_there_is_none_of_those_asked_for() -> None:
    assert centres_of(INSTANCE, 0, ("a0",)) == [2]
    assert centres_of(INSTANCE, 1, ("a0",)) == [3]


def test_who_works_at_home_does_not_commute() -> None:
    origin, destination, hundredths = commuters(INSTANCE.flows)  # type: ignore[arg-type]
    assert list(zip(origin.tolist(), destination.tolist(), hundredths.tolist(), strict=True)) == [
        (0, 1, 100.0),
        (0, 2, 300.0),
    ]


def test_what_is_lacking_is_named() -> None:
    with pytest.raises(InputError, match="the instance has no function 'hospital'"):
        check_turning(INSTANCE, Orientation(functions={"hospital": 0.2}), "orientation")
    bare = build_instance([1_000], [])
    with pytest.raises(InputError, match="orientation: no municipality of region 'R0' has a degree"):
        check_turning(bare, PLAIN, "orientation")
