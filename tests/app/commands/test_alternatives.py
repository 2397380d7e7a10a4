"""`refzones alternatives` from the shell: files, exit codes, messages."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import census

from ..conftest import Run


@pytest.fixture(scope="module")
def in_all() -> int:
    """The number of plans of the Waasland, by the census."""
    count = census(load(), Scenario.preset("mergers"), regions=["Waasland"], bins=0).count
    assert count is not None
    assert 1 < count < 1000
    return count


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
    code, output, _ = run("alternatives", "-k", "1", "-r", "Waasland", "--out", "a")
    assert code == 0
    assert "Waasland: 1 plan, " in output
    assert not list((tmp_path / "a").glob("plan-*.png"))


def test_more_than_there_are(run: Run, tmp_path: Path, in_all: int) -> None:
    code, output, _ = run("alternatives", "-k", "1000", "-r", "Waasland", "--out", "a")
    assert code == 0
    assert f"Waasland: plans in all: {in_all}, fewer than 1,000; all are given" in output
    assert len(rows(tmp_path / "a/alternatives.csv")) == in_all


def test_exactly_as_many_as_there_are(run: Run, tmp_path: Path, in_all: int) -> None:
    for k, all_given in ((in_all, True), (in_all - 1, False)):
        code, output, _ = run("alternatives", "-k", str(k), "-r", "Waasland", "--out", "a")
        assert code == 0
        assert (f"Waasland: plans in all: {in_all}; all are given" in output) == all_given
        (plans,) = json.loads((tmp_path / "a/plans.json").read_text(encoding="utf-8"))["lists"]
        assert plans["all"] == all_given


def test_plans_that_differ(run: Run, tmp_path: Path) -> None:
    code, output, _ = run(
        "alternatives", "-k", "3", "--diverse", "--loss", "0.5", "-r", "Westhoek", "--out", "a"
    )
    assert code == 0
    assert "least distance" in output
    found = rows(tmp_path / "a/alternatives.csv")
    assert [row["region"] for row in found] == ["Westhoek"] * 3
    assert found[0]["distance"] == ""
    assert all(float(row["loss"]) <= 0.5 for row in found)
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
