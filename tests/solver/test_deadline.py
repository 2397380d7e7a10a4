from __future__ import annotations

import math
import time

import pytest
from refzones.instances import InputError
from refzones.solver.deadline import Deadline, TimeUpError


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
