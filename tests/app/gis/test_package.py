"""Plans as GeoPackages: what is read back, and the form of the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from refzones.app.gis import package
from refzones.app.gis.contents import layers_of
from refzones.app.gis.package import MOMENT, write_geopackage
from refzones.app.maps.shapes import Shapes
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import Plan

geopandas = pytest.importorskip("geopandas", reason="geopandas is in the extra 'geo'")

STYLE_COLUMNS = [
    "id", "f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName", "styleQML",
    "styleSLD", "useAsDefault", "description", "owner", "ui", "update_time",
]  # fmt: skip


@pytest.fixture
def written(plan: Plan, squares: Shapes, tmp_path: Path) -> Path:
    path = tmp_path / "plan.gpkg"
    write_geopackage(path, plan, squares, language="nl")
    return path


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def test_it_is_read_back_as_it_was_written(written: Path, plan: Plan, squares: Shapes) -> None:
    import pyogrio

    layers = layers_of(plan, squares, "nl")
    assert list(pyogrio.list_layers(written)[:, 0]) == [*(layer.name for layer in layers), "layer_styles"]
    for layer in layers:
        frame = geopandas.read_file(written, layer=layer.name)
        assert frame.crs.to_epsg() == 31370
        assert list(frame.columns) == [*(column.name for column in layer.columns), "geometry"]
        assert len(frame) == len(layer.rows) == len(layer.shapes) > 0
        for (_, read), row, shape in zip(frame.iterrows(), layer.rows, layer.shapes, strict=True):
            for column in layer.columns:
                value = None if geopandas.pd.isna(read[column.name]) else read[column.name]
                assert value == row[column.name], (layer.name, column.name)
            assert read.geometry.geom_type == layer.form
            assert shapely.equals_exact(shapely.normalize(read.geometry), shapely.normalize(_multi(shape)))


def _multi(shape: Any) -> Any:
    """Give a shape as files have it: of several parts, even where it has one."""
    if shape.geom_type == "LineString":
        return shapely.MultiLineString([shape])
    return shapely.MultiPolygon([shape]) if shape.geom_type == "Polygon" else shape


def test_it_keeps_the_form_of_a_geopackage(written: Path) -> None:
    assert asked(written, "PRAGMA integrity_check") == [("ok",)]
    assert asked(written, "PRAGMA foreign_key_check") == []
    assert asked(written, "PRAGMA application_id") == [(0x47504B47,)]
    assert asked(written, "PRAGMA user_version") == [(10200,)]
    contents = asked(written, "SELECT table_name, data_type, srs_id FROM gpkg_contents")
    assert contents[-1] == ("layer_styles", "attributes", 0)
    assert {row[1:] for row in contents[:-1]} == {("features", 31370)}
    system = "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = 31370"
    assert asked(written, system) == [("EPSG", 31370)]
    for name, *_ in contents:
        count = asked(written, f'SELECT count(*) FROM "{name}"')
        assert (
            asked(written, f"SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = '{name}'")
            == count
        )
        if name != "layer_styles":
            assert asked(written, f'SELECT count(*) FROM "rtree_{name}_geom"') == count
    extent = asked(
        written, "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'mergers'"
    )
    assert extent == [(148_500, 198_500, 160_500, 207_500)]


def test_the_table_of_styles_is_that_of_qgis(written: Path) -> None:
    assert [row[1] for row in asked(written, "PRAGMA table_info(layer_styles)")] == STYLE_COLUMNS
    features = asked(written, "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")
    styles = "SELECT f_table_name FROM layer_styles WHERE useAsDefault = 1 AND f_geometry_column = 'geom'"
    assert asked(written, styles) == features


def test_the_same_plan_gives_the_same_file(
    written: Path, plan: Plan, squares: Shapes, tmp_path: Path
) -> None:
    again = tmp_path / "again.gpkg"
    again.write_text("what was there before")
    write_geopackage(again, plan, squares, language="nl")
    assert again.read_bytes() == written.read_bytes()
    assert {row[0] for row in asked(written, "SELECT last_change FROM gpkg_contents")} == {MOMENT}
    assert {row[0] for row in asked(written, "SELECT update_time FROM layer_styles")} == {MOMENT}


def test_titles_and_labels_follow_the_language(
    written: Path, plan: Plan, squares: Shapes, tmp_path: Path
) -> None:
    english = tmp_path / "english.gpkg"
    write_geopackage(english, plan, squares)
    titles = "SELECT identifier FROM gpkg_contents WHERE table_name = 'municipalities'"
    assert (asked(written, titles), asked(english, titles)) == ([("Gemeenten",)], [("Municipalities",)])
    texts = "SELECT text FROM agreed_points WHERE kind = 'alone'"
    assert (asked(written, texts), asked(english, texts)) == ([("zelfstandig: M3",)], [("alone: M3",)])


def test_a_plan_of_zones_has_zones_and_no_mergers(grid: Instance, squares: Shapes, tmp_path: Path) -> None:
    asked_for = Scenario.from_dict({"level": "zones", "weights": {"distance": 1.0}})
    zones = Plan.of(grid, asked_for, [[f"M{i}" for i in range(8)], [f"M{i}" for i in range(8, 12)]])
    write_geopackage(tmp_path / "zones.gpkg", zones, squares)
    frame = geopandas.read_file(tmp_path / "zones.gpkg", layer="municipalities")
    assert "merger" not in frame
    assert set(frame["zone_nis"]) == {grid.codes[m.seat] for m in zones.mergers}
    names = [row[0] for row in asked(tmp_path / "zones.gpkg", "SELECT table_name FROM gpkg_contents")]
    assert "zones" in names
    assert "mergers" not in names


def test_both_levels(grid: Instance, squares: Shapes, tmp_path: Path) -> None:
    asked_for = Scenario.from_dict(
        {
            "level": "nested",
            "weights": {"distance": 1.0},
            "zones": {"weights": {"size": 1.0}},
        }
    )
    pairs = [[f"M{i}", f"M{i + 1}"] for i in range(0, 12, 2)]
    around = [["M0", "M1", "M2", "M3"], ["M4", "M5", "M6", "M7"], ["M8", "M9", "M10", "M11"]]
    nested = Plan.of(grid, asked_for, pairs, around)
    write_geopackage(tmp_path / "nested.gpkg", nested, squares)
    frame = geopandas.read_file(tmp_path / "nested.gpkg", layer="municipalities")
    assert {"merger", "merger_distance", "zone", "zone_nis", "zone_size"} <= set(frame)
    mergers = geopandas.read_file(tmp_path / "nested.gpkg", layer="mergers")
    zones = geopandas.read_file(tmp_path / "nested.gpkg", layer="zones")
    assert (len(mergers), len(zones)) == (6, 3)
    assert mergers.groupby("zone_nis")["population"].sum().to_dict() == dict(
        zip(zones["seat_nis"], zones["population"], strict=True)
    )


def test_points_of_terms_are_the_score(written: Path) -> None:
    frame = geopandas.read_file(written, layer="mergers")
    total = frame["distance_points"] + frame["straddle_police_points"]
    assert total.to_list() == pytest.approx(frame["score"].to_list(), abs=2e-9)


def test_without_geopandas_the_extra_is_named(
    plan: Plan, squares: Shapes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("refzones.instances.common.optional.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"GeoPackages need the package geopandas.*refzones\[geo\]"):
        write_geopackage(tmp_path / "plan.gpkg", plan, squares)
    assert not (tmp_path / "plan.gpkg").exists()


@pytest.mark.parametrize(
    ("crs", "said"), [("", "names no coordinate reference system"), ("EPSG:99", "system is unknown")]
)
def test_coordinates_of_no_system_are_refused(
    plan: Plan, grid: Instance, squares: Shapes, tmp_path: Path, crs: str, said: str
) -> None:
    nowhere = replace(plan, instance=replace(grid, crs=crs))
    with pytest.raises(InputError, match=said):
        write_geopackage(tmp_path / "plan.gpkg", nowhere, squares)
    assert not (tmp_path / "plan.gpkg").exists()


def test_the_mark_of_the_format_is_what_qgis_knows() -> None:
    assert (package.STYLES, package.GEOMETRY) == ("layer_styles", "geom")
