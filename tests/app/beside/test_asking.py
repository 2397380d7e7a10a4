"""A process beside this one: it answers in order, its errors stay there, and it ends with whoever asks."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from refzones.app.beside import asking
from refzones.app.beside.asking import given_by, process_beside


@pytest.fixture
def own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on the command line, on a machine with two processors."""
    monkeypatch.setattr(asking, "is_own_process", lambda: True)
    monkeypatch.setattr(asking, "processors", lambda: 2)


@pytest.mark.usefixtures("own_process")
def test_it_answers_in_order_and_lives_on_after_an_error() -> None:
    with process_beside() as beside:
        assert beside is not None
        large = "x" * 1_000_000  # more than a pipe holds
        asked = [
            beside.ask("builtins:print", "what is printed gets into no answer"),
            beside.ask("refzones.instances.common.text:no_such_function"),
            beside.ask("builtins:len", large),
            beside.ask("builtins:sorted", [1, 3, 2], reverse=True),
            beside.ask("os:getpid"),
        ]
        assert given_by(asked[0], lambda: "nothing") is None
        with pytest.raises(RuntimeError, match="no_such_function"):
            asked[1].result(60)
        assert given_by(asked[1], lambda: "done here") == "done here"
        assert [one.result(60) for one in asked[2:]] == [len(large), [3, 2, 1], beside.pid]


@pytest.mark.usefixtures("own_process")
def test_a_process_that_is_gone_leaves_the_work_to_whoever_asks() -> None:
    with process_beside() as beside:
        assert beside is not None
        asked = [beside.ask("os:_exit", 3), beside.ask("builtins:len", "never")]
        assert [given_by(one, lambda: "done here") for one in asked] == ["done here"] * 2


@pytest.mark.usefixtures("own_process")
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked up in /proc")
def test_it_ends_with_the_block() -> None:
    with process_beside() as beside:
        assert beside is not None
        beside.ask("time:sleep", 60)
        time.sleep(0.1)
    assert not Path(f"/proc/{beside.pid}").exists()


def test_there_is_none_within_a_test_or_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    with process_beside() as beside:
        assert beside is None
    monkeypatch.setattr(asking, "is_own_process", lambda: True)
    with process_beside(wanted=False) as beside:
        assert beside is None
    monkeypatch.setattr(asking, "processors", lambda: 1)
    with process_beside() as beside:
        assert beside is None
    assert asking.processors() <= (os.cpu_count() or 1)
