"""How the time limit of a command is divided."""

from __future__ import annotations

import pytest
from refzones.app.commands import clock
from refzones.app.commands.clock import Clock


@pytest.fixture
def slowness(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(clock, "seconds_so_far", lambda: 2.0)
    return monkeypatch


def searching(seconds: float, municipalities: int, worked: float, patch: pytest.MonkeyPatch) -> float:
    patch.setattr("time.process_time", lambda: worked)
    found = Clock.of(seconds).search(municipalities)
    assert found is not None
    return found


def test_no_limit_is_none() -> None:
    assert Clock.of(None).search(300) is None
    assert Clock.of(None).before_writing(300).at is None


def test_time_to_write_is_kept_and_more_of_it_where_the_machine_is_slow(
    slowness: pytest.MonkeyPatch,
) -> None:
    # of 102 seconds 2 are gone; writing 1,000 municipalities takes 2.3
    assert searching(102, 1000, 2.0, slowness) == pytest.approx(97.7, abs=0.5)
    assert searching(102, 1000, 1.0, slowness) == pytest.approx(95.4, abs=0.5)
    assert searching(102, 1000, 0.1, slowness) == pytest.approx(93.1, abs=0.5)
    assert searching(102, 1000, 50.0, slowness) == pytest.approx(97.7, abs=0.5)


def test_half_of_what_is_left_at_least_is_for_the_search(slowness: pytest.MonkeyPatch) -> None:
    assert searching(4, 1000, 0.5, slowness) == pytest.approx(1.0, abs=0.2)
