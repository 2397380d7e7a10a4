"""`refzones instance add-flows` from start to end, and what the commuting term makes of it."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import embedded_instances, load

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("REFZONES_DATA", ROOT.parent / "shared" / "data"))
CENSUS = DATA / "2025" / "census2011_flows_flanders_285_nis2025_long.csv"

Run = Callable[..., tuple[int, str, str]]

SCENARIO = """preset = "mergers"
name = "commuters"

[size]
target = 70000

[weights]
replace = true
coverage = 70
distance = 5
commuting = 300
fiscal = 10
size = 5
"touched(police)" = 1
"""


@pytest.fixture
def trips(tmp_path: Path) -> Path:
    """A few flows in Waasland and one from Brussels."""
    path = tmp_path / "trips.csv"
    path.write_text(
        "origin,destination,people\n46021,46024,900\n46024,46021,100.5\n46021,46021,9000\n21004,46021,40\n",
        encoding="utf-8",
    )
    return path


def test_unknown_codes_are_an_error_or_left_out(run: Run, trips: Path, tmp_path: Path) -> None:
    code, _, said = run("instance", "add-flows", "flanders-2025", str(trips), "--out", "mine")
    assert code == 2
    assert said == (
        "error: trips.csv, row 5, column 'origin', value '21004': no municipality has this code; use the "
        "codes of the instance (2025-01-01), or leave such rows out with --ignore-unknown\n"
    )
    assert not (tmp_path / "mine").exists()
    add = ("instance", "add-flows", "flanders-2025", str(trips), "--out", "mine", "--ignore-unknown")
    code, said, _ = run(*add)
    assert code == 0
    assert "3 flows, 1,000.50 people a day between different municipalities" in said
    assert "left out: 1 rows with codes outside the instance, 40.00 people a day" in said
    assert load(tmp_path / "mine").name == "mine"
    # an own folder can be given too
    code, *_ = run("instance", "add-flows", "mine", str(trips), "--out", "again", "--ignore-unknown")
    assert code == 0
    assert load(tmp_path / "again").hash == load(tmp_path / "mine").hash


def test_nothing_is_written_into_the_program(run: Run, trips: Path) -> None:
    folder = embedded_instances()[0].folder
    for out in (folder, folder.parent / "mine"):
        code, _, said = run("instance", "add-flows", "flanders-2025", str(trips), "--out", str(out))
        assert code == 2
        assert said.endswith("this is a folder of the program itself; name another folder with --out\n")


def test_without_flows_solve_says_how_to_add_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(SCENARIO, encoding="utf-8")
    code, _, said = run("solve", "--scenario", "my.toml", "--region", "waasland")
    assert code == 2
    assert "add them with: refzones instance add-flows flanders-2025 FILE --out FOLDER" in said


def test_counts_and_shares_are_written_as_they_are(run: Run, trips: Path, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(SCENARIO, encoding="utf-8")
    run("instance", "add-flows", "flanders-2025", str(trips), "--out", "mine", "--ignore-unknown")
    check_solved(run, tmp_path)
    plan = json.loads((tmp_path / "run" / "plan.json").read_text(encoding="utf-8"))
    divided = {name: term["divided_by"] for name, term in plan["terms"].items()}
    assert divided == {
        "coverage": "inhabitants",
        "distance": "inhabitants",
        "commuting": "commuters",
        "fiscal": "inhabitants",
        "size": "inhabitants",
        "touched(police)": "nothing",
    }
    mine = load(tmp_path / "mine")
    assert mine.flows is not None
    flows = list(
        zip(mine.flows.origin.tolist(), mine.flows.destination.tolist(), mine.flows.people, strict=True)
    )
    everybody = sum(people for a, b, people in flows if a != b)
    with (tmp_path / "run" / "mergers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, merger in zip(rows, plan["mergers"], strict=True):
        members = {mine.index[code] for code in merger["members"]}
        living = sum(people for a, b, people in flows if a != b and a in members)
        divisors = {"inhabitants": merger["population"], "commuters": living / everybody, "nothing": 1}
        for name, divided_by in divided.items():
            divisor = divisors[divided_by]
            expected = merger["terms"][name] / divisor if divisor else 0.0
            assert float(row[name]) == pytest.approx(expected, abs=1e-6)
    waasland = set(mine.members(mine.regions.index("Waasland")).tolist())
    living = sum(people for a, b, people in flows if a != b and a in waasland)
    commuting = plan["terms"]["commuting"]
    assert commuting["divisor"] == pytest.approx(living)
    assert commuting["share"] == pytest.approx(living / everybody)
    internal = sum(merger["terms"]["commuting"] for merger in plan["mergers"]) * everybody
    assert commuting["value"] == pytest.approx(internal / living if living else 0.0)


@pytest.mark.skipif(not CENSUS.is_file(), reason=f"the census is not at {CENSUS} (set REFZONES_DATA)")
def test_the_census(run: Run, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(SCENARIO, encoding="utf-8")
    code, said, _ = run("instance", "add-flows", "flanders-2025", str(CENSUS), "--out", "mine")
    assert code == 0
    assert "51,436 flows, 1,421,735.31 people a day between different municipalities" in said
    assert "left out" not in said
    check_solved(run, tmp_path)
    plan = json.loads((tmp_path / "run" / "plan.json").read_text(encoding="utf-8"))
    assert plan["terms"]["commuting"]["value"] == pytest.approx(0.107925, abs=1e-6)


def check_solved(run: Run, tmp_path: Path) -> None:
    """Waasland is solved on the instance with flows, and its plan verified."""
    asked = ("--scenario", "my.toml", "--region", "waasland", "--out", "run")
    code, *_ = run("solve", "--instance", "mine", *asked)
    assert code == 0
    code, said, _ = run("verify", "run", "--instance", str(tmp_path / "mine"))
    assert (code, said[:6]) == (0, "clean:")
