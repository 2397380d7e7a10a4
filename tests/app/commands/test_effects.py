"""`refzones effects`: what it prints, what it writes, and what it refuses."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from refzones.app.dutch import labels
from refzones.app.dutch.indicators import indicator_label
from refzones.instances import load

MIDWEST = "Midwest"
SCHEME = """title = "A bonus of our own"
source = "nobody"
note = "It is made up."
fixed = 7
[per_inhabitant]
below = [20_000]
values = [0, 2]
"""


@pytest.fixture
def halves(run) -> list[list[int]]:
    """A table that makes two mergers of a region, by the order of codes; the run in an empty folder."""
    instance = load()
    members = instance.members(instance.regions.index(MIDWEST)).tolist()
    parts = [members[:7], members[7:]]
    rows = [f"{instance.codes[i]},{'ab'[k]}" for k, part in enumerate(parts) for i in part]
    Path("plan.csv").write_text("\n".join(["nis,merger", *rows, ""]), encoding="utf-8")
    return parts


def inhabitants(parts: list[list[int]]) -> list[int]:
    population = load().population
    return [int(population[part].sum()) for part in parts]


def table() -> list[dict[str, str]]:
    with Path("out/effects.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_record_and_workbook_say_the_same(run, halves: list[list[int]]) -> None:
    words = ("effects", "plan.csv", "--tables", "out", "--xlsx", "e.xlsx", "--out", "e.json", "--by", "fire")
    code, output, _ = run(*words)
    assert code == 0
    assert "15 municipalities of Midwest, 2 municipalities after merging" in output
    record = json.loads(Path("e.json").read_text(encoding="utf-8"))
    values = {
        (group["level"], group["name"], one["indicator"]): (one["before"], one["after"], one["change"])
        for group in record["groups"]
        for one in group["effects"]
    }
    levels = {level for level, _, _ in values}
    assert levels == {"plan", "outside", "all", "region", "class", "fire", "merger"}
    rows = table()
    assert len(rows) == len(values)
    for row in rows:
        found = tuple(float(row[key]) if row[key] else None for key in ("before", "after", "change"))
        assert found == pytest.approx(values[row["level"], row["name"], row["indicator"]])
    instance = load()
    codes = {row["nis"] for row in rows if row["level"] == "merger"}
    assert codes == {"; ".join(instance.codes[i] for i in part) for part in halves}
    assert all(not row["nis"] for row in rows if row["level"] != "merger")
    _check_workbook(record, values)


def _check_workbook(record: dict[str, Any], values: dict[Any, Any]) -> None:
    book = openpyxl.load_workbook("e.xlsx")
    words = labels("en")
    sheets = words["sheets"]
    assert book.sheetnames == [
        sheets["about"],
        sheets["effects"],
        sheets["regions"],
        "Degree of equipment",
        "Fire zones",
        sheets["mergers"],
        sheets["fund"],
        sheets["rates"],
        sheets["bodies"],
        sheets["not_known"],
        sheets["sources"],
    ]
    missing = {indicator_label(one["indicator"], "en") for one in record["missing"]}
    _, *told = book[sheets["not_known"]].iter_rows(values_only=True)
    assert {row[0] for row in told} == missing
    assert missing  # such as rates that need tax bases
    _, *rows = book[sheets["mergers"]].iter_rows(values_only=True)
    by_label = {indicator_label(one["name"], "en"): one["name"] for one in record["indicators"]}
    for name, _, _, indicator, *found, _ in rows:
        right = values["merger", name, by_label[indicator]]
        assert tuple(found) == pytest.approx(right)
        assert all(one is None or isinstance(one, int | float) for one in found)
    assert len(rows) == 2 * len(record["indicators"])
    _, *about = book[sheets["about"]].iter_rows(values_only=True)
    assert (words["about"]["data_hash"], record["instance"]["hash"]) in about
    _, *lacking = book[sheets["not_known"]].iter_rows(values_only=True)
    assert {label for label, _ in lacking} == {
        indicator_label(one["indicator"], "en") for one in record["missing"]
    }
    assert any("refzones instance add-figures" in reason for _, reason in lacking)
    _, *sources = book[sheets["sources"]].iter_rows(values_only=True)
    assert len(sources) == len(record["indicators"])
    assert all(source for _, _, source, *_ in sources)


def read(name: str) -> list[dict[str, str]]:
    with Path("out", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_lists_say_who_pays_whose_rate_changes_and_what_becomes_of_bodies(
    run, halves: list[list[int]]
) -> None:
    words = ("effects", "plan.csv", "--tables", "out", "--csv", "belgian", "--xlsx", "e.xlsx", "--lang", "nl")
    assert run(*words)[0] == 0
    instance = load()
    fund = [row for row in read("fund.csv") if row["indicator"] == "fund(report)"]
    held = [code for row in fund for code in row["nis"].split("; ")]
    assert sorted(held) == sorted(instance.codes)
    assert sum(int(row["change"]) for row in fund) == 0
    changes = [int(row["change"]) for row in fund]
    assert changes == sorted(changes, reverse=True)
    assert sum(int(row["population"]) for row in fund) == instance.total_population
    rates = [row for row in read("rates.csv") if row["indicator"] == "property_tax_rate(lowest)"]
    for part in halves:
        own = [row for row in rates if instance.index[row["nis"]] in part]
        assert len(own) == len(part)
        lowest = min(float(row["before"]) for row in own)
        assert {float(row["after"]) for row in own} == {lowest}
    for row in read("bodies.csv"):
        inside, outside = (set(filter(None, row[key].split("; "))) for key in ("inside", "outside"))
        layer = instance.layers[row["layer"]]
        members = {instance.names[i] for i in range(len(instance)) if layer.name_of(i) == row["body"]}
        assert inside <= members
        assert not outside & members
        assert len(members) == int(row["before"])
        assert row["body_change"] == (
            "superfluous" if inside == members else "divided" if outside else "simplified"
        )
    for name in ("fund", "rates", "bodies"):
        lines = Path(f"out/{name}-belgian.csv").read_text(encoding="utf-8-sig").splitlines()
        assert len(lines) == len(read(f"{name}.csv")) + 1
        _, *rows = openpyxl.load_workbook("e.xlsx")[labels("nl")["sheets"][name]].iter_rows(values_only=True)
        assert len(rows) == len(lines) - 1
    assert "overbodig" in Path("out/bodies-belgian.csv").read_text(encoding="utf-8-sig")
    assert run("effects", "plan.csv", "--tables", "out", "--indicator", "councillors")[0] == 0
    assert sorted(os.listdir("out")) == ["effects.csv"]  # no list of an earlier time stays beside it


def test_councillors_by_hand(run, halves: list[list[int]]) -> None:
    # 98,112 and 158,826 inhabitants or so: each by the steps of the decree from 30,000 up
    below = (35, 40, 50, 60, 70, 80, 90, 100, 150, 200, 250, 300)
    seats = (31, 33, 35, 37, 39, 41, 43, 45, 47, 49, 51, 53, 55)
    after = [seats[sum(people >= 1000 * step for step in below)] for people in inhabitants(halves)]
    code, output, _ = run("effects", "plan.csv", "--indicator", "councillors", "--tables", "out")
    assert code == 0
    merged = [int(row["after"]) for row in table() if row["level"] == "merger"]
    assert sorted(merged) == sorted(after)
    (plan,) = (row for row in table() if row["level"] == "plan")
    assert int(plan["after"]) == sum(after)
    assert int(plan["change"]) == int(plan["after"]) - int(plan["before"])
    assert f"{int(plan['change']):,}" in output
    assert "Decree on local government" in output
    assert "by merger, reference region" not in output  # who names an indicator knows the way


def test_a_scheme_of_ones_own_is_measured_beside_the_others(run, halves: list[list[int]]) -> None:
    Path("mine.toml").write_text(SCHEME, encoding="utf-8")
    words = ("effects", "plan.csv", "--scheme", "mine.toml", "--indicator", "bonus", "--out", "e.json")
    code, output, _ = run(*words)
    assert code == 0
    assert "It is made up" in output
    record = json.loads(Path("e.json").read_text(encoding="utf-8"))
    assert record["scenario"]["schemes"]["mine"]["fixed"] == 7
    (plan,) = (group for group in record["groups"] if group["level"] == "plan")
    found = {one["indicator"]: one["after"] for one in plan["effects"]}
    assert found.keys() == {"bonus(2019)", "bonus(2025)", "bonus(2026)", "bonus(mine)"}
    assert found["bonus(mine)"] == sum(7 + 2 * people for people in inhabitants(halves))
    (mine,) = (one for one in record["indicators"] if one["name"] == "bonus(mine)")
    assert mine["sources"] == ["A bonus of our own: nobody"]


def test_a_run_keeps_its_scenario_and_is_named_by_its_digest(run) -> None:
    assert run("solve", "--region", MIDWEST, "--out", "run", "--no-decided")[0] == 0
    assert run("effects", "run", "--out", "e.json", "--by", "merger", "--by", "class")[0] == 0
    record = json.loads(Path("e.json").read_text(encoding="utf-8"))
    plan = json.loads(Path("run/plan.json").read_text(encoding="utf-8"))
    assert record["plan_digest"] == plan["digest"]
    assert record["scenario"] == plan["scenario"]
    merged = {tuple(one["members"]) for one in record["groups"] if one["level"] == "merger"}
    assert merged == {tuple(one["members"]) for one in plan["mergers"] if len(one["members"]) > 1}


def test_nothing_changes_as_is(run) -> None:
    code, output, _ = run("effects", "as-is", "--region", MIDWEST, "--by", "merger", "--out", "e.json")
    assert code == 0
    assert "merges nothing" in output
    record = json.loads(Path("e.json").read_text(encoding="utf-8"))
    changes = {one["change"] for group in record["groups"] for one in group["effects"]}
    assert changes <= {0, None}


def test_zones_are_measured_as_if_they_merged(run) -> None:
    assert run("solve", "--region", MIDWEST, "--scenario", "zones", "--out", "run", "--no-decided")[0] == 0
    _, output, _ = run("effects", "run")
    assert "what it would do if each became one municipality" in output


def test_dutch_tables_have_dutch_words(run, halves: list[list[int]]) -> None:
    words = ("effects", "plan.csv", "--tables", "out", "--csv", "belgian", "--lang", "nl", "--by", "region")
    code, output, _ = run(*words)
    assert code == 0
    assert "Gemeenteraadsleden" in output
    assert "bronnen:" in output
    lines = Path("out/effects-belgian.csv").read_text(encoding="utf-8-sig").splitlines()
    heading = "Wat gemeten is;Groep van parameters;Eenheid;Niveau;Waarvan;NIS-codes van de gemeenten;Vóór;Na"
    assert lines[0].startswith(heading)
    assert len(lines) - 1 == len(table())
    assert any(
        ("Gemeenten van het voorstel" in line and "13,5" in line) or "Decreet" in line for line in lines
    )


BAD = {
    "no such indicator": (("--indicator", "councilors"), "did you mean 'councillors'?"),
    "an argument too many": (("--indicator", "councillors(2)"), "write councillors"),
    "no such term": (("--indicator", "executives(third)"), "there is no such term of office"),
    "no such group": (("--by", "regions"), "did you mean 'region'?"),
    "no such layer": (("--by", "polis"), "did you mean 'police'?"),
    "no such region": (("--region", "Midwets"), "did you mean 'Midwest'?"),
    "no such style": (("--tables", "out", "--csv", "french"), "plain or belgian"),
    "no workbook": (("--xlsx", "e.csv"), "ends in .xlsx"),
    "a folder in the way of a file": (("--out", "taken"), "folder"),
    "no such scheme file": (("--scheme", "none.toml"), "there is no such file"),
    "a scheme of no kind": (("--scheme", "bad.toml"), "bad"),
    "a file that is no scheme": (("--scheme", "plan.csv"), "plan.csv"),
}


@pytest.mark.parametrize(("words", "hint"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said(run, halves: list[list[int]], words: tuple[str, ...], hint: str) -> None:
    Path("taken").mkdir()
    Path("bad.toml").write_text('title = "x"\nsource = "y"\nbelow = [2, 1]\n', encoding="utf-8")
    code, output, errors = run("effects", "plan.csv", *words)
    assert (code, output) == (2, "")
    assert hint in errors
    assert set(os.listdir()) - {"config"} == {"taken", "bad.toml", "plan.csv"}


def test_a_plan_that_is_none_is_refused(run) -> None:
    code, _, errors = run("effects", "nowhere")
    assert code == 2
    assert "there is no such file or folder" in errors
