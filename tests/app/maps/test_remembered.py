from pathlib import Path

import pytest
from refzones.app.maps.remembered import (
    config_folder,
    forget_boundaries,
    remember_boundaries,
    remembered_boundaries,
    remembered_path,
)
from refzones.app.maps.shapes import Shapes
from refzones.instances import Instance

geopandas = pytest.importorskip("geopandas")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REFZONES_CONFIG_DIR", str(tmp_path / "settings"))
    return tmp_path / "settings"


@pytest.fixture
def file(grid: Instance, squares: Shapes, tmp_path: Path) -> Path:
    path = tmp_path / "map.gpkg"
    geopandas.GeoDataFrame({"nis": grid.codes}, geometry=list(squares.geometry), crs=grid.crs).to_file(path)
    return path


def test_nothing_is_remembered_at_first(grid: Instance) -> None:
    assert remembered_boundaries(grid) == (None, "")
    assert not forget_boundaries(grid)


def test_remembered_once_given_and_forgotten_when_asked(
    grid: Instance, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    remember_boundaries("map.gpkg", grid)
    assert remembered_path(grid) == file
    monkeypatch.chdir("/")
    shapes, warning = remembered_boundaries(grid)
    assert shapes is not None
    assert not shapes.generalised
    assert warning == ""
    assert forget_boundaries(grid)
    assert remembered_boundaries(grid) == (None, "")


def test_a_vanished_file_is_passed_over_with_a_warning(grid: Instance, file: Path) -> None:
    remember_boundaries(file, grid)
    file.unlink()
    shapes, warning = remembered_boundaries(grid)
    assert shapes is None
    assert "are gone" in warning
    assert str(file) in warning


def test_a_file_that_no_longer_fits_is_passed_over_with_a_warning(grid: Instance, file: Path) -> None:
    remember_boundaries(file, grid)
    file.write_text("no map any more", encoding="utf-8")
    shapes, warning = remembered_boundaries(grid)
    assert shapes is None
    assert "cannot be read as a map" in warning


@pytest.mark.parametrize("text", ["", "{", "[]", '{"small": 3}', "\xff"])
def test_damaged_settings_count_as_empty(grid: Instance, own_settings: Path, text: str) -> None:
    own_settings.mkdir()
    (own_settings / "boundaries.json").write_text(text, encoding="latin-1")
    assert remembered_boundaries(grid) == (None, "")


def test_settings_that_cannot_be_written_stop_nothing(
    grid: Instance, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFZONES_CONFIG_DIR", str(file))  # a file where a folder should be
    remember_boundaries(file, grid)
    assert remembered_path(grid) is None


def test_folder_of_the_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("REFZONES_CONFIG_DIR")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert config_folder() == tmp_path / "refzones"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert config_folder() == tmp_path / ".config" / "refzones"
