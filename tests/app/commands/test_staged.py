"""`refzones solve` and `refzones verify` of maps of two dates."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

ROAD = """
level = "staged"
name = "road"
until = 2037-01-01
[earlier]
preset = "mergers"
date = 2027-01-01
count.max = 1
[target]
preset = "mergers"
date = 2031-01-01
"""


@pytest.fixture
def here(run) -> Path:
    """An empty folder with a scenario of two dates."""
    Path("road.toml").write_text(ROAD, encoding="utf-8")
    return Path.cwd()


@pytest.fixture
def out(run, here: Path) -> Path:
    code, said, _ = run("solve", "-s", "road.toml", "-r", "Midwest", "--out", "out")
    assert code == 0
    assert "counted for 4 years" in said
    assert "each merger of 2027 is one of 2031 as it is" in said
    assert "verified: clean; written to out" in said
    assert "zone" not in said
    return here / "out"


def test_a_run_of_each_map_and_a_table_of_both(run, out: Path) -> None:
    assert sorted(file.name for file in out.iterdir()) == ["2027", "2031", "stages.csv", "stages.json"]
    rows = list(csv.DictReader((out / "stages.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 15
    early = [row for row in rows if row["merges_in"] == "2027"]
    assert early
    assert all(row["merger_2027"] == row["merger_2031"] for row in early)
    assert all(not row["merger_2027"] for row in rows if row["merges_in"] != "2027")
    plan = json.loads((out / "2027" / "plan.json").read_text(encoding="utf-8"))
    staying = {row["nis"] for row in rows if not row["merger_2027"]}
    assert set(plan["scenario"]["rules"]["staying"]) == staying
    assert plan["status"] == "feasible"
    for folder in (out, out / "2027", out / "2031"):
        code, said, _ = run("verify", str(folder))
        assert (code, "clean" in said) == (0, True)
    assert run("evaluate", "out/2031", "--out", "evaluated")[0] == 0


def test_what_is_altered_is_found(run, out: Path) -> None:
    record = json.loads((out / "stages.json").read_text(encoding="utf-8"))
    altered = {
        "sum_nano": record["sum_nano"] + 1,
        "score": record["score"] + 0.1,
        "status": "feasible",
        "maps": record["maps"][::-1],
        "files": {},
        "scenario": record["scenario"] | {"merged_again": "allowed", "until": "2036-01-01"},
    }
    for key, value in altered.items():
        (out / "stages.json").write_text(json.dumps(record | {key: value}), encoding="utf-8")
        code, said, _ = run("verify", "out")
        assert (code, "violation: " in said) == (1, True), key
    region = record["regions"][0]
    for key, value in {"bound_nano": region["bound_nano"] + 5, "status": "infeasible"}.items():
        forged = record | {"regions": [region | {key: value}]}
        (out / "stages.json").write_text(json.dumps(forged), encoding="utf-8")
        assert run("verify", "out")[0] == 1, key
    (out / "stages.json").write_text(json.dumps(record), encoding="utf-8")
    table = (out / "stages.csv").read_text(encoding="utf-8")
    (out / "stages.csv").write_text(table.replace("2027", "2031"), encoding="utf-8")
    assert run("verify", "out")[0] == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--formulation", "cut"], "maps of two dates are answered by listing candidates"),
        (["--alone", "Tielt"], "--alone does not say which of the two maps is meant"),
        (["--set", "population.min=1"], "--set does not say which of the two maps is meant"),
    ],
)
def test_options_that_mean_nothing_here_are_refused(
    run, here: Path, options: list[str], message: str
) -> None:
    code, _, errors = run("solve", "-s", "road.toml", "-r", "Midwest", *options)
    assert (code, message in errors) == (2, True)


@pytest.mark.parametrize("command", [["census"], ["alternatives"], ["pareto", "--terms", "distance", "size"]])
def test_other_commands_refuse_the_scenario_by_name(run, here: Path, command: list[str]) -> None:
    code, _, errors = run(*command, "-s", "road.toml", "-r", "Midwest")
    assert (code, "this scenario asks for the maps of two dates" in errors) == (2, True)


def test_in_dutch(run, here: Path) -> None:
    code, said, _ = run("--lang", "nl", "solve", "-s", "road.toml", "-r", "Midwest", "--out", "out")
    assert code == 0
    assert "kaart van 2027: " in said
    assert "elke fusie van 2027 is zoals ze is ook een fusie van 2031" in said
    assert "each" not in said
    assert "years" not in said
