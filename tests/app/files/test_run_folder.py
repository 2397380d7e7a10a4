"""The folder of a run: its files to the letter, and that no run is ever half written."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib.image
import pytest
from refzones.app.cli import main
from refzones.app.files import run_folder as output
from refzones.app.files.map_image import subtitle
from refzones.app.maps import drawing
from refzones.instances import InputError, Instance, embedded_instances, write_folder
from refzones.models import Scenario
from refzones.solver import Result, solve
from refzones.solver.regions import region
from support.build import build_instance

Run = Callable[..., tuple[int, str, str]]

TOP_LEVEL = ["instance", "scenario", "status", "score_nano", "score", "bound_nano", "gap", "terms"]
TOP_LEVEL += ["regions", "mergers"]
FILES = ["assignment.csv", "map.png", "mergers.csv", "plan.geojson", "plan.json"]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run on the smallest region of 2024."""
    folder = tmp_path_factory.mktemp("runs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REFZONES_CONFIG_DIR", str(folder / "config"))
        out = str(folder / "done")
        patch.setattr(
            "sys.argv", ["refzones", "solve", "-i", "flanders-2024", "-r", "Middenkust", "--out", out]
        )
        with pytest.raises(SystemExit) as stop:
            main()
    assert not stop.value.code
    return folder / "done"


@pytest.fixture
def done(original: Path, tmp_path: Path) -> Path:
    """A copy of that run, which tests may spoil."""
    return Path(shutil.copytree(original, tmp_path / "done"))


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_files(done: Path, tmp_path: Path) -> None:
    assert sorted(file.name for file in done.iterdir()) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["done"]
    plan = json.loads((done / "plan.json").read_text(encoding="utf-8"))
    assert [key for key in plan if key in TOP_LEVEL] == TOP_LEVEL
    assert (
        (done / "assignment.csv")
        .read_bytes()
        .startswith(b"nis,name,region,zone,merger,seat,zone_nis,merger_nis\n")
    )
    height, width = matplotlib.image.imread(done / "map.png").shape[:2]
    assert max(height, width) / min(height, width) == pytest.approx(2**0.5, abs=0.01)
    assert max(height, width) >= 16.5 * 200  # A3 in print


def test_mergers_table_says_what_the_plan_says(done: Path) -> None:
    plan = json.loads((done / "plan.json").read_text(encoding="utf-8"))
    rows = rows_of(done / "mergers.csv")
    assert len(rows) == len(plan["mergers"]) > 1
    for row, merger in zip(rows, plan["mergers"], strict=True):
        assert row["merger"] == merger["name"]
        assert row["member_nis"].split("; ") == merger["members"]
        assert len(row["members"].split("; ")) == int(row["municipalities"])
        assert int(row["population"]) == merger["population"]
        assert float(row["score"]) == merger["score"]
        assert row["seat_nis"] == merger["seat"]
        assert row["standalone"] == merger["standalone"]
        for term, value in merger["terms"].items():
            base = {"inhabitants": merger["population"], "nothing": 1}[plan["terms"][term]["divided_by"]]
            assert float(row[term]) == pytest.approx(value / base, abs=1e-6)
    assert {term["divided_by"] for term in plan["terms"].values()} == {"inhabitants", "nothing"}


def test_zones_are_called_zones(run: Run, tmp_path: Path) -> None:
    """A run of zones has no mergers; a table of those that an older one left in its folder goes."""
    asked = ("-i", "flanders-2024", "-r", "Middenkust", "-s", "zones")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mergers.csv").touch()
    assert run("solve", *asked, "--out", "out")[0] == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "assignment.csv", "map.png", "plan.geojson", "plan.json", "zones.csv",
    ]  # fmt: skip
    zones = rows_of(tmp_path / "out" / "zones.csv")
    assert next(iter(zones[0])) == "zone"
    rows = rows_of(tmp_path / "out" / "assignment.csv")
    assert {(row["zone"], row["zone_nis"]) for row in rows} == {(z["zone"], z["seat_nis"]) for z in zones}
    assert {(row["merger"], row["merger_nis"]) for row in rows} == {("", "")}
    for plan in ("out", "out/zones.csv", "out/assignment.csv", "out/plan.geojson"):
        code, shown, _ = run("evaluate", plan, "-i", "flanders-2024", "-s", "zones", "--out", "found.json")
        assert (code, "(proved); gap 0 points (0)" in shown) == (0, True)
        found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
        assert (len(found["zones"]), found["mergers"]) == (len(zones), [])
    code, shown, _ = run("why", "out", "--existing", "out/zones.csv", "--out", "prices.csv")
    assert code == 0
    assert "what each zone costs, in points" in shown
    assert rows_of(tmp_path / "prices.csv")[0]["zone"] == zones[0]["zone"]
    (tmp_path / "out" / "mergers.csv").write_bytes((tmp_path / "out" / "zones.csv").read_bytes())
    code, shown, _ = run("verify", "out")
    assert (code, "mergers.csv: the plan has zones alone, and no mergers" in shown) == (1, True)


def test_sets_of_zones_speak_of_zones(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("numba")
    asked = ("-i", "flanders-2024", "-r", "Middenkust", "-s", "zones")
    assert run("alternatives", *asked, "-k", "2", "--out", "a")[0] == 0
    (found,) = json.loads((tmp_path / "a" / "plans.json").read_text(encoding="utf-8"))["lists"]
    assert {"zones", "mergers"} & found["plans"][0].keys() == {"zones"}
    listed = rows_of(tmp_path / "a" / "alternatives.csv")
    assert {"zones", "mergers", "after"} & listed[0].keys() == {"zones"}
    assert int(listed[0]["zones"]) == len(found["plans"][0]["zones"])
    assert run("pareto", *asked, "--terms", "distance", "coverage", "--out", "p")[0] == 0
    (front,) = json.loads((tmp_path / "p" / "plans.json").read_text(encoding="utf-8"))["fronts"]
    assert {"zones", "mergers"} & front["points"][0].keys() == {"zones"}
    assert run("census", *asked, "--sample", "1", "--out", "c")[0] == 0
    assert {"zone", "merger"} & rows_of(tmp_path / "c" / "samples.csv")[0].keys() == {"zone"}


def test_assignment_is_that_of_the_plan(done: Path) -> None:
    plan = json.loads((done / "plan.json").read_text(encoding="utf-8"))
    home = {code: merger["name"] for merger in plan["mergers"] for code in merger["members"]}
    rows = rows_of(done / "assignment.csv")
    assert {row["nis"]: row["merger"] for row in rows} == home
    assert len(rows) == len(home)


@pytest.mark.parametrize("extra", [("--workers", "1"), ("--seed", "7"), ("--engine", "scip")])
def test_same_plan_whatever_found_it(done: Path, run: Run, tmp_path: Path, extra: tuple[str, ...]) -> None:
    run("solve", "-i", "flanders-2024", "-r", "Middenkust", "--out", "again", *extra)
    for name in ("assignment.csv", "mergers.csv", "plan.geojson"):
        assert (done / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_default_folder(run: Run, tmp_path: Path) -> None:
    assert run("solve", "-i", "flanders-2024", "-r", "middenkust")[0] == 0
    assert sorted(p.name for p in (tmp_path / "runs" / "flanders-2024-mergers").iterdir()) == FILES


# Nothing half written, nothing lost


def test_failure_while_writing_loses_nothing(
    done: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The map is drawn last; when that fails, the other files of the new run do not appear either."""
    before = {file.name: file.read_bytes() for file in done.iterdir()}
    (done / "notes.txt").write_text("mine", encoding="utf-8")

    def fail(path: Path, *_: object, **__: object) -> None:
        path.write_bytes(b"half a map")
        raise KeyboardInterrupt

    monkeypatch.setattr(drawing, "draw_map", fail)
    for out in ("done", "new"):
        code, _, _ = run("solve", "-r", "Waasland", "--out", out)
        assert code == 130
    assert {file.name: file.read_bytes() for file in done.iterdir()} == before | {"notes.txt": b"mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["done"]


def test_second_run_replaces_the_first_and_leaves_other_files(done: Path, run: Run) -> None:
    (done / "notes.txt").write_text("mine", encoding="utf-8")
    assert run("solve", "-r", "Waasland", "--out", str(done))[0] == 0
    assert {row["region"] for row in rows_of(done / "assignment.csv")} == {"Waasland"}
    assert (done / "notes.txt").read_text(encoding="utf-8") == "mine"


# Comparing assignment.csv with plan.json


def altered(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_row_left_out_twice_and_strange(done: Path, run: Run) -> None:
    file = done / "assignment.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    code = lines[1].split(",")[0]
    file.write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
    status, shown, _ = run("verify", str(done))
    assert status == 1
    assert f"violation: assignment.csv has no row for {code}" in shown
    file.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    status, shown, _ = run("verify", str(done))
    assert status == 1
    assert f"violation: assignment.csv, row {len(lines) + 1}: {code} stands twice" in shown
    file.write_text("".join([*lines, lines[1].replace(code, "99999")]), encoding="utf-8")
    status, shown, _ = run("verify", str(done))
    assert status == 1
    assert f"row {len(lines) + 1}: 99999 is in no merger of plan.json" in shown


def test_semicolons_of_a_spreadsheet_are_accepted(done: Path, run: Run) -> None:
    file = done / "assignment.csv"
    file.write_text("\ufeff" + file.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert run("verify", str(done))[0] == 0


def test_missing_table_and_missing_column(done: Path, run: Run) -> None:
    altered(done / "assignment.csv", "merger,", "fusie,")
    code, shown, _ = run("verify", str(done))
    assert code == 1
    assert "violation: assignment.csv: the column 'merger' is missing" in shown
    assert "violation: assignment.csv: the column 'fusie' is none that a run writes" in shown
    (done / "assignment.csv").unlink()
    code, shown, _ = run("verify", str(done))
    assert code == 1
    assert "violation: assignment.csv: the file is missing" in shown
    # the plan alone can be verified as well
    assert run("verify", str(done / "plan.json"))[0] == 0


# plan.json


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda plan: plan["mergers"][0]["members"].append("44021"), "44021"),
        (lambda plan: plan["mergers"].pop(), "is in no merger"),
        (lambda plan: plan["mergers"].append(plan["mergers"][0]), "is in the plan 2 times"),
        (lambda plan: plan["mergers"][0]["terms"].update(distance=0.5), "states 0.5 for distance"),
        (lambda plan: plan["mergers"][0].update(score_nano=7), "states a score of 7 billionths of a point"),
        (lambda plan: plan.update(score=99.5), "score is 99.5; it should be"),
        (lambda plan: plan["terms"]["coverage"].update(value=1.0), "terms.coverage.value is 1.0"),
        (lambda plan: plan["regions"][0].update(gap=0.25), "Middenkust: gap is 0.25; it should be 0.0"),
        (lambda plan: plan["scenario"]["population"].update(min=80_000), "fewer than the minimum of 80,000"),
    ],
)
def test_altered_plan(done: Path, run: Run, change: Callable[[Any], object], text: str) -> None:
    plan = json.loads((done / "plan.json").read_text(encoding="utf-8"))
    change(plan)
    (done / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    code, shown, _ = run("verify", str(done))
    assert code == 1
    assert text in shown
    assert "clean" not in shown


def test_plan_for_other_data(done: Path, run: Run) -> None:
    code, _, errors = run("verify", str(done), "--instance", "flanders-2025")
    assert code == 2
    assert errors == (
        "error: plan.json, value 'flanders-2024': the plan was made for other data than instance "
        "'flanders-2025' holds now; name the instance it was made for with --instance\n"
    )


def test_verify_with_the_folder_of_the_instance(done: Path, run: Run) -> None:
    folder = next(entry.folder for entry in embedded_instances() if entry.name == "flanders-2024")
    assert run("verify", str(done), "-i", str(folder))[0] == 0


# An instance of one's own


@pytest.fixture
def own() -> Instance:
    """A feasible region and one that is not."""
    return build_instance(
        [40_000, 50_000, 20_000, 5_000, 4_000],
        [*pairwise(range(3)), (3, 4)],
        points=[(0, 0), (5_000, 0), (9_000, 1_000), (15_000, 0), (15_000, 6_000)],
        region=[0, 0, 0, 1, 1],
    )


def test_one_region_without_a_plan(own: Instance, run: Run, tmp_path: Path) -> None:
    write_folder(own, tmp_path / "mine")
    (tmp_path / "s.toml").write_text('name = "s"\n[weights]\ndistance = 1\n', encoding="utf-8")
    code, shown, _ = run("solve", "-i", "mine", "-s", "s.toml", "--out", "run")
    assert code == 1
    assert "R1: infeasible: no connected merger of 30,000 to 130,000 inhabitants can hold M3 (10003)" in shown
    plan = json.loads((tmp_path / "run" / "plan.json").read_text(encoding="utf-8"))
    assert [(r["name"], r["status"]) for r in plan["regions"]] == [("R0", "optimal"), ("R1", "infeasible")]
    assert {row["nis"] for row in rows_of(tmp_path / "run" / "assignment.csv")} == {"10000", "10001", "10002"}
    code, shown, _ = run("verify", "run", "-i", "mine")
    assert code == 0
    assert "in 1 region" in shown


def test_no_time_for_anything(run: Run, tmp_path: Path) -> None:
    code, shown, _ = run("solve", "-r", "Waasland", "--time-limit", "0.000001", "--out", "run")
    assert code == 1
    assert "Waasland: no plan within limit: the time limit passed" in shown
    plan = json.loads((tmp_path / "run" / "plan.json").read_text(encoding="utf-8"))
    assert (plan["status"], plan["score_nano"], plan["mergers"]) == ("no plan within limit", None, [])


def test_subtitle_says_what_is_proved(own: Instance) -> None:
    result = solve(own, Scenario.from_dict({"weights": {"distance": 1}}), regions=["R0"])
    assert "proved optimal" in subtitle(result)
    said = subtitle(result, "nl")
    assert "bewezen optimaal" in said
    assert not re.search(r"\b(inhabitants|points|proved|merging|median \d)\b", said), said
    both = solve(own, Scenario.from_dict({"weights": {"distance": 1}}))
    assert "some regions have no plan" in subtitle(both)


def test_plan_that_fails_verification_is_never_written(
    own: Instance, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect of the search must not reach the user as a proved plan."""
    real = region.make_parts

    def wrong(*arguments: Any) -> Any:
        return [merger.__class__(**{**vars(merger), "score_nano": 1}) for merger in real(*arguments)]

    monkeypatch.setattr(region, "make_parts", wrong)
    code, _, errors = run("solve", "-r", "Waasland", "--out", "run")
    assert code == 70
    assert "a defect of this program: the plan does not pass verification" in errors
    assert not (tmp_path / "run").exists()


def test_folder_is_refused_before_anything_is_written(own: Instance, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    result: Result = solve(own, Scenario.from_dict({"weights": {}}), regions=["R0"])
    for out in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / "file" / "a" / "b"):
        with pytest.raises(InputError, match="name another folder with --out"):
            output.write_run(result, out, None)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
