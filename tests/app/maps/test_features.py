import builtins
import dataclasses
import itertools
import json

import pytest
import shapely
from refzones.app.maps.features import plan_features
from refzones.app.maps.merger import MapMerger
from refzones.app.maps.shapes import Shapes
from refzones.instances import InputError, Instance


def signed_area(ring: list[list[float]]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in itertools.pairwise(ring)) / 2


def polygons(geometry: dict) -> list:
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]


def test_a_plan_of_flanders(flanders: Instance, cells: Shapes, plan: list[MapMerger]) -> None:
    collection = plan_features(
        flanders, cells, [{"name": merger.name} for merger in plan], [merger.members for merger in plan]
    )
    collection = json.loads(json.dumps(collection))
    assert collection["type"] == "FeatureCollection"
    assert collection["generalised"] is True
    assert [f["properties"]["name"] for f in collection["features"]] == [merger.name for merger in plan]
    west, south, east, north = collection["bbox"]
    assert 2.5 < west < east < 6.41
    assert 49.4 < south < north < 51.52
    for feature in collection["features"]:
        assert shapely.geometry.shape(feature["geometry"]).is_valid
        for outer, *holes in polygons(feature["geometry"]):
            assert outer[0] == outer[-1]
            assert signed_area(outer) > 0
            assert all(signed_area(hole) < 0 for hole in holes)


def test_holes_turn_the_other_way(grid: Instance, squares: Shapes) -> None:
    ring = squares.geometry[0].difference(shapely.Point(grid.x[0], grid.y[0]).buffer(800))
    holed = dataclasses.replace(squares, geometry=(ring, *squares.geometry[1:]))
    (feature,) = plan_features(grid, holed, [{}], [(0,)])["features"]
    outer, hole = feature["geometry"]["coordinates"]
    assert signed_area(outer) > 0 > signed_area(hole)


def test_separate_parts_make_a_multipolygon(grid: Instance, squares: Shapes) -> None:
    (feature,) = plan_features(grid, squares, [{}], [(0, 11)])["features"]
    assert feature["geometry"]["type"] == "MultiPolygon"


def test_an_empty_plan(grid: Instance, squares: Shapes) -> None:
    assert plan_features(grid, squares, [], [])["features"] == []


def test_degrees_stay_degrees(grid: Instance) -> None:
    shapes = Shapes(tuple(shapely.box(i, 0, i + 1, 1) for i in range(12)), False, "degrees")
    instance = dataclasses.replace(grid, crs="EPSG:4326")
    assert plan_features(instance, shapes, [{}], [(3, 4)])["bbox"] == [3, 0, 5, 1]


def test_other_crs_needs_pyproj(grid: Instance, squares: Shapes, monkeypatch: pytest.MonkeyPatch) -> None:
    instance = dataclasses.replace(grid, crs="EPSG:3035")
    real = builtins.__import__

    def blocked(name: str, *args, **kwargs):
        if name.startswith("pyproj"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(builtins, "__import__", blocked)
        with pytest.raises(InputError, match=r"EPSG:3035 cannot be converted without pyproj"):
            plan_features(instance, squares, [{}], [(0,)])


def test_other_crs_with_pyproj(grid: Instance, squares: Shapes) -> None:
    pytest.importorskip("pyproj")
    web = dataclasses.replace(grid, crs="EPSG:3857")
    west, south, *_ = plan_features(web, squares, [{}], [(0,)])["bbox"]
    assert west == pytest.approx((grid.x[0] - 1500) / 111_319.49, abs=1e-5)
    assert 0 < south < 3
    with pytest.raises(InputError, match="coordinate reference system is unknown"):
        plan_features(dataclasses.replace(grid, crs="EPSG:none"), squares, [{}], [(0,)])
