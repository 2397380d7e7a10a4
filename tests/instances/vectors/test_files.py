from __future__ import annotations

import http.server
import json
import sqlite3
import threading
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from refzones.instances import InputError
from refzones.instances.vectors.files import layers_of, read_vector
from shapely import Point, box

geopandas = pytest.importorskip("geopandas")


@pytest.fixture
def frame() -> Any:
    squares = [box(150_000 + 1000 * i, 200_000, 151_000 + 1000 * i, 201_000) for i in range(3)]
    names = {"nis": ["11001", "11002", "11003"], "name": ["Liège", "Écaussinnes", "Sint-Truiden"]}
    return geopandas.GeoDataFrame(names, geometry=squares, crs="EPSG:31370")


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Paths that a server on this computer was asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *arguments: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    paths.append(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield paths
    server.shutdown()
    server.server_close()


def refused(path: Path, **options: Any) -> str:
    with pytest.raises(InputError) as error:
        read_vector(path, **options)
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("m.shp", "shapefile"),
        ("m.gpkg", "GeoPackage"),
        ("m.geojson", "GeoJSON"),
        ("m.json", "GeoJSON"),
        ("m.fgb", "FlatGeobuf"),
        ("a!b/m#?%20 x.gpkg", "GeoPackage"),
        ("a!b/tab\there.shp", "shapefile"),
        ("雪/é.SHP", "shapefile"),
    ],
)
def test_plain_formats_under_any_name(frame: Any, tmp_path: Path, name: str, kind: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    source = tmp_path / f"source{path.suffix}".lower()
    frame.to_file(source, driver="GeoJSON" if path.suffix == ".json" else None)
    for part in tmp_path.glob("source.*"):
        suffix = part.suffix.upper() if path.suffix.isupper() else part.suffix
        part.rename(path.with_suffix(suffix))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        vector = read_vector(path)
    assert vector.format == kind
    assert sorted(vector.frame["name"]) == sorted(frame["name"])
    assert vector.frame.crs == frame.crs
    assert vector.frame.geometry.area.sum() == pytest.approx(3e6)


def test_a_zipped_shapefile(frame: Any, tmp_path: Path) -> None:
    frame.to_file(tmp_path / "m.shp")
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
        for part in tmp_path.glob("m.*"):
            if part.suffix != ".zip":
                archive.write(part, f"folder/../../{part.name}")
    vector = read_vector(tmp_path / "m.zip")
    assert vector.frame["name"].to_list() == frame["name"].to_list()
    assert vector.frame.crs == frame.crs


def test_a_zip_file_of_several_maps_or_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        archive.writestr("a.shp", b"")
        archive.writestr("b/a.gpkg", b"")
    assert "the zip file holds 2 maps: a.shp, b/a.gpkg; unpack it" in refused(tmp_path / "m.zip")
    (tmp_path / "m.zip").write_bytes(b"PK\x03\x04 and no more")
    assert "the zip file cannot be read" in refused(tmp_path / "m.zip")


def test_layers_are_listed_and_named(frame: Any, tmp_path: Path) -> None:
    path = tmp_path / "m.gpkg"
    frame.head(1).to_file(path, layer="provinces")
    frame.to_file(path, layer="municipalities")
    frame.drop(columns="geometry").pipe(geopandas.pd.DataFrame).to_csv(tmp_path / "x.csv")
    assert layers_of(path) == ("provinces", "municipalities")
    assert refused(path, say_layer='boundaries.layer = "NAME"').endswith(
        "the file has 2 layers with shapes: 'provinces', 'municipalities'; say which one is meant: "
        'boundaries.layer = "NAME"'
    )
    assert "the file has no layer 'x'; it has 'provinces', 'municipalities'" in refused(path, layer="x")
    assert len(read_vector(path, layer="municipalities").frame) == 3


def test_tables_without_shapes_are_no_layers(frame: Any, tmp_path: Path) -> None:
    import pyogrio

    path = tmp_path / "m.gpkg"
    frame.to_file(path, layer="municipalities")
    pyogrio.write_dataframe(frame.drop(columns="geometry"), path, layer="notes")
    assert read_vector(path).layers == ("municipalities",)


LAYER = '<OGRVRTLayer name="x"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer>'
VRT = f"<OGRVRTDataSource>{LAYER}</OGRVRTDataSource>"
ENDINGS = ["vrt", "shp", "gpkg", "geojson", "fgb", "csv", "xml", "gml", "zip.vrt", "gdb"]


@pytest.mark.parametrize(
    "name", ["m.vrt", "m.shp", "m.gpkg", "m.geojson", "m.fgb", "m.csv", "m.xml", "m.gml", "m"]
)
def test_files_that_point_elsewhere_are_not_followed(tmp_path: Path, name: str, asked: list[str]) -> None:
    server = asked.pop()
    for text in (
        VRT.format(f"{server}/a.geojson"),
        VRT.format(f"/vsicurl/{server}/a.geojson"),
        f"<OGRWFSDataSource><URL>{server}/wfs</URL></OGRWFSDataSource>",
        f'<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a {server}/a.xsd"/>',
        json.dumps({"type": "gdal_streamed_alg", "command_line": f"gdal vector pipeline ! read {server}/a"}),
        '{"type": "FeatureCollection", "features": [], "x": "gdal_streamed_alg"}',
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        refused(tmp_path / name)
        with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
            archive.write(tmp_path / name, name)
        refused(tmp_path / "m.zip")
    assert not asked


@pytest.mark.parametrize("prefix", ["", "/vsicurl/", "GeoJSON:", "WFS:", "OAPIF:", "CSW:"])
def test_addresses_are_no_files(prefix: str, asked: list[str]) -> None:
    server = asked.pop()
    text = refused(Path(f"{prefix}{server}/a.geojson"))
    assert "there is no such file; check the path; only files on this computer are read" in text
    assert not asked


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIRTUAL TABLE t USING VirtualOGR('{}/a.geojson')",
        'CREATE VIRTUAL TABLE "t" USING "virtualtext"("{}/a.csv")',
        "CREATE VIEW t AS SELECT ogr_geocode('{}')",
    ],
)
def test_databases_made_of_other_files_are_refused(
    frame: Any, tmp_path: Path, statement: str, asked: list[str]
) -> None:
    server = asked.pop()
    path = tmp_path / "m.gpkg"
    frame.to_file(path)
    assert len(read_vector(path).frame) == 3  # its index is a virtual table too, but of its own
    base = sqlite3.connect(path)
    base.execute("PRAGMA writable_schema = 1")
    kind = "view" if "VIEW" in statement else "table"
    row = (kind, statement.format(server))
    base.execute("INSERT INTO sqlite_master VALUES (?, 't', 't', 0, ?)", row)
    base.commit()
    base.close()
    assert "its content is not that of a GeoPackage" in refused(path)
    assert not asked


def test_damaged_and_empty_files(frame: Any, tmp_path: Path) -> None:
    for name in ("m.gpkg", "m.shp", "m.fgb"):
        path = tmp_path / name
        frame.to_file(path)
        raw = path.read_bytes()
        for size in (0, 3, 99, 120, len(raw) // 2):
            path.write_bytes(raw[:size])
            try:
                read_vector(path)
            except InputError as error:
                (problem,) = error.problems
                assert problem.remedy
                assert len(problem.what) < 300
    frame.head(0).to_file(tmp_path / "none.gpkg")
    assert "the file holds no shapes" in refused(tmp_path / "none.gpkg")
    (tmp_path / "map.gdb").mkdir()
    assert "this is a folder" in refused(tmp_path / "map.gdb")
    for text in ("[1, 2]", '"Topology"', '{"type": ["Topology"]}', "[" * 100_000, '{"type": 1}'):
        (tmp_path / "m.json").write_text(text, encoding="utf-8")
        assert "the file cannot be read as a map" in refused(tmp_path / "m.json")


def test_points_without_attributes_are_shapes_still(tmp_path: Path) -> None:
    path = tmp_path / "m.geojson"
    geopandas.GeoDataFrame(geometry=[Point(4, 51)], crs=4326).to_file(path)
    assert len(read_vector(path).frame) == 1


def topology(corner: tuple[float, float], side: float) -> dict[str, Any]:
    x, y = corner
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    shape = {"type": "Polygon", "arcs": [[0]], "properties": {"nis": "11001"}}
    return {
        "type": "Topology",
        "objects": {"m": {"type": "GeometryCollection", "geometries": [shape]}},
        "arcs": [ring],
    }


def test_topojson_in_degrees_is_wgs84_and_else_of_no_system(tmp_path: Path) -> None:
    path = tmp_path / "m.topojson"
    path.write_text(json.dumps(topology((4.4, 51.0), 0.1)), encoding="utf-8")
    vector = read_vector(path)
    assert (vector.format, vector.frame.crs) == ("TopoJSON", "EPSG:4326")
    path.write_text(json.dumps(topology((150_000, 200_000), 1000)), encoding="utf-8")
    assert read_vector(path).frame.crs is None


@pytest.mark.parametrize("suffix", [".shx", ".dbf"])
def test_a_shapefile_without_its_parts(frame: Any, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "m.shp"
    frame.to_file(path)
    path.with_suffix(suffix).unlink()
    text = refused(path)
    assert (
        f"a shapefile is several files, and m{suffix} beside it is missing; copy all files of this name"
        in text
    )


def test_a_database_whose_texts_are_damaged(frame: Any, tmp_path: Path) -> None:
    path = tmp_path / "m.gpkg"
    frame.to_file(path)
    raw = path.read_bytes()
    assert b"CREATE TABLE" in raw
    path.write_bytes(raw.replace(b"CREATE TABLE", b"CREATE \xd2ABLE"))
    refused(path)


def test_geojson_that_is_not_utf8(frame: Any, tmp_path: Path) -> None:
    path = tmp_path / "m.geojson"
    frame.to_file(path)
    path.write_text(path.read_text(encoding="utf-8"), encoding="latin-1")
    assert "the file is not UTF-8, as GeoJSON and TopoJSON are; save it again as UTF-8" in refused(path)
