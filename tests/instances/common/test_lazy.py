"""Faces, tried on a package made for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

FILES = {
    "__init__.py": """
from refzones.instances.common.lazy import face
__all__ = ["measure"]
face(__name__, {"inner.work": "measure"}, renamed={"size": "measure"}, moved="moved", was="former")
""",
    "moved.py": 'MOVED = {"inner": "measure=work size=work", "": "older=former"}',
    "former.py": "kept = 1",
    "broken.py": "import no_such_library",
    "inner/__init__.py": "",
    "inner/work.py": "def measure(): return 2",
}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    for name, source in FILES.items():
        file = tmp_path / "shop" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield import_module("shop")
    for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
        del sys.modules[name]


def test_names_load_when_they_are_used(shop: ModuleType) -> None:
    assert "shop.inner.work" not in sys.modules
    assert "measure" in dir(shop)
    assert shop.measure() == 2
    assert "shop.inner.work" in sys.modules


def test_old_names_are_found_with_a_warning(shop: ModuleType) -> None:
    with pytest.warns(DeprecationWarning, match=r"shop\.size is now shop\.measure"):
        assert shop.size is shop.measure
    with pytest.warns(DeprecationWarning, match=r"shop\.kept is now shop\.former\.kept"):
        assert shop.kept == 1


def test_modules_under_old_paths_hide_no_name(shop: ModuleType) -> None:
    with pytest.warns(DeprecationWarning, match=r"shop\.measure is now shop\.inner\.work \(its function"):
        old = import_module("shop.measure")
    assert old.measure is shop.measure
    assert callable(shop.measure)
    with pytest.warns(DeprecationWarning, match=r"shop\.size is now shop\.inner\.work"):
        import_module("shop.size")
    with pytest.warns(DeprecationWarning, match=r"shop\.size is now shop\.measure"):
        assert shop.size() == 2
    with pytest.warns(DeprecationWarning, match=r"shop\.older is now shop\.former;"):
        assert shop.older.kept == 1


def test_modules_need_no_import(shop: ModuleType) -> None:
    assert shop.inner.__name__ == "shop.inner"


def test_what_is_missing_is_told_as_such(shop: ModuleType) -> None:
    with pytest.raises(AttributeError, match="module 'shop' has no attribute 'nothing'"):
        _ = shop.nothing
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        _ = shop.broken
    with pytest.raises(ModuleNotFoundError, match=r"shop\.nothing"):
        import_module("shop.nothing")
