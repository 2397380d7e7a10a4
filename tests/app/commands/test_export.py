"""`refzones export`, and `evaluate` and `compare` after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.app.files.plan_exports import PLAN_FORMATS
from support.best import best_groups

from ..conftest import Run

GROUPS = best_groups("Waasland")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    rows = [f"{code},{group}" for code, group in GROUPS.items()]
    file = tmp_path / "plan.csv"
    file.write_text("\n".join(["nis,merger", *rows, ""]), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", PLAN_FORMATS)
def test_written_and_read_again(name: str, run: Run, plan: Path) -> None:
    file = f"other{PLAN_FORMATS[name].ending}"
    code, said, _ = run("export", "plan.csv", "--to", name, "--out", file)
    assert (code, said) == (0, f"written to {file}: {len(set(GROUPS.values()))} groups\n")
    code, said, errors = run("evaluate", file)
    assert (code, errors) == (0, "")
    assert "gap 0 points (0)" in said
    code, said, _ = run("compare", "plan.csv", file)
    assert code == 0


def test_a_plan_vector_and_a_matrix(run: Run, plan: Path, tmp_path: Path) -> None:
    from refzones.instances import load
    from refzones.instances.writing import write_folder

    data = load("flanders-2025").restricted(["Waasland"])
    write_folder(data, tmp_path / "waas")
    number = {group: k for k, group in enumerate(dict.fromkeys(GROUPS.values()), start=1)}
    rows = [f"{k},1,{number[GROUPS[code]]}" for k, code in enumerate(data.codes, start=1)]
    (tmp_path / "plans.csv").write_text("\n".join(['"","V1","V2"', *rows, ""]), encoding="utf-8")
    code, _, errors = run("evaluate", "plans.csv", "-i", "waas")
    assert (
        code,
        "the file holds 2 plans: V1, V2; say which one is meant, as with --column V1" in errors,
    ) == (2, True)
    code, said, errors = run("evaluate", "plans.csv", "-i", "waas", "--column", "V2")
    with_codes = run("evaluate", str(plan), "-i", "waas")
    assert (code, said.splitlines()[-1]) == (0, with_codes[1].splitlines()[-1])
    assert "note: plans.csv has no codes; its rows are taken in the order of those of the instance" in errors


BAD = {
    "no such format": (("--to", "gml", "--out", "a.csv"), "--to: there is no such format"),
    "another ending": (("--to", "redist", "--out", "a.json"), "has a name that ends in .csv; name it a.csv"),
    "no zones": (("--to", "redist", "--out", "a.csv", "--zones"), "--zones: the plan has no zones"),
}


@pytest.mark.parametrize("bad", BAD)
def test_mistakes_leave_nothing_behind(bad: str, run: Run, plan: Path, tmp_path: Path) -> None:
    options, said = BAD[bad]
    code, _, told = run("export", "plan.csv", *options)
    assert code == 2
    assert said in told
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["plan.csv"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"99999": 1}', "no municipality has this code"),
        ('{"44021": [1, 2]}', "the part of a unit is one number or text"),
        ('{"44021": 1, "44021": 2}', "the key '44021' stands twice in one place"),
        ('{"assignment": 3}', "this is no assignment"),
    ],
)
def test_assignments_with_mistakes(text: str, said: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "given.json").write_text(text, encoding="utf-8")
    code, _, told = run("evaluate", "given.json")
    assert code == 2
    assert said in told
