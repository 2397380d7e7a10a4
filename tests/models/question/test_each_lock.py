"""Locks one by one: taken out and put back, they are what the scenario file says."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Lock, Scenario, locks_of, with_lock, without_lock
from refzones.models.question.each_lock import LockKind
from support.build import build_instance
from support.strategies import nested_questions, questions


@st.composite
def wished(draw: st.DrawFn, *, nested: bool = False) -> tuple[Instance, Scenario, Lock]:
    """Draw a question and a lock, which it may have already."""
    instance, scenario = draw(nested_questions() if nested else questions(agreed=True))
    kind = draw(st.sampled_from(get_args(LockKind)))
    size = 1 if kind in ("alone", "seat", "joined") else 2
    some = st.lists(st.integers(0, len(instance) - 1), min_size=size, max_size=4 if size > 1 else 1)
    members = sorted(set(draw(some)))
    if kind in ("added", "removed"):
        members = members[:2]
    if len(members) < size:
        kind, members = "alone", members[:1]
    return instance, scenario, Lock(kind, tuple(members), draw(st.sampled_from(("", "zones"))) * nested)


@given(wished() | wished(nested=True))
@settings(max_examples=150, deadline=None)
def test_put_in_and_taken_out(question: tuple[Instance, Scenario, Lock]) -> None:
    instance, scenario, lock = question
    before, held = locks_of(instance, scenario), with_lock(instance, scenario, lock)
    assert lock in locks_of(instance, held) or (lock.kind == "existing" and len(lock.municipalities) < 1)
    assert with_lock(instance, held, lock) == held
    free = without_lock(instance, held, lock)
    assert lock not in locks_of(instance, free)
    if lock not in before and lock.kind != "existing":
        opposite = {"added": "removed", "removed": "added"}.get(lock.kind)
        turned = {one for one in before if (one.kind, one.municipalities) == (opposite, lock.municipalities)}
        assert set(locks_of(instance, free)) == {one for one in before if one.level != lock.level} | (
            {one for one in before if one.level == lock.level} - turned
        )
    Scenario.from_dict(held.model_dump(mode="json"))  # what a file could say
    Scenario.from_dict(free.model_dump(mode="json"))


@given(questions(agreed=True))
@settings(max_examples=60, deadline=None)
def test_without_all_locks_nothing_is_agreed(question: tuple[Instance, Scenario]) -> None:
    instance, scenario = question
    for lock in locks_of(instance, scenario):
        fewer = without_lock(instance, scenario, lock)
        assert set(locks_of(instance, fewer)) == set(locks_of(instance, scenario)) - {lock}
        scenario = fewer
    assert locks_of(instance, scenario) == ()
    locks = scenario.locks
    assert (locks.together, locks.apart, locks.alone, locks.seat) == ((), (), (), ())
    assert (scenario.rules.joined, scenario.borders.added, scenario.borders.removed) == ((), (), ())


def scenario_of(**tables: Any) -> Scenario:
    return Scenario.from_dict({"weights": {"distance": 1}, **tables})


def test_a_lock_is_found_however_it_is_written() -> None:
    instance = build_instance([10, 10, 10], [(0, 1), (1, 2)])
    scenario = scenario_of(locks={"together": [["M1", "M0"], ["10000", "M1"], ["M1", "M2"]]})
    (first, second) = locks_of(instance, scenario)
    assert (first.municipalities, first.text, first.key) == ((0, 1), "together: M0, M1", "locks.together")
    assert without_lock(instance, scenario, first).locks.together == (("M1", "M2"),)
    assert without_lock(instance, scenario, second).locks.together == (("M1", "M0"), ("10000", "M1"))


def test_a_merger_that_is_kept_leaves_the_others_open() -> None:
    """One table has one mode: mergers that others might join are held together by locks."""
    instance = build_instance([10] * 5, [(0, 1), (1, 2), (2, 3), (3, 4)])
    scenario = scenario_of(existing={"mode": "extend", "mergers": [["M0", "M1"], ["M4"]]})
    kept = with_lock(instance, scenario, Lock("existing", (2, 3)))
    assert kept.existing.mode == "keep"
    assert kept.existing.mergers == (("M2", "M3"),)
    assert kept.locks.together == (("M0", "M1"),)
    again = with_lock(instance, kept, Lock("existing", (4,)))
    assert again.existing.mergers == (("M2", "M3"), ("M4",))
    assert [lock.text for lock in locks_of(instance, again)] == [
        "together: M0, M1",
        "kept as it is: M2, M3",
        "kept as it is: M4",
    ]


def test_a_border_is_added_or_removed() -> None:
    instance = build_instance([10, 10], [(0, 1)])
    removed = with_lock(instance, scenario_of(), Lock("removed", (0, 1)))
    assert removed.borders.removed == (("M0", "M1"),)
    added = with_lock(instance, removed, Lock("added", (0, 1)))
    assert (added.borders.removed, added.borders.added) == ((), (("M0", "M1"),))


def test_regions_of_a_lock() -> None:
    instance = build_instance([10] * 4, [(0, 1), (2, 3)], region=[0, 0, 1, 1])
    assert Lock("apart", (0, 1, 2)).regions(instance) == ("R0",)
    assert Lock("apart", (0, 2)).regions(instance) == ()
    assert Lock("together", (0, 2)).regions(instance) == ("R0", "R1")


def test_names_that_mean_nothing_are_passed_over() -> None:
    instance = build_instance([10, 10], [(0, 1)])
    scenario = scenario_of(locks={"together": [["M0", "M9"]], "alone": ["M8"]})
    assert locks_of(instance, scenario) == ()


def test_what_cannot_be_meant() -> None:
    instance = build_instance([10, 10], [(0, 1)])
    with pytest.raises(InputError, match="no such kind of lock"):
        Lock("tohether", (0, 1))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="does not ask for zones"):
        with_lock(instance, scenario_of(), Lock("alone", (0,), "zones"))


def test_names_of_flanders() -> None:
    instance = load("flanders-2025")
    pair = (instance.find("Aalst"), instance.find("Lede"))
    scenario = with_lock(instance, Scenario.preset("nested"), Lock("together", pair, "zones"))
    assert scenario.zones is not None
    assert scenario.zones.locks.together == (("Aalst", "Lede"),)
    (lock,) = set(locks_of(instance, scenario)) - set(locks_of(instance, Scenario.preset("nested")))
    assert (lock.text, lock.key) == ("together: Aalst, Lede (zones)", "zones.locks.together")
