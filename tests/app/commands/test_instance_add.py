"""Tables of one's own from start to end: added, shown, and used by a scenario."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import Instance, load, read_folder, write_folder

Run = Callable[..., tuple[int, str, str]]

SCENARIO = """name = "pools"

[population]
min = 20000
max = 130000

[coverage.shares]
pool = 0.6
centre = 0.4

[requires]
functions = ["pool"]

[weights]
coverage = 70
distance = 5
"touched(quarter)" = 1
"""


@pytest.fixture
def middenkust(tmp_path: Path) -> Instance:
    """A small instance: one region of Flanders, in the folder `small`."""
    instance = load("flanders-2025").restricted(["Middenkust"])
    write_folder(instance, tmp_path / "small")
    return instance


def test_a_scenario_uses_what_was_added(run: Run, middenkust: Instance, tmp_path: Path) -> None:
    rows = [f"{code};{k % 3};{100 + k};K{k % 2}" for k, code in enumerate(middenkust.codes)]
    Path("own.csv").write_text("\n".join(["nis;pool;debt;quarter", *rows]), encoding="utf-8")
    described = ("--source", "Pools", "--publisher", "the region", "--year", "2026", "--licence", "CC0")
    steps = [
        ("add-functions", "small", "-c", "pool", "--label", "swimming pool", "--unit", "pools", *described),
        ("add-attributes", "1", "-c", "debt", "--unit", "euro", *described),
        ("add-layer", "2", "-c", "quarter", *described, "--note", "quarters of the region"),
    ]
    for k, (command, folder, *options) in enumerate(steps, start=1):
        code, said, errors = run("instance", command, folder, "own.csv", "--out", str(k), *options)
        assert (code, errors) == (0, "")
        assert said.endswith(f"written to {k}\n")
    code, said, _ = run("instance", "show", "3")
    assert code == 0
    assert re.search(r"pool +\W swimming pool", said)
    assert re.search(r"Pools +. the region +. 2026 +. CC0", said)
    assert re.search(r"quarter +\W +2 +\W +0 +\W quarters of the region", said)
    made = read_folder(tmp_path / "3")
    assert set(made.sources) == {*middenkust.sources, "pools"}
    Path("s.toml").write_text(SCENARIO, encoding="utf-8")
    code, said, errors = run("solve", "-i", "3", "-s", "s.toml", "--out", "run")
    assert code == 0, errors
    assert run("verify", "run", "-i", "3")[0] == 0


def test_points_by_municipality(run: Run, middenkust: Instance, tmp_path: Path) -> None:
    codes = middenkust.codes
    Path("halls.csv").write_text(
        f"nis,seats\n{codes[0]},100\n{codes[0]},50\n{codes[1]},80\n", encoding="utf-8"
    )
    add = ("instance", "add-points", "small", "halls.csv", "--out", "new", "--as", "hall")
    code, said, errors = run(*add, "--amount", "seats", "--unit", "seats", "--at-least", "100")
    assert (code, errors) == (0, "")
    assert said.startswith(
        f"function hall: 1 of {len(codes)} municipalities have it, from 100 seats on; 1 have less\n"
        "points: 3 counted\n"
    )
    assert read_folder(tmp_path / "new").functions["hall"].amount.tolist()[:3] == [150, 80, 0]
    code, said, _ = run(*add, "--attribute", "--replace")
    assert code == 0
    assert read_folder(tmp_path / "new").attributes["hall"].tolist()[:3] == [2, 1, 0]
    code, _, errors = run(*add, "--crs", "EPSG:4326")
    assert code == 2
    assert "--crs say where points lie" in errors


def test_refused_options(run: Run, middenkust: Instance) -> None:
    Path("own.csv").write_text("nis;pool\n", encoding="utf-8")
    for options, told in (
        (("--where", "pool"), "--where names a column and its text"),
        (("--where", "pool=1", "--where", "pool=2"), "--where names a column twice"),
        (("--decimal", "x"), "--decimal: must be '.' or ','"),
        (("--sheet", "1"), "--sheet: the file has no sheets"),
    ):
        code, said, errors = run("instance", "add-layer", "small", "own.csv", "--out", "new", *options)
        assert (code, said) == (2, "")
        assert told in errors
        assert not Path("new").exists()


def test_a_run_of_before_is_measured_with_figures_that_were_added(run: Run, middenkust: Instance) -> None:
    assert run("solve", "--instance", "small", "--time-limit", "60", "--out", "run")[0] == 0
    bases = "\n".join(f"{code};{1_000 + k}" for k, code in enumerate(middenkust.codes))
    Path("bases.csv").write_text(f"nis;base\n{bases}\n", encoding="utf-8")
    wanted = ("--indicator", "property_tax_rate(neutral)")
    code, _, errors = run("effects", "run", "--instance", "small", *wanted)
    assert code == 2
    assert (
        "refzones instance add-figures flanders-2025 FILE --as property_tax_base_eur --out FOLDER" in errors
    )
    named = ("--as", "property_tax_base_eur", "--unit", "euro", "--out", "new")
    code, said, errors = run("instance", "add-figures", "small", "bases.csv", *named)
    assert (code, errors) == (0, "")
    assert f"known of {len(middenkust)} of {len(middenkust)}" in said
    assert read_folder(Path("new")).hash == middenkust.hash
    code, said, _ = run("effects", "run", "--instance", "new", *wanted)
    assert code == 0
    assert "rate that raises as much as before" in " ".join(said.replace("│", " ").split())


def test_nothing_is_written_into_the_program(run: Run, middenkust: Instance) -> None:
    for command in ("add-attributes", "add-figures", "add-functions", "add-layer"):
        code, _, errors = run("instance", command, "small", "own.csv", "--out", "flanders-2025")
        assert code == 2
        assert "an embedded instance has this name" in errors
