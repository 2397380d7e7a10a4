"""`solve --certificate` and `verify --proof` from start to end."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.solver.results.record import read_record

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def solved(run: Run, tmp_path: Path) -> Path:
    """A run of one region with its certificate."""
    code, said, _ = run("solve", "--region", "Zuid-West-Vlaanderen", "--certificate", "--out", "run")
    assert code == 0
    assert "certified: Zuid-West-Vlaanderen; verify --proof checks it" in said
    return tmp_path / "run"


def _reseal(folder: Path) -> None:
    """Make digests of a run right, as a forger would."""
    record = read_record(folder)
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in record.files}
    (folder / "plan.json").write_text(record.sealed(files).model_dump_json(indent=1) + "\n", encoding="utf-8")


def test_a_right_proof(run: Run, solved: Path) -> None:
    plan = json.loads((solved / "plan.json").read_text(encoding="utf-8"))
    assert [region["proof"] for region in plan["regions"]] == ["certified"]
    code, said, _ = run("verify", "--proof", str(solved))
    assert code == 0
    assert "proof checked: Zuid-West-Vlaanderen; 15" in said


def test_a_run_without_certificate(run: Run, tmp_path: Path) -> None:
    assert run("solve", "--region", "Waasland", "--out", "run")[0] == 0
    code, _, errors = run("verify", "--proof", "run")
    assert code == 2
    assert "the run has no certificate" in errors
    plan = json.loads((tmp_path / "run" / "plan.json").read_text(encoding="utf-8"))
    assert "proof" not in plan["regions"][0]


@pytest.mark.parametrize(("old", "new"), [('"sets":', '"sets":1'), ('"claim":', '"claim":-'), ("]", "], ")])
def test_a_certificate_that_was_altered(run: Run, solved: Path, old: str, new: str) -> None:
    file = solved / "certificate.json"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    code, said, _ = run("verify", "--proof", str(solved))
    assert code == 1
    assert "violation: certificate.json: " in said
    _reseal(solved)
    assert run("verify", "--proof", str(solved))[0] == 1


def test_a_certificate_of_another_scenario(run: Run, solved: Path) -> None:
    code, *_ = run(
        "solve", "-s", "zones", "--region", "Zuid-West-Vlaanderen", "--certificate", "--out", "other"
    )
    assert code == 0
    other = (solved.parent / "other" / "certificate.json").read_text(encoding="utf-8")
    (solved / "certificate.json").write_text(other, encoding="utf-8")
    _reseal(solved)
    code, said, _ = run("verify", "--proof", str(solved))
    assert code == 1
    assert "another scenario" in said


def test_a_plan_that_speaks_of_a_certificate_it_has_not(run: Run, solved: Path) -> None:
    (solved / "certificate.json").unlink()
    record = read_record(solved)
    files = {name: digest for name, digest in record.files.items() if name != "certificate.json"}
    (solved / "plan.json").write_text(record.sealed(files).model_dump_json(indent=1) + "\n", encoding="utf-8")
    code, said, _ = run("verify", str(solved))
    assert code == 1
    assert "there is no certificate.json" in said
