"""`refzones experiment` from the shell: files, exit codes, messages."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from refzones.instances import load, write_folder
from refzones.solver.experiments.statistics import kendall
from refzones.solver.experiments.tables import STATISTIC_COLUMNS

from ..conftest import Run

SMALL = ("experiment", "steps", "-r", "Midwest", "-r", "waasland", "--draws", "30", "--out", "e")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_files(run: Run, tmp_path: Path) -> None:
    code, output, errors = run(*SMALL, "--seed", "4", "--csv", "belgian")
    assert (code, errors) == (0, "")
    folder = tmp_path / "e"
    assert {file.name for file in folder.iterdir()} == {
        "experiment.json", "statistics.csv", "statistics-belgian.csv", "municipalities.csv",
        "municipalities-belgian.csv", "steps.png",
    }  # fmt: skip
    table = rows(folder / "statistics.csv")
    assert tuple(table[0]) == STATISTIC_COLUMNS
    assert {row["map"] for row in table} == {"today", "primary_care", "police", "optimum", "draws"}
    record = json.loads((folder / "experiment.json").read_text(encoding="utf-8"))
    assert (record["draws"], record["seed"], record["plans"]) == (30, 4, str(1889 * 55))
    assert record["regions"] == ["Midwest", "Waasland"]
    assert record["follow_from_equipment"] == ["regional_city", "centre", "well_equipped"]
    assert record["steps_of_inhabitants"]["source"]
    assert all(one["source"] for one in record["measures"] if one["name"] != "functions")
    assert "30 drawn of 103,895, seed 4" in output


def test_every_figure_of_a_map_follows_from_the_table_of_municipalities(run: Run, tmp_path: Path) -> None:
    assert run(*SMALL)[0] == 0
    towns, found = rows(tmp_path / "e/municipalities.csv"), 0
    instance = load("flanders-2025")
    for row in rows(tmp_path / "e/statistics.csv"):
        if row["statistic"] != "kendall" or row["map"] == "draws" or "-" in row["steps"]:
            continue
        own = [one for one in towns if one["map"] == row["map"]]
        assert len(own) == int(row["municipalities"])
        steps = np.array([[float(one[f"step_{row['steps']}"]) for one in own]])
        values = np.array([[float(one[row["measure"]]) for one in own]])
        assert float(row["value"]) == pytest.approx(kendall(steps, values)[0, 0], abs=1e-6)
        found += 1
    assert found >= 4 * 3 * 5
    for one in towns:
        codes = one["member_nis"].split("; ")
        members = [instance.find(code) for code in codes]
        assert int(one["population"]) == instance.population[members].sum()
        assert float(one["hospital"]) == instance.functions["hospital"].amount[members].sum()


def test_steps_and_measures_of_ones_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "two.toml").write_text(
        'title = "Two steps"\nsource = "our own"\nbelow = [25_000]\n', encoding="utf-8"
    )
    more = ("--steps", "two.toml", "--measure", "net_taxable_income_eur")
    assert run(*SMALL, *more)[0] == 0
    record = json.loads((tmp_path / "e/experiment.json").read_text(encoding="utf-8"))
    assert record["steps_of_inhabitants"]["below"] == [25_000]
    assert "net_taxable_income_eur/inhabitants" in {one["name"] for one in record["measures"]}
    towns = rows(tmp_path / "e/municipalities.csv")
    assert {one["step_inhabitants"] for one in towns} == {"0", "1"}


def test_without_draws(run: Run, tmp_path: Path) -> None:
    assert run("experiment", "steps", "-r", "Midwest", "--draws", "0", "--out", "e")[0] == 0
    assert "draws" not in {row["map"] for row in rows(tmp_path / "e/statistics.csv")}


def test_a_region_without_a_plan_takes_no_part_and_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('preset = "mergers"\n[population]\nmin = 70000\n', encoding="utf-8")
    asked = ("experiment", "steps", "-s", "s.toml", "-r", "Middenkust", "-r", "Waasland", "--draws", "5")
    code, output, _ = run(*asked, "--out", "e")
    assert code == 1
    assert "Middenkust takes no part: no plan keeps all rules" in output


def test_where_no_region_takes_part_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('preset = "mergers"\n[population]\nmin = 70000\n', encoding="utf-8")
    code, output, _ = run("experiment", "steps", "-s", "s.toml", "-r", "Middenkust", "--out", "e")
    assert code == 1
    assert "nothing was compared" in output
    assert not (tmp_path / "e").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--draws", "-1"), "the number of plans to draw must be 0 or more"),
        (("--measure", "jobs"), "--measure: there is no such column"),
        (("--scenario", "nested"), "nested"),
        (("--region", "Nergens"), "there is no such region"),
        (("--steps", "none.toml"), "none.toml"),
    ],
)
def test_bad_input(run: Run, words: tuple[str, ...], message: str) -> None:
    code, _, errors = run("experiment", "steps", *words)
    assert code == 2
    assert message in errors


def test_an_instance_without_classes(run: Run, tmp_path: Path) -> None:
    instance = replace(load("flanders-2025"), classes=("",) * 285)
    write_folder(instance, tmp_path / "bare")
    code, _, errors = run("experiment", "steps", "-i", "bare", "-r", "Waasland")
    assert code == 2
    assert "municipalities have no degree of equipment" in errors


def test_the_group_tells_its_commands(run: Run) -> None:
    code, output, _ = run("experiment")
    assert code == 0
    assert "steps" in output
