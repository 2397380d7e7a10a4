"""`refzones dossier`: what it writes, that its figures are those of the run, and what it refuses."""

from __future__ import annotations

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from refzones.instances import Instance, load, write_folder
from refzones.models import Scenario
from refzones.solver import Result, solve
from refzones.solver.results.record import record_of
from support.build import build_instance
from support.pages import Read
from support.word_files import cells, paragraphs

for package in ("jinja2", "docx", "typst"):
    pytest.importorskip(package, reason=f"{package} is in the extra 'dossier'")

SCENARIO = Scenario.from_dict({"population": {"min": 30_000, "max": 70_000}, "weights": {"distance": 1}})
NO_PLAN = Scenario.from_dict({"population": {"min": 69_999, "max": 70_000}, "weights": {"distance": 1}})


def row() -> Instance:
    """Two regions of four in a row."""
    people = [20_000, 30_000, 40_000, 30_000] * 2
    return build_instance(people, pairwise(range(8)), region=[0] * 4 + [1] * 4)


def write_plan(result: Result, folder: str) -> None:
    """A run without its tables and map."""
    Path(folder).mkdir()
    text = record_of(result).model_dump_json(indent=1)
    (Path(folder) / "plan.json").write_text(text, encoding="utf-8")


@pytest.fixture
def plan(run: Any, tmp_path: Path) -> None:
    """The folders `small` and `plan`."""
    write_folder(row(), tmp_path / "small")
    write_plan(solve(load(tmp_path / "small"), SCENARIO), "plan")


DOSSIER = ("dossier", "plan", "-i", "small")


def names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def test_it_stands_beside_the_run(run: Any, plan: None) -> None:
    code, output, errors = run(*DOSSIER)
    assert (code, errors) == (0, "")
    assert names("plan-dossier") == ["dossier.en.html", "dossier.json"]
    assert "written to plan-dossier: dossier.en.html, dossier.json" in output
    assert run("dossier", "plan/plan.json", "-i", "small", "--lang", "nl", "--format", "pdf")[0] == 0
    assert names("plan-dossier") == ["dossier.en.html", "dossier.json", "dossier.nl.pdf"]


def test_all_faces_of_one_region(run: Any, plan: None) -> None:
    wanted = ("--region", "r1", "--format", "all", "--lang", "nl", "--out", "map/taken")
    code, output, errors = run(*DOSSIER, *wanted)
    assert (code, errors) == (0, "")
    assert names("map/taken") == [
        "dossier-R1.json",
        *(f"dossier-R1.nl.{face}" for face in ("docx", "html", "pdf")),
    ]
    assert "geschreven in map/taken" in output
    assert 'lang="nl"' in Path("map/taken/dossier-R1.nl.html").read_text("utf-8")


def test_one_file_for_several_regions_and_few_chapters(run: Any, plan: None) -> None:
    code, _, _ = run(*DOSSIER, "-r", "R0", "-r", "R1", "--chapter", "question", "--out", "d")
    assert code == 0
    assert names("d") == ["dossier.en.html", "dossier.json"]
    few = Read(Path("d/dossier.en.html").read_text("utf-8"))
    assert run(*DOSSIER, "--out", "whole")[0] == 0
    whole = Read(Path("whole/dossier.en.html").read_text("utf-8"))
    assert 0 < len(few.headings) < len(whole.headings)


def at(record: Any, pointer: str) -> Any:
    """What a JSON pointer (RFC 6901) leads to."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        record = record[int(key) if isinstance(record, list) else key]
    return record


_NUMBER = re.compile(r"[-−]?\d[\d.,\u00a0\u202f ]*")


def reads(text: str, value: float, language: str) -> bool:
    """Whether a text says a number, rounded to the digits that it has; as percent where it says so."""
    found = _NUMBER.search(text)
    if found is None:
        return False
    digits = found.group().strip().replace("−", "-")
    thousands, decimal = (".", ",") if language == "nl" else (",", ".")
    digits = re.sub(r"[\u00a0\u202f ]", "", digits).replace(thousands, "")
    whole, _, rest = digits.partition(decimal)
    scale = 100 if "%" in text else 1
    told = float(f"{whole}.{rest or 0}")
    return abs(told - value * scale) <= 0.5 * 10 ** -len(rest) * (1 + 1e-9)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_figure_is_that_of_the_record(run: Any, plan: None, language: str) -> None:
    """Read back from HTML, from DOCX and from the record beside them, which holds that of the run."""
    assert run(*DOSSIER, "--lang", language, "--format", "html", "--format", "docx", "--out", "d")[0] == 0
    record = json.loads(Path("d/dossier.json").read_text("utf-8"))
    assert record["plan"] == json.loads(Path("plan/plan.json").read_text("utf-8"))
    figures = Read(Path(f"d/dossier.{language}.html").read_text("utf-8")).figures
    assert len(figures) > 50
    for pointer, value, text in figures:
        assert float(value) == at(record, pointer), pointer
        assert reads(text, float(value), language), (pointer, value, text)
    left = iter(cells(Path(f"d/dossier.{language}.docx")))
    assert [text for _, _, text in figures if text not in left] == []  # each, in the same order
    assert len(paragraphs(Path(f"d/dossier.{language}.docx"))) > len(figures)


def test_a_run_of_an_older_version_of_its_format_is_refused(run: Any, plan: None) -> None:
    data = json.loads(Path("plan/plan.json").read_text("utf-8"))
    Path("plan/plan.json").write_text(json.dumps(data | {"schema_version": 1}), encoding="utf-8")
    code, _, errors = run(*DOSSIER)
    assert code == 2
    assert "written in version 1 of this format by an older refzones" in errors
    assert not Path("plan-dossier").exists()


def test_runs_of_earlier_versions_of_the_program(run: Any, tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[2] / "data" / "runs-0.1.0", tmp_path, dirs_exist_ok=True)
    for name in ("mergers", "zones", "nested"):
        code, _, errors = run("dossier", name, "-i", "drawn", "--format", "all")
        assert (name, code, errors) == (name, 0, "")
    code, _, errors = run("dossier", "no-plan", "-i", "drawn")
    assert code == 2
    assert "no plan" in errors
    assert not Path("no-plan-dossier").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("dossier", "nowhere"), "nowhere: there is no such file or folder"),
        (("dossier", "empty"), "empty: the folder holds no plan"),
        (("dossier", "list.csv"), "list.csv: a dossier tells of a run of refzones"),
        (("dossier", "plan"), "made for instance 'small'"),
        (("dossier", "plan", "-i", "gone"), "gone"),
        (("dossier", "plan", "-i", "flanders-2024"), "the plan was made for other data"),
        (("dossier", "without", "-i", "small"), "no plan of these regions"),
        ((*DOSSIER, "--lang", "fr"), "the program speaks Dutch and English"),
        (
            (*DOSSIER, "--format", "odt"),
            "a dossier is not written as this; known: html",
        ),
        ((*DOSSIER, "--format", "pfd"), "did you mean 'pdf'?"),
        ((*DOSSIER, "--chapter", "weather"), "the dossier has no such chapter"),
        ((*DOSSIER, "--chapter", "weather"), "question, figures"),
        ((*DOSSIER, "--chapter", "mergrs"), "did you mean 'mergers'?"),
        ((*DOSSIER, "--region", "R7"), "R7"),
        (("dossier", "part", "-i", "small", "--region", "R1"), "the run has no such region"),
        ((*DOSSIER, "--time-limit", "-1"), "time"),
        ((*DOSSIER, "--out", "list.csv"), "this is a file, not a folder"),
        ((*DOSSIER, "--boundaries", "nowhere.gpkg"), "nowhere.gpkg"),
        ((*DOSSIER, "--layer", "x"), "name the file with --boundaries"),
    ],
)
def test_bad_input(run: Any, plan: None, arguments: tuple[str, ...], message: str) -> None:
    Path("list.csv").write_text("nis,merger\n10000,A\n10001,A\n", encoding="utf-8")
    Path("empty").mkdir()
    write_plan(solve(load(Path("small")), NO_PLAN), "without")
    write_plan(solve(load(Path("small")), SCENARIO, regions=["R0"]), "part")
    if arguments == ("dossier", "plan"):
        Path("small").rename("moved")
    code, _, errors = run(*arguments)
    assert code == 2, errors
    assert message in " ".join(errors.split())
    assert not list(Path().glob("*-dossier"))


def test_a_run_that_was_altered_is_refused(run: Any, plan: None) -> None:
    text = Path("plan/plan.json").read_text("utf-8")
    for key, change in (("mergers", 1), ("regions", 1)):
        data = json.loads(text)
        data[key][0]["score_nano"] += change
        Path("plan/plan.json").write_text(json.dumps(data), encoding="utf-8")
        code, _, errors = run(*DOSSIER)
        assert code == 2
        assert "the plan does not pass verification" in errors
    Path("plan/plan.json").write_text(text[: len(text) // 2], encoding="utf-8")
    assert run(*DOSSIER)[0] == 2
    assert not Path("plan-dossier").exists()


@pytest.mark.parametrize(("face", "package"), [("html", "jinja2"), ("pdf", "typst"), ("docx", "docx")])
def test_each_face_needs_its_own_package_only(
    run: Any, plan: None, monkeypatch: pytest.MonkeyPatch, face: str, package: str
) -> None:
    from refzones.instances.common import optional

    found = optional.find_spec
    monkeypatch.setattr(optional, "find_spec", lambda name: None if name == package else found(name))
    code, _, errors = run(*DOSSIER, "--format", face)
    assert code == 2
    assert f"need the package {package}" in errors
    assert "pip install 'refzones[dossier]'" in errors
    others = [one for one in ("html", "pdf", "docx") if one != face]
    assert run(*DOSSIER, "--format", others[0], "--format", others[1])[0] == 0
    assert len(names("plan-dossier")) == 3
