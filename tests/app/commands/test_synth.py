"""`refzones instance synth` from start to end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import embedded_instances, load

Run = Callable[..., tuple[int, str, str]]

EMBEDDED = embedded_instances()[0].folder


def test_drawn_checked_solved_and_verified(run: Run, tmp_path: Path) -> None:
    code, said, _ = run("instance", "synth", "mine", "--municipalities", "24", "--flows", "--seed", "3")
    assert code == 0
    assert said.startswith("<Instance mine: 24 municipalities, ")
    assert said.endswith(" 1 region, 499,600 inhabitants>\nwritten to mine\n")
    code, said, _ = run("instance", "check", "mine")
    assert (code, len(said.splitlines())) == (0, 1)
    code, said, _ = run("solve", "-i", "mine", "--out", "run")
    assert code == 0
    assert "verified: clean" in said
    plan = json.loads((tmp_path / "run" / "plan.json").read_text(encoding="utf-8"))
    assert plan["status"] == "optimal"
    assert (tmp_path / "run" / "map.png").stat().st_size > 10_000
    code, said, _ = run("verify", "run", "-i", "mine")
    assert (code, said[:6]) == (0, "clean:")


def test_the_same_seed_writes_the_same_files(run: Run, tmp_path: Path) -> None:
    for out in ("a/x", "b/x", "c/x"):
        code, *_ = run("instance", "synth", out, "-n", "40", "--seed", "1" if out[0] == "c" else "0")
        assert code == 0
    for file in sorted((tmp_path / "a" / "x").iterdir()):
        assert file.read_bytes() == (tmp_path / "b" / "x" / file.name).read_bytes()
        assert file.read_bytes() != (tmp_path / "c" / "x" / file.name).read_bytes()


def test_an_instance_in_the_folder_is_replaced(run: Run, tmp_path: Path) -> None:
    run("instance", "synth", "mine", "-n", "12", "--flows")
    code, *_ = run("instance", "synth", "mine", "-n", "11", "--per-merger", "5", "--regions", "2")
    assert code == 0
    found = load(tmp_path / "mine")
    assert (len(found), len(found.regions), found.flows) == (11, 2, None)


def test_all_mistakes_at_once(run: Run, tmp_path: Path) -> None:
    asked = ("-n", "9", "--per-merger", "1", "--regions", "0", "--seed", "-1")
    code, said, errors = run("instance", "synth", "mine", *asked)
    assert (code, said) == (2, "")
    assert [line.split(":")[1] for line in errors.splitlines()] == [
        " value '9'",
        " value '1.0'",
        " value '-1'",
        " value '0'",
    ]
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("out", ["flanders-2024", str(EMBEDDED), str(EMBEDDED / "x")])
def test_what_is_embedded_is_left_alone(run: Run, out: str) -> None:
    code, _, said = run("instance", "synth", out, "-n", "10")
    assert code == 2
    assert "an embedded instance has this name" in said or "a folder of the program itself" in said


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    code, _, said = run("instance", "synth", "mine", "-n", "10")
    assert code == 2
    assert "this is a file, not a folder" in said
