"""Temporary files and folders, and code that stops the program meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from refzones.instances.common import activity, temporary


@pytest.mark.parametrize("folder", [True, False])
def test_nothing_is_begun_that_who_stops_the_program_would_not_know_of(tmp_path: Path, folder: bool) -> None:
    inside, end = threading.Event(), threading.Event()

    def fill() -> None:
        with temporary.partial(tmp_path, folder=folder):
            inside.set()
            end.wait(10)

    thread = threading.Thread(target=fill)
    with activity.REPLACING:
        thread.start()
        assert not inside.wait(0.1)
        assert list(tmp_path.iterdir()) == []
    assert inside.wait(10)
    assert set(tmp_path.iterdir()) <= set(activity.unfinished())
    end.set()
    thread.join()
    assert list(tmp_path.iterdir()) == []
