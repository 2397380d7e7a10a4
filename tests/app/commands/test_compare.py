"""`refzones compare` from start to end on a small region, good and bad."""

from __future__ import annotations

import csv
import json
import shutil
from functools import partial
from pathlib import Path

import pytest
from refzones.app.commands.compare import labels
from refzones.app.files.map_image import MAP
from refzones.app.files.run_file import Run
from refzones.app.files.run_folder import write_files
from refzones.app.input.plans import Given
from refzones.app.maps import difference
from refzones.app.maps.shapes import Shapes, generalised_shapes
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.results.record import record_of
from support.best import best_of

WAASLAND = "Waasland"
FILES = {"comparison.json", "terms.csv", "rules.csv", "changes.csv", "similarity.csv", "difference.png"}
MERGERS = Scenario.preset("mergers")
TOO_SMALL = min(merger.population(load()) for merger in best_of(WAASLAND).mergers)
BOUND = {"min": TOO_SMALL + 1}
LARGER = Scenario.from_dict({"preset": "mergers", "population": BOUND, "name": "larger"})


@pytest.fixture(scope="module")
def cells() -> Shapes:
    return generalised_shapes(load())


@pytest.fixture(scope="module")
def made(cells: Shapes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs of one region, made once and without their maps."""
    instance, folder = load(), tmp_path_factory.mktemp("made")
    for name, scenario in (("one", MERGERS), ("two", LARGER)):
        (folder / name).mkdir()
        result = solve(instance, scenario, regions=[WAASLAND])
        write_files(Run(result, cells), folder / name, [MAP])
        (folder / name / "plan.json").write_text(
            record_of(result).model_dump_json(indent=1), encoding="utf-8"
        )
    return folder


@pytest.fixture
def run(run, made: Path, cells: Shapes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run the command beside the two runs; maps have few pixels, and their cells are made once."""
    monkeypatch.setattr("refzones.app.maps.shapes.generalised_shapes", lambda instance: cells)
    monkeypatch.setattr(difference, "draw_difference", partial(difference.draw_difference, dpi=30))
    for name in ("one", "two"):
        shutil.copytree(made / name, tmp_path / name)
    return run


def rows_of(file: str) -> list[dict[str, str]]:
    with Path(file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_two_runs(run, tmp_path: Path) -> None:
    code, output, _ = run("compare", "one", "two")
    assert code == 0
    folder = tmp_path / "runs" / "compare-one-two"
    assert {file.name for file in folder.iterdir()} == FILES
    record = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    scores = [plan["score_nano"] for plan in record["plans"]]
    stated = json.loads(Path("one/plan.json").read_text(encoding="utf-8"))["score_nano"]
    assert scores[0] == stated  # under the scenario of the first
    assert scores[0] > scores[1]
    assert record["scenario"]["name"] == "mergers"
    moving = [row for row in rows_of("runs/compare-one-two/changes.csv") if row["moves"] == "yes"]
    assert record["levels"][0]["changes"][0]["municipalities"] == len(moving) > 0
    for text in (
        f"{len(moving)} municipalities change merger",
        "from (one)",
        moving[0]["name"],
        "similarity",
    ):
        assert text in output
    table = [[cell.strip() for cell in line.split("│")[1:-1]] for line in output.splitlines()]
    coverage = next(row for row in table if row[1:2] == ["coverage"])
    assert len(coverage) == 6
    assert coverage[4:] == ["more", f"{MERGERS.weights['coverage']:g}"]


def test_maps_in_all_formats(run, tmp_path: Path) -> None:
    maps = [f"difference.{ending}" for ending in ("png", "svg", "pdf")]
    code, output, _ = run("compare", "one", "two", "--format", "all", "--out", "out")
    assert code == 0
    assert {file.name for file in (tmp_path / "out").iterdir()} == FILES | set(maps)
    assert [(tmp_path / "out" / name).read_bytes()[:5] for name in maps] == [b"\x89PNG\r", b"<?xml", b"%PDF-"]
    assert ", ".join(maps) in " ".join(output.split())
    # and those that are no longer asked for are gone
    assert run("compare", "one", "two", "--out", "out")[0] == 0
    assert {file.name for file in (tmp_path / "out").iterdir()} == FILES
    code, _, errors = run("compare", "one", "two", "--format", "bmp", "--out", "other")
    assert code == 2
    assert "--format: a map is a PNG, an SVG or a PDF" in errors
    assert not (tmp_path / "other").exists()


def test_broken_rules_are_counted_under_another_scenario(run, tmp_path: Path) -> None:
    text = f'preset = "mergers"\n[population]\nmin = {BOUND["min"]}\n'
    Path("larger.toml").write_text(text, encoding="utf-8")
    code, output, _ = run("compare", "one", "two", "--scenario", "larger.toml", "--out", "out")
    assert code == 0
    broken = next(row for row in rows_of("out/terms.csv") if row["term"] == "broken_rules")
    assert int(broken["value one"]) > 0
    assert broken["value two"] == "0"
    assert "broken rules" in output
    rows = rows_of("out/rules.csv")
    assert {row["plan"] for row in rows} == {"one"}
    assert len(rows) == int(broken["value one"])
    for row in rows:
        assert row["rule"] == "inhabitants within the bounds"
        assert f"one: {row['merger']}: {row['finding']}" in output
    assert "which rules break where" in output


def test_three_plans_give_matrices_and_two_maps(run, tmp_path: Path) -> None:
    with Path("alone.csv").open("w", encoding="utf-8") as file:
        file.write("nis;merger\n" + "".join(f"{row['nis']};\n" for row in rows_of("one/assignment.csv")))
    code, output, _ = run("compare", "one", "two/assignment.csv", "alone.csv", "--out", "out")
    assert code == 0
    assert {file.name for file in Path("out").iterdir()} == FILES | {"difference-2.png"}
    assert len(rows_of("out/similarity.csv")) == 3
    assert "adjusted Rand index over municipalities" in output
    run("compare", "one", "alone.csv", "--out", "out")
    assert {file.name for file in Path("out").iterdir()} == FILES  # no map of the earlier comparison stays


def test_the_same_plan_twice(run) -> None:
    code, output, _ = run("compare", "one", "one", "--out", "out")
    assert code == 0
    assert "one (2) against one: both plans have the same mergers" in output
    assert rows_of("out/changes.csv") == []
    assert [row["rand"] for row in rows_of("out/similarity.csv")] == ["1.0"]


def test_twice_the_same_files(run) -> None:
    for out in ("a", "b"):
        run("compare", "one", "two", "--out", out)
    for name in FILES:
        assert (Path("a") / name).read_bytes() == (Path("b") / name).read_bytes()


def test_names_of_plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("a/run", "b/run", "c"):
        Path(folder).mkdir(parents=True)

    def named(*paths: str) -> list[str]:
        return labels([Given(Path(path), None) for path in paths])

    assert named("a/run", "c") == ["run", "c"]
    assert named("a/run", "b/run", "c") == ["a/run", "b/run", "c"]
    assert named("c", "c", "c") == ["c", "c (2)", "c (3)"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("one",), "there is nothing to compare: one plan only; name two plans or more"),
        (("one", "nowhere"), "nowhere: there is no such file or folder"),
        (("one", "."), "the folder holds no plan"),
        (("one", "two", "-i", "flanders-2024"), "the plan was made for other data: instance 'flanders-2025'"),
        (("one", "two", "-s", "larger"), "there is no preset of this name and no such file"),
        (("one", "westhoek.csv"), "is for other regions than plan 'one': it lacks Waasland; it has Westhoek"),
        (("one", "short.csv"), "short.csv: the plan is not complete"),
        (
            ("one", "twice.csv"),
            "twice.csv, row 3, column 'nis', value '46021': the municipality stands already",
        ),
        (("one", "two", "--column", "plan"), "one/plan.json: the run has mergers, and none of plan"),
        (
            ("one", "two", "--out", "short.csv"),
            "this is a file, not a folder; name another folder with --out",
        ),
        (("one", "two", "--boundaries", "none.shp"), "none.shp: there is no such file"),
        (
            ("one", "two", "-s", "nested"),
            "one/plan.json: the run has mergers, and none of zone; name a scenario of one level",
        ),
    ],
)
def test_bad_input(run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    every = load()
    members = every.members(every.regions.index("Westhoek")).tolist()
    Path("westhoek.csv").write_text(
        "nis,merger\n" + "".join(f"{every.codes[i]},\n" for i in members), encoding="utf-8"
    )
    Path("short.csv").write_text("nis,merger\n46021,\n", encoding="utf-8")
    Path("twice.csv").write_text("nis,merger\n46021,\n46021,A\n", encoding="utf-8")
    code, _, errors = run("compare", *arguments)
    assert code == 2
    assert message in errors
    assert not (tmp_path / "runs").exists() or not list((tmp_path / "runs").iterdir())


def test_runs_of_other_instances_are_named(run) -> None:
    text = Path("two/plan.json").read_text(encoding="utf-8")
    Path("two/plan.json").write_text(text.replace('"hash": "', '"hash": "0'), encoding="utf-8")
    code, _, errors = run("compare", "one", "two")
    assert code == 2
    assert "two: the plan was made for other data than instance 'flanders-2025' holds now" in errors


def test_no_plan_at_all(run) -> None:
    code, _, errors = run("compare")
    assert code == 2
    assert "Missing argument" in errors


def test_in_dutch(run) -> None:
    text = f'preset = "mergers"\n[population]\nmin = {BOUND["min"]}\n'
    Path("larger.toml").write_text(text, encoding="utf-8")
    code, output, errors = run("compare", "one", "two", "-s", "larger.toml", "--out", "out", "--lang", "nl")
    assert (code, errors) == (0, "")
    told = ("welke regels overtreden worden", "die van fusie veranderen", "inwoners binnen de grenzen")
    for words in told:
        assert words in output
    for word in ("inhabitants", "merger", "broken", "breaks", "who ", "similarity", "against", "better"):
        assert word not in output.replace("difference.png", "").replace("similarity.csv", "")
