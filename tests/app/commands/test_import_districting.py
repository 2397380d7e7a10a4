"""`refzones instance import --format districting`, and the published answers that `solve` must find."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import load

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("REFZONES_DATA", ROOT.parent / "shared" / "data")) / "districting"
MISSING = f"the districting instances are not in {DATA} (set REFZONES_DATA)"

Run = Callable[..., tuple[int, str, str]]

IMPORT = ("instance", "import", "--format", "districting")

# Four units of a thousand on the corners of a square of 2 km, and one of water in between; two districts.
SQUARE = {
    "n": 5,
    "k": 2,
    "L": 2_000,
    "U": 2_000,
    "epsg": 31370,
    "pop": [1_000, 1_000, 1_000, 1_000, 0],
    "x": [150_000, 152_000, 152_000, 150_000, 151_000],
    "y": [170_000, 170_000, 172_000, 172_000, 171_000],
    "edges": [[0, 1], [1, 2], [2, 3], [3, 0], [4, 0]],
}


@pytest.fixture
def square(tmp_path: Path) -> Path:
    path = tmp_path / "square.json"
    path.write_text(json.dumps(SQUARE), encoding="utf-8")
    return path


def imported(run: Run, file: Path) -> str:
    code, said, _ = run(*IMPORT, str(file), "--out", "made")
    assert code == 0
    return said


def test_from_the_file_to_the_proof(run: Run, square: Path, tmp_path: Path) -> None:
    said = imported(run, square)
    assert said.splitlines()[0].startswith("<Instance made: 5 municipalities, 5 borders, 1 region,")
    assert said.splitlines()[-1] == f"refzones solve -i made -s {Path('made') / 'scenario.toml'}"
    code, said, _ = run("instance", "check", "made")
    assert (code, said[:9]) == (0, "no errors")
    code, said, _ = run("solve", "-i", "made", "-s", "made/scenario.toml", "--out", "run")
    assert code == 0
    assert "verified: clean" in said
    plan = json.loads((tmp_path / "run" / "plan.json").read_text(encoding="utf-8"))
    assert len(plan["mergers"]) == 2
    # two go 2 km; the other two meet on the water, 1.4 km from both, which is 1 in whole km
    assert plan["terms"]["moment"]["value"] == 1_000 * 2**2 + 2 * 1_000 * 1**2
    assert plan["score"] == pytest.approx(-0.006)


def test_the_scenario_of_an_earlier_one_is_replaced(run: Run, square: Path, tmp_path: Path) -> None:
    imported(run, square)
    square.write_text(json.dumps(SQUARE | {"k": 4, "L": 1_000, "U": 1_000}), encoding="utf-8")
    imported(run, square)
    assert "max = 4" in (tmp_path / "made" / "scenario.toml").read_text(encoding="utf-8")


def test_mistakes_leave_nothing_behind(run: Run, square: Path, tmp_path: Path) -> None:
    square.write_text(json.dumps(SQUARE | {"k": 3}), encoding="utf-8")
    code, _, said = run(*IMPORT, str(square), "--out", "made")
    assert (code, len(said.splitlines())) == (2, 1)
    assert not (tmp_path / "made").exists()


def test_formats_are_not_mixed_up(run: Run, square: Path) -> None:
    code, _, said = run("instance", "import", "--format", "district", str(square), "--out", "made")
    assert code == 2
    assert said == "error: value 'district': --format: there is no such format; did you mean 'districting'?\n"
    code, _, said = run(*IMPORT, str(square), "--out", "made", "--data", ".")
    assert code == 2
    assert said.startswith("error: --data goes with official files; a districting instance is one file;")


def test_an_embedded_instance_keeps_its_name(run: Run, square: Path) -> None:
    code, _, said = run(*IMPORT, str(square), "--out", "flanders-2025")
    assert code == 2
    assert said.endswith("an embedded instance has this name; give the folder another one\n")
    assert load("flanders-2025").name == "flanders-2025"


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
def test_the_published_optimum_of_maine(run: Run, tmp_path: Path) -> None:
    imported(run, DATA / "ME_county.json")
    code, *_ = run("solve", "-i", "made", "-s", "made/scenario.toml", "--out", "run")
    assert code == 0
    plan = json.loads((tmp_path / "run" / "plan.json").read_text(encoding="utf-8"))
    assert plan["status"] == "optimal"
    assert round(-plan["score"], 2) == 19093.26
    assert plan["terms"]["moment"]["value"] == 19_093_259_907


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
def test_new_hampshire_by_county_is_infeasible_as_published(run: Run) -> None:
    imported(run, DATA / "NH_county.json")
    code, said, _ = run("solve", "-i", "made", "-s", "made/scenario.toml", "--out", "run")
    assert code == 1
    assert "all: infeasible" in said
