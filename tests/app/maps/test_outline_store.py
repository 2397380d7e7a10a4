import dataclasses
import json
import os
from pathlib import Path

import numpy as np
import pytest
from refzones.app.maps import outlines
from refzones.app.maps.outline_store import CACHE_VARIABLE, cache_folder, outlines_json
from refzones.app.maps.shapes import Shapes
from refzones.instances import InputError, Instance


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / "outlines"


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> list[Shapes]:
    """What was drawn, which is not what came from the cache."""
    drawn: list[Shapes] = []
    true = outlines.outlines_of
    monkeypatch.setattr(outlines, "outlines_of", lambda shapes: (drawn.append(shapes), true(shapes))[1])
    return drawn


def write_squares(squares: Shapes, instance: Instance, file: Path) -> Path:
    geopandas = pytest.importorskip("geopandas")
    geopandas.GeoDataFrame(
        {"code": list(instance.codes)}, geometry=list(squares.geometry), crs=instance.crs
    ).to_file(file)
    return file


def test_drawn_once(grid: Instance, times: list[Shapes], folder: Path) -> None:
    first = outlines_json(grid)
    assert outlines_json(grid) == first
    assert len(times) == 1
    assert json.loads(first)["generalised"] is True
    assert len(list(folder.iterdir())) == 1


def test_other_points_are_another_map(grid: Instance, times: list[Shapes]) -> None:
    moved = dataclasses.replace(grid, x=grid.x + np.arange(12.0))
    assert outlines_json(grid) != outlines_json(moved)
    assert len(times) == 2


def test_damaged_is_drawn_again(grid: Instance, times: list[Shapes], folder: Path) -> None:
    first = outlines_json(grid)
    (file,) = folder.iterdir()
    file.write_text(file.read_text()[:-20])
    assert outlines_json(grid) == first
    file.write_bytes(b"\xff\xfe")
    assert outlines_json(grid) == first
    assert len(times) == 3


def test_a_folder_that_cannot_be_made_is_no_error(
    grid: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "file" / "cache"))
    assert json.loads(outlines_json(grid))["municipalities"]


def test_few_are_kept(grid: Instance, folder: Path) -> None:
    for k in range(9):
        outlines_json(dataclasses.replace(grid, x=grid.x + 1000.0 * k))
    assert len(list(folder.iterdir())) == 6


def test_a_boundary_file_that_changed_is_read_again(
    grid: Instance, squares: Shapes, tmp_path: Path, times: list[Shapes]
) -> None:
    file = write_squares(squares, grid, tmp_path / "b[1].shp")
    first = json.loads(outlines_json(grid, file))
    assert (first["generalised"], first["source"]) == (False, "boundaries: b[1].shp")
    outlines_json(grid, file)
    assert len(times) == 1
    os.utime(file.with_suffix(".dbf"), (1, 1))
    outlines_json(grid, file)
    assert len(times) == 2


def test_a_missing_boundary_file_is_an_error(grid: Instance, tmp_path: Path) -> None:
    pytest.importorskip("geopandas")
    with pytest.raises(InputError, match="not there"):
        outlines_json(grid, tmp_path / "not there.shp")


def test_folder_follows_the_desktops_rule(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(CACHE_VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "refzones"
