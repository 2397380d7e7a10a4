"""Compiled searches where nothing can be kept on disk."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest


def test_without_a_folder_to_keep_it_a_search_is_compiled_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nb = pytest.importorskip("numba")
    from refzones.solver.candidates import compiled

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
