from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from refzones.instances import Change, Crosswalk, Instance, read_folder, write_folder

TWICE = Crosswalk.of(
    [
        Change(2040, "9", "AB", "20", "ABC"),
        Change(2031, "1", "A", "9", "AB"),
        Change(2031, "2", "B", "9", "AB"),
        Change(2040, "3", "C", "20", "ABC"),
        Change(2040, "4", "D", "4", "Dd"),
    ]
)


def test_labels() -> None:
    change = Change(2031, "1", "A", "New", "New")
    assert (change.was, change.now) == ("A (1)", "New")  # a list of names has no codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1", ["9", "20"]),
        ("a", ["9", "20"]),
        ("B (2)", ["9", "20"]),
        ("AB", ["20"]),
        ("C", ["20"]),
        ("D", ["4"]),
        ("ABC", []),
        ("5", []),
    ],
)
def test_through_the_years(text: str, codes: list[str]) -> None:
    assert [change.code for change in TWICE.follow(text)] == codes


def test_origins() -> None:
    assert {change.old_code for change in TWICE.origins("20")} == {"1", "2", "3"}
    assert {change.old_code for change in TWICE.origins("9", before=2040)} == {"1", "2"}
    assert [change.old_code for change in TWICE.origins("4")] == ["4"]
    assert TWICE.origins("5") == TWICE.origins("3", before=2040) == ()


def test_one_that_keeps_its_code_has_itself_among_its_origins() -> None:
    both = Crosswalk.of([Change(2025, "1", "A", "1", "A"), Change(2025, "2", "B", "1", "A")])
    assert {change.old_code for change in both.origins("1")} == {"1", "2"}


def test_a_folder_holds_its_crosswalk(toy: Instance, tmp_path: Path) -> None:
    changes = (Change(2031, "11", "Old, Aa", "1001", "Aa"), Change(2031, "12", "Old Bee", "1002", "Bee"))
    write_folder(replace(toy, changes=changes), tmp_path / "a")
    assert (tmp_path / "a" / "crosswalk.csv").read_text(encoding="utf-8") == (
        'year,old_nis,old_name,nis,name\n2031,11,"Old, Aa",1001,Aa\n2031,12,Old Bee,1002,Bee\n'
    )
    again = read_folder(tmp_path / "a")
    assert again.changes == changes
    assert again.hash == toy.hash  # changes no answer
    write_folder(toy, tmp_path / "a")
    assert not (tmp_path / "a" / "crosswalk.csv").exists()
    assert read_folder(tmp_path / "a").changes == ()


def test_what_is_wrong_in_it_is_told(folder: Path, complaints: Callable[..., list[str]]) -> None:
    (folder / "crosswalk.csv").write_text(
        "year,old_nis,old_name,nis,name\n2031,1,A,1001,Aa\nnext,2,B,1001,Aa\n2031,3,C,1009,New\n"
        "2040,1009,New,1002,\n2040,5,E,1010,Newer\n",
        encoding="utf-8",
    )
    told = complaints(read_folder, folder)
    assert len(told) == 3
    assert told[0].startswith("crosswalk.csv, row 3, column 'year', value 'next': ")
    assert told[1] == "crosswalk.csv, row 5, column 'name': the cell is empty; fill it in"
    assert told[2] == (
        "crosswalk.csv, row 6, column 'nis', value '1010': no municipality has this code; "
        "take one of municipalities.csv"
    )
