"""One frame of all regions, by every command: the plan is of the instance, and is checked as such."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from refzones.instances import load, write_folder
from support.build import build_instance

SCENARIO = 'name = "asked"\n[population]\nmin = 24000\nmax = 60000\n[weights]\ndistance = 1\n'
ASKED = ("-i", "small", "-s", "asked.toml", "--set", "frames.regions=false")


@pytest.fixture
def here(run, tmp_path: Path) -> Path:
    """Two regions in a row of eight, and a run whose best plan crosses from one to the other."""
    people = [30_000, 30_000, 30_000, 13_000, 13_000, 30_000, 30_000, 30_000]
    write_folder(build_instance(people, pairwise(range(8)), region=[0] * 4 + [1] * 4), tmp_path / "small")
    (tmp_path / "asked.toml").write_text(SCENARIO, encoding="utf-8")
    code, output, errors = run("solve", *ASKED, "--out", "run")
    assert code == 0, output + errors
    return tmp_path


def test_a_run_is_verified(here: Path, run) -> None:
    record = json.loads((here / "run/plan.json").read_text(encoding="utf-8"))
    assert (record["instance"]["name"], record["instance"]["hash"]) == ("small", load(here / "small").hash)
    assert [region["name"] for region in record["regions"]] == ["all regions"]
    assert any({"10003", "10004"} <= set(merger["members"]) for merger in record["mergers"])
    code, output, errors = run("verify", "run", "-i", "small")
    assert (code, errors) == (0, "")
    assert "clean" in output
    assert "proved again: all regions" in output


def test_a_run_that_claims_regions_is_not_clean(here: Path, run) -> None:
    file = here / "run/plan.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"regions": false', '"regions": true'), "utf-8")
    code, output, _ = run("verify", "run", "-i", "small")
    assert code == 1
    assert "violation" in output


def test_a_region_is_refused(here: Path, run) -> None:
    for command in ("solve", "census", "alternatives"):
        code, _, errors = run(command, *ASKED, "--region", "R0")
        assert code == 2
        assert "value 'R0': --region: there is no such region: frames.regions = false unites" in errors


def test_other_commands(here: Path, run) -> None:
    code, output, _ = run("evaluate", "run", "-i", "small")
    assert code == 0
    assert "(proved); gap 0" in output
    # under the regions of the instance the plan breaks them
    code, output, _ = run("evaluate", "run", "-i", "small", "--set", "frames.regions=true")
    assert code == 1
    assert "lies in 2 regions: R0, R1" in output
    code, output, _ = run("why", "run", "-i", "small", "--together", "M3", "M4", "--out", "wish")
    assert code == 0
    assert run("verify", "wish", "-i", "small")[0] == 0
    assert run("compare", "run", "wish", "-i", "small", "--out", "both")[0] == 0
    assert run("census", *ASKED, "--plan", "run", "--out", "census")[0] == 0
    assert run("alternatives", *ASKED, "-k", "3", "--out", "others")[0] == 0
    assert run("pareto", *ASKED, "--terms", "distance", "cut_edges", "--out", "front")[0] == 0


def test_zones_and_mergers_in_one_frame(here: Path, run) -> None:
    text = SCENARIO.replace("[population]", 'level = "nested"\n[population]')
    text += "[zones]\npopulation = { min = 60000, max = 100000 }\nweights = { distance = 1 }\n"
    (here / "nested.toml").write_text(text, encoding="utf-8")
    both = ("--set", "frames.regions=false", "--set", "zones.frames.regions=false")
    assert run("solve", "-i", "small", "-s", "nested.toml", *both, "--out", "nested")[0] == 0
    assert run("verify", "nested", "-i", "small")[0] == 0
