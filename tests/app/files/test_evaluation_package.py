"""The layers of an evaluated plan: own names, and where they go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from refzones.app.files.evaluation_package import check_package_file, write_evaluation_package
from refzones.app.maps.shapes import generalised_shapes
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.solver import Plan, evaluate
from support.build import build_instance

geopandas = pytest.importorskip("geopandas", reason="geopandas is in the extra 'geo'")

ROW = build_instance(
    [20_000, 40_000, 40_000, 70_000],
    [(0, 1), (1, 2)],
    points=[(0.0, 0.0), (5_000.0, 0.0), (10_000.0, 0.0), (20_000.0, 0.0)],
    region=[0, 0, 0, 1],
)
ASKED = Scenario.from_dict({"weights": {"distance": 1}, "locks": {"together": [["M0", "M1"]]}})


def test_a_plan_that_breaks_a_rule_is_written_with_its_own_names(tmp_path: Path) -> None:
    plan = Plan.of(ROW, ASKED, [(0,), (1, 2), (3,)]).labelled({(1, 2): "East"})
    found = evaluate(ROW, ASKED, plan, regions=["R0"])
    assert found.violations
    path = tmp_path / "mine.gpkg"
    write_evaluation_package(path, found, generalised_shapes(ROW), language="nl")
    frame = geopandas.read_file(path, layer="mergers")
    assert set(frame["merger"]) == {"M0", "East"}
    assert list(geopandas.read_file(path, layer="agreed_lines")["text"]) == ["samen: M0, M1"]
    assert list(geopandas.read_file(path, layer="regions")["region"]) == ["R0"]


def test_files_that_cannot_be_are_refused_before_any_work(tmp_path: Path) -> None:
    check_package_file(tmp_path / "mine.gpkg", ROW)
    with pytest.raises(InputError, match=r"--gpkg: a GeoPackage has a name that ends in \.gpkg"):
        check_package_file(tmp_path / "mine.shp", ROW)
    with pytest.raises(InputError, match="coordinate reference system is unknown"):
        check_package_file(tmp_path / "mine.gpkg", replace(ROW, crs="EPSG:1"))
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="with --gpkg"):
        check_package_file(tmp_path / "file" / "mine.gpkg", ROW)
