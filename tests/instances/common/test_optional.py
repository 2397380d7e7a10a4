"""Packages of extras: a missing one is named with its extra."""

from __future__ import annotations

import sys

import pytest
from refzones.instances import InputError
from refzones.instances.common.optional import require


def test_a_package_that_is_there_is_not_imported() -> None:
    before = set(sys.modules)
    require("this", "research", "poems")
    assert "this" not in set(sys.modules) - before


def test_a_missing_package_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(InputError, match="data frames need the package pandas; pip install 'refzones"):
        require("pandas", "research", "data frames")
