"""Groups from the attributes of vector files."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest
from refzones.app.maps.boundary_groups import read_boundary_groups
from refzones.app.maps.shapes import Shapes
from refzones.instances import InputError, Instance

geopandas = pytest.importorskip("geopandas")


@pytest.fixture
def write(grid: Instance, squares: Shapes, tmp_path: Path):
    """Write squares with attributes, as many as there are values."""

    def write_layer(name: str = "map.gpkg", **columns: list[Any]) -> Path:
        count = len(next(iter(columns.values())))
        geopandas.GeoDataFrame(columns, geometry=list(squares.geometry[:count]), crs=grid.crs).to_file(
            tmp_path / name
        )
        return tmp_path / name

    return write_layer


def test_codes_of_any_type(write, grid: Instance) -> None:
    for codes in ([10_000, 10_001, 10_002], [10_000.0, 10_001.0, 10_002.0], [" 10000", "10001 ", "10002"]):
        found = read_boundary_groups(write(nis=codes, merger=["A", "A", None]), grid)
        assert found.groups == (("10000", "10001"), ("10002",))
        assert (found.rows, found.column, found.file) == (((1, 2), (3,)), "nis", "map.gpkg")


def test_names_where_there_are_no_codes(write, grid: Instance) -> None:
    found = read_boundary_groups(write(naam=["m0", "M1"], Zone=["A", "B"]), grid)
    assert found.groups == (("m0",), ("M1",))
    assert found.column == "naam"


def test_the_first_group_column_that_is_filled(write, grid: Instance) -> None:
    file = write(nis=["10000", "10001"], merger=[None, None], zone=["A", "A"], group=["x", "y"])
    assert read_boundary_groups(file, grid).names == ("A",)
    assert read_boundary_groups(file, grid, ("group",)).names == ("x", "y")
    assert read_boundary_groups(file, grid, ("merger",)).names == ("", "")


def test_numbers_are_group_names_too(write, grid: Instance) -> None:
    file = write(nis=["10000", "10001", "10002"], merger=[1.0, 1.0, float("nan")])
    assert read_boundary_groups(file, grid).names == ("1", "")


def test_the_words_of_planners(write, grid: Instance) -> None:
    file = write(niscode=["10000", "10001", "10002"], nieuwe_gemeente=["A", "A", "NA"])
    assert read_boundary_groups(file, grid).groups == (("10000", "10001"), ("10002",))


@pytest.mark.parametrize("word", ["NA", "0", "geen", "-", "n/a", ""])
def test_what_says_that_there_is_no_group(write, grid: Instance, word: str) -> None:
    file = write(nis=["10000", "10001", "10002"], merger=["A", word, word])
    assert read_boundary_groups(file, grid).groups == (("10000",), ("10001",), ("10002",))


def test_shapes_of_one_municipality_count_once(write, grid: Instance) -> None:
    file = write(nis=["10000", "10000", "10001", "99999"], merger=["A", "A", "B", "A"])
    assert read_boundary_groups(file, grid).groups == (("10000",), ("10001",))
    file = write("b.gpkg", nis=["10000", "10000"], merger=["A", "B"])
    assert read_boundary_groups(file, grid).groups == (("10000",), ("10000",))


@pytest.mark.parametrize("members", [["10000", "10001"], "10000; 10001", '["10000", "10001"]'])
def test_one_shape_a_merger(members: object, grid: Instance, tmp_path: Path) -> None:
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    feature = {"type": "Feature", "properties": {"name": "M0 +1", "members": members}, "geometry": square}
    file = tmp_path / "plan.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    found = read_boundary_groups(file, grid)
    assert (found.groups, found.names, found.rows) == ((("10000", "10001"),), ("M0 +1",), ((1, 1),))


def test_what_is_missing_is_said(write, grid: Instance, tmp_path: Path) -> None:
    for file, message in (
        (
            write(nis=["10000"], remark=["A"]),
            r"none of the columns merger, zone, group; .* --column; columns: nis",
        ),
        (write("b.gpkg", x=["a"], merger=["b"]), "no column holds codes or names of small, such as 10000"),
        (tmp_path / "none.gpkg", "there is no such file"),
    ):
        with pytest.raises(InputError, match=message):
            read_boundary_groups(file, grid)


def test_without_geopandas(grid: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *arguments: Any, **more: Any) -> Any:
        if name == "geopandas":
            raise ImportError(name)
        return real(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(InputError, match="needs geopandas, which is not installed; pip install"):
        read_boundary_groups(tmp_path / "map.gpkg", grid)
