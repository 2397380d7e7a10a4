from __future__ import annotations

import math
import time

import pytest
from refzones.instances import InputError
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
