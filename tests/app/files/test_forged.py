"""Forged runs are found out: every scalar, cell and property altered, one at a time."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from refzones.app.dutch import Language
from refzones.app.files import run_folder as output
from refzones.app.files.belgian import BELGIAN
from refzones.app.files.check import check_run, read_to_the_letter
from refzones.app.files.plan_workbook import WORKBOOK
from refzones.app.maps import drawing
from refzones.app.maps.shapes import Shapes, generalised_shapes
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import Result, solve
from refzones.solver.audit.reproof import prove_again
from refzones.solver.results.record import PLAN_FILE, PlanRecord
from support.all_plans import all_plans
from support.build import build_instance
from support.forging import (
    Place,
    at,
    forged_packages,
    forged_tables,
    forged_values,
    forged_workbooks,
    put_file,
    put_plan,
)

EVERY = os.environ.get("REFZONES_FORGE") == "all"
"""Try each forgery, not one in some: takes minutes."""

SHARE = float(os.environ.get("REFZONES_DRAWS", "1"))
"""Of the forgeries that are tried, as of all cases that tests draw."""

PACKAGES = ["plan.gpkg"] if find_spec("geopandas") else []
SHEETS = [WORKBOOK.name] if find_spec("openpyxl") else []
"""Files that can be written where the extra 'geo' is there."""

TABLES = [*SHEETS, *(file.name for file in BELGIAN)]


def _instance() -> Instance:
    """Two regions with everything that a term can ask for."""
    population = [40_000, 20_000, 35_000, 15_000, 30_000, 26_000, 8_000]
    made = build_instance(
        population,
        [(0, 1), (1, 2), (2, 3), (0, 3), (4, 5), (5, 6), (4, 6)],
        points=[
            (0, 0),
            (4_000, 500),
            (9_000, 0),
            (5_000, 6_000),
            (30_000, 0),
            (36_000, 1_000),
            (33_000, 7_000),
        ],
        region=[0, 0, 0, 0, 1, 1, 1],
        facility=[6],
        merged_in={1: 2019},
        layers={"police": ["A", "A", "B", "B", "C", "C", "D"]},
        functions={"school": [1, 0, 1, 0, 1, 0, 0], "station": [0, 60, 0, 0, 0, 1, 0]},
        classes=["a1", "c2", "c0", "c3", "a2", "c3", "c3"],
        attributes={"net_taxable_income_eur": [population[i] * (20_000 + 300 * i) for i in range(7)]},
        flows={(0, 1): 120.5, (1, 2): 40, (2, 0): 300, (4, 5): 11.25, (5, 6): 5},
    )
    return replace(made, area=np.array([20.5, 11.21, 30, 8, 40.12, 9, 3.3]))


TERMS = {
    "coverage": 1.0, "distance": 0.05, "straddle(police)": 1.0, "stacking": 0.5, "commuting": 2.0,
    "fiscal": 0.3, "touched(police)": 0.01, "cut_edges": 0.02, "size": 0.1,
}  # fmt: skip
MERGERS: dict[str, Any] = {
    "weights": TERMS,
    "coverage": {"shares": {"school": 0.5, "station": 0.5}},
    "population": {"min": 25_000, "max": 90_000},
}
ZONES: dict[str, Any] = {
    "population": {"min": 50_000, "max": 130_000},
    "weights": {"distance": 1.0, "straddle(police)": 1.0},
    "rules": {"facility": "free"},
}
AGREED: dict[str, Any] = MERGERS | {
    "locks": {"together": [["M0", "M1"]], "apart": [["M1", "M2"]], "seat": ["M4"]},
    "borders": {"added": [["M1", "M3"]], "removed": [["M2", "M3"]]},
}


def unproved(result: Result) -> Result:
    """The same plan, of which a time limit left the proof open."""
    first, *others = result.by_region
    assert first.bound_nano is not None
    found = replace(first, bound_nano=first.bound_nano + 5_000_000)
    return replace(result, by_region=(found, *others))


def missing(result: Result) -> Result:
    """One region of which the time limit left no plan."""
    first, *others = result.by_region
    found = replace(
        first, mergers=(), score_nano=None, bound_nano=None,
        reason="the time limit passed", candidates=0, kept=0,
    )  # fmt: skip
    return replace(result, by_region=(found, *others))


def as_it_is(result: Result) -> Result:
    return result


Case = tuple[dict[str, Any], dict[str, Any], Callable[[Result], Result]]
CASES: dict[str, Case] = {
    "mergers": (MERGERS, {}, as_it_is),
    "zones": (ZONES | {"level": "zones"}, {}, as_it_is),
    "nested": (MERGERS | {"level": "nested", "zones": ZONES}, {}, as_it_is),
    "priced": (MERGERS, {"decided": True}, as_it_is),
    "priced, nested": (MERGERS | {"level": "nested", "zones": ZONES}, {"decided": True}, as_it_is),
    "agreed": (AGREED, {}, as_it_is),
    "kept": (MERGERS | {"existing": {"mode": "keep", "mergers": [["M0", "M3"], ["M4"]]}}, {}, as_it_is),
    "soft": (
        MERGERS | {"weights": TERMS | {"shortfall": 1e-5}, "population": {"min": 60_000, "floor": 20_000}},
        {},
        as_it_is,
    ),
    "required": (
        MERGERS | {"requires": {"classes": ["a1", "a2", "c0"], "functions": ["school"]}, "count": {"min": 1}},
        {},
        as_it_is,
    ),
    "framed": (
        MERGERS | {"frames": {"unsplit": ["police"]}, "count": {"regions": {"R0": [1, 2]}}},
        {},
        as_it_is,
    ),
    "infeasible": (MERGERS | {"population": {"min": 58_000, "max": 112_000}}, {}, as_it_is),
    "one region": (MERGERS, {"regions": ["R1"]}, as_it_is),
    "cut": ({"weights": {"distance": 1.0}}, {"formulation": "cut"}, as_it_is),
    "unproved": (MERGERS, {}, unproved),
    "missing": (MERGERS, {}, missing),
}


class Forger:
    """A run that can be forged, and what checks it."""

    def __init__(self, name: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
        asked, options, change = CASES[name]
        self.name = name
        self.folder, self.instance = folder, _instance()
        self.shapes: Shapes = generalised_shapes(self.instance)
        result = change(solve(self.instance, Scenario.from_dict(asked), workers=1, **options))
        patch.setattr(drawing, "draw_map", _draw_little)
        language: Language = "nl" if len(name) % 2 else "en"
        output.write_run(result, folder, self.shapes, extras=[*TABLES, *PACKAGES], language=language)
        self.files = {path.name: path.read_bytes() for path in folder.iterdir()}
        self.plan = json.loads(self.files[PLAN_FILE])

    def restore(self) -> None:
        for path in self.folder.iterdir():
            if path.name not in self.files:
                path.unlink()
        for name, content in self.files.items():
            (self.folder / name).write_bytes(content)

    def is_rejected(self) -> bool:
        """Whether `verify` finds something."""
        try:
            record = read_to_the_letter(self.folder / PLAN_FILE)
        except InputError:
            return True
        found = check_run(self.folder, record, self.instance, self.shapes)
        return bool(found or prove_again(record, self.instance, 20.0).violations)


def _draw_little(path: Path, *_: object, **__: object) -> None:
    from PIL import Image

    Image.new("RGB", (3, 2), "white").save(path)


@pytest.fixture(scope="module", params=CASES)
def forger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forger]:
    with pytest.MonkeyPatch.context() as patch:
        yield Forger(request.param, tmp_path_factory.mktemp("forged") / "run", patch)


def some(forgeries: Iterator[Any], number: int, seed: str) -> list[Any]:
    """So many forgeries, others for each run."""
    found = list(forgeries)
    drawn = min(max(1, round(SHARE * number)), len(found))
    return found if EVERY else random.Random(seed).sample(found, drawn)


def test_the_run_itself_is_clean(forger: Forger) -> None:
    forger.restore()
    assert not forger.is_rejected()


def test_altered_plan(forger: Forger) -> None:
    """Whoever alters anything is found out by the digest, times aside."""
    for path, forge in some(forged_values(forger.plan), 12, forger.name):
        forger.restore()
        put_plan(forger.folder, forge(), knowing=False)
        assert forger.is_rejected() or _is_a_time(path), path


def _is_a_time(path: Place) -> bool:
    """Times are not told apart from others of their kind: another run takes another time."""
    return "runtime" in path


MAY_BE_SO: dict[str, str] = {
    "runtime": "times and workers differ from run to run",
    "seed": "any seed gives the same proved answer",
    "versions": "no one can tell later with which version a plan was found",
    "reason": "words, of which the status is checked",
    "kept": "how many candidates are left open depends on the duals, which differ between versions",
    "name": "a scenario may have any name",
    "description": "a scenario may have any description",
    "source": "a file may have any name",
}
"""What somebody who mends the digest can alter without being found out, and why."""


def test_altered_by_somebody_who_mends_the_digest(forger: Forger) -> None:
    """What follows from the plan is found out, and what is false; a scenario may ask what is answered too."""
    for path, forge in some(forged_values(forger.plan), 24, forger.name):
        forger.restore()
        put_plan(forger.folder, forge(), knowing=True)
        if not forger.is_rejected():
            assert may_be_so(path) or is_true_as_well(forger), path


def may_be_so(path: Place) -> bool:
    if path[0] == "scenario":
        return str(path[-1]) in ("name", "description", "source")
    return bool({"runtime", "versions", "seed", "reason", "kept"} & set(path))


def is_true_as_well(forger: Forger) -> bool:
    """Whether all that a forged file claims is so, by brute force over all plans where there is one level."""
    record = read_to_the_letter(forger.folder / PLAN_FILE)
    if record.scenario.level == "nested":
        return _is_answered_so(record, forger.instance)
    for region in record.regions:
        plans = all_plans(forger.instance, record.scenario, forger.instance.regions.index(region.name))
        best = plans[0][0] if plans else None
        if region.status == "infeasible" and best is not None:
            return False
        if region.bound_nano is not None and (best is None or region.bound_nano < best):
            return False
        if region.status == "optimal" and region.score_nano != best:
            return False
    return True


def _is_answered_so(record: PlanRecord, instance: Instance) -> bool:
    again = solve(instance, record.scenario, regions=record.region_names)
    return [(r.status, r.score_nano, r.bound_nano) for r in again.by_region] == [
        (r.status, r.score_nano, r.bound_nano) for r in record.regions
    ]


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


@pytest.mark.parametrize(
    "text",
    [
        '{"schema_version": 2, "schema_version": 2}',
        "[" * 100_000,
        '{"gap": NaN}',
        '{"gap": 1e999}',
        '{"score_nano": ' + "9" * 5_000 + "}",
        '{"a": "\\ud800"}',
        "null",
        "\x00",
        "{}",
    ],
    ids=["twice", "deep", "nan", "infinite", "long", "surrogate", "null", "zero", "empty"],
)
def test_strange_json(forger: Forger, text: str) -> None:
    forger.restore()
    whole = forger.files[PLAN_FILE].decode()
    for content in (text, text[:-1] + "," + whole.lstrip()[1:] if text.startswith("{") else text):
        (forger.folder / PLAN_FILE).write_text(content, encoding="utf-8")
        with pytest.raises(InputError):
            read_to_the_letter(forger.folder / PLAN_FILE)


NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)


@given(st.lists(NAMES, min_size=7, max_size=7), NAMES, NAMES)
@example(["\t", "\r\x1f", "'", "'=", "\n\n", "+", "\x85"], "\t", "\t\t")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_names_pass_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], region: str, zone: str
) -> None:
    """What is written is read back, whatever municipalities, regions and zones are called."""
    monkeypatch.setattr(drawing, "draw_map", _draw_little)
    instance = replace(_instance(), names=tuple(names), regions=(region, region + zone))
    asked = Scenario.from_dict(MERGERS | {"level": "nested", "zones": ZONES, "name": zone})
    result, shapes = solve(instance, asked, workers=1), generalised_shapes(instance)
    output.write_run(result, tmp_path / "run", shapes, extras=TABLES, language="nl")
    record = read_to_the_letter(tmp_path / "run" / PLAN_FILE)
    assert record.mergers
    assert check_run(tmp_path / "run", record, instance, generalised_shapes(instance)) == []
