"""The figures of a checkout: imports by when they happen, circles, rooms."""

from __future__ import annotations

from pathlib import Path

import pytest
from house import AT_ONCE, LATE, TYPES, figures, imports, main, named

SOURCES = {
    "instances/__init__.py": "",
    "models/__init__.py": "",
    "app/__init__.py": "",
    "solver/__init__.py": "from .rooms.inner import one\n",
    "solver/flat.py": "from ..instances import x\nfrom .rooms import inner\n",
    "solver/rooms/__init__.py": "",
    "solver/rooms/inner.py": "if TYPE_CHECKING:\n    from .other import T\nelse:\n    T = None\n",
    "solver/rooms/other.py": "from . import inner\n\n\ndef f():\n    from ..flat import g\n",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name, text in SOURCES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    return tmp_path


def test_imports_are_read_with_their_time() -> None:
    source = (
        "import os\nimport refzones.a.b\nfrom ..c import d, e\nfrom refzones.f import g\n"
        "if typing.TYPE_CHECKING:\n    from .h import i\ndef j():\n    if k:\n        from . import l\n"
    )
    assert sorted(named(source, "m.n")) == [
        ("a.b", AT_ONCE),
        ("f.g", AT_ONCE),
        ("m.c.d", AT_ONCE),
        ("m.c.e", AT_ONCE),
        ("m.n.h.i", TYPES),
        ("m.n.l", LATE),
    ]


def test_edges_lead_to_modules(checkout: Path) -> None:
    assert set(imports(checkout).edges(keys=True)) == {
        ("solver", "solver.rooms.inner", AT_ONCE),
        ("solver.flat", "instances", AT_ONCE),
        ("solver.flat", "solver.rooms.inner", AT_ONCE),
        ("solver.rooms.inner", "solver.rooms.other", TYPES),
        ("solver.rooms.other", "solver.rooms.inner", AT_ONCE),
        ("solver.rooms.other", "solver.flat", LATE),
    }


def test_figures(checkout: Path) -> None:
    found = figures(checkout)
    assert found["modules flat in solver"] == "1"
    assert found["files"] == "8"
    assert found["lines"] == str(sum(text.count("\n") for text in SOURCES.values()))
    assert found["circles of modules: imports when loaded"] == "0"
    assert found["circles of modules: imports when loaded or for type checkers"] == "1 (2)"
    assert found["circles of modules: imports all"] == "1 (3)"
    assert found["arrows between rooms: imports when loaded"] == "1"
    assert found["circles of rooms (how many in each): imports all"] == "1 (2)"


def test_two_checkouts_stand_side_by_side(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(checkout), str(checkout)])
    lines = capsys.readouterr().out.splitlines()
    assert next(line for line in lines if line.startswith("files ")).split() == ["files", "8", "8"]
