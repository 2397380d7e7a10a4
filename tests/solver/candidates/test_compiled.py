"""Compiled searches: where nothing can be kept on disk, and where there is no time to compile."""

from __future__ import annotations

import sys
import time
from threading import Event
from types import SimpleNamespace

import numpy as np
import pytest
from refzones.solver.deadline import Deadline, TimeUpError


def test_without_a_folder_to_keep_it_a_search_is_compiled_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nb = pytest.importorskip("numba")
    from refzones.solver.candidates import compiled

    assert nb.njit(lambda x: x + 1)(1) == 2, "the first call loads more of numba, which has to be itself then"
    asked = []

    def njit(**options: bool) -> object:
        asked.append(options)
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return nb.njit(**options)

    monkeypatch.setitem(sys.modules, "numba", SimpleNamespace(njit=njit))
    double = compiled.compiled(lambda x: 2 * x)
    assert double(21) == 42
    assert asked == [{"cache": True, "nogil": True}, {"nogil": True}]


class Slow:
    """A search that is compiled when it may be, and not before."""

    def __init__(self) -> None:
        self.may, self.compiled = Event(), 0

    def compile(self, signature: tuple[object, ...]) -> None:
        assert len(signature) == 2
        self.may.wait(60.0)
        self.compiled += 1

    def __call__(self, numbers: np.ndarray, more: int) -> int:
        assert self.compiled, "it is not compiled yet"
        return int(numbers.sum()) + more


def test_what_is_compiled_too_slowly_is_not_waited_for() -> None:
    pytest.importorskip("numba")
    from refzones.solver.candidates.compiled import call_in_time

    search, numbers = Slow(), np.arange(4)
    begun = time.perf_counter()
    with pytest.raises(TimeUpError):
        call_in_time(search, Deadline.after(0.1), numbers, 1)
    assert time.perf_counter() - begun < 30.0
    search.may.set()
    assert call_in_time(search, Deadline.after(60.0), numbers, 1) == 7
    made = search.compiled
    assert call_in_time(search, Deadline.after(60.0), numbers, 2) == 8
    assert search.compiled == made, "once compiled, it is called as it is"


def test_a_search_is_called_as_others_would_call_it() -> None:
    pytest.importorskip("numba")
    from refzones.solver.candidates.compiled import call_in_time, compiled

    add = compiled(lambda numbers, more: numbers.sum() + more)
    assert call_in_time(add, Deadline(), np.arange(4), 1) == add(np.arange(4), 1) == 7
    assert call_in_time(add, Deadline(), np.arange(4.0), 0.5) == 6.5
