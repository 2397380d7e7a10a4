from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from refzones.instances import (
    Column,
    Instance,
    OwnTable,
    PlaceOfPoints,
    add_points,
    load,
    read_folder,
    write_folder,
)

Complaints = Callable[..., list[str]]
Table = Callable[..., Path]
DATA = Path(os.environ.get("REFZONES_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))

official = pytest.mark.skipif(not DATA.is_dir(), reason="needs the official files")
geopandas = pytest.importorskip("geopandas")


@pytest.fixture
def toy(toy: Instance) -> Instance:
    """The small instance, with its points kilometres apart instead of metres."""
    return replace(toy, x=100 * toy.x, y=100 * toy.y)


@pytest.fixture
def boundaries(tmp_path: Path) -> Path:
    """Four squares of 2 km around the points of the instance; the first is in two rows."""
    from shapely import box

    corners = {1002: (2000, 1000), 1003: (0, 3000), 1004: (2000, 3000), 9: (9000, 9000)}
    rows = [(1001, box(0, 1000, 1000, 3000)), (1001, box(1000, 1000, 2000, 3000))]
    rows += [(code, box(x, y, x + 2000, y + 2000)) for code, (x, y) in corners.items()]
    frame = geopandas.GeoDataFrame({"code": [code for code, _ in rows]}, geometry=[s for _, s in rows])
    path = tmp_path / "squares.gpkg"
    frame.set_crs("EPSG:31370").to_file(path)
    return path


def amounts(instance: Instance, function: str) -> list[float]:
    return [float(value) for value in instance.functions[function].amount]


def test_points_are_counted_where_they_lie(
    toy: Instance, table: Table, boundaries: Path, tmp_path: Path
) -> None:
    path = table(
        "name;x;y;places\nA;500;1500;10\nB;3000;2000;\nC;1100;2900;5\nD;3900;4900;7\nE;4500;2000;9\nF;50000;2000;1\n"
    )
    made = add_points(toy, path, "school", boundaries=boundaries, label="schools")
    assert amounts(made.instance, "school") == [2, 1, 0, 1]
    assert made.notes == (
        "function school: 3 of 4 municipalities have it",
        "points: 4 counted",
        "points outside all municipalities, left out: 2: row 6 (500 m from Bee), row 7 (46,000 m from Bee)",
    )
    assert made.instance.columns["functions.school"] == Column(
        "own", "sites", "number of points by municipality, placed by squares.gpkg; read from own.csv"
    )
    write_folder(made.instance, tmp_path / "new")
    assert read_folder(tmp_path / "new").hash == made.instance.hash
    near = add_points(toy, path, "school", boundaries=boundaries, near=500, amount="places", empty=0)
    assert amounts(near.instance, "school") == [15, 9, 0, 7]
    assert near.notes[3] == "points outside all municipalities, counted for the nearest: 1"


def test_points_on_a_border_count_for_the_lowest_code(toy: Instance, table: Table, boundaries: Path) -> None:
    # the second is on the outer edge, the fifth where the two halves of the first municipality meet
    rows = "2000,2000\n4000,2000\n2000,3000\n1000,3000\n1000,2000\n3000,3000\n"
    for text in (rows, "\n".join(reversed(rows.split()))):
        made = add_points(toy, table(f"x,y\n{text}"), "pool", boundaries=boundaries)
        assert amounts(made.instance, "pool") == [4, 2, 0, 0]
        assert made.notes[2] == "points on the border of municipalities, counted for the lowest code: 4"


def test_points_equally_near_to_two_count_for_the_lowest_code(
    toy: Instance, table: Table, boundaries: Path
) -> None:
    made = add_points(toy, table("x,y\n4300,3000\n2000,800\n"), "pool", boundaries=boundaries, near=400)
    assert amounts(made.instance, "pool") == [1, 1, 0, 0]


def test_an_attribute_instead_of_a_function(toy: Instance, table: Table, boundaries: Path) -> None:
    made = add_points(toy, table("x,y\n500,1500\n600,1500\n"), "halls", boundaries=boundaries, attribute=True)
    assert made.instance.attributes["halls"].tolist() == [2, 0, 0, 0]
    assert set(made.instance.functions) == set(toy.functions)
    assert made.notes[0] == "attribute halls: 2 in all"
    column = made.instance.columns["municipalities.halls"]
    assert (column.unit, column.sums_up) == ("sites", True)


def test_points_by_the_column_of_their_municipality(
    toy: Instance, table: Table, complaints: Complaints
) -> None:
    path = table("name;gemeente;places;open\nSchool;Aa;3;yes\nX;Dee;4;no\nX;Dee;5;yes\nY;1001;2;yes\n")
    assert amounts(add_points(toy, path, "school").instance, "school") == [2, 0, 0, 2]
    own = OwnTable(path, where={"open": "yes"})
    made = add_points(toy, own, "school", amount="places", at_least=5, unit="places")
    assert amounts(made.instance, "school") == [5, 0, 0, 5]
    assert made.notes[0] == "function school: 2 of 4 municipalities have it, from 5 places on"
    unknown = table("gemeente\nAa\nBei\n")
    (message,) = complaints(add_points, toy, unknown, "school")
    assert message.startswith("own.csv, row 3, column 'gemeente', value 'Bei': no municipality has this name")
    (message,) = complaints(add_points, toy, table("name,x,y\nA,1,2\n"), "school")
    assert message == (
        "own.csv: no column is known to hold codes or names of municipalities: name, x, y; say which one "
        "does, with --municipality; or give --boundaries FILE"
    )


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "shp"])
def test_vector_files_of_points(toy: Instance, boundaries: Path, tmp_path: Path, ending: str) -> None:
    from shapely import MultiPoint, Point

    points = [Point(500, 1500), Point(3000, 2000), Point(1100, 2900)]
    if ending == "geojson":
        points[2] = MultiPoint([points[2]])
    columns = {"kind": ["a", "b", "a"], "n": [1, 2, 3], "stops": [1.234, 1234.0, 0.5]}
    frame = geopandas.GeoDataFrame(columns, geometry=points)
    frame = frame.set_crs("EPSG:31370")
    file = tmp_path / f"points.{ending}"
    (frame.to_crs("EPSG:4326") if ending == "geojson" else frame).to_file(file)
    made = add_points(toy, file, "school", boundaries=boundaries)
    assert amounts(made.instance, "school") == [2, 1, 0, 0]
    own = OwnTable(file, where={"kind": "a"})
    assert amounts(add_points(toy, own, "school", boundaries=boundaries, amount="n").instance, "school") == [
        4,
        0,
        0,
        0,
    ]

    made = add_points(toy, file, "school", boundaries=boundaries, amount="stops")
    assert amounts(made.instance, "school") == pytest.approx([1.734, 1234, 0, 0])


def test_a_vector_file_of_points_alone(toy: Instance, boundaries: Path, tmp_path: Path) -> None:
    geometry = {"type": "Point", "coordinates": [500, 1500]}
    features = [{"type": "Feature", "properties": {}, "geometry": geometry}] * 2
    crs = {"type": "name", "properties": {"name": "EPSG:31370"}}
    text = json.dumps({"type": "FeatureCollection", "crs": crs, "features": features})
    (tmp_path / "p.geojson").write_text(text, encoding="utf-8")
    made = add_points(toy, tmp_path / "p.geojson", "school", boundaries=boundaries)
    assert amounts(made.instance, "school") == [2, 0, 0, 0]


def test_shapes_that_are_no_points(
    toy: Instance, boundaries: Path, tmp_path: Path, complaints: Complaints
) -> None:
    (message,) = complaints(add_points, toy, boundaries, "school")
    assert message.startswith("squares.gpkg, row 6, column 'code', value '9': no municipality has this code")
    messages = complaints(add_points, toy, boundaries, "school", boundaries=boundaries)
    assert messages[0] == (
        "squares.gpkg, row 1: the record has a Polygon, and a point is needed; draw the point, or remove the "
        "record"
    )
    assert len(messages) == 6
    file = tmp_path / "p.geojson"
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [4.0, 51.0]}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    (message,) = complaints(add_points, toy, file, "school")
    assert message.endswith("give the boundaries of municipalities with --boundaries FILE")


@pytest.mark.parametrize(
    ("place", "text", "message"),
    [
        (PlaceOfPoints(), "a,b\n1,2\n", "no columns are known to hold coordinates: a, b"),
        (PlaceOfPoints(x="a"), "a,b\n1,2\n", "x and y go together"),
        (PlaceOfPoints("a", "b"), "a,b\n1,\n", "column 'b': the cell is empty; fill it in"),
        (PlaceOfPoints(crs="EPSG:1"), "x,y\n1,2\n", "there is no such coordinate system"),
        (PlaceOfPoints(crs="EPSG:4326"), "x,y\n20,20\n", "the coordinates do not fit EPSG:31370"),
        (PlaceOfPoints(), "x,y\n700000,90000\n", "the coordinates do not fit EPSG:31370"),
        (PlaceOfPoints(), "x,y\n300,95\n", "none of the 1 points lies in a municipality, the first is at "),
        (PlaceOfPoints(layer="l"), "x,y\n300,90\n", "--layer names a layer of a vector file"),
    ],
)
def test_places_that_cannot_be(
    toy: Instance,
    table: Table,
    boundaries: Path,
    complaints: Complaints,
    place: PlaceOfPoints,
    text: str,
    message: str,
) -> None:
    told = complaints(add_points, toy, table(text), "school", boundaries=boundaries, place=place)
    assert message in told[0]


def test_what_does_not_go_together(
    toy: Instance, table: Table, boundaries: Path, complaints: Complaints
) -> None:
    path = table("nis,x,y,n\n1001,500,1500,-1\n")
    (message,) = complaints(add_points, toy, path, "school", near=3, place=PlaceOfPoints(crs="EPSG:31370"))
    assert message.startswith("--crs and --near say where points lie")
    own = OwnTable(path, municipality="nis")
    (message,) = complaints(add_points, toy, own, "school", boundaries=boundaries)
    assert message.endswith("leave out --boundaries or --municipality")
    (message,) = complaints(add_points, toy, path, "school", amount="n")
    assert message == "own.csv, row 2, column 'n', value '-1': this must be at least 0; correct the figure"
    (message,) = complaints(add_points, toy, path, "rail")
    assert message.startswith("value 'rail': the instance has this function already")
    (message,) = complaints(add_points, toy, path, "income", attribute=True)
    assert message.startswith("value 'income': the instance has this attribute already")
    assert amounts(add_points(toy, path, "rail", replace=True).instance, "rail") == [1, 0, 0, 0]


def test_a_code_that_contradicts_the_place_is_told(toy: Instance, table: Table, boundaries: Path) -> None:
    made = add_points(toy, table("nis,x,y\n1001,500,1500\n1001,3000,2000\n"), "school", boundaries=boundaries)
    assert amounts(made.instance, "school") == [1, 1, 0, 0]
    assert made.notes[-1] == (
        "points that lie elsewhere than column 'nis' says: 1; row 3 lies in Bee (1002) and says Aa (1001)"
    )


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(points=st.lists(st.tuples(st.integers(-2, 22), st.integers(3, 27)), min_size=1, max_size=12))
def test_counts_are_those_of_a_plain_search(
    toy: Instance, boundaries: Path, tmp_path: Path, points: list[tuple[int, int]]
) -> None:
    """On a lattice of 200 m many points lie on borders; each counts once, for the first that holds it."""
    squares = [(0, 5, 10, 15), (10, 5, 20, 15), (0, 15, 10, 25), (10, 15, 20, 25)]
    homes = [
        next((k for k, (a, b, c, d) in enumerate(squares) if a <= x <= c and b <= y <= d), None)
        for x, y in points
    ]
    path = tmp_path / "lattice.csv"
    rows = [f"{200 * x},{200 * y}" for x, y in points]
    path.write_text("\n".join(["x,y", *rows, "100,1100"]), encoding="utf-8")  # the last one is inside
    made = add_points(toy, path, "site", boundaries=boundaries).instance
    assert amounts(made, "site") == [homes.count(0) + 1, homes.count(1), homes.count(2), homes.count(3)]


@official
@pytest.mark.parametrize(
    ("file", "amount", "where", "function", "corrected"),
    [
        ("hospitals_sites_flanders_2020.csv", "cap_beds", {"emergency": "yes"}, "hospital", {"24062": 1995}),
        ("railway_stations_flanders.csv", "avg_stop_times", {}, "rail", {}),
    ],
)
def test_official_points_give_the_functions_of_the_embedded_instance(
    file: str, amount: str, where: dict[str, str], function: str, corrected: dict[str, float]
) -> None:
    """Placed by their coordinates and by the codes beside them; one station lies 3 m outside all polygons."""
    instance = load("flanders-2025")
    own = OwnTable(DATA / "common" / file, where=where)
    shapes = DATA / "2025" / "gemeente.shp"
    by_place = add_points(instance, own, "mine", amount=amount, boundaries=shapes, near=10).instance
    by_code = add_points(instance, own, "mine", amount=amount).instance
    assert amounts(by_place, "mine") == amounts(by_code, "mine")
    expected = instance.functions[function].amount.copy()
    for code, beds in corrected.items():
        expected[instance.index[code]] -= beds
    assert np.abs(by_place.functions["mine"].amount - expected).max() <= 0.05 + 1e-9  # rounded to 0.1


@official
def test_villages_lie_in_their_municipality() -> None:
    instance = load("flanders-2025")
    villages = instance.villages
    assert villages is not None
    counts = np.bincount(villages.municipality[villages.municipality >= 0], minlength=len(instance))
    path, shapes = DATA / "2025" / "deelgemeente_points.csv", DATA / "2025" / "gemeente.shp"
    for place in (PlaceOfPoints(), PlaceOfPoints(crs="EPSG:31370")):
        made = add_points(instance, path, "villages", boundaries=shapes, place=place)
        assert amounts(made.instance, "villages") == counts.tolist()
        assert made.notes[1:] == ("points: 1,100 counted",)
