"""What draws is found by name."""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest
from refzones.instances import InputError
from refzones.solver.results import plots

ROOT = Path(__file__).resolve().parents[3]
OFFERED = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"][plots.GROUP]


def test_what_is_not_offered_is_told() -> None:
    with pytest.raises(InputError, match=r"'unicorn'.*no picture of this kind.*install refzones again"):
        plots.drawn("unicorn")


def test_everything_that_is_offered_can_be_loaded() -> None:
    for name, value in OFFERED.items():
        assert callable(EntryPoint(name, value, plots.GROUP).load())


def test_a_missing_library_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("plan", "refzones.app.pictures:plot_plan", plots.GROUP)
    monkeypatch.setattr(plots, "entry_points", lambda **_: EntryPoints([entry]))
    monkeypatch.delitem(sys.modules, "refzones.app.pictures", raising=False)

    def fail(*_: object) -> object:
        raise ModuleNotFoundError("No module named 'geopandas'", name="geopandas")

    monkeypatch.setattr(EntryPoint, "load", fail)
    with pytest.raises(InputError, match=r"geopandas.*refzones\[research\]"):
        plots.drawn("plan")
