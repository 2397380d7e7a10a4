"""Seats of mergers, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from refzones.instances import Instance
from refzones.instances.entities import EQUIPMENT
from refzones.models import Scenario
from refzones.models.seats import find_seats, may_be_seat, seat_ranks, whole_metres
from support.build import build_instance


@pytest.fixture(scope="module")
def instance() -> Instance:
    """Five municipalities: three on a triangle of 3, 4 and 5 km, and two at one point."""
    return build_instance(
        [1_000, 2_000, 4_000, 8_000, 5_000],
        [(0, 1), (1, 2), (2, 3), (3, 4)],
        points=[(0, 0), (3_000, 0), (0, 4_000), (6_000, 8_000), (6_000, 8_000)],
    )


def test_distances_are_whole_metres() -> None:
    instance = build_instance([1, 1, 1], [(0, 1)], points=[(0, 0), (1, 1), (1.6, 0)])
    assert whole_metres(instance, np.arange(3)).tolist() == [[0, 1, 2], [1, 0, 1], [2, 1, 0]]


def asked(**locks: Any) -> Scenario:
    return Scenario.from_dict({"rules": {"seat": "best_equipped"}, "locks": locks, "weights": {}})


def seat(
    instance: Instance, members: list[int], of: list[int] | None = None, scenario: Scenario | None = None
) -> int:
    ranks = seat_ranks(instance, scenario or Scenario.from_dict({"weights": {}}))
    of = list(range(len(instance))) if of is None else of
    row = np.isin(of, members).astype(np.float64)[None, :]
    return int(find_seats(instance, row, np.array(of), ranks)[0])


def test_seat_is_the_member_with_the_least_total(instance: Instance) -> None:
    assert seat(instance, [0, 1, 2], [0, 1, 2, 3, 4]) == 2
    assert seat(instance, [0, 1], [0, 1]) == 1


def test_seat_is_never_outside(instance: Instance) -> None:
    """3 and 4 lie at one point; each alone is its own seat."""
    assert [seat(instance, [i], [2, 3, 4]) for i in (3, 4)] == [3, 4]


def test_seat_of_equals_has_the_lowest_code(instance: Instance) -> None:
    assert seat(instance, [3, 4], [0, 3, 4]) == 3


# The best-equipped member


@pytest.fixture(scope="module")
def row() -> Instance:
    """Seven in a row, 1 km apart: the middle is never the best equipped."""
    return build_instance(
        [30_000, 30_000, 20_000, 20_000, 10_000, 10_000, 40_000],
        [(i, i + 1) for i in range(6)],
        points=[(1000.0 * i, 0.0) for i in range(7)],
        classes=["a2", "c0", "b0", "b1", "c2", "c2", ""],
        functions={"hospital": [0, 1, 0, 0, 1, 1, 1], "rail": [1, 0, 0, 0, 0, 0, 1]},
    )


def test_seat_has_the_best_degree_of_equipment(row: Instance) -> None:
    """Degrees are not in the order of their names, and a municipality of unknown degree comes last."""
    assert seat(row, list(range(7)), scenario=asked()) == 0
    assert seat(row, [1, 2, 3, 4], scenario=asked()) == 1
    assert seat(row, [2, 3, 4, 5, 6], scenario=asked()) == 2
    assert seat(row, [5, 6], scenario=asked()) == 5
    assert sorted(name for names in EQUIPMENT for name in names) == [
        "a0", "a1", "a2", "b0", "b1", "c0", "c1", "c2", "c3",
    ]  # fmt: skip


def test_functions_and_inhabitants_decide_between_equal_degrees(row: Instance) -> None:
    """b1 and c2 are equal: 3 has more inhabitants, 4 has a hospital."""
    assert seat(row, [3, 4], scenario=asked()) == 4
    bare = replace(row, functions={})
    assert seat(bare, [3, 4], scenario=asked()) == 3


def test_of_equals_in_all_the_nearest_is_the_seat(row: Instance) -> None:
    """4 and 5 are equal; most inhabitants live on the side of 5 when 6 is with them."""
    assert seat(row, [4, 5], scenario=asked()) == 4
    assert seat(row, [4, 5, 6], scenario=asked()) == 5


def test_inhabitants_decide_without_classes_and_functions() -> None:
    bare = build_instance([1_000, 5_000, 5_000], [(0, 1), (1, 2)], points=[(0, 0), (100, 0), (9_000, 0)])
    assert seat(bare, [0, 1, 2], scenario=asked()) == 1
    assert seat(bare, [0, 2], scenario=asked()) == 2


def test_locked_seat_ranks_before_all(row: Instance) -> None:
    locked = asked(seat=["M6"])
    assert seat(row, list(range(7)), scenario=locked) == 6
    assert seat(row, [0, 1], scenario=locked) == 0
    assert seat_ranks(row, locked, ()).tolist() == seat_ranks(row, asked()).tolist()
    assert seat_ranks(row, asked(seat=["nowhere"])).tolist() == seat_ranks(row, asked()).tolist()


def test_nobody_is_with_a_seat_that_ranks_behind(row: Instance) -> None:
    ranks = seat_ranks(row, asked())
    may = may_be_seat(ranks)
    assert not may[0, 1]
    assert may[1, 0]
    assert may[4, 5]
    assert may[5, 4]
    assert may_be_seat(seat_ranks(row, Scenario.from_dict({"weights": {}}))).all()


def test_seats_of_flanders_are_towns() -> None:
    """Names that planners would give, where the middle or the order of letters would give others."""
    from refzones.instances import load

    flanders = load("flanders-2025")
    for town, others in {
        "Waregem": ("Deerlijk", "Anzegem", "Wielsbeke"),
        "Zottegem": ("Oosterzele", "Herzele", "Brakel"),
        "Heist-op-den-Berg": ("Bonheiden", "Putte"),
        "Wetteren": ("Destelbergen", "Laarne", "Lochristi"),
        "Menen": ("Wevelgem", "Wervik"),
        "Eeklo": ("Kaprijke", "Evergem"),
        "Tongeren-Borgloon": ("Bilzen-Hoeselt", "Riemst"),
    }.items():
        members = sorted(flanders.find(name) for name in (town, *others))
        assert flanders.names[seat(flanders, members, scenario=asked())] == town
