"""Forged files beside a plan are found out: every cell and property altered, one at a time."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from refzones.app.files import run_folder as output
from refzones.app.files.belgian import BELGIAN
from refzones.app.files.check import check_run, read_to_the_letter
from refzones.app.files.plan_workbook import WORKBOOK
from refzones.app.maps import drawing
from refzones.app.maps.shapes import generalised_shapes
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.results.record import PLAN_FILE
from support.forged_runs import (
    MERGERS,
    PACKAGES,
    SHEETS,
    TABLES,
    ZONES,
    Forger,
    draw_little,
    forged_instance,
    some,
)
from support.forging import (
    at,
    forged_packages,
    forged_tables,
    forged_values,
    forged_workbooks,
    put_file,
    put_plan,
)


def test_altered_tables(forger: Forger) -> None:
    """Every cell, row and column, by somebody who mends the digests."""
    for name in ("assignment.csv", "mergers.csv", "zones.csv"):
        if name not in forger.files:
            continue
        for path, forge in some(forged_tables(forger.files[name].decode()), 15, forger.name):
            forger.restore()
            put_file(forger.folder, name, forge().encode())
            assert forger.is_rejected(), (name, path)


def test_altered_belgian_tables(forger: Forger) -> None:
    """Every cell, row and column, by somebody who mends the digests."""
    for name in {file.name for file in BELGIAN} & set(forger.files):
        text = forger.files[name].decode("utf-8-sig")
        for path, forge in some(forged_tables(text, ";"), 10, forger.name):
            forger.restore()
            put_file(forger.folder, name, forge().encode())
            assert forger.is_rejected(), (name, path)


@pytest.mark.skipif(not SHEETS, reason="openpyxl is in the extra 'geo'")
def test_altered_workbook(forger: Forger) -> None:
    """Every cell, row, column and sheet, by somebody who mends the digests."""
    name = WORKBOOK.name
    for path, forge in some(forged_workbooks(forger.files[name]), 15, forger.name):
        forger.restore()
        put_file(forger.folder, name, forge())
        assert forger.is_rejected(), path


def test_altered_shapes(forger: Forger) -> None:
    """Every property, and a point here and there, by somebody who mends the digests."""
    data = json.loads(forger.files["plan.geojson"])
    told = json.dumps({**data, "features": [f | {"geometry": 0} for f in data["features"]]})
    for path, forge in some(forged_values(json.loads(told)), 12, forger.name):
        if "geometry" in path:
            continue
        forged = forge()
        for feature, real in zip(forged.get("features") or [], data["features"], strict=False):
            if isinstance(feature, dict) and feature.get("geometry") == 0:
                feature["geometry"] = real["geometry"]
        forger.restore()
        put_file(forger.folder, "plan.geojson", json.dumps(forged).encode())
        assert forger.is_rejected(), path
    for place, feature in enumerate(data["features"]):
        forged = json.loads(forger.files["plan.geojson"])
        at(forged, ("features", place, "geometry", "coordinates", 0))[1:4] = [[4.0, 51.0]] * 3
        forger.restore()
        put_file(forger.folder, "plan.geojson", json.dumps(forged).encode())
        assert forger.is_rejected(), feature["properties"]["name"]


@pytest.mark.skipif(not PACKAGES, reason="geopandas is in the extra 'geo'")
def test_altered_packages(forger: Forger, tmp_path: Path) -> None:
    """Every attribute, style and mark of a GeoPackage, by somebody who mends the digests."""
    content = forger.files["plan.gpkg"]
    for path, forge in some(forged_packages(content, tmp_path), 15, forger.name):
        forged = forge()
        if forged == content:
            continue
        forger.restore()
        put_file(forger.folder, "plan.gpkg", forged)
        record = read_to_the_letter(forger.folder / PLAN_FILE)
        assert check_run(forger.folder, record, forger.instance, forger.shapes), path


def test_files_missing_strange_or_of_another_run(forger: Forger, tmp_path: Path) -> None:
    for name, content in forger.files.items():
        for other in (None, b"", b"garbage", content[: len(content) // 2], content[:-3]):
            forger.restore()
            (forger.folder / name).unlink()
            if other is not None:
                (forger.folder / name).write_bytes(other)
            if other == content[:-3] and name.endswith(".csv"):
                continue  # may be the same figure, as 0 is 0.0
            assert forger.is_rejected(), (name, other)
    names = ("mergers.csv", "zones.csv")
    for astray, other in (names, names[::-1]):
        if astray not in forger.files:
            forger.restore()
            (forger.folder / astray).write_bytes(forger.files[other])
            assert forger.is_rejected()
    forger.restore()
    _draw_other(forger.folder / "map.png")
    assert forger.is_rejected()
    forger.restore()
    data = json.loads(forger.files[PLAN_FILE])
    del data["files"][TABLES[-3]]
    put_plan(forger.folder, data, knowing=True)
    assert forger.is_rejected()  # there is a file that the plan does not name


def _draw_other(path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (3, 2), "black").save(path)


def test_what_says_the_same_is_accepted(forger: Forger) -> None:
    """A spreadsheet saved a table again: another order of rows and columns, semicolons, decimal commas."""
    import csv

    for name in sorted({"assignment.csv", "mergers.csv", "zones.csv"} & set(forger.files)):
        forger.restore()
        rows = list(csv.reader(forger.files[name].decode().splitlines()))
        turned = [[cell.replace(".", ",") for cell in row[::-1]] for row in (rows[0], *rows[:0:-1])]
        with (forger.folder / name).open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows(turned)
        assert not forger.is_rejected(), name
    forger.restore()
    for name in SHEETS:
        _turn_workbook(forger.folder / name)
    assert not forger.is_rejected(), SHEETS
    (forger.folder / "notes.txt").write_text("mine", encoding="utf-8")
    assert not forger.is_rejected()


def _turn_workbook(path: Path) -> None:
    """Save a workbook again with rows and columns the other way round, as plain cells."""
    import openpyxl

    read, turned = openpyxl.load_workbook(path), openpyxl.Workbook()
    turned.remove(turned.active)
    for page in read.worksheets[::-1]:
        rows = [[cell.value for cell in row][::-1] for row in page.iter_rows()]
        again = turned.create_sheet(page.title)
        for row in (rows[0], *rows[:0:-1]):
            again.append(row)
    turned.save(path)


NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)


@given(st.lists(NAMES, min_size=7, max_size=7), NAMES, NAMES)
@example(["\t", "\r\x1f", "'", "'=", "\n\n", "+", "\x85"], "\t", "\t\t")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_names_pass_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], region: str, zone: str
) -> None:
    """What is written is read back, whatever municipalities, regions and zones are called."""
    monkeypatch.setattr(drawing, "draw_map", draw_little)
    instance = replace(forged_instance(), names=tuple(names), regions=(region, region + zone))
    asked = Scenario.from_dict(MERGERS | {"level": "nested", "zones": ZONES, "name": zone})
    result, shapes = solve(instance, asked, workers=1), generalised_shapes(instance)
    output.write_run(result, tmp_path / "run", shapes, extras=TABLES, language="nl")
    record = read_to_the_letter(tmp_path / "run" / PLAN_FILE)
    assert record.mergers
    assert check_run(tmp_path / "run", record, instance, generalised_shapes(instance)) == []
