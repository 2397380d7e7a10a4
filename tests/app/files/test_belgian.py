"""Tables in the Belgian way: what a spreadsheet in Belgium opens, and the program reads back."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path

import pytest
from refzones.app.dutch import LANGUAGES, Language, labels
from refzones.app.files.belgian import BELGIAN, belgian_name, csv_style, write_belgian
from refzones.app.files.plan_workbook import WORKBOOK, write_plan_workbook
from refzones.app.files.run_file import Run, Stated
from refzones.app.files.workbook import Column, Sheet, Shown
from refzones.app.input.plan_reading import parts_of_plan
from refzones.app.input.plans import given_plan
from refzones.app.maps.shapes import generalised_shapes
from refzones.instances import InputError, load
from refzones.instances.common.problems import Problems
from refzones.instances.tables.form import TableForm
from refzones.instances.tables.sheets import read_any_table
from refzones.models import Scenario, presets
from refzones.solver import solve
from support.dutch import ENGLISH

CASES = [(preset, language) for preset in presets() for language in LANGUAGES]


@cache
def _run(preset: str, language: Language) -> Run:
    result = solve(load("flanders-2025"), Scenario.preset(preset), regions=["Kempen", "Waasland"], workers=1)
    return Run(result, generalised_shapes(result.instance), language=language)


def _written(folder: Path, preset: str, language: Language) -> list[Path]:
    """All files of a plan that people open in a spreadsheet."""
    run = _run(preset, language)
    files = [file for file in BELGIAN if file.belongs(run.record)]
    for file in files:
        file.write(folder / file.name, run)
    write_plan_workbook(folder / WORKBOOK.name, run)
    return [folder / file.name for file in (*files, WORKBOOK)]


@pytest.mark.parametrize(("preset", "language"), CASES)
def test_plan_is_read_back(preset: str, language: Language, tmp_path: Path) -> None:
    """By what `evaluate` reads a plan with, from each table that holds it."""
    run = _run(preset, language)
    instance, asked = run.result.instance, run.result.scenario
    mergers = sorted(part.members for part in run.result.mergers)
    zones = sorted(part.members for part in run.result.zones)
    there = {i for part in mergers for i in part}
    for path in _written(tmp_path, preset, language):
        if preset == "nested" and path.name == "zones-belgian.csv":
            continue  # holds no mergers
        parts, around = parts_of_plan(given_plan(path), instance, asked, others_alone=True)
        assert sorted(part for part in parts if set(part) <= there) == mergers, path.name
        assert sorted(part for part in around if set(part) <= there) == zones, path.name


@pytest.mark.parametrize(("preset", "language"), CASES)
def test_every_number_is_read_back(preset: str, language: Language, tmp_path: Path) -> None:
    """By the reader of the tables of planners, told that commas stand before decimals."""
    run = _run(preset, language)
    heading = labels(language)["headings"]
    for path in _written(tmp_path, preset, language)[:-1]:
        problems = Problems()
        table = read_any_table(path, (), problems, form=TableForm(decimal=","))
        assert table is not None
        assert table.delimiter == ";"
        for row in table:
            people = row.number_of(heading["population"], whole=True)
            area = row.number_of(heading["area_km2"])
            if path.name == "assignment-belgian.csv":
                i = run.result.instance.index[row.text(heading["nis"])]
                assert people == run.result.instance.population[i]
                assert area == round(float(run.result.instance.area[i]), 2)
            else:
                zones = run.record.zones or run.record.mergers
                named = run.record.mergers if "mergers" in path.name else zones
                (part,) = (one for one in named if one.seat == row.text(heading["seat_nis"]))
                assert people == part.population
                assert row.number_of(heading["score"]) == pytest.approx(part.score, abs=1e-12)
        problems.raise_if_any()


@pytest.mark.parametrize(("preset", "language"), CASES)
def test_check_finds_nothing(preset: str, language: Language, tmp_path: Path) -> None:
    run = _run(preset, language)
    _written(tmp_path, preset, language)
    stated = Stated(run.record, run.result.instance, None)
    for file in BELGIAN:
        if file.belongs(run.record):
            assert list(file.check(tmp_path / file.name, stated)) == []
            (tmp_path / file.name).unlink()
            assert list(file.check(tmp_path / file.name, stated)) == [f"{file.name}: the file is missing"]


def test_bytes_are_those_that_a_belgian_spreadsheet_expects(tmp_path: Path) -> None:
    columns = [
        Column("name", "Gemeente"),
        Column("a", "Oppervlakte (km²)", "decimal"),
        Column("b", "Is zetel", "yesno"),
        Column("c", "Waarde", "any"),
    ]
    rows = [
        ["Sint-Niklaas", 1234.5, True, Shown(0.25, "share")],
        ["=1+1", -0.00001, False, None],
        ["a;b", 7.0, None, 3],
    ]
    write_belgian(tmp_path / "a.csv", Sheet("x", columns, rows), "nl")
    assert (tmp_path / "a.csv").read_bytes() == (
        b"\xef\xbb\xbf"
        + "Gemeente;Oppervlakte (km²);Is zetel;Waarde\r\n"
        "Sint-Niklaas;1234,5;ja;0,25\r\n"
        "'=1+1;-0,00001;nee;\r\n"
        '"a;b";7;;3\r\n'.encode()
    )


def test_headings_are_dutch(tmp_path: Path) -> None:
    for path in _written(tmp_path, "nested", "nl")[:-1]:
        text = path.read_text("utf-8-sig")
        header = next(csv.reader(io.StringIO(text), delimiter=";"))
        assert {"Inwoners", "Referentieregio", "Oppervlakte (km²)", "Zetel"} <= set(header)
        assert not ENGLISH.search(text)


def test_a_changed_figure_is_found(tmp_path: Path) -> None:
    run = _run("mergers", "nl")
    path = _written(tmp_path, "mergers", "nl")[1]
    text = path.read_bytes().decode()
    people = str(run.record.mergers[0].population)
    path.write_bytes(text.replace(people, str(int(people) + 1), 1).encode())
    (only,) = BELGIAN[1].check(path, Stated(run.record, run.result.instance, None))
    assert only == (
        f"mergers-belgian.csv, row 2, column 'Inwoners': '{int(people) + 1}' is '{people}' in plan.json"
    )


def test_styles() -> None:
    assert [csv_style(text) for text in ("plain", "Belgian")] == ["plain", "belgian"]
    with pytest.raises(InputError, match="--csv: tables are written plain or belgian"):
        csv_style("belgium")
    assert belgian_name("zones.csv") == "zones-belgian.csv"
