"""`refzones sweep` from start to end, on a small region."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.solver import SweepResult
from refzones.solver.executing import dask_cluster
from refzones.solver.plan_sets.sweep import run as sweep_run

SPEC = """
regions = ["waasland"]
[grid.weights]
distance = [0, 5]
"""


@pytest.fixture
def spec(tmp_path: Path) -> str:
    (tmp_path / "small.toml").write_text(SPEC, encoding="utf-8")
    return "small.toml"


def test_tables_are_written_and_shown(run, spec: str, tmp_path: Path) -> None:
    code, output, errors = run("sweep", spec, "--workers", "1")
    assert (code, errors) == (0, "")
    assert "0 of 2 answers\n2 of 2 answers\n" in output
    assert "2 settings, 2 answers, " in output
    assert "verified: clean; written to runs/sweep-small" in output
    result = SweepResult.read(tmp_path / "runs" / "sweep-small")
    assert result.answers["status"].tolist() == ["optimal", "optimal"]
    assert result.settings["weight:distance"].tolist() == [0, 5]
    assert "kept from before" not in output
    assert "all answers are kept from before\n" in run("sweep", spec, "--workers", "1")[1]


def test_infeasible_is_an_answer_and_unproved_is_none(run, spec: str, tmp_path: Path) -> None:
    with (tmp_path / spec).open("a", encoding="utf-8") as file:
        file.write("[grid.count]\nmin = [9]\n")
    code, output, _ = run("sweep", spec, "--workers", "1")
    assert code == 0
    assert "2 settings, 2 answers, 0 plans of regions" in output
    late = (tmp_path / "late.toml").write_text(
        'time_limit = 0.0001\nregions = ["Westhoek"]\n[grid.weights]\ndistance = [5]\n', encoding="utf-8"
    )
    assert late
    code, output, _ = run("sweep", "late.toml", "--workers", "1")
    assert code == 1
    assert "1 setting, 1 answer, 0 plans of regions" in output


def test_bad_input(run, spec: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, errors = run("sweep", "nothing.toml")
    assert code == 2
    assert "nothing.toml" in errors
    (tmp_path / "wrong.toml").write_text("[grid]\n[sampel]\n", encoding="utf-8")
    code, _, errors = run("sweep", "wrong.toml")
    assert code == 2
    assert "error: wrong.toml: grid: the grid is empty" in errors
    assert "error: wrong.toml: unknown key 'sampel'; did you mean 'sample'?" in errors
    monkeypatch.setattr(dask_cluster, "CONNECTING", 1.0)
    code, _, errors = run("sweep", spec, "--cluster", "tcp://127.0.0.1:9")
    assert code == 2
    assert "--cluster: no Dask scheduler answers at this address" in errors
    code, _, errors = run("sweep", spec, "--workers", "0")
    assert (code, errors) == (2, "error: value '0': there must be at least one worker\n")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()
    code, _, errors = run("sweep", spec, "--out", "full")
    assert code == 2
    assert "the folder holds other files, and no sweep" in errors


def test_an_interrupted_run_says_how_to_go_on(run, spec: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sweep_run, "_found", interrupt)
    code, _, errors = run("sweep", spec)
    assert code == 130
    assert "interrupted; what is done is kept, start again to go on" in errors
