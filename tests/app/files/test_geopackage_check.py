"""Checks of `plan.gpkg` where the shapes that it was drawn from are at hand, and where they are not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from refzones.app.files.geopackage import write_package
from refzones.app.files.geopackage_check import check_geopackage
from refzones.app.files.run_file import Run, Stated
from refzones.app.maps.shapes import Shapes
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.solver import Result, solve
from refzones.solver.results.record import record_of
from support.build import build_instance

pytest.importorskip("geopandas", reason="geopandas is in the extra 'geo'")

AGREED = {"together": [["M0", "M1"]], "apart": [["M1", "M2"]]}


@pytest.fixture(scope="module")
def result() -> Result:
    instance = build_instance(
        [40_000] * 6,
        [(i, i + 1) for i in range(5)],
        points=[(150_000 + 3000.0 * i, 200_000) for i in range(6)],
    )
    asked = Scenario.from_dict({"weights": {"distance": 1.0}, "locks": AGREED})
    return solve(instance, asked, workers=1)


@pytest.fixture
def squares(result: Result) -> Shapes:
    data = result.instance
    sides = [shapely.box(x - 1500, y - 1500, x + 1500, y + 1500) for x, y in zip(data.x, data.y, strict=True)]
    return Shapes(tuple(sides), False, "boundaries: squares")


@pytest.fixture
def written(result: Result, squares: Shapes, tmp_path: Path) -> Path:
    path = tmp_path / "plan.gpkg"
    write_package(path, Run(result, squares))
    return path


def found(path: Path, result: Result, shapes: Shapes | None) -> list[str]:
    return check_geopackage(path, Stated(record_of(result), result.instance, shapes))


def test_it_is_right_with_its_shapes_and_without_them(written: Path, result: Result, squares: Shapes) -> None:
    assert found(written, result, squares) == []
    assert found(written, result, None) == []


def test_shapes_of_other_boundaries_are_told(written: Path, result: Result, squares: Shapes) -> None:
    shifted = replace(
        squares, geometry=tuple(shapely.transform(cell, lambda p: p + 300) for cell in squares.geometry)
    )
    told = found(written, result, shifted)
    assert "plan.gpkg: municipalities: feature 1: its shape is not that of its municipalities" in told
    assert "plan.gpkg: mergers: feature 1: its shape is not that of its municipalities" in told
    elsewhere = found(written, result, replace(squares, source="others"))
    assert (
        "plan.gpkg: mergers: its shapes are said to be from 'boundaries: squares'; they are from 'others'"
        in (elsewhere)
    )


def test_exchanged_shapes_are_found_without_those_they_were_drawn_from(written: Path, result: Result) -> None:
    with closing(sqlite3.connect(written)) as database:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            database.create_function(name, 1, lambda shape: 0)
        shapes = dict(database.execute("SELECT fid, geom FROM mergers"))
        database.execute("UPDATE mergers SET geom = ? WHERE fid = 1", (shapes[2],))
        database.commit()
    assert "plan.gpkg: mergers: feature 1: its shape is not that of its municipalities" in found(
        written, result, None
    )


def test_a_plan_of_another_instance_is_told(written: Path, result: Result, squares: Shapes) -> None:
    renamed: Instance = replace(result.instance, names=("Elsewhere", *result.instance.names[1:]))
    told = found(written, replace(result, instance=renamed), squares)
    assert "plan.gpkg: municipalities: feature 1: name is 'M0'; it should be 'Elsewhere'" in told


@pytest.mark.parametrize("content", [b"", b"garbage" * 300])
def test_what_is_no_geopackage_is_told(
    content: bytes, result: Result, squares: Shapes, tmp_path: Path
) -> None:
    path = tmp_path / "plan.gpkg"
    assert found(path, result, squares) == ["plan.gpkg: the file is missing"]
    path.write_bytes(content)
    (told,) = found(path, result, squares)
    assert told.startswith("plan.gpkg: it is")
