"""`refzones evaluate` on the plan of a run and on a table."""

from __future__ import annotations

import csv
from pathlib import Path


def test_own_plan_loses_nothing(run, tmp_path: Path) -> None:
    assert run("solve", "--region", "Waasland", "--out", "run")[0] == 0
    for plan in ("run", "run/assignment.csv"):
        code, output, _ = run("evaluate", plan)
        assert code == 0
        assert "loss 0.000000000 points" in output


def test_other_plan_loses_and_says_what_it_breaks(run, tmp_path: Path) -> None:
    run("solve", "--region", "Waasland", "--out", "run")
    with (tmp_path / "run" / "assignment.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (tmp_path / "mine.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("name", "merger"))
        writer.writerows((row["name"], "") for row in rows)
    code, output, _ = run("evaluate", "mine.csv")
    assert code == 1
    assert "fewer than the minimum of 30,000" in output
    assert "best" in output


def test_plan_of_other_data(run, tmp_path: Path) -> None:
    run("solve", "--region", "Waasland", "--out", "run")
    code, _, errors = run("evaluate", "run", "--instance", "flanders-2024")
    assert code == 2
    assert "the plan was made for other data" in errors
