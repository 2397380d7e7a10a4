"""What goes on: said where nothing else is, and never in the way of anything."""

from __future__ import annotations

import sys
import threading
import time

import pytest
from refzones.app import process
from refzones.app.commands.clock import Clock
from refzones.app.terminal import status
from refzones.app.terminal.console import PlainConsole
from refzones.instances.common.activity import WAITING, activities, doing, keeps, kept
from refzones.instances.common.problems import InputError
from refzones.solver.deadline import Deadline


def test_activities_are_those_of_the_innermost_work() -> None:
    assert activities() == []
    with doing("solving"), doing("Limburg:"):
        assert activities() == ["Limburg: solving"]
        with doing("listing candidates") as now:
            assert activities() == ["Limburg: listing candidates"]
            now("3 of 5")
            assert activities() == ["Limburg: 3 of 5"]
    assert activities() == []
    with doing("Limburg:"):
        assert activities() == ["Limburg"]
    with doing(WAITING):
        assert activities() == [WAITING]


def test_who_only_waits_for_others_is_left_out() -> None:
    entered, leave = threading.Event(), threading.Event()

    def work() -> None:
        with doing("Kempen:"), doing("proving"):
            entered.set()
            leave.wait(10)

    with doing("solving"):
        thread = threading.Thread(target=work)
        thread.start()
        entered.wait(10)
        assert activities() == ["Kempen: proving"]
        leave.set()
        thread.join()
        assert activities() == ["solving"]


def test_work_that_fails_is_over() -> None:
    with pytest.raises(ValueError, match="x"), doing("failing"):
        raise ValueError("x")
    assert activities() == []


def test_silence_is_broken_and_speech_is_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "SILENCE", 0.6)
    console = PlainConsole()

    def work() -> None:
        for _ in range(4):
            console.print("x")
            time.sleep(0.1)
        with doing("drawing\x1b[31m\nthe map"):
            time.sleep(1.2)

    assert process.run(work) == 0
    output, errors = capsys.readouterr()
    assert output == "x\n" * 4
    lines = errors.splitlines()
    assert lines
    assert all(line.startswith("... drawing\\x1b[31m\\nthe map (") for line in lines)


def test_a_terminal_has_one_line_that_goes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "_EARLY", 0.0)
    monkeypatch.setattr(status, "is_terminal", lambda: True)

    def work() -> None:
        with doing("proving"):
            time.sleep(0.5)
            PlainConsole().print("done")

    assert process.run(work) == 0
    errors = capsys.readouterr().err
    assert "\n" not in errors
    assert "proving (0 s)" in errors
    assert errors.endswith("\r\x1b[K")
    monkeypatch.undo()
    assert not status.is_terminal() or sys.stderr.isatty()


def test_what_is_kept_is_told_once_a_place() -> None:
    process.run(lambda: None)
    keeps("sweep", "1 of 9")
    keeps("sweep", "2 of 9")
    keeps("x", "written to x")
    assert kept() == ["2 of 9", "written to x"]
    keeps("sweep")
    assert kept() == ["written to x"]
    process.run(lambda: None)
    assert kept() == []


def test_without_a_limit_all_have_the_usual_time() -> None:
    clock = Clock.of(None)
    assert clock.search(4000, 30) is None
    assert clock.each(20.0, 5) == 20.0


def test_what_comes_after_the_search_has_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.process_time", lambda: 1e9)  # however busy this machine is
    clock = Clock(Deadline.after(60.0))
    found = clock.search(4000)
    assert found is not None
    assert 50 < found < 60 - 0.0015 * 4000
    tight = Clock(Deadline.after(1.0)).search(20_000, 10)
    assert tight is not None
    assert 0.4 < tight < 0.6  # never less than half of what is left
    assert Clock(Deadline.after(10.0)).each(20.0, 5) < 1.1
    over = Clock(Deadline(0.0))
    assert 0 < (over.search(10) or 0) < 0.001


@pytest.mark.parametrize("limit", [0.0, -1.0, float("nan")])
def test_a_limit_that_is_none_is_refused(limit: float) -> None:
    with pytest.raises(InputError, match="the time limit must be more than zero seconds"):
        Clock.of(limit)
