from __future__ import annotations

import math
import time

import pytest
from refzones.instances import InputError, load
from refzones.models import Scenario
from refzones.solver import Loss, agreement, best_plans, census, diverse_plans, pareto_front, solve, stability
from refzones.solver.deadline import Deadline, Limits, TimeUpError


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0"), (-1, "-1"), (math.nan, "nan"), (0.0, "0.0")])
def test_limit_that_is_no_time(seconds: float, shown: str) -> None:
    with pytest.raises(InputError) as caught:
        Deadline.after(seconds)
    assert str(caught.value) == (
        f"value '{shown}': the time limit must be more than zero seconds; leave it out for no limit"
    )


@pytest.mark.parametrize("seconds", [None, math.inf, 1e18])
def test_no_limit(seconds: float | None) -> None:
    deadline = Deadline.after(seconds)
    assert (deadline.remaining, deadline.passed) == (None, False)
    deadline.check()


def test_time_to_go() -> None:
    deadline = Deadline.after(100)
    assert deadline.remaining is not None
    assert 90 < deadline.remaining <= 100
    assert not deadline.passed
    deadline.check()


def test_time_is_up() -> None:
    deadline = Deadline(time.perf_counter() - 1)
    assert (deadline.remaining, deadline.passed) == (0.0, True)
    with pytest.raises(TimeUpError):
        deadline.check()


def test_limits_start_a_clock() -> None:
    assert Limits().start() == Deadline(None)
    left = Limits(seconds=100).start().remaining
    assert left is not None
    assert 90 < left <= 100


@pytest.mark.parametrize("memory", [0, -1, math.nan, math.inf])
def test_memory_that_is_none(memory: float) -> None:
    with pytest.raises(InputError, match="the memory must be more than zero, and finite; leave it out"):
        Limits(memory=memory)


def test_seconds_that_are_none_are_refused_before_anything_is_begun() -> None:
    with pytest.raises(InputError, match="the time limit must be more than zero seconds"):
        Limits(0)


def test_room() -> None:
    assert Limits().room(250, 12) == 12
    assert Limits(memory=1000).room(250, 12) == 4
    assert Limits(memory=1000).room(2500, 12) == 1
    assert Limits(memory=1e6).room(250, 12) == 4000


WESTHOEK = {"regions": ["Westhoek"]}


def test_old_names_of_limits_say_the_new_ones() -> None:
    question = load("flanders-2025"), Scenario.preset("mergers")
    for name, value, answer in (
        ("time_limit", 60, solve),
        ("time_limit", 60, census),
        ("memory", 6e9, census),
    ):
        field = "memory" if name == "memory" else "seconds"
        with pytest.warns(DeprecationWarning, match=rf"is now limits=Limits\({field}=...\)"):
            old = answer(*question, **WESTHOEK, **{name: value})
        new = answer(*question, **WESTHOEK, limits=Limits(**{field: value}))
        assert len(old.by_region) == len(new.by_region) == 1


def test_graphs_of_plans_keep_within_the_memory() -> None:
    """What does not fit is not there, and is not claimed to be."""
    question, little = (load("flanders-2025"), Scenario.preset("mergers")), Limits(memory=1e4)
    (plans,) = best_plans(*question, 1000, **WESTHOEK, limits=little).by_region
    assert not plans.is_all
    assert len(plans.plans) < 1000
    (front,) = pareto_front(*question, ["coverage", "distance"], **WESTHOEK, limits=little).by_region
    assert not front.is_proved
    assert agreement(*question, Loss.read("5%"), **WESTHOEK, limits=little).by_region == ()
    assert not stability(*question, **WESTHOEK, limits=little).by_region
    (counted,) = census(*question, **WESTHOEK, limits=little).by_region
    assert counted.graph is None
    assert not diverse_plans(*question, 2, Loss.read("5%"), **WESTHOEK, limits=little).by_region[0].plans


def test_lists_of_candidates_keep_within_the_memory() -> None:
    """Where they do not fit, a plan is found in another way."""
    question = load("flanders-2025"), Scenario.preset("mergers")
    (usual,) = solve(*question, **WESTHOEK).by_region
    (other,) = solve(*question, **WESTHOEK, limits=Limits(seconds=30, memory=1e3)).by_region
    assert usual.candidates > other.candidates == 0
    assert other.score_nano is not None
    assert other.score_nano <= (usual.score_nano or 0)
