"""`refzones evaluate` and `refzones compare` of some regions, with names and rules merger by merger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from refzones.instances import load

from ..conftest import Run


@pytest.fixture
def mine(run: Run) -> str:
    """A plan of two regions, as a Belgian spreadsheet writes it: Waasland in three, Midwest alone."""
    every = load()
    groups = dict.fromkeys(("46021", "46024"), "Groot Waas")
    groups |= dict.fromkeys(("46029", "42023", "46020"), "Durme")
    regions = (every.regions.index(name) for name in ("Waasland", "Midwest"))
    members = [i for region in regions for i in every.members(region).tolist()]
    lines = ["gemeente;fusie"]
    lines += [f"{every.names[i]};{groups.get(every.codes[i], '')}" for i in members]
    Path("mine.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig")
    return "mine.csv"


def found_by(run: Run, *arguments: str) -> tuple[int, str, dict[str, Any]]:
    code, output, errors = run("evaluate", *arguments, "--out", "found.json")
    assert errors == ""
    return code, output, json.loads(Path("found.json").read_text(encoding="utf-8"))


def test_only_the_region_that_is_asked_for(run: Run, mine: str) -> None:
    code, output, found = found_by(run, mine, "--region", "Waasland")
    assert code == 1
    assert [region["name"] for region in found["regions"]] == ["Waasland"]
    assert found["counts"]["municipalities"] == 7
    assert {code for part in found["mergers"] for code in part["members"]} == {
        load().codes[i] for i in load().members(load().regions.index("Waasland")).tolist()
    }
    assert sum(term["points"] for term in found["terms"].values()) == pytest.approx(found["score"])
    assert "Midwest" not in output
    assert "they alone are evaluated" not in output


def test_blank_rows_of_a_region_that_is_asked_for_stand_alone(run: Run, mine: str) -> None:
    code, output, found = found_by(run, mine)
    assert [region["name"] for region in found["regions"]] == ["Waasland"]
    assert "the plan is of these regions: Waasland; they alone are evaluated" in output
    code, output, found = found_by(run, mine, "-r", "Midwest", "-r", "Waasland")
    assert code == 1
    assert sorted(region["name"] for region in found["regions"]) == ["Midwest", "Waasland"]
    sizes = [len(part["members"]) for part in found["mergers"] if part["regions"] == ["Midwest"]]
    assert sizes == [1] * 15


def test_own_names_and_rules_in_words(run: Run, mine: str) -> None:
    _, output, found = found_by(run, mine, "-r", "Waasland")
    names = {part["name"]: part for part in found["mergers"]}
    assert {"Groot Waas", "Durme"} <= set(names)
    assert {rule["state"] for rule in names["Groot Waas"]["rules"]} == {"kept"}
    broken = [rule["text"] for rule in names["Durme"]["rules"] if rule["state"] == "broken"]
    assert "not connected: Sint-Gillis-Waas lies apart" in "; ".join(broken)
    assert "Durme:\n  breaks a rule: not connected: Sint-Gillis-Waas lies apart" in output
    for rule in found["broken_rules"]:
        for name in rule["mergers"]:
            assert rule["brief"] in "; ".join(one["text"] for one in names[name]["rules"])


def test_in_dutch(run: Run, mine: str) -> None:
    _, output, errors = run("evaluate", mine, "-r", "Waasland", "--lang", "nl")
    assert errors == ""
    assert "Durme:\n  overtreedt een regel: niet aaneengesloten: Sint-Gillis-Waas ligt apart" in output
    for word in ("breaks", "kept", "broken", "inhabitants", "with seat", "evaluated"):
        assert word not in output


@pytest.mark.parametrize("command", ["evaluate", "compare"])
def test_regions_that_are_not_there(run: Run, mine: str, command: str) -> None:
    again = [mine] if command == "compare" else []
    for region, message in (
        ("Waaslnd", "there is no such region; did you mean 'Waasland'?"),
        ("Kempen", "mine.csv: the plan has no municipality of Kempen; it is for Midwest, Waasland"),
    ):
        code, _, errors = run(command, mine, *again, "--region", region)
        assert code == 2
        assert message in errors


def test_comparing_plans_of_different_regions(run: Run, mine: str) -> None:
    text = Path(mine).read_text(encoding="utf-8-sig")
    rows = [row for row in text.splitlines() if row.endswith(";") or ";" in row]
    midwest = {load().names[i] for i in load().members(load().regions.index("Midwest")).tolist()}
    Path("part.csv").write_text("\n".join(row for row in rows if row.split(";")[0] not in midwest) + "\n")
    code, _, errors = run("compare", mine, "part.csv", "-r", "Midwest", "--out", "both")
    assert code == 2
    assert "part.csv: the plan has no municipality of Midwest; it is for Waasland" in errors


def test_a_workbook_is_written_and_read_back(run: Run, mine: str) -> None:
    pytest.importorskip("openpyxl")
    code, output, errors = run("evaluate", mine, "-r", "Waasland", "--xlsx", "mine.xlsx", "--lang", "nl")
    assert (code, errors) == (1, "")
    assert "geschreven in mine.xlsx" in output
    _, _, first = found_by(run, mine, "-r", "Waasland")
    for sheet in ((), ("--sheet", "Gemeenten")):
        _, _, again = found_by(run, "mine.xlsx", *sheet)
        assert (again["score_nano"], again["broken_rules"]) == (first["score_nano"], first["broken_rules"])
        assert [part["name"] for part in again["mergers"]] == [part["name"] for part in first["mergers"]]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("mine.xls", "value 'mine.xls': --xlsx: a workbook has a name that ends in .xlsx"),
        ("mine.csv/a.xlsx", "with --xlsx"),
    ],
)
def test_workbooks_that_cannot_be(run: Run, mine: str, file: str, message: str) -> None:
    code, output, errors = run("evaluate", mine, "--xlsx", file)
    assert (code, output) == (2, "")
    assert message in errors


def test_a_map_is_written(run: Run, mine: str) -> None:
    code, output, errors = run("evaluate", mine, "-r", "waasland", "--map", "mine.svg", "--lang", "nl")
    assert (code, errors) == (1, "")
    assert "geschreven in mine.svg" in output
    assert "#b3261e" in Path("mine.svg").read_text(encoding="utf-8")
    code, output, errors = run("evaluate", mine, "--map", "mine.gif")
    assert (code, output) == (2, "")
    assert "--map: a map has a name that ends in .png, .svg or .pdf; give it such a name" in errors
