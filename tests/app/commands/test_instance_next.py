"""`refzones instance merge` and `update`, and what other commands make of their instances."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import load, read_folder

Run = Callable[..., tuple[int, str, str]]

LIST = """nis,gemeente,fusie,nieuwe naam
46021,Sint-Niklaas,1,
46024,Stekene,1,
46020,Sint-Gillis-Waas,1,
"""


@pytest.fixture
def mergers(tmp_path: Path) -> Path:
    path = tmp_path / "mergers.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_merge_solve_and_verify(run: Run, mergers: Path, tmp_path: Path) -> None:
    code, said, _ = run("instance", "merge", "flanders-2025", str(mergers), "--year", "2031", "--out", "next")
    assert code == 0
    assert "the list gives no name for 1 merger: that of the best-equipped member is taken" in said
    assert "they have the next ones: Sint-Niklaas 46031" in said
    assert "285 municipalities became 283" in said
    made = read_folder(tmp_path / "next")
    assert made.name == "next"
    assert made.names[made.find("46031")] == "Sint-Niklaas"
    assert {change.old_code for change in made.changes} == {"46020", "46021", "46024"}
    assert run("instance", "check", "next")[0] == 0
    assert run("solve", "-i", "next", "-r", "Waasland", "--out", "run")[0] == 0
    assert run("verify", "run", "-i", "next")[0] == 0


def test_the_same_list_makes_the_same_files(run: Run, mergers: Path, tmp_path: Path) -> None:
    for out in ("one/next", "two/next"):
        merge = ("instance", "merge", "flanders-2025", str(mergers), "--year", "2031", "--out", out)
        assert run(*merge)[0] == 0
    files = sorted(path.name for path in (tmp_path / "one" / "next").iterdir())
    assert "crosswalk.csv" in files
    for name in files:
        assert (tmp_path / "one/next" / name).read_bytes() == (tmp_path / "two/next" / name).read_bytes()


def test_a_bad_list_writes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("nis,merger\n46021,x\n11001,x\n11007,y\n", encoding="utf-8")
    code, said, errors = run("instance", "merge", "flanders-2025", "l.csv", "--year", "2031", "--out", "next")
    assert (code, said) == (2, "")
    assert "Borsbeek (11007) is part of Antwerpen (11002) since 2025" in errors
    assert "lies in more than one reference region: Regio Antwerpen, Waasland" in errors
    assert "is not connected: Aartselaar | Sint-Niklaas" in errors
    assert not (tmp_path / "next").exists()


def test_what_can_be_allowed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("nis,merger\n46021,x\n11001,x\n", encoding="utf-8")
    merge = ("instance", "merge", "flanders-2025", "l.csv", "--year", "2031", "--out", "next")
    code, said, _ = run(*merge, "--across-regions", "--in-pieces")
    assert code == 0
    assert (
        "region: 1 merger has members in several; that of most inhabitants counts: Sint-Niklaas Waasland"
        in said
    )


def test_columns_of_a_crosswalk(run: Run, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("was,is\n46021,46099\n46024,46099\n46020,46020\n", encoding="utf-8")
    merge = ("instance", "merge", "flanders-2025", "l.csv", "--year", "2031", "--out", "next")
    assert run(*merge, "--old", "was", "--new", "is")[0] == 0
    assert {change.code for change in read_folder(tmp_path / "next").changes} == {"46099"}


def test_update(run: Run, tmp_path: Path) -> None:
    old = load("flanders-2025")
    rows = zip(old.names, (old.population + 1).tolist(), strict=True)
    text = "gemeente;inwoners\n" + "".join(f"{name};{people}\n" for name, people in rows)
    (tmp_path / "people.csv").write_text(text, encoding="utf-8")
    code, said, _ = run(
        *("instance", "update", "flanders-2025", "people.csv", "--year", "2027", "--out", "new"),
        *("--source", "Count", "--publisher", "Statbel", "--licence", "CC BY 4.0"),
    )
    assert code == 0
    assert "inhabitants: 6,865,051 on 1 January 2027, +285 compared with 'flanders-2025'" in said
    made = read_folder(tmp_path / "new")
    assert (made.population == old.population + 1).all()
    source = made.sources[made.columns["municipalities.population"].source]
    assert (source.title, source.publisher, source.year, source.licence) == (
        "Count",
        "Statbel",
        "2027",
        "CC BY 4.0",
    )


def test_a_municipality_that_is_missing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("nis,n\n11001,5\n", encoding="utf-8")
    code, _, errors = run(
        "instance", "update", "flanders-2025", "people.csv", "--year", "2027", "--out", "new"
    )
    assert code == 2
    assert "284 of the 285 municipalities have no row" in errors
    assert not (tmp_path / "new").exists()


# Plans of before, held against those of after

PLAIN = """name = "plain"
[population]
min = 30000
max = 130000
[weights]
size = 1
"""
"""What it weighs are inhabitants, so that a best plan stays best when one of its mergers is there already."""


@pytest.fixture
def runs(run: Run, tmp_path: Path) -> None:
    """A run of Waasland, the instance after one merger of its plan, and a run on that one."""
    (tmp_path / "s.toml").write_text(PLAIN, encoding="utf-8")
    solve = ("solve", "-s", "s.toml", "-r", "Waasland")
    assert run(*solve, "--out", "old")[0] == 0
    parts = json.loads((tmp_path / "old" / "plan.json").read_text(encoding="utf-8"))["mergers"]
    members = next(part["members"] for part in parts if len(part["members"]) > 1)
    text = f"member_nis,new_nis,new_name\n{';'.join(members)},46999,Agreed\n"
    (tmp_path / "agreed.csv").write_text(text, encoding="utf-8")
    assert run("instance", "merge", "flanders-2025", "agreed.csv", "--year", "2031", "--out", "next")[0] == 0
    assert run(*solve, "-i", "next", "--out", "new")[0] == 0


@pytest.mark.parametrize("merged", [("--merged", "next"), ("--merged", "agreed.csv", "-i", "next")])
def test_an_old_run_on_the_new_instance(run: Run, runs: None, merged: tuple[str, ...]) -> None:
    code, said, errors = run("evaluate", "old", *merged)
    assert code == 0
    assert re.search(r"gap 0(\.0+)? points", said)
    assert "note: old: made for 'flanders-2025', brought to the municipalities of 'next'" in errors
    code, said, errors = run("compare", "old", "new", *merged, "--out", "compared")
    assert code == 0
    assert "new against old: both plans have the same mergers" in said
    assert errors.count("brought to the municipalities of") == 1  # the new run stays as it is


def test_an_old_table_on_the_new_instance(run: Run, runs: None) -> None:
    code, said, _ = run("evaluate", "old/assignment.csv", "--merged", "next", "-s", "s.toml")
    assert code == 0
    assert re.search(r"gap 0(\.0+)? points", said)
    code, _, errors = run("evaluate", "old/assignment.csv", "-i", "next")
    assert code == 2
    assert "is part of Agreed (46999) since 2031" in errors
    assert "bring a plan to this one: evaluate and compare take --merged with its folder" in errors


def test_without_a_word_runs_of_other_data_are_refused(run: Run, runs: None) -> None:
    code, _, errors = run("evaluate", "old", "-i", "next")
    assert code == 2
    assert "the plan was made for other data: instance 'flanders-2025', not 'next'" in errors
    assert "evaluate and compare bring plans of another moment to it" in errors


def test_mergers_that_cut_through_a_plan_are_told(run: Run, runs: None, tmp_path: Path) -> None:
    with (tmp_path / "old" / "assignment.csv").open(encoding="utf-8", newline="") as lines:
        merger_of = {row["nis"]: row["merger"] for row in csv.DictReader(lines)}
    text = (tmp_path / "agreed.csv").read_text(encoding="utf-8")
    first, *_ = text.splitlines()[1].split(",")[0].split(";")
    cut = "".join(f"{nis},{'' if nis == first else merger}\n" for nis, merger in merger_of.items())
    (tmp_path / "cut.csv").write_text(f"nis,merger\n{cut}", encoding="utf-8")
    evaluate = ("evaluate", "cut.csv", "--merged", "next", "-s", "s.toml")
    code, _, errors = run(*evaluate)
    assert code == 2
    assert "are one municipality since 2031, Agreed (46999), and in different groups" in errors
    code, _, errors = run(*evaluate, "--by-majority")
    assert code == 2  # nothing says who lived where before
    assert "are not known" in errors


def test_a_run_of_another_year_on_the_default_instance(run: Run, tmp_path: Path) -> None:
    apart = '[locks]\napart = [["Tielt", "Meulebeke"]]\n'
    (tmp_path / "apart.toml").write_text(PLAIN + apart, encoding="utf-8")
    (tmp_path / "s.toml").write_text(PLAIN, encoding="utf-8")
    assert run("solve", "-i", "flanders-2024", "-r", "Midwest", "-s", "apart.toml", "--out", "old")[0] == 0
    code, _, errors = run("evaluate", "old", "--from-vintage", "2024", "-s", "s.toml")
    assert "brought to the municipalities of 'flanders-2025'" in errors
    assert code == 2
    assert "are one municipality since 2025, Tielt (37022), and in different groups" in errors
    for plan in ("old", "old/assignment.csv"):
        evaluate = ("evaluate", plan, "--from-vintage", "2024", "-s", "s.toml", "--by-majority")
        code, said, errors = run(*evaluate)
        assert code in (0, 1)
        assert "15 municipalities of Midwest" in said
        assert "it goes with Tielt (37015), where most inhabitants are" in errors


def test_a_run_of_2025_with_the_inhabitants_of_2026(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(PLAIN, encoding="utf-8")
    assert run("solve", "-i", "flanders-2025", "-r", "Midwest", "-s", "s.toml", "--out", "new")[0] == 0
    code, said, errors = run("evaluate", "new", "--from-vintage", "2025", "-i", "flanders-2026")
    assert code in (0, 1)  # with more inhabitants a merger may be above a bound
    assert "258,108 inhabitants in Midwest" in said
    assert "made for 'flanders-2025', brought to the municipalities of 'flanders-2026'" in errors
