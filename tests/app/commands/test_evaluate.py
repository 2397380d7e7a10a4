"""`refzones evaluate` on runs, tables, lists of mergers and boundary files, good and bad."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from refzones.app.files.map_image import MAP
from refzones.app.files.run_file import Run
from refzones.app.files.run_folder import write_files
from refzones.app.maps.shapes import generalised_shapes
from refzones.instances import load, write_folder
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.results.record import record_of
from support.build import build_instance

WAASLAND = "Waasland"


@pytest.fixture(scope="module")
def waasland() -> list[tuple[str, str]]:
    """Code and name of the municipalities of a small region."""
    instance = load()
    members = instance.members(instance.regions.index(WAASLAND)).tolist()
    return [(instance.codes[i], instance.names[i]) for i in members]


@pytest.fixture(scope="module")
def solved_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of one region, made once and without its map."""
    instance, folder = load(), tmp_path_factory.mktemp("solved") / "run"
    result = solve(instance, Scenario.preset("mergers"), regions=[WAASLAND])
    folder.mkdir()
    write_files(Run(result, generalised_shapes(instance)), folder, [MAP])
    (folder / "plan.json").write_text(record_of(result).model_dump_json(indent=1), encoding="utf-8")
    return folder


@pytest.fixture
def solved(run, solved_once: Path, tmp_path: Path) -> str:
    shutil.copytree(solved_once, tmp_path / "run")
    return "run"


def groups_of(folder: str) -> dict[str, str]:
    """Merger of each municipality by code, as `assignment.csv` says."""
    with (Path(folder) / "assignment.csv").open(encoding="utf-8", newline="") as file:
        return {row["nis"]: row["merger"] for row in csv.DictReader(file)}


def write(name: str, groups: Mapping[str, str], heading: str = "nis;merger") -> None:
    rows = [f"{who};{group}" for who, group in groups.items()]
    Path(name).write_text("\n".join([heading, *rows, ""]), encoding="utf-8")


def test_own_plan_has_no_gap(run, solved: str) -> None:
    for plan in (solved, "run/plan.json", "run/assignment.csv", "run/mergers.csv"):
        code, output, _ = run("evaluate", plan, "--out", "found.json")
        assert code == 0
        assert "gap 0 points (0)" in output
        found = json.loads(Path("found.json").read_text(encoding="utf-8"))
        assert (found["loss_nano"], found["gap"], found["broken_rules"]) == (0, 0, [])


def test_a_run_brings_its_scenario_and_instance(run, tmp_path: Path) -> None:
    row = build_instance([40_000] * 3, [(0, 1), (1, 2)])
    write_folder(row, tmp_path / "small")
    Path("mine.toml").write_text("[population]\nmin = 70000\n[weights]\ndistance = 1\n", encoding="utf-8")
    assert run("solve", "-i", "small", "-s", "mine.toml", "--out", "run")[0] == 0
    Path("mine.toml").unlink()
    code, output, _ = run("evaluate", "run", "-i", "small")
    assert code == 0
    assert "distance" in output
    assert "coverage" not in output
    assert run("evaluate", "run")[0] == 0  # the folder of the instance is where it was
    (tmp_path / "small").rename(tmp_path / "moved")
    code, _, errors = run("evaluate", "run")
    assert code == 2
    assert "the plan was made for instance 'small', which is not embedded; name its folder" in errors


def test_other_plan_lacks_points_and_breaks_rules(run, solved: str) -> None:
    write("mine.csv", dict.fromkeys(groups_of(solved), ""))
    code, output, _ = run("evaluate", "mine.csv", "--out", "found.json")
    assert code == 1
    assert "below the minimum of 30,000" in output
    found = json.loads(Path("found.json").read_text(encoding="utf-8"))
    assert {rule["kind"] for rule in found["broken_rules"]} == {"too_small"}
    assert len(found["mergers"]) == 7
    assert (
        found["best"]["score_nano"] - found["score_nano"]
        == found["loss_nano"]
        == found["regions"][0]["loss_nano"]
    )
    assert found["plan"] == "mine.csv"


def test_a_better_scored_plan_that_breaks_rules_has_a_gap_below_zero(run, solved: str) -> None:
    Path("big.toml").write_text('preset = "mergers"\n[population]\nmin = 60000\n', encoding="utf-8")
    code, output, _ = run("evaluate", "run", "-s", "big.toml")
    assert code == 1
    assert "gap -" in output
    assert "above the best of the plans that keep all rules" in output


def test_contiguity_and_regions_are_rules_not_errors(run, solved: str) -> None:
    groups = groups_of(solved)
    groups |= {"46020": "X", "46025": "X"}  # Sint-Gillis-Waas and Temse: no common border
    write("pieces.csv", groups)
    code, output, _ = run("evaluate", "pieces.csv")
    assert code == 1
    assert "X (Temse +1):\n  breaks a rule: not connected: Sint-Gillis-Waas lies apart\n" in output


def test_a_list_of_mergers_with_the_others_alone(run, waasland: list[tuple[str, str]]) -> None:
    (a, one), (b, other) = waasland[0], waasland[1]
    Path("list.csv").write_text(f"old;new\n{one} ({a}) + {other} ({b});X\n", encoding="utf-8")
    code, _, errors = run("evaluate", "list.csv")
    assert code == 2
    assert "the plan is not complete: 5 municipalities of its regions are missing" in errors
    code, _, _ = run("evaluate", "list.csv", "--others-alone", "--out", "found.json")
    assert code == 1
    found = json.loads(Path("found.json").read_text(encoding="utf-8"))
    assert sorted(len(part["members"]) for part in found["mergers"]) == [1] * 5 + [2]


def test_no_plan_to_compare_with(run, solved: str) -> None:
    Path("no.toml").write_text(
        'preset = "mergers"\n[population]\nmin = 129000\nmax = 130000\n', encoding="utf-8"
    )
    code, output, _ = run("evaluate", solved, "-s", "no.toml", "--out", "found.json")
    assert code == 1
    assert "there is no optimum to compare with" in output
    found = json.loads(Path("found.json").read_text(encoding="utf-8"))
    assert (found["loss_nano"], found["gap"], found["best"]["status"]) == (None, None, "infeasible")


# Boundary files


@pytest.fixture
def layer(run, solved: str) -> Callable[..., Any]:
    """Write squares with attributes as a vector file."""
    geopandas = pytest.importorskip("geopandas")
    shapely = pytest.importorskip("shapely")

    def write_layer(name: str, columns: Mapping[str, list[Any]]) -> str:
        count = len(next(iter(columns.values())))
        squares = [shapely.box(k, 0, k + 1, 1) for k in range(count)]
        geopandas.GeoDataFrame(columns, geometry=squares, crs="EPSG:31370").to_file(name)
        return name

    return write_layer


def test_a_boundary_file_with_a_merger_column(run, layer, solved: str) -> None:
    groups = groups_of(solved)
    outside = {"21001": "Brussels"}  # rows about others are left out
    both = {**groups, **outside}
    file = layer(
        "map.gpkg",
        {"FID_1": list(range(len(both))), "NISCODE": [int(c) for c in both], "Merger": list(both.values())},
    )
    code, output, _ = run("evaluate", file)
    assert code == 0
    assert "gap 0 points (0)" in output


def test_a_boundary_file_with_names_another_column_and_exclaves(
    run, layer, solved: str, waasland: list[tuple[str, str]]
) -> None:
    groups = groups_of(solved)
    names = [name for _, name in waasland]
    plan = [groups[code] for code, _ in waasland]
    file = layer("map.shp", {"naam": [*names, names[0]], "planb": [*plan, plan[0]]})
    assert run("evaluate", file, "--column", "PlanB")[0] == 0
    code, _, errors = run("evaluate", file)
    assert code == 2
    assert (
        "none of the columns merger, zone, group; name the one that holds the groups with --column" in errors
    )
    assert "columns: naam, planb" in errors
    file = layer("twice.shp", {"naam": [*names, names[0]], "merger": [*plan, "another"]})
    code, _, errors = run("evaluate", file)
    assert code == 2
    assert "stands already in row 1" in errors


def test_alone_where_the_group_is_missing(run, layer, waasland: list[tuple[str, str]]) -> None:
    file = layer("map.geojson", {"nis": [code for code, _ in waasland], "merger": [None] * len(waasland)})
    code, output, _ = run("evaluate", file)
    assert code == 1
    assert "below the minimum" in output


def test_own_features_are_read_back(run, solved: str) -> None:
    pytest.importorskip("geopandas")
    code, output, _ = run("evaluate", "run/plan.geojson")
    assert code == 0
    assert "gap 0 points (0)" in output


def test_boundary_files_that_do_not_fit(run, layer) -> None:
    for columns, message in (
        ({"id": [1, 2], "merger": ["a", "b"]}, "no column holds codes or names of flanders-2025"),
        ({"nis": ["46021"], "merger": ["a"]}, "the plan is not complete: 6 municipalities"),
    ):
        code, _, errors = run("evaluate", layer("bad.gpkg", columns))
        assert code == 2
        assert message in errors
    Path("broken.gpkg").write_text("no map", encoding="utf-8")
    code, _, errors = run("evaluate", "broken.gpkg")
    assert code == 2
    assert "the file cannot be read as a map" in errors


# Bad input


def test_plan_of_other_data(run, solved: str) -> None:
    code, _, errors = run("evaluate", "run", "--instance", "flanders-2024")
    assert code == 2
    assert "the plan was made for other data: instance 'flanders-2025', not 'flanders-2024'" in errors


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "nowhere: there is no such file or folder; name the folder of a run"),
        (("empty",), "the folder holds no plan: neither plan.json nor assignment.csv"),
        (("mine.csv", "-i", "flanders"), "there is no embedded instance of this name"),
        (("mine.csv", "-s", "merger"), "there is no preset of this name"),
        (("mine.csv", "-c", "plan"), "the file has none of the columns plan"),
        (("wrong.csv",), "value '46099': no municipality has this code; those here"),
        (("wrong.csv",), "value 'Gend': no municipality has this name; did you mean 'Gent'?"),
        (("mine.csv", "--others-alone", "--out", "empty"), "this is a folder, not a file; name a file with"),
        (("mine.csv", "--others-alone", "--out", "mine.csv/x.json"), "cannot be written"),
    ],
)
def test_bad_input(run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    (tmp_path / "empty").mkdir()
    write("mine.csv", {"46021": ""})
    write("wrong.csv", {"46099": "A", "Gend": "A"})
    code, _, errors = run("evaluate", *arguments)
    assert code == 2
    assert message in errors
    assert not list(tmp_path.rglob("*.partial"))


def test_what_is_no_plan_file(run, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
    code, _, errors = run("evaluate", "plan.json")
    assert code == 2
    assert "plan.json" in errors


def test_long_lists_of_broken_rules_are_cut_on_the_terminal(run) -> None:
    every = load()
    members = [i for name in (WAASLAND, "Limburg") for i in every.members(every.regions.index(name)).tolist()]
    write("alone.csv", {every.codes[i]: "" for i in members})
    code, output, _ = run("evaluate", "alone.csv", "--out", "found.json")
    assert code == 1
    assert output.count("breaks a rule") == 20
    found = json.loads(Path("found.json").read_text(encoding="utf-8"))
    assert f"and {len(found['broken_rules']) - 20} more broken rules" in output
    assert sum(region["loss_nano"] for region in found["regions"]) == found["loss_nano"]
    assert "lacks" in output
