"""The best mergers inside zones, against all ways to divide each of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Model, Scenario
from refzones.models.scenario.tables import Count
from refzones.solver.candidates.enumeration import TooManyCandidatesError
from refzones.solver.candidates.sets import Candidates
from refzones.solver.deadline import Deadline, TimeUpError
from refzones.solver.methods import inner as inner_module
from refzones.solver.methods.inner import InnerMergers
from support.admissible import Rules
from support.brute import admissible_parts, members_of, partitions
from support.build import build_instance
from support.strategies import questions

Division = tuple[int, list[tuple[int, ...]]]
"""Score and mergers."""

patched = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def inside_of(instance: Instance, scenario: Scenario, deadline: Deadline = Deadline()) -> InnerMergers:
    return InnerMergers(Model.of(instance, scenario), 0, deadline)


def as_candidates(of: list[int], zones: list[int]) -> Candidates:
    """Zones as bit sets over some municipalities, from bit sets over all."""
    words = [sum(1 << place for place, i in enumerate(of) if zone >> i & 1) for zone in zones]
    return Candidates(np.array(of, dtype=np.int64), np.array([[word] for word in words], dtype=np.uint64))


def divisions(
    instance: Instance, scenario: Scenario, zones: list[int]
) -> dict[tuple[int, tuple[int, ...]], Division]:
    """By zone and number of mergers, where it is limited: the best division, and of equals the first."""
    parts = admissible_parts(Rules(instance, scenario), instance.members(0).tolist())
    limited = scenario.count.of(instance.regions[0]) is not None
    best: dict[tuple[int, tuple[int, ...]], Division] = {}
    for k, zone in enumerate(zones):
        for plan in partitions(zone, parts):
            numbers = (sum(parts[part][1] for part in plan),) if limited else ()
            found = (-sum(parts[part][0] for part in plan), sorted(map(members_of, plan)))
            best[k, numbers] = min(best.get((k, numbers), found), found)
    return {key: (-score, plan) for key, (score, plan) in best.items()}


def check(instance: Instance, scenario: Scenario, data: st.DataObject) -> None:
    try:
        found = inside_of(instance, scenario)
    except InputError:
        assume(False)
    of = instance.members(0).tolist()
    everything = sum(1 << i for i in of)
    subsets = st.lists(st.integers(1, (1 << len(of)) - 1), min_size=1, max_size=40)
    zones = [everything, *(sum(1 << of[b] for b in members_of(bits)) for bits in data.draw(subsets))]
    truth = divisions(instance, scenario, zones)
    asked = as_candidates(data.draw(st.permutations(of)), zones)
    rows, worth, counts = found.worth(asked)
    assert {
        (row, tuple(count)): score
        for row, score, count in zip(rows.tolist(), worth.tolist(), counts.tolist(), strict=True)
    } == {key: score for key, (score, _) in truth.items()}
    assert rows.tolist() == sorted(rows.tolist())
    for (k, numbers), (_, plan) in truth.items():
        assert found.best(members_of(zones[k]), numbers) == plan
    event("limited" if found.constraints else "without limit")
    if any(k == 0 for k, _ in truth):
        event("the region can be divided")
        assert found.is_possible
        most = found.at_most(asked)
        assert all(most[k] >= score for (k, _), (score, _) in truth.items())
        parts = admissible_parts(Rules(instance, scenario), of)
        heaviest = max(abs(score) for score, _ in parts.values())
        assert all(
            abs(bound) <= zone.bit_count() * heaviest
            for zone, bound in zip(zones, most.tolist(), strict=True)
        )
    # a proof that there is no division holds
    assert found.is_possible or not any(k == 0 for k, _ in truth)


@given(questions(agreed=True, largest=7), st.data())
@settings(max_examples=60, deadline=None)
def test_worth_and_best_are_those_of_brute_force(
    question: tuple[Instance, Scenario], data: st.DataObject
) -> None:
    check(*question, data)


@given(question=questions(agreed=True, largest=7), data=st.data())
@settings(patched, max_examples=25, deadline=None)
def test_slices_and_a_limit_change_nothing(
    monkeypatch: pytest.MonkeyPatch, question: tuple[Instance, Scenario], data: st.DataObject
) -> None:
    """The best of each number is found, whatever the limit on their sum over zones."""
    monkeypatch.setattr(inner_module, "_CELLS", 1)
    instance, scenario = question
    check(instance, scenario.model_copy(update={"count": Count(max=data.draw(st.integers(0, 9)))}), data)


ROW = build_instance([10_000] * 6, pairwise(range(6)), points=[(1000.0 * km, 0) for km in (0, 1, 3, 4, 6, 7)])
SCENARIO = {"population": {"min": 10_000, "max": 20_000}, "weights": {"distance": 60.0}}


def test_by_hand() -> None:
    """A pair one km apart costs 10 points, one two km apart 20; there may be as many pairs as one likes."""
    zones = as_candidates(list(range(6)), [0b111111, 0b000011, 0b010010, 0b000111])
    rows, worth, counts = inside_of(ROW, Scenario.from_dict(SCENARIO)).worth(zones)
    assert (rows.tolist(), worth.tolist(), counts.tolist()) == ([0, 1, 2, 3], [0] * 4, [[]] * 4)

    limited = Scenario.from_dict(SCENARIO | {"count": {"max": 4}})
    rows, worth, counts = inside_of(ROW, limited).worth(zones)
    points = {
        (row, count): score // 10**9
        for row, score, (count,) in zip(rows.tolist(), worth.tolist(), counts.tolist(), strict=True)
    }
    # the number inside one zone may be any: it is the region whose sum is limited
    assert points == {
        (0, 3): -30, (0, 4): -20, (0, 5): -10, (0, 6): 0,
        (1, 1): -10, (1, 2): 0,
        (2, 2): 0,
        (3, 2): -10, (3, 3): 0,
    }  # fmt: skip
    assert inside_of(ROW, limited).best((0, 1, 2, 3, 4, 5), (4,)) == [(0,), (1,), (2, 3), (4, 5)]


def test_no_zones_and_zones_that_cannot_be_divided() -> None:
    found = inside_of(ROW, Scenario.from_dict(SCENARIO | {"population": {"min": 20_000, "max": 20_000}}))
    zones = as_candidates(list(range(6)), [0b000111, 0b000101])
    assert [len(part) for part in found.worth(zones)] == [0, 0, 0]
    assert [len(part) for part in found.worth(zones.take(np.zeros(0, dtype=np.int64)))] == [0, 0, 0]


def test_who_is_in_no_merger_is_known() -> None:
    lonely = build_instance([10_000, 10_000, 25_000], pairwise(range(3)))
    scenario = Scenario.from_dict({"population": {"min": 20_000, "max": 30_000}})
    assert inside_of(lonely, scenario).lost == []
    small = build_instance([10_000, 25_000, 10_000], pairwise(range(3)))
    found = inside_of(small, scenario)
    assert found.lost == [0, 2]
    assert not found.is_possible


def test_limits_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    zones = as_candidates(list(range(6)), [0b111111])
    with pytest.raises(TimeUpError):
        inside_of(ROW, Scenario.from_dict(SCENARIO), Deadline(0.0)).worth(zones)
    monkeypatch.setattr(inner_module, "_MOST_PAIRS", 3)
    with pytest.raises(TooManyCandidatesError):
        inside_of(ROW, Scenario.from_dict(SCENARIO)).worth(zones)
