"""Detached by hand, and the borders and rules that it depends on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from refzones.instances import InputError, Instance
from refzones.models import Scenario, Scorer
from support.build import build_instance

PEOPLE = [1_000, 2_000, 4_000, 8_000, 16_000]
RING = [(0, 1), (0, 2), (0, 3), (1, 2), (2, 3), (3, 4)]  # 1, 2 and 3 lie around 0, and 4 has no other than 3


def town(classes: Sequence[str] = ("a1", "c3", "c3", "c3", "c3"), **others: Any) -> Instance:
    return build_instance(PEOPLE, RING, classes=classes, **others)


def of(instance: Instance, members: Sequence[int], **parts: Any) -> float:
    asked = {"rules": {"enclosed": "priced"} | parts.pop("rules", {}), "weights": {"detached": 1}, **parts}
    scorer = Scorer(instance, Scenario.from_dict(asked))
    row = np.isin(np.arange(5), members).astype(np.float64)[None, :]
    (found,) = scorer.values(row, np.arange(5))[:, 0].tolist()
    own = scorer.values(np.ones((1, len(members))), np.array(sorted(members)))[:, 0].tolist()
    assert own == [found]
    return float(found)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((1, 2, 3), 14_000.0),  # all around 0, and not 0
        ((1, 2, 3, 4), 14_000.0),  # those who live farther are not around it
        ((0, 1, 2, 3), 0.0),
        ((1, 2), 0.0),  # 3 may be with 0
        ((0,), 0.0),
    ],
)
def test_by_hand(members: tuple[int, ...], expected: float) -> None:
    assert of(town(), members) == expected


@pytest.mark.parametrize(
    ("members", "expected"), [((2, 3), 8_000.0), ((3,), 0.0), ((3, 4), 0.0), ((0, 1, 2, 3), 8_000.0)]
)
def test_one_neighbour_alone_is_no_ring(members: tuple[int, ...], expected: float) -> None:
    assert of(town(("", "", "", "", "a2")), members) == expected


def test_each_centre_counts() -> None:
    assert of(town(("a0", "c3", "c3", "c3", "a2")), (1, 2, 3)) == 14_000.0 + 8_000.0


def test_centres_are_those_that_people_turn_to() -> None:
    """Where a region has none of these classes, those of its best class are its centres."""
    towns = town(("b0", "a2", "c3", "c3", "c3"))
    assert of(towns, (1, 2, 3)) == 0.0
    assert of(towns, (1, 2, 3), orientation={"centres": ["b0"]}) == 14_000.0
    assert of(town(("b0", "c3", "c3", "c3", "")), (1, 2, 3)) == 14_000.0


@pytest.mark.parametrize("degree", ["b0", "c0", ""])
def test_other_towns_are_no_centres(degree: str) -> None:
    assert of(town((degree, "a0", "a0", "a0", "c3")), (1, 2, 3)) == 0.0


def test_borders_are_those_of_the_scenario() -> None:
    assert of(town(), (1, 2), borders={"removed": [["M0", "M3"]]}) == 6_000.0
    assert of(town(), (1, 2, 3), borders={"added": [["M0", "M4"]]}) == 0.0


def test_frames_do_not_take_neighbours_away() -> None:
    framed = town(layers={"police": ["A", "A", "A", "B", "B"]})
    assert of(framed, (1, 2), frames={"within": ["police"]}) == 0.0
    assert of(framed, (1, 2), frames={"zones": [["M0", "M1", "M2"], ["M3", "M4"]]}) == 0.0


def test_other_regions_are_not_around_it() -> None:
    assert of(town(region=[0, 0, 0, 1, 1]), (1, 2)) == 6_000.0


def test_nobody_has_left_a_facility_municipality_that_may_not_merge() -> None:
    bound = town(facility=[0])
    assert of(bound, (1, 2, 3)) == 0.0
    assert of(bound, (1, 2, 3), rules={"facility": "free"}) == 14_000.0
    assert of(bound, (1, 2, 3), rules={"joined": ["M0"]}) == 14_000.0


def test_an_instance_without_centres_is_refused() -> None:
    with pytest.raises(InputError, match="detached: the instance has no degrees of equipment"):
        of(build_instance(PEOPLE, RING), (1, 2, 3))
