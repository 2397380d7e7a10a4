"""Tables of plans with the words, blanks and spellings of planners."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.instances import InputError
from refzones.instances.plan_files import read_groups
from refzones.instances.tables.form import TableForm


def groups(path: Path, text: str, *columns: str, form: TableForm | None = None) -> list[tuple[str, ...]]:
    (path / "p.csv").write_text(text, encoding="utf-8")
    return list(read_groups(path / "p.csv", *([columns] if columns else []), form=form).groups)


@pytest.mark.parametrize(
    "header",
    [
        "nis,merger",
        "NIS-code;Nieuwe gemeente",
        "niscode;fusie",
        "REFNIS;Fusiegemeente",
        "Gemeente;Fusie",
        "commune;nouvelle commune",
        "naam;groep",
        "municipality;group",
        "Code INS;Fusion",
    ],
)
def test_the_words_of_planners(tmp_path: Path, header: str) -> None:
    sign = ";" if ";" in header else ","
    text = f"{header}\n1001{sign}A\n1002{sign}A\n1003{sign}\n"
    assert groups(tmp_path, text) == [("1001", "1002"), ("1003",)]


def test_a_title_above_and_a_total_below(tmp_path: Path) -> None:
    text = "Voorstel van fusies\n\nnis,fusie\n1001,A\n1002,A\nTotaal,\n"
    assert groups(tmp_path, text) == [("1001", "1002")]


@pytest.mark.parametrize("word", ["", "NA", "n/a", "#N/A", "0", "-", "geen", "GEEN", "\u00a0", "nvt", "."])
def test_what_says_that_there_is_no_group(tmp_path: Path, word: str) -> None:
    text = f"nis,merger\n1001,A\n1002,A\n1003,{word}\n1004,{word}\n"
    assert groups(tmp_path, text) == [("1001", "1002"), ("1003",), ("1004",)]


def test_spellings_of_one_group(tmp_path: Path) -> None:
    text = "nis,merger\n1001,Oost - West\n1002,Oost\u2013West \n1003,Oost-West\u200b\n"
    assert groups(tmp_path, text) == [("1001", "1002", "1003")]


def test_groups_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'a' and 'A' in row 2 differ in case only") as caught:
        groups(tmp_path, "nis,merger\n1001,A\n1002,a\n1003,A\n1004,a\n")
    assert len(caught.value.problems) == 1


def test_two_columns_that_can_hold_the_groups(tmp_path: Path) -> None:
    text = "nis,fusie,nieuwe gemeente\n1001,A,X\n1002,A,Y\n"
    with pytest.raises(InputError, match="more than one column can hold the groups: fusie, nieuwe gemeente"):
        groups(tmp_path, text)
    assert groups(tmp_path, text, "nieuwe gemeente") == [("1001",), ("1002",)]
    same = "nis,fusie,nieuwe gemeente\n1001,A,A\n1002,A,A\n"
    assert groups(tmp_path, same) == [("1001", "1002")]
    exact = "nis,merger,fusie\n1001,A,X\n1002,A,Y\n"
    assert groups(tmp_path, exact) == [("1001", "1002")]


def test_postcodes_are_not_taken_for_codes(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a postcode is no NIS code: add a column nis or naam"):
        groups(tmp_path, "postcode,merger\n9250,A\n9170,A\n")
    text = "postcode,naam,merger\n9250,Aa,A\n9170,Bee,A\n"
    assert groups(tmp_path, text) == [("Aa", "Bee")]


def test_what_is_declared_about_the_file(tmp_path: Path) -> None:
    text = "nis,merger\nnis,merger\n1001,A\n"
    with pytest.raises(InputError, match="can be the header: 1, 2; say which: --header-row 1"):
        groups(tmp_path, text, form=TableForm(options=True))
    assert groups(tmp_path, text, form=TableForm(header_row=2)) == [("1001",)]


@pytest.mark.parametrize(
    "word",
    ["0", "0.0", "geen fusie", "Blijft alleen", "ongewijzigd", "niet", "Pas de fusion", "\u00d8", "\u2014"],
)
def test_words_that_say_that_there_is_no_group(tmp_path: Path, word: str) -> None:
    text = f"nis;fusie\n1001;A\n1002;A\n1003;{word}\n1004;{word}\n"
    assert groups(tmp_path, text) == [("1001", "1002"), ("1003",), ("1004",)]


@pytest.mark.parametrize(
    "text", ["fusie,nis\nA,1001\n,1002\n,1003\nB,1004\n,1005\n", "nis,fusie\n1001,\n1002,A\n1003,\n"]
)
def test_merged_cells_that_a_text_file_lost_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="every group stands in one row only"):
        groups(tmp_path, text)


def test_groups_of_one_without_blanks_below_are_groups(tmp_path: Path) -> None:
    assert groups(tmp_path, "nis,fusie\n1001,A\n1002,B\n") == [("1001",), ("1002",)]
    assert groups(tmp_path, "nis,fusie\n1001,A\n1002,A\n1003,B\n1004,\n")[0] == ("1001", "1002")


def test_a_first_record_whose_group_is_its_own_code(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="if this is no header but a record, add a row of names above"):
        groups(tmp_path, "1001,1001\n1002,1001\n")
