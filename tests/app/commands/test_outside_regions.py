"""What lies outside the regions asked for stops no command."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances.writing import write_folder
from support.build import build_instance

from ..conftest import Run

SCENARIO = """
[population]
min = 30_000
[weights]
distance = 1
coverage = 1
[coverage.shares]
rail = 1
[locks]
together = [["M5", "M6"]]
apart = [["M5", "M6"]]
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """R1 holds an island of 3,000 inhabitants, and locks that contradict each other."""
    instance = build_instance(
        [20_000, 30_000, 20_000, 40_000, 3_000, 20_000, 20_000],
        [(0, 1), (1, 2), (2, 3), (0, 3), (5, 6)],
        region=[0, 0, 0, 0, 1, 1, 1],
        functions={"rail": [1, 0, 0, 1, 0, 1, 0]},
    )
    write_folder(instance, tmp_path / "own")
    (tmp_path / "s.toml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "plan.csv").write_text("nis,merger\n10000,A\n10001,A\n10002,B\n10003,B\n", encoding="utf-8")
    return tmp_path


COMMANDS = {
    "solve": ["solve", "-r", "R0"],
    "cut": ["solve", "-r", "R0", "--formulation", "flow"],
    "pareto": ["pareto", "--terms", "coverage", "distance", "-r", "R0"],
    "alternatives": ["alternatives", "-k", "2", "-r", "R0"],
    "agreement": ["alternatives", "--diverse", "--loss", "50%", "-r", "R0"],
    "census": ["census", "-r", "R0", "--sample", "1"],
    "place": ["census", "-r", "R0", "--plan", "plan.csv"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_command_with_regions(run: Run, here: Path, name: str) -> None:
    first, *rest = COMMANDS[name]
    code, _, errors = run(first, "-i", "own", "-s", "s.toml", *rest, "--out", "out")
    assert (code, errors) == (0, "")
    code, _, errors = run(first, "-i", "own", "-s", "s.toml", *[a for a in rest if a not in ("-r", "R0")])
    assert code == 2
    assert "M4 (10004) has 3000 inhabitants" in errors or "locked both together and apart" in errors


def test_plans_that_touch_other_regions_only(run: Run, here: Path) -> None:
    assert run("solve", "-i", "own", "-s", "s.toml", "-r", "R0", "--out", "best")[0] == 0
    for arguments in (
        ("verify", "best", "-i", "own"),
        ("evaluate", "plan.csv", "-i", "own", "-s", "s.toml"),
        ("compare", "best", "plan.csv", "-i", "own", "--out", "both"),
        ("why", "best", "-i", "own", "--together", "M0", "M3"),
        ("why", "best", "-i", "own", "--existing", "plan.csv"),
    ):
        code, _, errors = run(*arguments)
        assert (arguments, code, errors) == (arguments, 0, "")


def test_sweep_of_one_region(run: Run, here: Path) -> None:
    spec = 'scenario = "s.toml"\ninstances = ["own"]\nregions = ["R0"]\n[grid.weights]\ndistance = [1, 2]\n'
    (here / "sweep.toml").write_text(spec, encoding="utf-8")
    code, _, errors = run("sweep", "sweep.toml", "--out", "swept")
    assert (code, errors) == (0, "")


@pytest.mark.parametrize("way", [[], ["--formulation", "cut"], ["--formulation", "cpsat"]])
def test_islands_stand_alone(run: Run, here: Path, way: list[str]) -> None:
    text = SCENARIO.split("[locks]", maxsplit=1)[0] + '[rules]\nisolated = "alone"\n'
    (here / "s.toml").write_text(text, encoding="utf-8")
    code, _, errors = run("solve", "-i", "own", "-s", "s.toml", "--out", "out", *way)
    assert code == (0 if not way else code)
    assert errors == ""
    rows = (here / "out/mergers.csv").read_text(encoding="utf-8").splitlines()
    column = rows[0].split(",").index("standalone")
    assert [row.split(",")[0] for row in rows if row.split(",")[column] == "isolated"] == ["M4"]
    assert '"standalone": "isolated"' in (here / "out/plan.json").read_text(encoding="utf-8")
    code, output, _ = run("verify", "out", "-i", "own")
    assert (code, output[:5]) == (0, "clean")
