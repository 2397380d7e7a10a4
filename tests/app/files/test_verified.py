"""What is said to be verified: a plan, and never an answer without one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from refzones.app.terminal import results

from ..conftest import Run

NO_PLAN = """
preset = "mergers"
[count.regions]
Waasland = [9, 9]
"""
SWEEP = """
scenario = "no.toml"
regions = ["Waasland", "Middenkust"]
[grid.weights]
coverage = [60, 70]
"""


@pytest.mark.parametrize(
    ("planned", "asked", "text"),
    [
        (0, 1, "no plan; "),
        (0, 15, "no plan; "),
        (1, 1, "verified: clean; "),
        (15, 15, "verified: clean; "),
        (14, 15, "verified: clean in 14 of 15 regions; "),
    ],
)
def test_what_is_said(planned: int, asked: int, text: str) -> None:
    assert results.checked_text(planned, asked) == text


@pytest.mark.parametrize(
    "command",
    [
        ("solve",),
        ("alternatives", "-k", "2"),
        ("alternatives", "-k", "2", "--diverse"),
        ("pareto", "--terms", "coverage", "distance"),
        ("census", "--sample", "2"),
    ],
    ids=" ".join,
)
def test_an_answer_without_a_plan_is_not_verified(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "no.toml").write_text(NO_PLAN, encoding="utf-8")
    code, said, errors = run(*command, "-s", "no.toml", "-r", "Waasland", "--out", "out")
    assert (code, errors) == (1, "")
    assert "infeasible" in said
    assert "verified" not in said
    assert "clean" not in said
    if command == ("solve",):
        plan = json.loads((tmp_path / "out" / "plan.json").read_text(encoding="utf-8"))
        assert (plan["terms"], plan["inhabitants"], plan["counts"]["after"]) == ({}, 0, 0)
        code, said, _ = run("verify", "out")
        assert code == 0
        assert "verified" not in said
        assert "clean: no region has a plan, and nothing that is said of them is untrue" in said


def test_some_regions_are_verified(run: Run, tmp_path: Path) -> None:
    (tmp_path / "no.toml").write_text(NO_PLAN, encoding="utf-8")
    for command in (("solve",), ("alternatives", "-k", "2"), ("pareto", "--terms", "coverage", "distance")):
        code, said, _ = run(
            *command, "-s", "no.toml", "-r", "Waasland", "-r", "Middenkust", "--out", command[0]
        )
        assert code == 1
        assert "verified: clean in 1 of 2 regions; " in said


def test_a_wish_that_no_plan_has(run: Run, tmp_path: Path) -> None:
    assert run("solve", "-r", "Waasland", "--out", "plan")[0] == 0
    wish = ("--together", "Beveren-Kruibeke-Zwijndrecht", "Sint-Niklaas")
    code, said, _ = run("why", "plan", *wish, "--out", "wished")
    assert code == 1
    assert "no plan has what is wished" in said
    assert "verified" not in said
    assert not (tmp_path / "wished").exists()


def test_a_plan_that_cannot_be_compared(run: Run, tmp_path: Path) -> None:
    (tmp_path / "no.toml").write_text(NO_PLAN, encoding="utf-8")
    assert run("solve", "-r", "Waasland", "--out", "plan")[0] == 0
    code, said, _ = run("evaluate", "plan", "-s", "no.toml", "--out", "found.json")
    assert code == 1
    assert "verified" not in said
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert found["best"]["terms"] == {}
    lines = [line.split("│") for line in said.splitlines() if "│" in line]
    # the row of the terms of both plans, and not that of one merger
    (row,) = [
        cells for cells in lines if "Reach of centre functions" in cells[1] and "-" in map(str.strip, cells)
    ]
    assert [cell.strip() for cell in row].count("-") == 2  # value and points of a best plan that is none


def test_sweeps(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "no.toml").write_text(NO_PLAN, encoding="utf-8")
    (tmp_path / "some.toml").write_text(SWEEP, encoding="utf-8")
    _, said, _ = run("sweep", "some.toml", "--out", "some")
    assert "verified: clean, " in said
    assert " of regions; written to some" in said
    (tmp_path / "none.toml").write_text(SWEEP.replace(', "Middenkust"', ""), encoding="utf-8")
    _, said, _ = run("sweep", "none.toml", "--out", "none")
    assert "verified" not in said
    assert "no plan; written to none" in said


def test_a_plan_of_an_older_format_is_not_called_untrue(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text('{"schema_version": 1}', encoding="utf-8")
    for command in (("verify",), ("evaluate",), ("why",)):
        wish = ("--apart", "Leuven", "Herent") if command == ("why",) else ()
        code, said, errors = run(*command, str(tmp_path), *wish)
        assert code == 2
        assert "violation" not in said
        assert "written in version 1 of this format by an older refzones; this one reads version 2" in errors
        assert "solve the scenario again, which gives the same plan; its assignment.csv can still" in errors
