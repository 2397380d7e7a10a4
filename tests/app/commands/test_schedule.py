"""`refzones schedule` from the shell: files, instances in between, exit codes, messages."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
from refzones.instances import load
from refzones.solver.road.record import ScheduleRecord

from ..conftest import Run

PLAN = """nis,merger
36006,A
36015,A
36010,B
36012,B
37011,C
37020,C
"""
"""Hooglede + Roeselare, Ledegem + Moorslede, Pittem + Ardooie."""

ROAD = """
preset = "milestones-report"
compulsory = true
[[capacity]]
date = 2027-01-01
mergers = 1
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "plan.csv").write_text(PLAN, encoding="utf-8")
    (tmp_path / "road.toml").write_text(ROAD, encoding="utf-8")
    return tmp_path


def _schedule(run: Run, *more: str) -> tuple[int, str, str]:
    return run("schedule", "plan.csv", "--road", "road.toml", "--out", "s", *more)


def test_files_and_instances_on_which_other_commands_run(run: Run, files: Path) -> None:
    code, output, errors = _schedule(run, "--others-alone")
    assert (code, errors) == (0, "")
    assert "proved: no schedule is better" in output
    assert "verified: clean" in output
    record = ScheduleRecord.model_validate_json((files / "s/schedule.json").read_bytes())
    dates = [one.date for one in record.mergers]
    assert sorted(map(str, dates)) == ["2027-01-01", "2031-01-01", "2031-01-01"]
    canonical = json.dumps(
        record.road.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert record.road_digest == hashlib.sha256(canonical.encode()).hexdigest()
    with (files / "s/schedule.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["date"] for row in rows] == sorted(map(str, dates))
    assert [row["municipalities"] for row in rows] == ["2"] * 3
    for name in ("schedule.png", "map-2027-01-01.png", "map-2031-01-01.png"):
        assert (files / "s" / name).read_bytes().startswith(b"\x89PNG")
    before, first, last = load(), load(str(files / "s/instance-2027")), load(str(files / "s/instance-2031"))
    assert (len(first), len(last)) == (len(before) - 1, len(before) - 3)
    assert first.population.sum() == last.population.sum() == before.population.sum()
    code, output, errors = run("solve", "-i", "s/instance-2027", "-r", "Midwest", "--out", "after")
    assert (code, errors) == (0, "")
    assert "verified: clean" in output


def test_rules_that_clash_end_with_exit_code_1_and_what_is_enough(run: Run, files: Path) -> None:
    (files / "road.toml").write_text(ROAD.replace("date = 2027-01-01\n", ""), encoding="utf-8")
    code, output, _ = _schedule(run, "--others-alone")
    assert code == 1
    assert "at most 1 merger on 2027-01-01" in output
    assert "2 in place of 1: at most 1 merger on 2031-01-01" in output
    assert "let 1 merger not take effect" in output
    assert not (files / "s").exists()
    code, output, _ = _schedule(run, "--others-alone", "--voluntary")
    assert code == 0
    assert "1 of 3 mergers does not take effect by 2031-01-01" in output


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ('[[agreements]]\nmerger = "Gent"\nat = 2027-01-01\n', "merges this municipality with no other"),
        ('[[agreements]]\nmerger = "Hooglede + Ledegem"\nat = 2027-01-01\n', "has no such merger"),
        ('[[agreements]]\nmerger = "Roeselaere"\nat = 2027-01-01\n', "Roeselare"),
        ('[[capacity]]\nprovince = "Antwerp"\nmergers = 1\n', "did you mean 'Antwerpen'"),
        ('[[capacity]]\nregion = "Midwst"\nmergers = 1\n', "did you mean 'Midwest'"),
        (
            '[[orders]]\nfirst = "Hooglede"\nthen = "Ledegem"\n'
            '[[orders]]\nfirst = "Ledegem"\nthen = "Hooglede"\n',
            "go round in a circle",
        ),
    ],
)
def test_bad_input_is_told(run: Run, files: Path, more: str, what: str) -> None:
    (files / "road.toml").write_text(ROAD + more, encoding="utf-8")
    code, _, errors = _schedule(run, "--others-alone")
    assert code == 2
    assert what in errors
