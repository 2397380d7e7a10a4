"""Plans as users name them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from refzones.app.files.map_image import MAP
from refzones.app.files.run_file import Run
from refzones.app.files.run_folder import write_files
from refzones.app.input.plan_reading import parts_of_plan
from refzones.app.input.plans import given_plan, instance_of, scenario_of
from refzones.app.maps.shapes import generalised_shapes
from refzones.instances import InputError, Instance, load, write_folder
from refzones.models import Scenario
from refzones.models.scenario.demands import Demands
from refzones.solver import solve
from refzones.solver.results.record import record_of
from support.build import build_instance

MERGERS, ZONES = Scenario(), Scenario(level="zones")
BOTH = Scenario(level="nested", zones=Demands())

TOML = {"population": {"min": 50_000}, "weights": {"distance": 1}, "name": "mine"}


@pytest.fixture(scope="module")
def row() -> Instance:
    return build_instance([30_000] * 4, [(0, 1), (1, 2), (2, 3)])


@pytest.fixture(scope="module")
def made(row: Instance, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    write_folder(row, folder / "small")
    (folder / "run").mkdir()
    result = solve(row, Scenario.from_dict(TOML))
    write_files(Run(result, generalised_shapes(row)), folder / "run", [MAP])
    (folder / "run" / "plan.json").write_text(record_of(result).model_dump_json(indent=1), encoding="utf-8")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path / "made")
    monkeypatch.chdir(tmp_path / "made")
    return tmp_path / "made"


def test_names(folder: Path) -> None:
    (folder / "mine.v2.csv").touch()
    names = {
        "run": "run",
        "run/plan.json": "run",
        "mine.v2.csv": "mine.v2",
        "run/assignment.csv": "assignment",
    }
    for path, name in names.items():
        assert given_plan(Path(path)).name == name


def test_a_run_knows_its_instance_and_scenario(folder: Path) -> None:
    run, table = given_plan(Path("run")), given_plan(Path("run/assignment.csv"))
    assert instance_of([table, run], None).name == "small"
    assert instance_of([table], None).name == "flanders-2025"
    assert instance_of([table], "flanders-2024").name == "flanders-2024"
    assert scenario_of([table, run], None).name == "mine"
    assert scenario_of([table], None) == Scenario.preset("mergers")
    assert scenario_of([run], "zones") == Scenario.preset("zones")


def test_runs_of_other_data_are_all_listed(folder: Path) -> None:
    runs = [given_plan(Path("run")), given_plan(Path("run/plan.json"))]
    with pytest.raises(InputError) as caught:
        instance_of(runs, "flanders-2024")
    assert len(caught.value.problems) == 2
    assert "instance 'small', not 'flanders-2024'" in str(caught.value)
    text = (folder / "small" / "municipalities.csv").read_text(encoding="utf-8")
    (folder / "small" / "municipalities.csv").write_text(text.replace("30000", "30001"), encoding="utf-8")
    with pytest.raises(InputError, match="other data than instance 'small' holds now"):
        instance_of(runs[:1], None)


def test_parts_by_level(row: Instance, folder: Path) -> None:
    text = "nis,merger,zone,group,plan b\n10000,A,Z,G,\n10001,A,Z,H,\n10002,B,Z,H,\n10003,B,Z,H,\n"
    (folder / "mine.csv").write_text(text, encoding="utf-8")
    plan = given_plan(Path("mine.csv"))
    pairs, whole = [(0, 1), (2, 3)], [(0, 1, 2, 3)]
    assert parts_of_plan(plan, row, MERGERS) == (pairs, ())
    assert parts_of_plan(plan, row, ZONES) == (whole, ())
    assert parts_of_plan(plan, row, BOTH) == (pairs, whole)
    assert parts_of_plan(plan, row, MERGERS, column="group") == ([(0,), (1, 2, 3)], ())
    assert parts_of_plan(plan, row, MERGERS, column="plan b") == ([(0,), (1,), (2,), (3,)], ())


def test_two_levels_need_zones(row: Instance, folder: Path) -> None:
    (folder / "mine.csv").write_text(
        "nis,merger,zone\n10000,A,\n10001,A,\n10002,,\n10003,,\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"mine\.csv: the plan has no zones around its mergers"):
        parts_of_plan(given_plan(Path("mine.csv")), row, BOTH)


def test_others_alone(row: Instance, folder: Path) -> None:
    (folder / "mine.csv").write_text("nis,merger\n10001,A\n10002,A\n", encoding="utf-8")
    plan = given_plan(Path("mine.csv"))
    assert parts_of_plan(plan, row, MERGERS, others_alone=True) == ([(0,), (1, 2), (3,)], ())
    with pytest.raises(InputError, match="2 municipalities of its regions are missing"):
        parts_of_plan(plan, row, MERGERS)


def test_codes_of_another_year_point_to_their_instance(folder: Path) -> None:
    old = load("flanders-2024")
    rows = "".join(f"{code},\n" for code in old.codes)
    (folder / "old.csv").write_text(f"nis,merger\n{rows}", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        parts_of_plan(given_plan(Path("old.csv")), load(), MERGERS)
    last = str(caught.value.problems[-1])
    assert last.startswith("old.csv: all of these municipalities are in instance 'flanders-2024'")
    (folder / "none.csv").write_text("nis,merger\n99999,A\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        parts_of_plan(given_plan(Path("none.csv")), load(), MERGERS)
    assert len(caught.value.problems) == 1


def test_nothing_there(folder: Path) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match="there is no such file or folder"):
        given_plan(Path("gone"))
    with pytest.raises(InputError, match="the folder holds no plan"):
        given_plan(Path("empty"))
