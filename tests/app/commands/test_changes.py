"""Options that change a scenario: they mean the same as a file, with every command that takes a scenario."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from refzones.instances import write_folder
from support.build import build_instance

SCENARIO = 'name = "asked"\n[population]\nmin = 30000\nmax = 90000\n[weights]\ndistance = 1\n'


@pytest.fixture
def here(run, tmp_path: Path) -> Path:
    """A row of six in one region, a scenario, and a plan of two mergers."""
    people = [20_000, 30_000, 40_000, 30_000, 20_000, 35_000]
    instance = build_instance(people, pairwise(range(6)))
    write_folder(instance, tmp_path / "small")
    (tmp_path / "asked.toml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "plan.csv").write_text("nis,merger\n10000,A\n10001,A\n10002,A\n", encoding="utf-8")
    return tmp_path


ASKED = ("-i", "small", "-s", "asked.toml")
CHANGED = (
    "--set",
    "population.min=20000",
    "--together",
    "M0",
    "m1",
    "--together",
    "M3+10004",
    "--alone",
    "M2",
)
AS_FILE = """[locks]
together = [["M0", "m1"], ["M3", "10004"]]
alone = ["M2"]
"""


def asked_in(folder: str) -> dict[str, object]:
    return json.loads((Path(folder) / "plan.json").read_text(encoding="utf-8"))["scenario"]


def test_solve_means_the_same_as_a_file(here: Path, run) -> None:
    assert run("solve", *ASKED, *CHANGED, "--out", "options")[0] == 0
    text = SCENARIO.replace("30000", "20000").replace("[weights]", f"{AS_FILE}[weights]")
    (here / "file.toml").write_text(text, encoding="utf-8")
    assert run("solve", "-i", "small", "-s", "file.toml", "--out", "file")[0] == 0
    ours, theirs = asked_in("options"), asked_in("file")
    assert ours.pop("name") == "asked (changed)"
    said = ours.pop("description")
    assert said.startswith("Scenario 'asked' with population.min = 20000; together: M0, m1; ")
    del theirs["name"], theirs["description"]
    assert json.dumps(ours) == json.dumps(theirs)
    for name in ("mergers.csv", "assignment.csv"):
        assert (here / "options" / name).read_bytes() == (here / "file" / name).read_bytes()
    code, output, errors = run("verify", "options", "-i", "small")
    assert (code, errors) == (0, "")
    assert output.startswith("clean: ")


def test_a_kept_plan_means_the_same_as_a_file(here: Path, run) -> None:
    code, output, _ = run("solve", *ASKED, "--keep", "plan.csv", "--out", "options")
    assert code == 0, output
    text = SCENARIO.replace("[weights]", '[existing]\nmode = "keep"\nplan = "plan.csv"\n[weights]')
    (here / "file.toml").write_text(text, encoding="utf-8")
    assert run("solve", "-i", "small", "-s", "file.toml", "--out", "file")[0] == 0
    ours, theirs = asked_in("options"), asked_in("file")
    assert ours["existing"]["mergers"] == [["10000", "10001", "10002"]]
    assert ours["existing"] == theirs["existing"]
    # and a run is a plan as well
    assert run("solve", *ASKED, "--keep", "options", "--apart", "M0", "M5", "--out", "again")[0] == 0
    assert (here / "again/assignment.csv").read_bytes() == (here / "options/assignment.csv").read_bytes()


def test_a_boundary_file_is_kept(here: Path, run) -> None:
    geopandas = pytest.importorskip("geopandas")
    from shapely.geometry import box

    shapes = geopandas.GeoDataFrame(
        {"nis": [f"{10_000 + i}" for i in range(6)], "merger": ["A", "A", "A", "B", "B", "B"]},
        geometry=[box(1000 * i, 0, 1000 * i + 1000, 1000) for i in range(6)],
        crs="EPSG:31370",
    )
    shapes.to_file("drawn.gpkg", driver="GPKG")
    code, _, errors = run("solve", *ASKED, "--keep", "drawn.gpkg", "--out", "drawn")
    assert (code, errors) == (0, "")
    groups = [["10000", "10001", "10002"], ["10003", "10004", "10005"]]
    assert asked_in("drawn")["existing"]["mergers"] == groups
    assert asked_in("drawn")["existing"]["source"] == "drawn.gpkg"


def test_other_commands_take_them(here: Path, run) -> None:
    assert run("solve", *ASKED, "--out", "run")[0] == 0
    together = ("--together", "M0", "M1", "M2")
    code, output, _ = run("evaluate", "run", "-i", "small", *together)
    assert code == 1
    assert "are locked together" in output
    assert run("evaluate", "run", "-i", "small", "--set", "population.max=95000")[0] == 0
    assert run("compare", "run", "run", "-i", "small", "--alone", "M5", "--out", "compared")[0] == 0
    code, output, _ = run("census", *ASKED, "--bins", "0", *together, "--out", "census")
    assert code == 0
    counted = json.loads(Path("census/census.json").read_text(encoding="utf-8"))
    assert counted["scenario"]["locks"]["together"] == [["M0", "M1", "M2"]]
    assert run("alternatives", "-k", "2", *ASKED, *together, "--out", "others")[0] == 0
    terms = ("--terms", "distance", "cut_edges")
    assert run("pareto", *ASKED, *together, *terms, "--out", "front")[0] == 0


REFUSED = [
    (("--together", "M0"), "--together: a group needs at least two municipalities"),
    (("--together", "M0", "m0"), "--together: a group needs at least two municipalities"),
    (("--apart", "M0", "Nobody"), "--apart: no municipality has this name"),
    (("--alone",), "--alone"),
    (("--keep", "nothing.csv"), "--keep: there is no such file or folder"),
    (("--keep", "asked.toml"), "--keep"),
    (("--set", "population.min"), "--set: this is not KEY=VALUE"),
    (("--set", "populaton.min=1"), "--set: unknown key 'populaton'; did you mean 'population'?"),
    (("--set", "population.min=95000"), "--set: population: min (95000) is above max (90000)"),
]


@pytest.mark.parametrize(("options", "message"), REFUSED)
def test_refused(here: Path, run, options: tuple[str, ...], message: str) -> None:
    code, _, errors = run("solve", *ASKED, *options)
    assert code == 2
    assert message in errors


def test_all_that_is_wrong_with_names_is_told_at_once(here: Path, run) -> None:
    _, _, errors = run("solve", *ASKED, "--together", "M0", "Nobody", "--apart", "M1", "--alone", "Else")
    assert all(f"{option}: " in errors for option in ("--together", "--apart", "--alone"))


def test_every_command_of_a_scenario_has_them(run) -> None:
    for command in ("solve", "evaluate", "compare", "census", "alternatives", "pareto"):
        _, output, _ = run(command, "--help")
        assert all(option in output for option in ("--set", "--together", "--apart", "--alone", "--keep"))
        assert "--changes" not in output
