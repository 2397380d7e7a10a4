from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from functools import cache

import pytest
from refzones.instances import InputError, load
from refzones.models import Scenario
from refzones.solver import (
    Loss,
    Resolver,
    Result,
    WhatIf,
    agreement,
    best_plans,
    census,
    diverse_plans,
    explain,
    pareto_front,
    solve,
    stability,
    what_if,
)
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


def test_work_is_ended_from_outside() -> None:
    event = threading.Event()
    deadlines = [Deadline.after(100, event), Limits(until=event).start(), Limits(100, until=event).start()]
    deadlines += [
        part for one in deadlines for part in (one.part(0.5), one.at_most(50), one.limits(20).start())
    ]
    assert not any(one.passed or one.remaining == 0 for one in deadlines)
    event.set()
    assert all(one.passed and one.remaining == 0 for one in deadlines)
    with pytest.raises(TimeUpError):
        deadlines[1].check()
    assert not Deadline.after(100).passed


def test_limits_of_a_part() -> None:
    assert Deadline().limits() == Limits()
    assert Deadline().limits(3.0) == Limits(3.0)
    whole = Deadline.after(100)
    for limits, most in ((whole.limits(), 100), (whole.limits(500), 100), (whole.limits(20), 20)):
        assert limits.seconds is not None
        assert most - 10 < limits.seconds <= most
    left = Deadline(time.perf_counter() - 1).limits().seconds  # a limit is more than none
    assert left is not None
    assert 0 < left < 0.1


FLANDERS, MERGERS = load("flanders-2025"), Scenario.preset("mergers")
ENDED: dict[str, Callable[[Limits], object]] = {
    "solve": lambda limits: solve(FLANDERS, MERGERS, limits=limits),
    "one frame": lambda limits: solve(
        FLANDERS, MERGERS.overlaid({"frames": {"regions": False}}), limits=limits
    ),
    "nested": lambda limits: solve(FLANDERS, Scenario.preset("nested"), limits=limits),
    "what_if": lambda limits: what_if(
        FLANDERS, _best(), WhatIf(together=(("Aalst", "Lede"), ("Aarschot", "Tienen"))), limits=limits
    ),
    "best_plans": lambda limits: best_plans(FLANDERS, MERGERS, 1000, limits=limits),
    "diverse_plans": lambda limits: diverse_plans(FLANDERS, MERGERS, 3, Loss.read("5%"), limits=limits),
    "agreement": lambda limits: agreement(FLANDERS, MERGERS, Loss.read("5%"), limits=limits),
    "pareto_front": lambda limits: pareto_front(FLANDERS, MERGERS, ["coverage", "distance"], limits=limits),
    "explain": lambda limits: explain(
        FLANDERS, MERGERS.overlaid({"population": {"min": 60_000, "max": 61_000}}), "Oost-Brabant", limits
    ),
    "decide": lambda limits: Resolver(FLANDERS).decide(_best(), limits=limits),
}


@cache
def _best() -> Result:
    return solve(FLANDERS, MERGERS)


@pytest.mark.parametrize("name", ENDED)
def test_what_was_ended_before_it_began_takes_no_time(name: str) -> None:
    event = threading.Event()
    event.set()
    _best()
    begun = time.perf_counter()
    ENDED[name](Limits(until=event))
    assert time.perf_counter() - begun < 5  # without an end seconds, or minutes


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
    (other,) = solve(*question, **WESTHOEK, limits=Limits(seconds=10, memory=1e3)).by_region
    assert usual.candidates > other.candidates == 0
    assert other.score_nano is not None
    assert other.score_nano <= (usual.score_nano or 0)
