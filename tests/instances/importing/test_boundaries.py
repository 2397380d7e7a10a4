from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from refzones.instances.importing import import_instance, import_with_notes
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


@pytest.mark.parametrize("form", ["BE{}", "NIS {}", "0{}", "be-{}", "{}.0"])
def test_codes_with_what_programs_add_to_them(remap: Callable[..., Path], form: str) -> None:
    def changed(data: dict[str, Any]) -> None:
        for record in data["features"][1:]:
            record["properties"]["code"] = form.format(record["properties"]["code"])

    assert import_instance(remap(changed)).codes == ("11001", "11002", "12001", "12002")


def test_a_code_is_not_taken_from_the_shape_that_has_it(remap: Callable[..., Path]) -> None:
    def twin(data: dict[str, Any]) -> None:
        far = [[[x + 90000, y] for x, y in data["features"][1]["geometry"]["coordinates"][0]]]
        geometry = {"type": "Polygon", "coordinates": far}
        properties = {
            **data["features"][1]["properties"],
            "code": "0" + data["features"][1]["properties"]["code"],
        }
        data["features"].append({"type": "Feature", "geometry": geometry, "properties": properties})

    before = import_instance(remap(lambda data: None)).area.tolist()
    assert import_instance(remap(twin)).area.tolist() == before


def test_columns_in_other_letters_and_shapes_without_a_code(remap: Callable[..., Path]) -> None:
    def changed(data: dict[str, Any]) -> None:
        for record in data["features"]:
            record["properties"]["CODE"] = record["properties"].pop("code")
        lake = {"type": "Polygon", "coordinates": [[[90000, 0], [91000, 0], [91000, 1000], [90000, 0]]]}
        data["features"].append({"type": "Feature", "geometry": lake, "properties": {"CODE": None}})
        nonlocal count
        count = len(data["features"])

    count = 0
    made = import_with_notes(remap(changed))
    assert made.instance.codes == ("11001", "11002", "12001", "12002")
    assert f"map.geojson, row {count}: a shape without a code belongs to no municipality" in made.notes


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


def configured(config: Path, *lines: str) -> Path:
    """Add keys to the table of the boundaries."""
    text = config.read_text(encoding="utf-8")
    assert text.count("[boundaries]\n") == 1
    config.write_text(
        text.replace("[boundaries]\n", "\n".join(["[boundaries]", *lines, ""])), encoding="utf-8"
    )
    return config


def test_a_layer_is_named_where_there_are_several(config: Path, complaints: Complaints) -> None:
    import geopandas

    frame = geopandas.read_file(config.parent / "map.geojson")
    frame.head(2).to_file(config.parent / "map.gpkg", layer="old")
    frame.to_file(config.parent / "map.gpkg", layer="new")
    text = config.read_text(encoding="utf-8").replace("map.geojson", "map.gpkg")
    config.write_text(text, encoding="utf-8")
    assert complaints(import_instance, config) == [
        f"{config.parent / 'map.gpkg'}: the file has 2 layers with shapes: 'old', 'new'; "
        'say which one is meant: boundaries.layer = "NAME"'
    ]
    assert len(import_instance(configured(config, 'layer = "new"'))) == 4


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:99999", "EPSG:2225", "EPSG:3857", "Lambert"])
def test_systems_that_no_instance_can_be_in(config: Path, complaints: Complaints, crs: str) -> None:
    from refzones.instances.vectors.crs import wrong_with_crs

    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('keep = ["11-12"]', f'keep = ["11-12"]\ncrs = "{crs}"'), encoding="utf-8")
    (message,) = complaints(import_instance, config)
    assert wrong_with_crs(crs) in message
    assert "give one in metres that is made for the place" in message


def test_the_system_of_a_file_can_be_told(config: Path, complaints: Complaints) -> None:
    import geopandas

    path = config.parent / "map.geojson"
    frame = geopandas.read_file(path)
    away = frame.set_crs("EPSG:3812", allow_override=True)
    away.to_file(path, driver="GeoJSON")
    assert complaints(import_instance, config)[0].startswith(
        "map.geojson, value 'EPSG:31370': the coordinates do not fit EPSG:31370, which is made for Belgium"
    )
    made = import_with_notes(configured(config, 'crs = "31370"'))
    assert made.instance.x.tolist() == [500, 1500, 500, 1500]
    assert made.notes == ("map.geojson says EPSG:3812; boundaries.crs says EPSG:31370, and counts",)


def test_an_unknown_system_of_a_file(config: Path, complaints: Complaints) -> None:
    (message,) = complaints(import_instance, configured(config, 'crs = "EPSG:99999"'))
    assert "there is no coordinate system 'EPSG:99999'; give one such as 'EPSG:31370'" in message


def test_metres_in_a_file_of_degrees_and_the_other_way_round(
    remap: Callable[..., Path], complaints: Complaints
) -> None:
    def without(data: dict[str, Any]) -> None:
        del data["crs"]  # then it is WGS 84

    assert complaints(import_instance, remap(without)) == [
        "map.geojson: coordinates such as (0, 0) are no degrees, as those of EPSG:4326 are, the system of "
        'GeoJSON that names no other; say which system they are in: boundaries.crs = "EPSG:31370", or another'
    ]


def test_degrees_in_a_file_of_metres(config: Path, complaints: Complaints) -> None:
    import geopandas

    path = config.parent / "map.geojson"
    degrees = geopandas.read_file(path).to_crs(4326).set_crs(31370, allow_override=True)
    degrees.to_file(path, driver="GeoJSON")
    (message,) = complaints(import_instance, config)
    assert (
        "are no metres, as those of EPSG:31370 are; say which system they are in: boundaries.crs" in message
    )


def test_latitude_before_longitude(config: Path, complaints: Complaints) -> None:
    import geopandas
    from shapely import transform

    path = config.parent / "map.geojson"
    frame = geopandas.read_file(path).to_crs(4326)
    frame.geometry = transform(frame.geometry.values, lambda points: points[:, ::-1])
    frame.to_file(path, driver="GeoJSON")
    message = complaints(import_instance, config)[0]
    assert "do not fit EPSG:31370" in message
    assert "the order of x and y" in message


def test_gaps_and_overlaps_are_closed_told_and_kept_in_mind(
    remap: Callable[..., Path], tmp_path: Path
) -> None:
    def moved(data: dict[str, Any]) -> None:
        ring = data["features"][1]["geometry"]["coordinates"][0]
        data["features"][1]["geometry"]["coordinates"][0] = [[x + 0.5, y] for x, y in ring]

    made = import_with_notes(remap(moved))
    assert made.instance.borders.pairs.tolist() == [[0, 1], [0, 2], [1, 3], [2, 3]]
    assert made.instance.borders.length.tolist() == pytest.approx([1000] * 4, abs=0.6)
    assert made.notes[0].startswith("2 pairs of neighbours do not quite fit; gaps and overlaps up to")
    assert made.notes[1] == "aa (11001) and bee (11002): gaps of 500 m2, up to 0.5 m wide along 1,000 m"
    assert made.instance.columns["borders.length_m"].note == (
        "length of the shared line, to 0.1 m; gaps and overlaps of up to 0.5 m are closed"
    )


def test_the_tolerance_and_gaps_that_are_meant(remap: Callable[..., Path], complaints: Complaints) -> None:
    def moved(data: dict[str, Any]) -> None:
        for record in data["features"][1], data["features"][3], data["features"][4]:
            ring = record["geometry"]["coordinates"][0]
            record["geometry"]["coordinates"][0] = [[x + 7, y] for x, y in ring]

    config = remap(moved)
    first, second = complaints(import_instance, config)
    gap = "almost touch: between them is a gap up to 7 m wide along 1,000 m"
    assert first.startswith(f"map.geojson: aa (11001) and bee (11002) {gap}; mend the file, or")
    assert second == f"map.geojson: cee (12001) and dee (12002) {gap}"
    text = config.read_text(encoding="utf-8")
    assert len(import_instance(configured(config, "tolerance = 8")).borders.pairs) == 4
    config.write_text(text, encoding="utf-8")
    kept = import_with_notes(configured(config, 'gaps = "keep"'))
    assert kept.instance.borders.pairs.tolist() == [[0, 2], [1, 3]]
    assert all(note.endswith("it makes no border") for note in kept.notes)


@pytest.mark.parametrize(
    "line",
    [
        "tolerance = true",
        "tolerance = 0",
        "tolerance = -1",
        "tolerance = 501",
        "tolerance = inf",
        'gaps = "no"',
    ],
)
def test_tolerances_that_cannot_be(config: Path, complaints: Complaints, line: str) -> None:
    assert len(complaints(import_instance, configured(config, line))) == 1


def test_overlaps_and_shapes_under_two_codes(remap: Callable[..., Path], complaints: Complaints) -> None:
    def doubled(data: dict[str, Any]) -> None:
        data["features"][1]["geometry"] = data["features"][0]["geometry"]

    assert complaints(import_instance, remap(doubled)) == [
        "map.geojson: aa (11001) and bee (11002) have the same polygon (1 km2); give each its own, or remove "
        "one of the two"
    ]


def test_heights_collections_and_names_of_one_code(remap: Callable[..., Path]) -> None:
    def changed(data: dict[str, Any]) -> None:
        ring = data["features"][0]["geometry"]["coordinates"][0]
        data["features"][0]["geometry"]["coordinates"][0] = [[x, y, 7.0] for x, y in ring]
        polygon, point = data["features"][1]["geometry"], {"type": "Point", "coordinates": [0, 0]}
        data["features"][1]["geometry"] = {"type": "GeometryCollection", "geometries": [polygon, point]}
        data["features"][4]["properties"]["label"] = "ee"

    made = import_with_notes(remap(changed))
    assert made.instance.area.tolist() == [1, 1, 1, 1]
    assert made.notes == (
        "bee (11002): a collection, of which the polygons count (point left out)",
        "dee (12002) and ee (12002) have one code and are joined",
    )
