"""`refzones instance merge` and `update`, and what other commands make of their instances."""

from __future__ import annotations

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
