"""Runs that earlier versions wrote are still read, by every command that takes one."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import read_folder
from refzones.solver import SweepResult, solve, verify
from refzones.solver.results.record import PlanRecord, read_record

Run = Callable[..., tuple[int, str, str]]

DATA = Path(__file__).parents[2] / "data"
VERSIONS = [folder.name for folder in sorted(DATA.glob("runs-*"))]
PLANS = ("mergers", "zones", "nested")
FAMILIES = {
    "alternatives": ("alternatives", "-k", "3"),
    "pareto": ("pareto", "--terms", "coverage", "distance"),
    "census": ("census", "--plan", "mergers", "--bins", "5", "--sample", "2"),
    "compare": ("compare", "mergers", "nested"),
}

every_version = pytest.mark.parametrize("version", VERSIONS)
every_plan = pytest.mark.parametrize("name", PLANS)


@pytest.fixture
def older(tmp_path: Path) -> Callable[[str], Path]:
    """Copy the runs of a version into the folder that commands work in."""

    def copy(version: str) -> Path:
        shutil.copytree(DATA / version, tmp_path, dirs_exist_ok=True)
        return tmp_path

    return copy


def test_there_are_older_runs() -> None:
    assert "runs-0.1.0" in VERSIONS


@every_version
@every_plan
def test_verify(version: str, name: str, older: Callable[[str], Path], run: Run) -> None:
    older(version)
    code, output, errors = run("verify", name, "-i", "drawn")
    assert (code, errors) == (0, "")
    assert output.startswith("clean: ")
    assert "proved again: all regions" in output


@every_version
def test_verify_a_run_without_a_plan(version: str, older: Callable[[str], Path], run: Run) -> None:
    older(version)
    code, output, errors = run("verify", "no-plan", "-i", "drawn")
    assert (code, errors) == (0, "")
    assert "proved again: all regions" in output


@every_version
@every_plan
def test_evaluate(version: str, name: str, older: Callable[[str], Path], run: Run) -> None:
    older(version)
    code, output, errors = run("evaluate", name, "-i", "drawn")
    assert (code, errors) == (0, "")
    assert "(proved); gap 0 points (0)" in output


@every_version
def test_compare(version: str, older: Callable[[str], Path], run: Run) -> None:
    older(version)
    code, output, errors = run("compare", "mergers", "nested", "-i", "drawn", "--out", "compared")
    assert (code, errors) == (0, "")
    assert "1 municipality changes merger" in output


@every_version
@every_plan
def test_why(version: str, name: str, older: Callable[[str], Path], run: Run) -> None:
    record = read_record(older(version) / name)
    together = next(merger.members for merger in record.mergers if len(merger.members) > 1)[:2]
    code, output, errors = run("why", name, "-i", "drawn", "--together", *together)
    assert (code, errors) == (0, "")
    assert "the plan has it already: it costs 0" in output
    code, output, errors = run("why", name, "-i", "drawn", "--apart", *together)
    assert errors == ""
    assert "costs" in output or code == 1


@every_version
@every_plan
def test_it_is_still_the_answer(version: str, name: str, older: Callable[[str], Path]) -> None:
    folder = older(version)
    record, instance = read_record(folder / name), read_folder(folder / "drawn")
    assert f"runs-{record.engine.versions['refzones']}" == version
    record.check_instance(instance)
    assert record.digest == record.digest_of_content()
    plan, now = record.plan(instance), solve(instance, record.scenario, workers=1)
    assert verify(instance, record.scenario, plan) == ()
    assert (now.status, now.score_nano, now.bound_nano) == (
        record.status,
        record.score_nano,
        record.bound_nano,
    )
    assert now.plan == plan


@every_version
def test_a_sweep(version: str, older: Callable[[str], Path]) -> None:
    folder = older(version)
    found, instance = SweepResult.read(folder / "sweep"), read_folder(folder / "drawn")
    assert set(found.answers["status"]) == {"optimal"}
    for setting in found.settings["setting"]:
        plan, scenario = found.plan(int(setting), instance), found.scenario(int(setting))
        assert verify(instance, scenario, plan) == ()
        assert solve(instance, scenario, workers=1).plan == plan


@every_version
@pytest.mark.parametrize("family", FAMILIES)
def test_tables_have_the_columns_of_then(
    version: str, family: str, older: Callable[[str], Path], run: Run
) -> None:
    folder = older(version)
    code, _, errors = run(*FAMILIES[family], "-i", "drawn", "--out", "now")
    assert (code, errors) == (0, "")
    written = [file for file in (folder / family).iterdir() if file.suffix in (".csv", ".json")]
    assert written
    for file in written:
        assert _shape(folder / "now" / file.name) == _shape(file), file.name


def _shape(file: Path) -> list[str]:
    """Columns of a table, keys of a record."""
    if file.suffix == ".json":
        return list(json.loads(file.read_text(encoding="utf-8")))
    with file.open(encoding="utf-8", newline="") as rows:
        return next(csv.reader(rows))


def test_the_records_of_then_lack_no_key() -> None:
    """A key that is added has a default, or the schema has another version."""
    for version in VERSIONS:
        data = json.loads((DATA / version / "mergers" / "plan.json").read_text(encoding="utf-8"))
        needed = {name for name, field in PlanRecord.model_fields.items() if field.is_required()}
        assert needed <= data.keys()
