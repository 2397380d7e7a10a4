"""`refzones census` from the shell: files, exit codes, messages."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from refzones.instances import write_folder
from refzones.solver.memory import Budget
from refzones.solver.plan_sets.census.tables import (
    DISTRIBUTION_COLUMNS,
    PAIR_COLUMNS,
    REGION_COLUMNS,
    STANDING_COLUMNS,
)
from support.build import build_instance

from ..conftest import Run

pytest.importorskip("numba")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_files(run: Run, tmp_path: Path) -> None:
    assert run("solve", "-r", "Waasland", "-r", "Midwest", "--out", "best")[0] == 0
    code, output, errors = run(
        "census", "-r", "waasland", "-r", "Midwest", "--plan", "best", "--sample", "5", "--seed", "2",
        "--bins", "4", "--out", "c",
    )  # fmt: skip
    assert (code, errors) == (0, "")
    assert "verified: clean" in output
    folder = tmp_path / "c"
    regions = rows(folder / "regions.csv")
    assert tuple(regions[0]) == REGION_COLUMNS
    plans = {row["region"]: int(row["plans"]) for row in regions}
    assert set(plans) == {"Waasland", "Midwest"}
    assert f"{plans['Waasland'] * plans['Midwest']:,}" in output
    record = json.loads((folder / "census.json").read_text(encoding="utf-8"))
    assert record["schema_version"] == 1
    assert record["instance"]["name"] == "flanders-2025"
    assert record["plans"] == str(plans["Waasland"] * plans["Midwest"])
    for one in record["regions"]:
        assert int(one["plans"]) == plans[one["region"]]
        assert sum(int(number) for number in one["by_number"].values()) == plans[one["region"]]
    bins = rows(folder / "distribution.csv")
    assert tuple(bins[0]) == DISTRIBUTION_COLUMNS
    for name, number in plans.items():
        terms = {row["term"] for row in bins if row["region"] == name}
        assert terms == {"score", *record["scenario"]["weights"]}
        for term in terms:
            of = [int(row["plans"]) for row in bins if (row["region"], row["term"]) == (name, term)]
            assert sum(of) == number
    pairs = rows(folder / "pairs.csv")
    assert tuple(pairs[0]) == PAIR_COLUMNS
    assert all(0 <= float(row["probability"]) <= 1 for row in pairs)
    standings = rows(folder / "standings.csv")
    assert tuple(standings[0]) == STANDING_COLUMNS
    assert [row["percentile"] for row in standings] == ["100.0", "100.0"]
    assert [row["higher"] for row in standings] == ["0", "0"]


def test_samples_hold_whole_plans_and_depend_on_the_seed(run: Run, tmp_path: Path) -> None:
    def drawn(seed: str) -> list[dict[str, str]]:
        arguments = ("census", "-r", "Midwest", "--bins", "0", "--sample", "4", "--seed", seed, "--out", "c")
        assert run(*arguments)[0] == 0
        return rows(tmp_path / "c/samples.csv")

    first = drawn("1")
    assert {row["sample"] for row in first} == {"1", "2", "3", "4"}
    codes = [
        sorted(code for row in first if row["sample"] == number for code in row["member_nis"].split("; "))
        for number in ("1", "2", "3", "4")
    ]
    assert all(one == codes[0] for one in codes)
    assert len(codes[0]) == len(set(codes[0])) == int(rows(tmp_path / "c/regions.csv")[0]["municipalities"])
    assert drawn("1") == first
    assert drawn("2") != first


def test_files_of_an_earlier_census_do_not_stay(run: Run, tmp_path: Path) -> None:
    run("census", "-r", "Waasland", "--sample", "1", "--out", "c")
    run("census", "-r", "Waasland", "--bins", "0", "--out", "c")
    names = {path.name for path in (tmp_path / "c").iterdir() if path.suffix != ".png"}
    assert names == {"census.json", "pairs.csv", "regions.csv"}


def test_a_plan_from_a_table(run: Run, tmp_path: Path) -> None:
    assert run("solve", "-r", "Waasland", "-r", "Midwest", "--out", "best")[0] == 0
    code, _, _ = run("census", "-r", "Waasland", "--plan", "best/assignment.csv", "--bins", "0", "--out", "c")
    assert code == 0
    assert [row["percentile"] for row in rows(tmp_path / "c/standings.csv")] == ["100.0"]


def test_a_region_without_a_plan(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        'preset = "mergers"\n[count.regions]\nWaasland = [9, 9]\n', encoding="utf-8"
    )
    code, output, _ = run("census", "-s", "s.toml", "-r", "Waasland", "-r", "Midwest", "--sample", "1",
                          "--bins", "0", "--out", "c")  # fmt: skip
    assert code == 1
    assert "Waasland: infeasible: this rule leaves no plan by itself" in output
    assert [row["plans"] for row in rows(tmp_path / "c/regions.csv") if row["region"] == "Waasland"] == ["0"]
    assert {row["region"] for row in rows(tmp_path / "c/samples.csv")} == {"Midwest"}


def test_a_region_with_one_plan(run: Run) -> None:
    write_folder(build_instance([20_000, 20_000], [(0, 1)]), Path("own"))
    Path("s.toml").write_text('name = "s"\n[weights]\ndistance = 1\n', encoding="utf-8")
    for arguments, told in (
        (("census",), "R0: 1 plan, "),
        (("pareto", "--terms", "distance", "size"), "R0: 1 point, "),
    ):
        code, output, errors = run(*arguments, "-i", "own", "-s", "s.toml", "--out", "out")
        assert (code, errors) == (0, "")
        assert told in output


def test_too_little_memory(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # candidates fit, and the graph does not
    monkeypatch.setattr("refzones.solver.plan_sets.census.run.budget", lambda: Budget(own=1e3))
    code, output, _ = run("census", "-r", "Midwest", "--memory", "20GB", "--sample", "1", "--out", "c")
    assert code == 1
    assert "Midwest: too little memory to count: estimated by" in output
    assert "about" in output
    (row,) = rows(tmp_path / "c/regions.csv")
    assert (row["plans"], row["exact"]) == ("", "False")
    assert float(row["estimate"]) > 0
    assert float(row["error"]) > 0
    assert rows(tmp_path / "c/samples.csv") == []


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["-r", "Wasland"], "did you mean 'Waasland'"),
        (["--bins", "-1"], "the number of bins must be 0 or more"),
        (["--memory", "0"], "--memory: the memory must be a size above zero"),
        (["--memory", "inf"], "--memory: the memory must be a size above zero"),
        (["--memory", "nan"], "--memory: the memory must be a size above zero"),
        (["--sample", "-3"], "--sample: the number of plans must be 0 or more"),
        (["--time-limit", "0"], "the time limit must be more than zero seconds"),
        (["-s", "nested"], "zones and mergers together"),
        (["--plan", "nowhere"], "there is no such file or folder"),
        (["-i", "nowhere"], "nowhere"),
    ],
)
def test_bad_input(run: Run, tmp_path: Path, arguments: list[str], what: str) -> None:
    code, _, errors = run("census", *arguments, "--out", "c")
    assert code == 2
    assert what in errors
    assert not (tmp_path / "c").exists()


def test_a_plan_that_does_not_fit(run: Run, tmp_path: Path) -> None:
    assert run("solve", "-r", "Waasland", "--out", "best")[0] == 0
    code, _, errors = run("census", "-i", "flanders-2024", "--plan", "best", "--out", "c")
    assert code == 2
    assert "the plan was made for other data: instance 'flanders-2025', not 'flanders-2024'" in errors
    number = len(rows(tmp_path / "best/mergers.csv"))
    (tmp_path / "s.toml").write_text(
        f'preset = "mergers"\n[count.regions]\nWaasland = [{number + 1}, 9]\n', encoding="utf-8"
    )
    code, _, errors = run("census", "-s", "s.toml", "-r", "Waasland", "--plan", "best", "--out", "c")
    assert code == 2
    assert "--plan: it has no place among the plans of scenario" in errors
    assert not (tmp_path / "c").exists()
