from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from refzones.instances.importing import import_instance
from shapely import Point, box, from_geojson

Complaints = Callable[..., list[str]]


def test_points_lie_inside_and_records_of_one_code_are_joined(config: Path) -> None:
    made = import_instance(config)
    for i, corner in enumerate([(0, 0), (1000, 0), (0, 1000), (1000, 1000)]):
        square = box(*corner, corner[0] + 1000, corner[1] + 1000)
        assert square.contains(Point(made.x[i], made.y[i]))
    assert made.area.tolist() == [1, 1, 1, 1]
    assert made.borders.pairs.tolist() == [[0, 1], [0, 2], [1, 3], [2, 3]]
    assert made.borders.length.tolist() == [1000, 1000, 1000, 1000]


def test_another_reference_system_is_converted(config: Path) -> None:
    import geopandas

    path = config.parent / "map.geojson"
    geopandas.read_file(path).to_crs("EPSG:3812").to_file(path, driver="GeoJSON")
    made = import_instance(config)
    assert made.area.tolist() == [pytest.approx(1, abs=0.001)] * 4
    assert made.x.tolist() == [pytest.approx(500, abs=2), pytest.approx(1500, abs=2)] * 2


@pytest.fixture
def remap(config: Path) -> Callable[[Callable[[dict[str, Any]], None]], Path]:
    """Change the records of the map by a function; give the configuration."""

    def apply(change: Callable[[dict[str, Any]], None]) -> Path:
        path = config.parent / "map.geojson"
        data = json.loads(path.read_text(encoding="utf-8"))
        change(data)
        path.write_text(json.dumps(data), encoding="utf-8")
        return config

    return apply


def test_numbers_are_codes_too(remap: Callable[..., Path]) -> None:
    def as_numbers(data: dict[str, Any]) -> None:
        for record in data["features"]:
            record["properties"]["code"] = int(record["properties"]["code"])

    assert import_instance(remap(as_numbers)).codes == ("11001", "11002", "12001", "12002")


def test_no_shape(remap: Callable[..., Path], complaints: Complaints) -> None:
    def without(data: dict[str, Any]) -> None:
        data["features"][1]["geometry"] = None

    assert complaints(import_instance, remap(without)) == [
        "map.geojson, row 2, column 'code', value '11002': the shape has no area; "
        "draw it or remove the record"
    ]


def test_a_shape_that_crosses_itself(remap: Callable[..., Path], complaints: Complaints) -> None:
    def bow(data: dict[str, Any]) -> None:
        ring = [[1000, 0], [2000, 1000], [2000, 0], [1000, 600], [1000, 0]]
        assert not from_geojson(json.dumps({"type": "Polygon", "coordinates": [ring]})).is_valid
        data["features"][1]["geometry"]["coordinates"] = [ring]

    (message,) = complaints(import_instance, remap(bow))
    assert message.startswith(
        "map.geojson, row 2, column 'code', value '11002': the shape is not valid (Self-intersection"
    )
    assert message.endswith("; repair the geometry and save the file again")


def test_code_column_missing(config: Path, complaints: Complaints) -> None:
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('code = "code"\nname = "label"', 'code = "codes"'), encoding="utf-8")
    assert complaints(import_instance, config) == [
        "map.geojson, column 'codes': the column 'codes' is missing; did you mean 'code'?"
    ]


def test_nothing_in_the_ranges(config: Path, complaints: Complaints) -> None:
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('keep = ["11-12"]', 'keep = ["51-53"]'), encoding="utf-8")
    assert complaints(import_instance, config) == [
        "map.geojson, column 'code': no code falls in the ranges of 'keep'; "
        "look at the column 'code' (it begins with 11001, 11002, 12001, 12002) and at 'keep'"
    ]


def test_boundary_file_missing(config: Path, complaints: Complaints) -> None:
    path = config.parent / "map.geojson"
    path.unlink()
    assert complaints(import_instance, config) == [
        f"{path}: the file is missing; add it or name another folder"
    ]


def test_boundary_file_damaged(config: Path, complaints: Complaints) -> None:
    (config.parent / "map.geojson").write_text("not a map", encoding="utf-8")
    (message,) = complaints(import_instance, config)
    assert message.startswith(
        f"{config.parent / 'map.geojson'}: the file cannot be read as a map (Expecting value"
    )


def test_no_reference_system(config: Path, complaints: Complaints) -> None:
    import geopandas

    path = config.parent / "map.shp"
    frame = geopandas.read_file(config.parent / "map.geojson")
    frame.to_file(path)
    path.with_suffix(".prj").unlink()
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("map.geojson", "map.shp"), encoding="utf-8")
    assert complaints(import_instance, config) == [
        "map.shp: the file names no coordinate reference system; add its .prj file, or say which one it is: "
        'boundaries.crs = "EPSG:31370", or another'
    ]
