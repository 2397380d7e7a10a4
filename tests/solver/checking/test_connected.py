"""All connected sets, against all subsets."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.solver.checking.connected import TooManySetsError, bits, connected_sets, mask_of
from support.admissible import is_connected
from support.strategies import instances


def _near(instance: Instance) -> dict[int, int]:
    near = dict.fromkeys(range(len(instance)), 0)
    for a, b in instance.borders.pairs.tolist():
        near[a] |= 1 << b
        near[b] |= 1 << a
    return near


@given(instances(largest=8, connected=False), st.integers(0, 200_000))
@settings(max_examples=100, deadline=None)
def test_each_connected_set_within_the_bound_stands_once(instance: Instance, most: int) -> None:
    n = len(instance)
    people = {i: int(instance.population[i]) for i in range(n)}
    listed = connected_sets(_near(instance), people, most, 10_000)
    expected = [
        mask_of(members)
        for size in range(1, n + 1)
        for members in combinations(range(n), size)
        if sum(people[i] for i in members) <= most and is_connected(instance, members)
    ]
    assert sorted(listed) == sorted(expected)


def test_no_more_are_listed_than_may_be() -> None:
    path = {0: 0b010, 1: 0b101, 2: 0b010}
    people = dict.fromkeys(path, 1)
    assert len(connected_sets(path, people, 3, 6)) == 6
    with pytest.raises(TooManySetsError):
        connected_sets(path, people, 3, 5)


@given(st.sets(st.integers(0, 300)))
def test_masks_hold_their_bits(members: set[int]) -> None:
    assert bits(mask_of(sorted(members))) == sorted(members)
