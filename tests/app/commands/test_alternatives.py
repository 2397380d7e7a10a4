"""`refzones alternatives` from the shell: files, exit codes, messages."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from refzones.instances import load

from ..conftest import Run


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_plans_and_maps(run: Run, tmp_path: Path) -> None:
    code, output, errors = run(
        "alternatives",
        "-k",
        "4",
        "-r",
        "waasland",
        "-r",
        "Midwest",
        "--loss",
        "5%",
        "--maps",
        "2",
        "--out",
        "a",
    )
    assert (code, errors) == (0, "")
    assert "verified: clean" in output
    found = rows(tmp_path / "a/alternatives.csv")
    assert [row["region"] for row in found] == ["all"] * 4 + ["Midwest"] * 4 + ["Waasland"] * 4
    losses = [float(row["loss"]) for row in found[:4]]
    assert losses == sorted(losses)
    assert losses[0] == 0
    pairs = rows(tmp_path / "a/pairs.csv")
    assert {row["region"] for row in pairs} == {"Midwest", "Waasland"}
    assert all(float(row["share"]) == int(row["merging"]) / int(row["plans"]) for row in pairs)
    record = json.loads((tmp_path / "a/plans.json").read_text(encoding="utf-8"))
    assert record["instance"]["hash"] == load("flanders-2025").hash
    first = record["lists"][0]["plans"][0]
    assert first["score_nano"] == sum(plans["plans"][0]["score_nano"] for plans in record["lists"][1:])
    assert sum(map(len, first["mergers"])) == 22
    assert sorted(file.name for file in (tmp_path / "a").glob("plan-*.png")) == ["plan-1.png", "plan-2.png"]
    # fewer maps in the same folder: those of the run before go
    assert run("alternatives", "-k", "1", "-r", "Waasland", "--out", "a")[0] == 0
    assert not list((tmp_path / "a").glob("plan-*.png"))


def test_more_than_there_are(run: Run, tmp_path: Path) -> None:
    code, output, _ = run("alternatives", "-k", "100", "-r", "Waasland", "--out", "a")
    assert code == 0
    assert "Waasland: plans in all: 41, fewer than 100; all are given" in output
    assert len(rows(tmp_path / "a/alternatives.csv")) == 41


def test_exactly_as_many_as_there_are(run: Run, tmp_path: Path) -> None:
    for k, all_given in (("41", True), ("40", False)):
        code, output, _ = run("alternatives", "-k", k, "-r", "Waasland", "--out", "a")
        assert code == 0
        assert ("Waasland: plans in all: 41; all are given" in output) == all_given
        (plans,) = json.loads((tmp_path / "a/plans.json").read_text(encoding="utf-8"))["lists"]
        assert plans["all"] == all_given


def test_plans_that_differ(run: Run, tmp_path: Path) -> None:
    code, output, _ = run(
        "alternatives", "-k", "3", "--diverse", "--loss", "0.1", "-r", "Westhoek", "--out", "a"
    )
    assert code == 0
    assert "least distance" in output
    found = rows(tmp_path / "a/alternatives.csv")
    assert [row["region"] for row in found] == ["Westhoek"] * 3
    assert found[0]["distance"] == ""
    assert all(float(row["loss"]) <= 0.1 for row in found)
    assert float(found[1]["distance"]) >= float(found[2]["distance"]) > 0


def test_a_region_without_a_plan(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        'preset = "mergers"\n[count.regions]\nWaasland = [9, 9]\n', encoding="utf-8"
    )
    code, output, _ = run(
        "alternatives", "-k", "2", "-s", "s.toml", "-r", "Waasland", "-r", "Midwest", "--out", "a"
    )
    assert code == 1
    assert "Waasland: infeasible: this rule leaves no plan by itself" in output
    assert [row["region"] for row in rows(tmp_path / "a/alternatives.csv")] == ["Midwest"] * 2


def test_a_limit_that_leaves_nothing_certain(run: Run) -> None:
    code, output, _ = run("alternatives", "-k", "2", "-r", "Kempen", "--time-limit", "1e-9", "--out", "a")
    assert code == 1
    assert "Kempen: 0 plans" in output


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["-k", "0"], "number of plans must be from 1"),
        (["--loss=-1"], "the loss must not be negative"),
        (["--loss", "much"], "the loss must be a number"),
        (["-r", "Wasland"], "did you mean 'Waasland'"),
        (["--maps", "51"], "number of maps must be from 0 to 50"),
        (["-s", "nested", "-r", "Waasland"], "zones and mergers together"),
        (["-i", "flanders"], "flanders"),
    ],
)
def test_bad_input(run: Run, tmp_path: Path, arguments: list[str], what: str) -> None:
    code, _, errors = run("alternatives", *arguments, "--out", "a")
    assert code == 2
    assert what in errors
    assert not (tmp_path / "a").exists()
