"""`refzones solve` and `refzones verify` from start to end, on a small region."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from refzones.app.cli import main
from refzones.instances.common.atomic import staged_folder

TOP_LEVEL = {"instance", "scenario", "status", "score_nano", "score", "bound_nano", "gap"}
TOP_LEVEL |= {"terms", "regions", "mergers"}


@pytest.fixture
def run(run):
    """Run the command; give exit code and output only."""
    return lambda *arguments: run(*arguments)[:2]


def plan_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "plan.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the Waasland, made once."""
    folder = tmp_path_factory.mktemp("runs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REFZONES_CONFIG_DIR", str(folder / "config"))
        patch.setattr("sys.argv", ["refzones", "solve", "--region", "waasland", "--out", str(folder / "run")])
        with pytest.raises(SystemExit) as stop:
            main()
    assert not stop.value.code
    return folder / "run"


@pytest.fixture
def solved(run, original: Path, tmp_path: Path) -> Path:
    """A copy of it in the folder that commands work in, which tests may spoil."""
    return Path(shutil.copytree(original, tmp_path / "run"))


def test_files(solved: Path) -> None:
    assert {file.name for file in solved.iterdir()} == {
        "plan.json", "assignment.csv", "mergers.csv", "map.png", "plan.geojson",
    }  # fmt: skip
    plan = plan_of(solved)
    assert plan.keys() >= TOP_LEVEL
    assert (plan["status"], plan["gap"], plan["score_nano"]) == ("optimal", 0, plan["bound_nano"])
    assert sum(merger["score_nano"] for merger in plan["mergers"]) == plan["score_nano"]
    assert sum(term["points"] for term in plan["terms"].values()) == pytest.approx(plan["score"], abs=1e-7)


def test_assignment(solved: Path) -> None:
    with (solved / "assignment.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    columns = ["nis", "name", "region", "zone", "merger", "seat", "zone_nis", "merger_nis"]
    assert reader.fieldnames == columns
    assert all(any(row["merger_nis"] == seat["nis"] for seat in rows) for row in rows)
    assert [row["nis"] for row in rows] == sorted(row["nis"] for row in rows)
    assert {row["region"] for row in rows} == {"Waasland"}
    assert {row["zone"] for row in rows} == {""}
    sizes = {row["merger"]: 0 for row in rows}
    for row in rows:
        sizes[row["merger"]] += 1
        assert row["merger"].startswith(row["seat"])
    assert all(name.endswith(f" +{size - 1}") == (size > 1) for name, size in sizes.items())


def test_mergers(solved: Path) -> None:
    with (solved / "mergers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    plan = plan_of(solved)
    assert [row["merger"] for row in rows] == [merger["name"] for merger in plan["mergers"]]
    assert sum(int(row["population"]) for row in rows) == 304_108  # Statbel, 1 January 2025
    assert {*plan["terms"]} <= rows[0].keys()


def test_features(solved: Path) -> None:
    features = json.loads((solved / "plan.geojson").read_text(encoding="utf-8"))["features"]
    assert [f["properties"]["name"] for f in features] == [m["name"] for m in plan_of(solved)["mergers"]]
    with (solved / "mergers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    terms = plan_of(solved)["terms"]
    assert terms
    for feature, row in zip(features, rows, strict=True):
        said = feature["properties"]
        assert said["member_names"] == row["members"].split("; ")
        assert {name: said[name] for name in terms} == {name: float(row[name]) for name in terms}


def test_layers_for_a_gis(run, tmp_path: Path) -> None:
    """They are written on request, checked by `verify` and read by `evaluate`."""
    pytest.importorskip("geopandas", reason="geopandas is in the extra 'geo'")
    code, _ = run("solve", "--region", "Middenkust", "--gpkg", "--lang", "nl", "--out", "out")
    assert code == 0
    assert "plan.gpkg" in plan_of(tmp_path / "out")["files"]
    assert run("verify", "out", "--time-limit", "0")[0] == 0
    again = run("evaluate", "out/plan.gpkg", "--region", "Middenkust")[1]
    assert run("evaluate", "out/assignment.csv", "--region", "Middenkust")[1] == again
    run("solve", "--region", "Middenkust", "--out", "out")
    assert not (tmp_path / "out" / "plan.gpkg").exists()


def test_layers_for_a_gis_without_its_extra(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from importlib.util import find_spec

    monkeypatch.setattr(
        "refzones.instances.common.optional.find_spec",
        lambda name: None if name == "geopandas" else find_spec(name),
    )
    assert run("solve", "--region", "Middenkust", "--gpkg", "--out", "out") == (2, "")
    assert not (tmp_path / "out").exists()


def test_twice_the_same(solved: Path, run, tmp_path: Path) -> None:
    run("solve", "--region", "Waasland", "--out", "again", "--workers", "1")
    for name in ("assignment.csv", "mergers.csv", "plan.geojson", "map.png"):
        assert (solved / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    one, other = plan_of(solved), plan_of(tmp_path / "again")
    for plan in (one, other):
        for part in (plan, *plan["regions"]):
            del part["runtime"]
    assert one == other


def test_formulation_is_named_in_the_plan(solved: Path, run, tmp_path: Path) -> None:
    code, output = run(
        "solve", "--region", "Waasland", "--formulation", "cut", "--engine", "scip", "--out", "cut"
    )
    assert code == 0
    assert "formulation cut" in output
    one, other = plan_of(solved), plan_of(tmp_path / "cut")
    assert (one["formulation"], other["formulation"], other["engine"]["name"]) == ("partition", "cut", "scip")
    assert one["score_nano"] == other["score_nano"] == other["bound_nano"]
    assert run("verify", "cut")[0] == 0


def test_verify_clean(solved: Path, run) -> None:
    code, output = run("verify", str(solved))
    assert code == 0
    assert "clean" in output


@pytest.mark.parametrize(
    ("file", "old", "new", "text"),
    [
        ("plan.json", '"score_nano": ', '"score_nano": 1', "score_nano is"),
        ("plan.json", '    "42023",\n', "", "is in no merger"),
        ("assignment.csv", "46021,", "46099,", "46099 is in no merger of plan.json"),
        ("assignment.csv", ",Waasland,", ",Kempen,", "column 'region': 'Kempen' is 'Waasland' in plan.json"),
    ],
)
def test_verify_corrupted(solved: Path, run, file: str, old: str, new: str, text: str) -> None:
    path = solved / file
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    code, output = run("verify", str(solved))
    assert code == 1
    assert text in output


def test_verify_nothing(run) -> None:
    assert run("verify", "nowhere")[0] == 2


def test_infeasible_says_which_region(run, tmp_path: Path) -> None:
    (tmp_path / "big.toml").write_text(
        'name = "big"\n[population]\nmin = 129000\nmax = 130000\n[weights]\ndistance = 1\n', encoding="utf-8"
    )
    code, output = run("solve", "--scenario", "big.toml", "--region", "Waasland", "--out", "run")
    assert code == 1
    assert "Waasland: infeasible: no connected merger of 129,000 to 130,000 inhabitants can hold" in output
    plan = plan_of(tmp_path / "run")
    assert (plan["status"], plan["score_nano"], plan["mergers"]) == ("infeasible", None, [])


def test_zones_fill_the_zone_column(run, tmp_path: Path) -> None:
    code, _ = run("solve", "--scenario", "zones", "--region", "Waasland", "--out", "run")
    assert code == 0
    with (tmp_path / "run" / "assignment.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["zone"] and not row["merger"] for row in rows)
    assert run("verify", "run")[0] == 0


def test_killed_while_writing_keeps_the_earlier_run(tmp_path: Path) -> None:
    target = tmp_path / "run"
    with staged_folder(target) as staging:
        (staging / "plan.json").write_text("old", encoding="utf-8")

    def write_half() -> None:
        with staged_folder(target) as staging:
            (staging / "plan.json").write_text("ne", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert (target / "plan.json").read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("instance", "list"), "flanders-2024"),
        (("instance", "show", "flanders-2024"), "6,821,770"),
        (("instance", "check", "flanders-2025"), "no errors"),
    ],
)
def test_instance_commands(run, arguments: tuple[str, ...], text: str) -> None:
    code, output = run(*arguments)
    assert code == 0
    assert text in output


def test_prices_of_mergers_are_written_and_told(run, solved: Path) -> None:
    with (solved / "mergers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, merger in zip(rows, plan_of(solved)["mergers"], strict=True):
        assert row["price_status"] == merger["price_status"] != "not known"
        assert row["price_without"] == (
            "" if merger.get("price_without") is None else str(merger["price_without"])
        )
    _, output = run("solve", "--region", "waasland", "--out", "again")
    priced = sum(row["price_status"] == "proved" for row in rows)
    assert f"how decided the plan is ({priced} municipalities after merging, " in output
    assert "(Waasland): the best plan without" in output
    assert " points, as if everyone in Waasland were " in output


def test_prices_may_be_left_out(run, solved: Path) -> None:
    code, output = run("solve", "--region", "waasland", "--out", "plain", "--no-decided")
    assert code == 0
    assert "decided" not in output
    with Path("plain/mergers.csv").open(encoding="utf-8", newline="") as file:
        assert "price_without" not in (csv.DictReader(file).fieldnames or ())
    plain, priced = plan_of(Path("plain")), plan_of(solved)
    assert not any(key.startswith("price") for merger in plain["mergers"] for key in merger)
    assert [merger["members"] for merger in plain["mergers"]] == [m["members"] for m in priced["mergers"]]
    code, output = run("verify", "plain")
    assert code == 0
