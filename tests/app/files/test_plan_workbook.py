"""The workbook of a run: read back, it says what the record says."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from refzones.app.dutch import LANGUAGES, Language, labels
from refzones.app.dutch.measures import term_label
from refzones.app.files.plan_workbook import WORKBOOK, check_plan_workbook, write_plan_workbook
from refzones.app.files.run_file import Run, Stated
from refzones.app.maps.shapes import generalised_shapes
from refzones.instances import load
from refzones.models import Scenario, presets
from refzones.solver import Result, solve
from refzones.solver.results.record import MergerRecord, record_of
from refzones.solver.results.terms import TermRecord
from support.dutch import ENGLISH

CASES = [(preset, language) for preset in presets() for language in LANGUAGES]


@cache
def _result(preset: str) -> Result:
    return solve(load("flanders-2025"), Scenario.preset(preset), regions=["Kempen", "Waasland"], workers=1)


@cache
def _run(preset: str, language: Language) -> Run:
    result = _result(preset)
    return Run(result, generalised_shapes(result.instance), language=language)


@pytest.fixture(scope="module", params=CASES, ids=["-".join(case) for case in CASES])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    run = _run(*request.param)
    path = tmp_path_factory.mktemp("workbook") / WORKBOOK.name
    write_plan_workbook(path, run)
    return run, path


def _sheet(written: tuple[Run, Path], name: str) -> list[dict[str, Any]]:
    """Rows of a sheet by heading."""
    run, path = written
    page = openpyxl.load_workbook(path)[labels(run.language)["sheets"][name]]
    header, *rows = page.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def _headings(run: Run) -> dict[str, str]:
    return dict(labels(run.language)["headings"])


def _parts(run: Run) -> dict[str, list[MergerRecord]]:
    record = run.record
    if record.scenario.level == "zones":
        return {"zones": record.mergers}
    return {"mergers": record.mergers} | ({"zones": record.zones} if record.zones else {})


def test_check_finds_nothing(written: tuple[Run, Path]) -> None:
    run, path = written
    record = record_of(run.result)
    assert list(check_plan_workbook(path, Stated(record, run.result.instance, None))) == []


def test_sheets_of_the_level(written: tuple[Run, Path]) -> None:
    run, path = written
    said = labels(run.language)["sheets"]
    names = openpyxl.load_workbook(path).sheetnames
    keys = ["about", *_parts(run), "municipalities", "regions", "terms", "question", "sources"]
    assert names == [said[key] for key in keys]


def test_every_figure_of_mergers_and_zones(written: tuple[Run, Path]) -> None:
    run, _ = written
    said, instance = _headings(run), run.result.instance
    for (name, parts), asked in zip(_parts(run).items(), run.record.scenario.levels, strict=True):
        rows = {row[said["seat_nis"]]: row for row in _sheet(written, name)}
        assert len(rows) == len(parts)
        for part in parts:
            row = rows[part.seat]
            assert row[said["member_nis"]] == "; ".join(part.members)
            assert row[said["municipalities"]] == len(part.members)
            assert row[said["population"]] == part.population
            assert row[said["score"]] == pytest.approx(part.score, abs=1e-12)
            assert row[said["region"]] == part.region
            area = sum(float(instance.area[instance.index[code]]) for code in part.members)
            assert row[said["area_km2"]] == pytest.approx(area, abs=0.00501)
            for term, total in part.terms.items():
                heading = term_label(term, run.language)
                heading += " (km)" if term == "distance" else ""
                if asked.weights and term in ("distance", "orientation", "stacking", "straddle(police)"):
                    assert row[heading] == pytest.approx(total / part.population, abs=5.1e-7)
                if term.startswith("touched") or term == "shortfall":
                    assert row[heading] == pytest.approx(total)


def test_every_municipality(written: tuple[Run, Path]) -> None:
    run, _ = written
    said, instance = _headings(run), run.result.instance
    rows = {row[said["nis"]]: row for row in _sheet(written, "municipalities")}
    for name, parts in _parts(run).items():
        called = name.removesuffix("s")
        for part in parts:
            for code in part.members:
                i = instance.index[code]
                row = rows[code]
                assert (row[said["name"]], row[said["population"]]) == (
                    instance.names[i],
                    instance.population[i],
                )
                assert (row[said[called]], row[said[f"{called}_nis"]]) == (part.name, part.seat)
                assert row[said["facility"]] is bool(instance.facility[i])
    for part in run.record.mergers:
        assert [code for code in part.members if rows[code][said["is_seat"]]] == [part.seat]
        assert {rows[code][said["standalone"]] for code in part.members} == {
            labels(run.language)["standalone"].get(part.standalone)
        }
    assert len(rows) == run.record.counts.municipalities
    assert all(type(code) is str and len(code) == 5 for code in rows)


def test_every_figure_of_terms(written: tuple[Run, Path]) -> None:
    run, _ = written
    said, words, record = _headings(run), labels(run.language), run.record
    found = {
        (row[said["region"]], row[said["level"]], row[said["term"]]): row for row in _sheet(written, "terms")
    }
    whole = "all regions" if run.language == "en" else "alle regio’s"
    inner, around = record.scenario.levels[0].level, record.scenario.levels[-1].level
    blocks: list[tuple[str, str, dict[str, TermRecord]]] = [
        (whole, inner, record.terms),
        (whole, around, record.zone_terms),
    ]
    for region in record.regions:
        blocks += [(region.name, inner, region.terms), (region.name, around, region.zone_terms)]
    number = 0
    for name, level, terms in blocks:
        for term, values in terms.items():
            row = found[name, words["levels"][level], term_label(term, run.language)]
            for key in ("value", "weight", "points", "divisor", "share"):
                right = pytest.approx(getattr(values, key), rel=1e-14)  # a spreadsheet keeps 15 digits
                assert row[said[key]] == right, (name, term, key)
            number += 1
    assert number == len(found) > 0


def test_every_figure_of_regions(written: tuple[Run, Path]) -> None:
    run, _ = written
    said = _headings(run)
    rows = _sheet(written, "regions")
    assert [row[said["region"]] for row in rows] == run.record.region_names
    for row, region in zip(rows, run.record.regions, strict=True):
        assert (row[said["population"]], row[said["municipalities"]]) == (
            region.inhabitants,
            region.municipalities,
        )
        assert (row[said["after"]], row[said["score"]], row[said["gap"]]) == (
            region.counts.after,
            region.score,
            region.gap,
        )
        assert row[said["status"]] == labels(run.language)["statuses"]["optimal"]


def test_first_sheet_says_what_it_is(written: tuple[Run, Path]) -> None:
    run, path = written
    page = openpyxl.load_workbook(path).worksheets[0]
    cells = dict(page.iter_rows(min_row=2, values_only=True))
    said, record = labels(run.language)["about"], run.record
    assert cells[said["score"]] == record.score
    assert cells[said["status"]] == labels(run.language)["statuses"][record.status]
    assert cells[said["data_hash"]] == record.instance.hash
    assert cells[said["plan_hash"]] == record.digest
    assert cells[said["made_by"]] == f"refzones {record.engine.versions['refzones']}"
    assert cells[said["inhabitants"]] == record.inhabitants
    assert "refzones verify" in cells[said["check"]]


def test_no_english_in_dutch(written: tuple[Run, Path]) -> None:
    run, path = written
    if run.language == "en":
        return
    for page in openpyxl.load_workbook(path).worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert not (isinstance(cell.value, str) and ENGLISH.search(cell.value)), cell.value


def test_again_byte_by_byte(written: tuple[Run, Path], tmp_path: Path) -> None:
    run, path = written
    again = Run(run.result, run.shapes, language=run.language)
    write_plan_workbook(tmp_path / "again.xlsx", again)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_formulas_and_strange_files_are_found(tmp_path: Path) -> None:
    run = _run("mergers", "en")
    path = tmp_path / WORKBOOK.name
    stated = Stated(run.record, run.result.instance, None)
    write_plan_workbook(path, run)
    book = openpyxl.load_workbook(path)
    book["Mergers"]["F2"].value = f"={book['Mergers']['F2'].value}"
    book.create_sheet("Mine")
    book.save(path)
    found = list(check_plan_workbook(path, stated))
    assert "plan.xlsx, sheet 'Mergers', cell F2: it holds a formula" in found
    assert "plan.xlsx: the sheet 'Mine' is none that a run writes" in found
    path.write_bytes(b"PK no workbook")
    assert [
        text.startswith("plan.xlsx: it cannot be read") for text in check_plan_workbook(path, stated)
    ] == [True]
    path.unlink()
    assert list(check_plan_workbook(path, stated)) == ["plan.xlsx: the file is missing"]
