from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from refzones.instances import MergerList, read_mergers

Listed = Callable[..., Path]
Complaints = Callable[..., list[str]]


def groups(mergers: MergerList) -> dict[tuple[str, ...], tuple[str, str, str, int]]:
    rows = zip(
        mergers.grouping.groups, mergers.codes, mergers.names, mergers.classes, mergers.years, strict=True
    )
    return {members: (code, name, degree, year) for members, code, name, degree, year in rows}


@pytest.mark.parametrize(
    "text",
    [
        "nis,merger,new_nis,new_name,new_class,year\n1,A,9,New,a0,2031\n2,A,9,New,,2031\n3,,,,,\n",
        "nis,new_name,new_class,year\n1,New (9),a0,2031\n2,New (9),a0,2031-01-01\n3,,,\n",
        "old_nis,nis,name,new_class,year\n1,9,New,a0,2031\n2,9,New,a0,2031\n3,3,,,2031\n",
        "source_nis;target_nis;target_name;nieuwe klasse;effective_date\n1;9;New;A0;2031-01-01\n"
        "2;9;New;;2031-01-01\n3;3;;;\n",
    ],
)
def test_one_row_a_municipality(listed: Listed, text: str) -> None:
    found = groups(read_mergers(listed(text)))
    assert found["1", "2"] == ("9", "New", "a0", 2031)
    assert found[("3",)][1] == ""


@pytest.mark.parametrize(
    "text",
    [
        "Fuserende gemeenten,\tNieuwe gemeenten\nA (1) + B (2),\tNew (9)\nC (3) + D (4),\tD (4)",
        "member_nis,merger,new_nis,new_name\n1;2,A +1,9,New\n3;4,C +1,4,D\n",
        "members,nieuwe gemeente\n1;2,New (9)\n3;4,D (4)\n",
    ],
)
def test_one_row_a_merger(listed: Listed, text: str) -> None:
    assert groups(read_mergers(listed(text))) == {
        ("1", "2"): ("9", "New", "", 0),
        ("3", "4"): ("4", "D", "", 0),
    }


def test_the_name_of_a_group_is_no_name_of_a_municipality(listed: Listed) -> None:
    assert groups(read_mergers(listed("nis,merger\n1,North\n2,North\n"))) == {("1", "2"): ("", "", "", 0)}


def test_names_of_what_was_and_is(listed: Listed) -> None:
    found = read_mergers(listed("oude gemeente,nieuwe gemeente\nAa,Aa-Bee\nBee,Aa-Bee\nCee,Cee\n"))
    assert groups(found) == {("Aa", "Bee"): ("", "Aa-Bee", "", 0), ("Cee",): ("", "Cee", "", 0)}


def test_columns_that_are_named(listed: Listed, complaints: Complaints) -> None:
    path = listed("nis2018,name2018,nis2019,name2019\n1,Aa,9,New\n2,Bee,9,New\n3,Cee,3,Cee\n")
    found = read_mergers(path, old="nis2018", new="nis2019")
    assert groups(found) == {("1", "2"): ("9", "", "", 0), ("3",): ("3", "", "", 0)}
    assert complaints(read_mergers, path, old="nis2018", new="nis2091") == [
        "list.csv, column 'nis2091': there is no such column; did you mean 'nis2019'?"
    ]
    assert complaints(read_mergers, path, old="nis2018") == [
        "value 'nis2018': a crosswalk has two columns, old and new municipality; name both"
    ]


def test_a_run_gives_groups_only(tmp_path: Path, complaints: Complaints) -> None:
    parts = [{"name": "Aa +1", "members": ["1", "2"]}, {"name": "Cee", "members": ["3"]}]
    (tmp_path / "plan.json").write_text(json.dumps({"scenario": {}, "mergers": parts}), encoding="utf-8")
    expected = {("1", "2"): ("", "", "", 0), ("3",): ("", "", "", 0)}
    assert groups(read_mergers(tmp_path)) == groups(read_mergers(tmp_path / "plan.json")) == expected
    zones = {"scenario": {"level": "zones"}, "mergers": parts}
    (tmp_path / "plan.json").write_text(json.dumps(zones), encoding="utf-8")
    assert "the run has zones, and none of merger, group" in complaints(read_mergers, tmp_path)[0]


def test_what_contradicts_is_told_row_by_row(listed: Listed, complaints: Complaints) -> None:
    path = listed("nis,merger,new_nis,new_name,new_class,year\n1,A,9,New,a9,soon\n2,A,8,Newer,a1,2031\n")
    assert complaints(read_mergers, path) == [
        "list.csv, row 3, column 'new_nis', value '8': row 2 says '9' of the same merger; "
        "write the same in all rows of a merger",
        "list.csv, row 3, column 'new_name', value 'Newer': row 2 says 'New' of the same merger; "
        "write the same in all rows of a merger",
        "list.csv, row 2, column 'new_class', value 'a9': unknown degree of equipment; "
        "known: a0, a1, a2, b0, b1, c0, c1, c2, c3",
        "list.csv, row 2, column 'year', value 'soon': this is no year and no day; "
        "write it as 2031 or 2031-01-01",
    ]


def test_a_crosswalk_without_an_end(listed: Listed, complaints: Complaints) -> None:
    assert (
        "no column says what became of the municipalities"
        in (complaints(read_mergers, listed("old_nis,merger\n1,A\n2,A\n"))[0])
    )
    told = complaints(read_mergers, listed("old_nis,new_nis\n1,9\n2,\n"))
    assert told == ["list.csv, row 3, column 'new_nis': the cell is empty; fill it in"]


def test_codes_as_programs_write_them_are_one(listed: Listed) -> None:
    found = read_mergers(listed("old_nis,new_nis\n1,46099\n2,46099.0\n"))
    assert found.grouping.groups == (("1", "2"),)


def test_the_folder_of_an_instance_that_has_a_crosswalk(tmp_path: Path) -> None:
    text = "year,old_nis,old_name,nis,name\n2031,1,A,9,New\n2031,2,B,9,New\n"
    (tmp_path / "crosswalk.csv").write_text(text, encoding="utf-8")
    assert groups(read_mergers(tmp_path)) == {("1", "2"): ("9", "New", "", 2031)}


def test_a_table_of_something_else(listed: Listed, complaints: Complaints) -> None:
    (told,) = complaints(read_mergers, listed("nis,inhabitants\n1,5\n"))
    assert "the file has none of the columns merger, group; add one" in told
