"""`refzones foreclose` from the shell: the table of all sets, exit codes, messages."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from ..conftest import Run

# Hooglede + Roeselare, Roeselare + Izegem (they overlap), Staden + Houthulst (two regions)
TABLE = """merger,nis,name
A,36006,Hooglede
A,36015,Roeselare
B,36015,Roeselare
B,36008,Izegem
C,36019,Staden
C,32006,Houthulst
"""


def _foreclose(run: Run, folder: Path, *more: str, table: str = TABLE) -> tuple[int, str, str]:
    (folder / "announced.csv").write_text(table, encoding="utf-8")
    return run("foreclose", "announced.csv", "--out", "f", *more)


def test_every_set_has_a_row(run: Run, tmp_path: Path) -> None:
    code, output, errors = _foreclose(run, tmp_path)
    assert (code, errors) == (0, "")
    assert "A and B contradict each other: both have Roeselare" in output
    assert "different regions (Midwest, Westhoek)" in output
    assert "8 sets of announced mergers, 5 of them impossible" in output
    with (tmp_path / "f/foreclosure.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["announced"]: row for row in csv.DictReader(lines)}
    assert list(rows) == ["", "A", "B", "C", "A; B", "A; C", "B; C", "A; B; C"]
    assert [row["possible"] for row in rows.values()] == ["1", "1", "1", "0", "0", "0", "0", "0"]
    assert float(rows[""]["price"]) == 0
    assert all((row["price"] == "") == (row["possible"] == "0") for row in rows.values())
    record = json.loads((tmp_path / "f/foreclosure.json").read_text("utf-8"))
    assert [one["announced"] for one in record["sets"]][-1] == [0, 1, 2]
    assert record["announced"][0]["members"] == ["36006", "36015"]


def test_mergers_that_stay_as_they_are_cost_at_least_as_much(run: Run, tmp_path: Path) -> None:
    prices = []
    for more in ((), ("--exactly",)):
        code, _, _ = _foreclose(run, tmp_path, "--all-plans", *more, table="merger,nis\nA,37022\nA,37011\n")
        assert code == 0
        with (tmp_path / "f/foreclosure.csv").open(encoding="utf-8", newline="") as lines:
            row = list(csv.DictReader(lines))[1]
        prices.append(float(row["price"]))
        assert 0 < int(row["plans_left"]) < int(row["plans"])
        assert int(row["good_left"]) <= int(row["good_plans"])
    assert prices[0] <= prices[1]


def test_bad_input_is_told(run: Run, tmp_path: Path) -> None:
    code, _, errors = _foreclose(run, tmp_path, table="merger,nis\nA,36006\n")
    assert code == 2
    assert "two municipalities or more" in errors
    code, _, errors = _foreclose(run, tmp_path, "--loss", "-1%")
    assert code == 2
    assert "must not be negative" in errors
