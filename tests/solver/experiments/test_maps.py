"""Maps: along zones, under a plan, and drawn."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import census
from refzones.solver.experiments.maps import along, drawn, under
from support.all_plans import all_plans
from support.build import build_instance
from support.strategies import questions


def groups(part: np.ndarray) -> set[tuple[int, ...]]:
    return {tuple(np.flatnonzero(part == k).tolist()) for k in range(int(part.max()) + 1)}


def test_along_a_layer_whoever_is_in_no_zone_stays() -> None:
    instance = build_instance([1] * 5, [], layers={"police": ["A", "B", "A", "", ""]})
    assert groups(along(instance, np.arange(5), "police")) == {(0, 2), (1,), (3,), (4,)}
    assert groups(along(instance, np.array([1, 2]), "police")) == {(0,), (1,)}


def test_under_a_plan_whoever_it_leaves_out_stays() -> None:
    instance = build_instance([1] * 5, [])
    assert groups(under(instance, np.arange(5), [(0, 3), (1,)])) == {(0, 3), (1,), (2,), (4,)}


@settings(deadline=None, max_examples=30)
@given(questions(largest=6), st.integers(0, 99))
def test_what_is_drawn_are_plans_of_every_region(question: tuple[Instance, Scenario], seed: int) -> None:
    instance, scenario = question
    try:
        counted = census(instance, scenario, bins=0)
    except InputError:
        assume(False)
    assume(all(one.count for one in counted.by_region))
    everybody = np.arange(len(instance))
    found = [groups(part) for part in drawn(counted, everybody, 5, seed)]
    own = [{tuple(merger.members) for merger in plan.mergers} for plan in counted.draw(5, seed)]
    assert found == own
    for region in range(len(instance.regions)):
        known = {frozenset(plan) for _, plan in all_plans(instance, scenario, region)}
        for plan in found:
            assert frozenset(p for p in plan if instance.region[p[0]] == region) in known


def test_all_plans_are_drawn_equally_often() -> None:
    """Two regions, of 3 and of 2 plans: each of the six pairs as often as the others, within five errors."""
    borders = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]
    instance = build_instance([10, 10, 10, 10, 10, 20], borders, region=[0, 0, 0, 1, 1, 1])
    scenario = Scenario.from_dict({"population": {"min": 10, "max": 20}, "weights": {"distance": 1}})
    counted = census(instance, scenario, bins=0)
    expected = counted.count
    assert expected is not None
    number = 400 * expected
    times = Counter(frozenset(groups(part)) for part in drawn(counted, np.arange(6), number, 7))
    assert len(times) == expected
    share = 1 / expected
    error = (number * share * (1 - share)) ** 0.5
    assert max(abs(count - number * share) for count in times.values()) < 5 * error


@pytest.mark.parametrize("seed", [0, 5])
def test_the_same_seed_draws_the_same(seed: int) -> None:
    instance = build_instance([10] * 6, [(i, i + 1) for i in range(5)])
    scenario = Scenario.from_dict({"population": {"min": 10, "max": 30}, "weights": {"distance": 1}})
    counted = census(instance, scenario, bins=0)
    first, again = ([p.tolist() for p in drawn(counted, np.arange(6), 20, seed)] for _ in range(2))
    assert first == again
    assert first != [p.tolist() for p in drawn(counted, np.arange(6), 20, seed + 1)]
